using Npgsql;

namespace Followthrough.Ingest.Identity;

/// <summary>Decides about pairs that were compared: merged when sure, else on the list. What somebody rejected stays so until its evidence changes.</summary>
internal sealed class Verdict(NpgsqlConnection connection, DateTimeOffset now)
{
    /// <summary>Who merges when nobody does.</summary>
    public const string Automatically = "matching";

    private readonly HashSet<long> _changed = [];

    /// <summary>Decides, the surest first. Pairs of these customers that were on the list and were not found again leave it.</summary>
    public async Task<(long Merged, long Waiting)> DecideAsync(long[] compared, IReadOnlyList<Match> found, CancellationToken ct)
    {
        var earlier = await EarlierAsync(compared, ct);
        await ForgetAsync(compared, ct);
        var (merged, waiting) = (0L, 0L);
        foreach (var match in found.Where(m => m.Score.Score >= MatchScore.Review || earlier.ContainsKey((m.One.Id, m.Other.Id))).OrderByDescending(m => m.Score.Score))
        {
            var rejected = earlier.TryGetValue((match.One.Id, match.Other.Id), out var evidence);
            if (rejected && (evidence is null || evidence.SequenceEqual(match.Score.Evidence) || match.Score.Score < MatchScore.Review)) await StayRejectedAsync(match, evidence is null, ct);
            // Whom it meets now that it is more than it was is asked anew, when its turn comes.
            else if (_changed.Contains(match.One.Id) || _changed.Contains(match.Other.Id)) continue;
            else if (!rejected && !match.InOneSystem && match.Score.Score >= MatchScore.Automatic) merged += await MergeAsync(match, ct);
            else waiting += await WaitAsync(match, ct);
        }
        return (merged, waiting);
    }

    private async Task<Dictionary<(long, long), string[]?>> EarlierAsync(long[] compared, CancellationToken ct)
    {
        await using var command = new NpgsqlCommand(
            "select one_id, other_id, evidence from account_match where state = 'rejected' and (one_id = any($1) or other_id = any($1))", connection)
        { Parameters = { new() { Value = compared } } };
        await using var rows = await command.ExecuteReaderAsync(ct);
        var earlier = new Dictionary<(long, long), string[]?>();
        while (await rows.ReadAsync(ct)) earlier[(rows.GetInt64(0), rows.GetInt64(1))] = rows.IsDBNull(2) ? null : rows.GetFieldValue<string[]>(2);
        return earlier;
    }

    private async Task ForgetAsync(long[] compared, CancellationToken ct)
    {
        await using var forget = new NpgsqlCommand("delete from account_match where state = 'waiting' and (one_id = any($1) or other_id = any($1))", connection)
        { Parameters = { new() { Value = compared } } };
        await forget.ExecuteNonQueryAsync(ct);
    }

    private async Task StayRejectedAsync(Match match, bool learn, CancellationToken ct)
    {
        if (!learn) return;
        await using var stay = new NpgsqlCommand("update account_match set score = $3, evidence = $4 where one_id = $1 and other_id = $2", connection);
        Add(stay, match);
        await stay.ExecuteNonQueryAsync(ct);
    }

    private async Task<long> MergeAsync(Match match, CancellationToken ct)
    {
        await WaitAsync(match, ct);
        var (into, gone) = match.Survivor == match.One ? (match.One, match.Other) : (match.Other, match.One);
        await new AccountJoin(connection, now).MergeAsync(
            new MergeRequest { Key = gone.Key, Into = into.Key, By = Automatically, Reason = match.Score.Reasons, Score = match.Score.Score }, ct);
        _changed.UnionWith([into.Id, gone.Id]);
        return 1;
    }

    private async Task<long> WaitAsync(Match match, CancellationToken ct)
    {
        await using var wait = new NpgsqlCommand("""
            insert into account_match as m (one_id, other_id, score, evidence, one_key, other_key, state, found_at) values ($1, $2, $3, $4, $5, $6, 'waiting', $7)
            on conflict (one_id, other_id) do update set score = excluded.score, evidence = excluded.evidence, state = excluded.state, found_at = excluded.found_at,
              decided_at = null, decided_by = null
            """, connection);
        Add(wait, match);
        wait.Parameters.AddWithValue(match.One.Key);
        wait.Parameters.AddWithValue(match.Other.Key);
        wait.Parameters.AddWithValue(now);
        await wait.ExecuteNonQueryAsync(ct);
        return 1;
    }

    private static void Add(NpgsqlCommand command, Match match)
    {
        command.Parameters.AddWithValue(match.One.Id);
        command.Parameters.AddWithValue(match.Other.Id);
        command.Parameters.AddWithValue(match.Score.Score);
        command.Parameters.AddWithValue(match.Score.Evidence.ToArray());
    }
}
