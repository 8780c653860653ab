using Npgsql;

namespace Followthrough.Analytics.Compensation;

/// <summary>What earlier runs of a plan mean for the next one.</summary>
internal static class PayHistory
{
    /// <summary>The locked runs of a plan before a day, the earliest first.</summary>
    public static async Task<IReadOnlyList<LockedRun>> LockedAsync(NpgsqlConnection connection, string plan, DateOnly before, CancellationToken ct)
    {
        var runs = (await PayRunRows.OfPlanAsync(connection, plan, ct)).Where(r => r.State == PayRunState.Locked && r.Period.Start < before).ToList();
        var locked = new List<LockedRun>();
        foreach (var run in runs)
            locked.Add(new LockedRun(run, await PayRunRows.StatementsAsync(connection, run.Id, ct), await PaidSinceAsync(connection, run.Id, ct)));
        return locked;
    }

    /// <summary>What was paid for the year before a period by a cumulative plan, by person; nothing by any other.</summary>
    public static IReadOnlyDictionary<string, decimal> Paid(IReadOnlyList<LockedRun> locked, PayPlan plan, int year) => !plan.Cumulative ? new Dictionary<string, decimal>()
        : locked.Where(r => r.Run.Period.Start.Year == year).SelectMany(r => r.Statements).GroupBy(s => s.Staff).ToDictionary(g => g.Key, g => g.Sum(s => s.Own));

    /// <summary>Accepted disputes of the plan that no locked run has paid.</summary>
    public static async Task<IReadOnlyList<(string Staff, string Name, StatementAdjustment Line)>> DisputesAsync(NpgsqlConnection connection, string plan, CancellationToken ct)
    {
        await using var command = new NpgsqlCommand("""
            select d.staff_key, s.staff_name, d.run_id, r.period, d.component, d.decision, d.amount, d.decided_by, d.dispute_id
            from pay_dispute d join pay_run r using (run_id) join pay_statement s using (run_id, staff_key)
            where d.accepted and d.amount <> 0 and r.plan_id = $1
              and not exists (select from pay_adjustment a join pay_run p using (run_id) where a.dispute_id = d.dispute_id and p.state = 'locked')
            order by d.dispute_id
            """, connection) { Parameters = { new() { Value = plan } } };
        await using var row = await command.ExecuteReaderAsync(ct);
        var lines = new List<(string, string, StatementAdjustment)>();
        while (await row.ReadAsync(ct))
            lines.Add((row.GetString(0), row.GetString(1), new StatementAdjustment(
                AdjustmentKind.Dispute, row.GetInt64(2), row.GetString(3), row.IsDBNull(4) ? null : row.GetString(4), row.GetString(5), row.GetDecimal(6), [])
            { DecidedBy = row.GetString(7), Dispute = row.GetInt64(8) }));
        return lines;
    }

    /// <summary>Releases that somebody decided in a draft; they stay when it is computed again.</summary>
    public static async Task<IReadOnlyList<(string Staff, string Name, StatementAdjustment Line)>> DecidedAsync(NpgsqlConnection connection, long run, CancellationToken ct) =>
        await LinesAsync(connection, "a.run_id = $1 and a.decided_by is not null and a.dispute_id is null", run, ct);

    private static async Task<IReadOnlyList<(string Staff, StatementAdjustment Line)>> PaidSinceAsync(NpgsqlConnection connection, long run, CancellationToken ct) =>
        [.. (await LinesAsync(connection, "a.of_run_id = $1 and r.state = 'locked'", run, ct)).Select(line => (line.Staff, line.Line))];

    private static async Task<IReadOnlyList<(string Staff, string Name, StatementAdjustment Line)>> LinesAsync(NpgsqlConnection connection, string which, long run, CancellationToken ct)
    {
        await using var command = new NpgsqlCommand($"""
            select a.staff_key, coalesce(s.name, a.staff_key), a.kind, a.of_run_id, o.period, a.of_component, a.cause, a.amount, a.rows::text, a.decided_by, a.dispute_id
            from pay_adjustment a join pay_run r using (run_id) join pay_run o on o.run_id = a.of_run_id left join staff s on s.source_key = a.staff_key
            where {which}
            order by a.adjustment_id
            """, connection) { Parameters = { new() { Value = run } } };
        await using var row = await command.ExecuteReaderAsync(ct);
        var lines = new List<(string, string, StatementAdjustment)>();
        while (await row.ReadAsync(ct))
            lines.Add((row.GetString(0), row.GetString(1), new StatementAdjustment(
                Enum.Parse<AdjustmentKind>(row.GetString(2), ignoreCase: true), row.GetInt64(3), row.GetString(4), row.IsDBNull(5) ? null : row.GetString(5),
                row.GetString(6), row.GetDecimal(7), PayJson.Read<List<ChangedRow>>(row.GetString(8)))
            { DecidedBy = row.IsDBNull(9) ? null : row.GetString(9), Dispute = row.IsDBNull(10) ? null : row.GetInt64(10) }));
        return lines;
    }
}
