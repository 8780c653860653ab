using Followthrough.Ingest.Loading;
using Npgsql;

namespace Followthrough.Ingest.Identity;

/// <summary>What comparing customers did.</summary>
/// <param name="Compared">Customers that were compared because they were new or had changed.</param>
/// <param name="Merged">Accounts that were merged by themselves.</param>
/// <param name="Waiting">Pairs that were found and wait for a decision.</param>
public sealed record MatchReport(long Compared, long Merged, long Waiting)
{
    internal MatchReport Plus(MatchReport other) => new(Compared + other.Compared, Merged + other.Merged, Waiting + other.Waiting);
}

/// <summary>
/// Finds accounts of different systems that are one customer. Only those whose record or contacts changed are compared, and only with those
/// they share a key with. Sure ones are merged, on record and to be undone; the others wait for somebody's decision.
/// </summary>
public sealed class Matching(NpgsqlDataSource db, TimeProvider clock)
{
    private const int AtOnce = 500;

    /// <summary>Compares what is due, group by group; what is done stays done.</summary>
    public async Task<MatchReport> RunAsync(CancellationToken ct)
    {
        var sum = new MatchReport(0, 0, 0);
        while (await IsDueAsync(ct))
        {
            await using var connection = await db.OpenConnectionAsync(ct);
            await using var transaction = await connection.BeginTransactionAsync(ct);
            await StageMerge.LockAsync(connection, ct);
            var report = await RunOnceAsync(connection, ct);
            if (report.Merged > 0) await Loader.AnnounceAsync(connection, ct);
            await transaction.CommitAsync(ct);
            sum = sum.Plus(report);
        }
        return sum;
    }

    /// <summary>The same after something was loaded. When the store goes away meanwhile, what is due stays due and the next load compares it.</summary>
    public async Task<MatchReport> CatchUpAsync(CancellationToken ct)
    {
        try
        {
            return await RunAsync(ct);
        }
        catch (NpgsqlException e) when (e.IsTransient)
        {
            return new MatchReport(0, 0, 0);
        }
    }

    /// <summary>Compares all customers anew.</summary>
    public async Task<MatchReport> RunAllAsync(CancellationToken ct)
    {
        await using (var all = db.CreateCommand("insert into match_due select account_id from account order by 1 on conflict do nothing")) await all.ExecuteNonQueryAsync(ct);
        return await RunAsync(ct);
    }

    private async Task<bool> IsDueAsync(CancellationToken ct)
    {
        await using var due = db.CreateCommand("select exists (select from match_due)");
        return (bool)(await due.ExecuteScalarAsync(ct))!;
    }

    private async Task<MatchReport> RunOnceAsync(NpgsqlConnection connection, CancellationToken ct)
    {
        var ids = await TakeAsync(connection, ct);
        var profiles = new Profiles(connection);
        var due = await profiles.ReadAsync(ids, ct);
        await profiles.KeepKeysAsync(ids, due.Values, ct);
        var pairs = await profiles.PairsAsync([.. due.Keys], ct);
        var others = await profiles.ReadAsync([.. pairs.SelectMany(p => new[] { p.One, p.Other }).Distinct().Except(due.Keys)], ct);
        foreach (var (id, profile) in others) due[id] = profile;
        var found = pairs.Where(p => due.ContainsKey(p.One) && due.ContainsKey(p.Other)).Select(p => new Match(due[p.One], due[p.Other])).ToList();
        var (merged, waiting) = await new Verdict(connection, clock.GetUtcNow()).DecideAsync(ids, found, ct);
        return new MatchReport(due.Count - others.Count, merged, waiting);
    }

    // The survivors of what changed, and what changed itself: a merged account meets nobody under its own id any more.
    private static async Task<long[]> TakeAsync(NpgsqlConnection connection, CancellationToken ct)
    {
        await using var take = new NpgsqlCommand($"""
            with taken as (
              delete from match_due where account_id in (select account_id from match_due order by account_id limit {AtOnce}) returning account_id
            )
            select account_id from taken
            union
            select m.survivor_id from taken join account_merge m using (account_id) where m.undone_at is null
            """, connection);
        await using var rows = await take.ExecuteReaderAsync(ct);
        var ids = new List<long>();
        while (await rows.ReadAsync(ct)) ids.Add(rows.GetInt64(0));
        return [.. ids];
    }
}

/// <summary>Two customers that were compared; the one with the lower id first.</summary>
internal sealed record Match(Profile One, Profile Other)
{
    public MatchScore Score { get; } = (One.Since, One.Key).CompareTo((Other.Since, Other.Key)) <= 0 ? MatchScore.Of(One, Other) : MatchScore.Of(Other, One);

    /// <summary>Both have a record in one system, which would know if they were one.</summary>
    public bool InOneSystem => One.Sources.Overlaps(Other.Sources);

    /// <summary>The one that stays: which has most records, else which is known longest.</summary>
    public Profile Survivor => One.Records.Count != Other.Records.Count ? (One.Records.Count > Other.Records.Count ? One : Other)
        : (One.Since, One.Key).CompareTo((Other.Since, Other.Key)) <= 0 ? One : Other;
}
