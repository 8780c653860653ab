using Followthrough.Ingest.Loading;
using Npgsql;

namespace Followthrough.Ingest.Identity;

/// <summary>One of two accounts that may be one customer.</summary>
public sealed record MatchSide
{
    public required long Id { get; init; }
    public required string Key { get; init; }
    public required string Name { get; init; }
    public required string? TaxId { get; init; }
    public required string? Website { get; init; }
    public required string? Email { get; init; }
    public required string? Phone { get; init; }
    public required string? Street { get; init; }
    public required string? PostalCode { get; init; }
    public required string? City { get; init; }
    public required string? Country { get; init; }

    /// <summary>When it became known to its source.</summary>
    public required DateTimeOffset Since { get; init; }
}

/// <summary>Two accounts that may be one customer and wait for a decision.</summary>
/// <param name="Id">By which it is accepted or rejected.</param>
/// <param name="Score">How sure it is, 0 to 1.</param>
/// <param name="For">What speaks for it, in words.</param>
/// <param name="Against">What speaks against it, in words.</param>
/// <param name="One">One account: the one that stays unless said otherwise.</param>
/// <param name="Other">The other.</param>
public sealed record AccountMatch(long Id, decimal Score, IReadOnlyList<string> For, IReadOnlyList<string> Against, MatchSide One, MatchSide Other);

/// <summary>The list of accounts that may be one customer, and the decisions about it.</summary>
public sealed class AccountMatches(NpgsqlDataSource db, TimeProvider clock)
{
    private const string Side = "{0}.account_id, {0}.source_key, {0}.name, {0}.tax_id, {0}.website, {0}.email, {0}.phone, {0}.street, {0}.postal_code, {0}.city, {0}.country, {0}.occurred_at";

    private static readonly string Select = $"""
        select m.account_match_id, m.score, m.evidence, {Side.Replace("{0}", "a", StringComparison.Ordinal)}, {Side.Replace("{0}", "b", StringComparison.Ordinal)}, count(*) over ()
        from account_match m join account a on a.account_id = m.one_id join account b on b.account_id = m.other_id
        where m.state = 'waiting' and ($1::bigint is null or m.account_match_id = $1)
        order by m.score desc, m.account_match_id limit $2 offset $3
        """;

    /// <summary>Those that wait, the surest first, and how many there are.</summary>
    public async Task<(IReadOnlyList<AccountMatch> Matches, long Total)> ReadAsync(int atMost, int behind, CancellationToken ct) => await ReadAsync(null, atMost, behind, ct);

    /// <summary>The pair of that id; null when it waits for no decision.</summary>
    public async Task<AccountMatch?> FindAsync(long id, CancellationToken ct) => (await ReadAsync(id, 1, 0, ct)).Matches is [var found] ? found : null;

    /// <summary>Merges the pair into the account that stays.</summary>
    /// <param name="id">The pair.</param>
    /// <param name="stays">Key of the account that stays; null for the one that is known longest.</param>
    /// <param name="by">Who decides it.</param>
    /// <param name="ct">Stops it.</param>
    /// <exception cref="IdentityException">It waits for no decision, or the accounts can't be merged.</exception>
    public async Task<MergeReport> AcceptAsync(long id, string? stays, string by, CancellationToken ct)
    {
        var match = await FindAsync(id, ct) ?? throw new IdentityException($"{id} waits for no decision.");
        if (stays is not null && stays != match.One.Key && stays != match.Other.Key) throw new IdentityException($"{stays} is neither {match.One.Key} nor {match.Other.Key}.");
        var (into, gone) = (stays ?? match.One.Key) == match.One.Key ? (match.One, match.Other) : (match.Other, match.One);
        return await new AccountMerges(db, clock).MergeAsync(
            new MergeRequest { Key = gone.Key, Into = into.Key, By = by, Reason = string.Join("; ", match.For), Score = match.Score }, ct);
    }

    /// <summary>Says that they are two customers. The pair comes back only when its evidence changes.</summary>
    /// <exception cref="IdentityException">It waits for no decision.</exception>
    public async Task RejectAsync(long id, string by, CancellationToken ct)
    {
        await using var connection = await db.OpenConnectionAsync(ct);
        await using var transaction = await connection.BeginTransactionAsync(ct);
        await StageMerge.LockAsync(connection, ct);
        await using (var reject = new NpgsqlCommand(
            "update account_match set state = 'rejected', decided_at = $2, decided_by = $3 where account_match_id = $1 and state = 'waiting'", connection))
        {
            reject.Parameters.AddWithValue(id);
            reject.Parameters.AddWithValue(clock.GetUtcNow());
            reject.Parameters.AddWithValue(by);
            if (await reject.ExecuteNonQueryAsync(ct) == 0) throw new IdentityException($"{id} waits for no decision.");
        }
        await transaction.CommitAsync(ct);
    }

    private async Task<(IReadOnlyList<AccountMatch> Matches, long Total)> ReadAsync(long? id, int atMost, int behind, CancellationToken ct)
    {
        await using var command = db.CreateCommand(Select);
        command.Parameters.AddWithValue(NpgsqlTypes.NpgsqlDbType.Bigint, (object?)id ?? DBNull.Value);
        command.Parameters.AddWithValue(atMost);
        command.Parameters.AddWithValue(behind);
        await using var row = await command.ExecuteReaderAsync(ct);
        var (matches, total) = (new List<AccountMatch>(), 0L);
        while (await row.ReadAsync(ct))
        {
            matches.Add(Match(row));
            total = row.GetInt64(row.FieldCount - 1);
        }
        return (matches, total);
    }

    private static AccountMatch Match(NpgsqlDataReader row)
    {
        const int First = 3;
        const int Columns = 12;
        var evidence = row.GetFieldValue<string[]>(2);
        var (one, other) = (SideOf(row, First), SideOf(row, First + Columns));
        if ((other.Since, other.Key).CompareTo((one.Since, one.Key)) < 0) (one, other) = (other, one);
        return new AccountMatch(row.GetInt64(0), row.GetDecimal(1), [.. Words(evidence, '+')], [.. Words(evidence, '-')], one, other);
    }

    private static IEnumerable<string> Words(string[] evidence, char sign) => evidence.Where(e => e[0] == sign).Select(e => e[2..]);

    private static MatchSide SideOf(NpgsqlDataReader row, int at)
    {
        string? Text(int column) => row.IsDBNull(at + column) ? null : row.GetString(at + column);
        return new MatchSide
        {
            Id = row.GetInt64(at),
            Key = row.GetString(at + 1),
            Name = row.GetString(at + 2),
            TaxId = Text(3),
            Website = Text(4),
            Email = Text(5),
            Phone = Text(6),
            Street = Text(7),
            PostalCode = Text(8),
            City = Text(9),
            Country = Text(10),
            Since = row.GetFieldValue<DateTimeOffset>(at + 11),
        };
    }
}
