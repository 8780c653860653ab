using Followthrough.Analytics.Compensation;
using Followthrough.Analytics.Metrics;
using Followthrough.Analytics.Targets;
using Followthrough.Dashboard.Targets;
using Followthrough.Dashboard.Wording;

namespace Followthrough.Dashboard.Compensation;

/// <summary>Where a run's plan pays by another target than the one that was set, as known when it was computed; people are counted, not named.</summary>
internal static class RunTargets
{
    /// <summary>A sentence for each component and each other target; none where they are the same.</summary>
    /// <param name="plans">The versions that paid.</param>
    /// <param name="book">The targets.</param>
    /// <param name="period">What is paid for.</param>
    /// <param name="staff">Keys of whom it pays.</param>
    internal static IReadOnlyList<string> InWords(IEnumerable<PayPlan> plans, TargetBook book, Period period, IReadOnlyCollection<string> staff) =>
    [
        .. plans.SelectMany(plan => PlanTargetDifferences.Of(plan, book, staff, period.End.AddDays(-1))).Distinct()
            .GroupBy(d => (d.Component, d.Metric, d.Paid, d.Aimed, Whose: Whose(d.Scope)))
            .Select(g => $"{g.Key.Metric.Name}: the plan pays 100 % at {TargetWords.Value(g.Key.Metric, g.Key.Paid)}, and the target {Of(g.Key.Whose, g.Count())} under Admin, Targets is {TargetWords.Value(g.Key.Metric, g.Key.Aimed)}."),
    ];

    private static char Whose(TargetScope scope) => scope switch { { Staff: not null } => 'p', { Team: not null } => 't', _ => 'c' };

    private static string Of(char whose, int count) => whose switch
    {
        'p' => $"of {Figures.Count(count, "person", "people")}",
        't' => $"of {Figures.Count(count, "team", "teams")}",
        _ => "of the company",
    };
}
