using Followthrough.Ingest.Loading;
using Npgsql;

namespace Followthrough.Ingest.Identity;

/// <summary>
/// Makes two accounts one customer, and two again. All facts of the one are stored under the other from then on, and those that come later
/// under its key too; each remembers whom it named, so that parting gives back exactly those. What was known before stays as it was known.
/// </summary>
public sealed class AccountMerges(NpgsqlDataSource db, TimeProvider clock)
{
    /// <summary>Merges an account into another. An unknown key that facts wait for becomes a further key of the account, and they go in.</summary>
    /// <exception cref="IdentityException">They can't be merged.</exception>
    public async Task<MergeReport> MergeAsync(MergeRequest request, CancellationToken ct)
    {
        await using var connection = await db.OpenConnectionAsync(ct);
        await using var transaction = await connection.BeginTransactionAsync(ct);
        await StageMerge.LockAsync(connection, ct);
        var report = await new AccountJoin(connection, clock.GetUtcNow()).MergeAsync(request, ct);
        await Loader.AnnounceAsync(connection, ct);
        await transaction.CommitAsync(ct);
        return report;
    }

    /// <summary>Parts a merged account again, with all facts that name it.</summary>
    /// <exception cref="IdentityException">It is not merged.</exception>
    public async Task<MergeReport> UnmergeAsync(string key, string by, string reason, CancellationToken ct)
    {
        await using var connection = await db.OpenConnectionAsync(ct);
        await using var transaction = await connection.BeginTransactionAsync(ct);
        await StageMerge.LockAsync(connection, ct);
        var report = await new AccountParting(connection, clock.GetUtcNow()).UnmergeAsync(key, by, reason, ct);
        await Loader.AnnounceAsync(connection, ct);
        await transaction.CommitAsync(ct);
        return report;
    }

    /// <summary>The merges that stand, the latest first; all that were ever made when asked for.</summary>
    public async Task<IReadOnlyList<AccountMerge>> ListAsync(bool all, CancellationToken ct)
    {
        await using var command = db.CreateCommand("""
            select m.account_merge_id, m.source_key, r.name, m.into_key, s.name, m.merged_at, m.merged_by, m.reason, m.score, m.facts, m.undone_at, m.undone_by
            from account_merge m
            left join account_record r on r.account_id = m.account_id
            left join account_record s on s.account_id = m.survivor_id
            where $1 or m.undone_at is null
            order by m.merged_at desc, m.account_merge_id desc
            """);
        command.Parameters.AddWithValue(all);
        await using var rows = await command.ExecuteReaderAsync(ct);
        var merges = new List<AccountMerge>();
        while (await rows.ReadAsync(ct)) merges.Add(Row(rows));
        return merges;
    }

    private static AccountMerge Row(NpgsqlDataReader row) => new()
    {
        Id = row.GetInt64(0),
        Key = row.GetString(1),
        Name = row.IsDBNull(2) ? null : row.GetString(2),
        Into = row.GetString(3),
        IntoName = row.IsDBNull(4) ? null : row.GetString(4),
        MergedAt = row.GetFieldValue<DateTimeOffset>(5),
        By = row.GetString(6),
        Reason = row.GetString(7),
        Score = row.IsDBNull(8) ? null : row.GetDecimal(8),
        Facts = row.GetInt64(9),
        UndoneAt = row.GetFieldValue<DateTimeOffset?>(10),
        UndoneBy = row.IsDBNull(11) ? null : row.GetString(11),
    };
}
