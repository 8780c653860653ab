using Followthrough.Analytics.Compensation;
using Followthrough.Analytics.Metrics;
using Followthrough.Dashboard.Layout;

namespace Followthrough.Dashboard.Compensation;

/// <summary>A plan's period that can be run.</summary>
public sealed record OfferedRun(string Plan, string Name, Period Period)
{
    private const int PeriodsOffered = 4;

    /// <summary>The latest finished periods of each plan that were not run, the oldest first: they are run in their order.</summary>
    internal static async Task<IReadOnlyList<OfferedRun>> ReadAsync(PageFrame frame, PayPlanStore plans, IReadOnlyList<PayRunView> runs, CancellationToken ct)
    {
        var offered = new List<OfferedRun>();
        foreach (var versions in (await plans.AllAsync(ct)).GroupBy(v => v.PlanId).Select(g => PayPlanVersion.Standing(g)).Where(v => v.Count > 0))
        {
            var plan = versions[0].Plan;
            var period = PayPeriods.Of(plan.Every, frame.Today);
            for (var back = 0; back < PeriodsOffered && period.Prior() is { } prior && versions.Any(v => v.FromDay < prior.End); back++)
            {
                period = prior;
                if (runs.Any(r => r.Run.Plan == plan.Id && r.Run.State != PayRunState.Abandoned && r.Run.Period.Start >= period.Start)) break;
                offered.Add(new OfferedRun(plan.Id, plan.Name, period));
            }
        }
        return [.. offered.OrderBy(o => o.Name, StringComparer.Ordinal).ThenBy(o => o.Period.Start)];
    }
}
