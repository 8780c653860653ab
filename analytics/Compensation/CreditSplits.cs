using Followthrough.Analytics.Store;
using Npgsql;
using NpgsqlTypes;

namespace Followthrough.Analytics.Compensation;

/// <summary>Keeps who shares accounts' volumes. An account is split as a whole, so that at no moment its shares add up to anything but 1.</summary>
internal sealed class CreditSplits(NpgsqlDataSource db, TimeProvider clock)
{
    private static readonly string Sql = SqlText.Read(typeof(CreditSplits), "Compensation/Splits.sql");

    /// <summary>The splits of an account by day; of all accounts by name when it is null.</summary>
    public async Task<IReadOnlyList<CreditSplit>> OfAsync(string? account, CancellationToken ct)
    {
        await using var connection = await db.OpenConnectionAsync(ct);
        return await ReadAsync(connection, account, ct);
    }

    /// <summary>
    /// What is wrong with shares, in a sentence; null when nothing is. Those that are no overlay add up to 1 exactly: there is no third of a
    /// hundred percent, so somebody has the last hundredth.
    /// </summary>
    public static string? FaultOf(IReadOnlyList<CreditShare> shares)
    {
        if (shares.FirstOrDefault(s => s.Share is <= 0 or > 1) is { } odd) return PlanNode.Say($"{odd.StaffKey} has a share of {odd.Share * 100} %; expected more than 0 and at most 100.");
        if (shares.GroupBy(s => (s.StaffKey, s.Overlay)).FirstOrDefault(g => g.Count() > 1) is { } twice) return $"{twice.Key.StaffKey} has two shares; expected one.";
        var sum = shares.Where(s => !s.Overlay).Sum(s => s.Share);
        if (sum == 1 || shares.Count == 0) return null;
        return PlanNode.Say($"The shares add up to {PlanMetric.Number(sum * 100)} %, not to 100: {string.Join(" + ", shares.Where(s => !s.Overlay).Select(s => PlanMetric.Number(s.Share * 100)))}. An overlay is said to be one and comes on top.");
    }

    /// <summary>
    /// Splits an account from a day on, within the caller's transaction: an earlier split ends the day before, a later one is replaced. No
    /// shares end it: from then on its volumes are its owner's again.
    /// </summary>
    /// <exception cref="PlanRefusedException">The shares do not add up, or there is no such account or person.</exception>
    public async Task<PlanChange> SetAsync(NpgsqlConnection connection, string account, DateOnly from, IReadOnlyList<CreditShare> shares, string by, CancellationToken ct)
    {
        if (FaultOf(shares) is { } fault) throw new PlanRefusedException(fault);
        await PayPlanStore.LockAsync(connection, ct);
        if (!await PayMembers.HasAsync(connection, "select exists (select 1 from account where source_key = $1 and not deleted)", account, ct)) throw new PlanRefusedException($"There is no account with the key “{account}”.");
        foreach (var share in shares)
            if (!await PayMembers.HasAsync(connection, "select exists (select 1 from staff where source_key = $1 and not deleted)", share.StaffKey, ct)) throw new PlanRefusedException($"There is nobody with the key “{share.StaffKey}”.");
        var before = await ReadAsync(connection, account, ct);
        if (shares.Count == 0 && !before.Any(s => s.ToDay is null || from < s.ToDay)) throw new PlanRefusedException("There is no split to end on that day.");
        await ReplaceAsync(connection, account, from, by, ct);
        foreach (var kept in before.Where(s => s.FromDay < from && (s.ToDay is null || from < s.ToDay)))
            foreach (var (share, _) in kept.Shares) await InsertAsync(connection, account, share, kept.FromDay, from, by, ct);
        foreach (var share in shares) await InsertAsync(connection, account, share, from, null, by, ct);
        return new PlanChange($"credit split of account {account}", Say(before), Say(await ReadAsync(connection, account, ct)));
    }

    private static string? Say(IReadOnlyList<CreditSplit> splits) => splits.Count == 0 ? null : string.Join("; ", splits.Select(s =>
        $"{PayMembers.Days(s.FromDay, s.ToDay)} {string.Join(" + ", s.Shares.Select(x => $"{x.Share.StaffKey} {PlanMetric.Number(x.Share.Share * 100)} %{(x.Share.Overlay ? " overlay" : "")}"))}"));

    private async Task ReplaceAsync(NpgsqlConnection connection, string account, DateOnly from, string by, CancellationToken ct)
    {
        await using var replace = new NpgsqlCommand(
            "update credit_split set replaced_at = $3, replaced_by = $4 where account_key = $1 and replaced_at is null and (to_day is null or to_day > $2)", connection)
        {
            Parameters = { new() { Value = account }, new() { Value = from }, new() { Value = clock.GetUtcNow() }, new() { Value = by } },
        };
        await replace.ExecuteNonQueryAsync(ct);
    }

    private async Task InsertAsync(NpgsqlConnection connection, string account, CreditShare share, DateOnly from, DateOnly? to, string by, CancellationToken ct)
    {
        await using var insert = new NpgsqlCommand(
            "insert into credit_split (account_key, staff_key, share, overlay, from_day, to_day, recorded_at, recorded_by) values ($1, $2, $3, $4, $5, $6, $7, $8)", connection);
        foreach (var value in new object[] { account, share.StaffKey, share.Share, share.Overlay, from }) insert.Parameters.Add(new NpgsqlParameter { Value = value });
        insert.Parameters.Add(new NpgsqlParameter { NpgsqlDbType = NpgsqlDbType.Date, Value = (object?)to ?? DBNull.Value });
        insert.Parameters.Add(new NpgsqlParameter { Value = clock.GetUtcNow() });
        insert.Parameters.Add(new NpgsqlParameter { Value = by });
        await insert.ExecuteNonQueryAsync(ct);
    }

    private static async Task<IReadOnlyList<CreditSplit>> ReadAsync(NpgsqlConnection connection, string? account, CancellationToken ct)
    {
        await using var command = new NpgsqlCommand(Sql, connection) { Parameters = { new() { NpgsqlDbType = NpgsqlDbType.Text, Value = (object?)account ?? DBNull.Value } } };
        await using var row = await command.ExecuteReaderAsync(ct);
        var rows = new List<(string Account, string Name, DateOnly From, DateOnly? To, CreditShare Share, string Whose)>();
        while (await row.ReadAsync(ct))
            rows.Add((row.GetString(0), row.GetString(1), row.GetFieldValue<DateOnly>(2), row.IsDBNull(3) ? null : row.GetFieldValue<DateOnly>(3),
                new CreditShare(row.GetString(4), row.GetDecimal(6), row.GetBoolean(7)), row.GetString(5)));
        return
        [
            .. rows.GroupBy(r => (r.Account, r.Name, r.From, r.To)).Select(g => new CreditSplit
            {
                AccountKey = g.Key.Account, AccountName = g.Key.Name, FromDay = g.Key.From, ToDay = g.Key.To, Shares = [.. g.Select(r => (r.Share, r.Whose))],
            }),
        ];
    }
}
