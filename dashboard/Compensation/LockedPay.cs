using Followthrough.Analytics.Compensation;
using Followthrough.Analytics.Metrics;
using Npgsql;

namespace Followthrough.Dashboard.Compensation;

/// <summary>What a locked run came to, to be held beside what the same plan comes to on the figures there are now.</summary>
/// <param name="Run">The run.</param>
/// <param name="Own">For the period itself; of a cumulative plan for the year so far.</param>
/// <param name="Payable">To be paid, with what it paid for earlier periods and what was brought or carried forward.</param>
/// <param name="People">How many statements.</param>
public sealed record LockedPay(PayRun Run, decimal Own, decimal Payable, int People)
{
    /// <summary>Null where no run of the plan is locked for the period.</summary>
    internal static async Task<LockedPay?> ReadAsync(NpgsqlDataSource db, PayScope scope, PayPlan plan, Period period, CancellationToken ct)
    {
        var reader = new PayReader(db);
        var locked = (await reader.RunsAsync(scope, ct)).Select(view => view.Run).Where(r => r.Plan == plan.Id && r.State == PayRunState.Locked).ToList();
        if (locked.Find(r => r.Period.Label == period.Label) is not { } run) return null;
        var statements = await reader.StatementsAsync(scope, run.Id, null, ct);
        var own = statements.Sum(s => s.Own);
        // Of a cumulative plan a trial has the year so far.
        if (plan.Cumulative)
            foreach (var before in locked.Where(r => r.Period.Start.Year == period.Start.Year && r.Period.Start < period.Start)) own += (await reader.StatementsAsync(scope, before.Id, null, ct)).Sum(s => s.Own);
        return new LockedPay(run, own, statements.Sum(s => s.Payable), statements.Count);
    }
}
