using Followthrough.Analytics.Compensation;
using Followthrough.Analytics.Metrics;
using Followthrough.Analytics.Targets;
using Followthrough.Dashboard.Targets;
using Followthrough.Dashboard.Wording;

namespace Followthrough.Dashboard.Compensation;

/// <summary>Where a plan pays 100 % for another figure than the target that every other page holds the same metric against.</summary>
internal static class PlanTargets
{
    /// <summary>In a sentence for each component and each other target; none where they are the same.</summary>
    /// <param name="plans">The versions that paid, the latest last.</param>
    /// <param name="book">The targets as known.</param>
    /// <param name="period">What is paid for.</param>
    /// <param name="staff">Keys of whom it pays.</param>
    internal static IReadOnlyList<string> InWords(IEnumerable<PayPlan> plans, TargetBook book, Period period, IReadOnlyCollection<string> staff) =>
    [
        .. plans.SelectMany(p => p.Components).OfType<CurveComponent>().DistinctBy(c => (c.Id, c.Target))
            .SelectMany(component => Of(component, book, period, staff)),
    ];

    private static IEnumerable<string> Of(CurveComponent component, TargetBook book, Period period, IReadOnlyCollection<string> staff)
    {
        if (MetricCatalogue.Find(component.Metric) is not { } metric) return [];
        return Scopes(component.For, book, period, staff)
            .Select(scope => book.In(metric, scope, period))
            .OfType<TargetInForce>()
            .Where(target => target.Points.Target != component.Target)
            .GroupBy(target => (target.Points.Target, Whose: Whose(target.Scope)))
            .OrderByDescending(g => g.Count())
            .Select(g => $"{metric.Name}: the plan pays 100 % at {TargetWords.Value(metric, component.Target)}, and {Target(g.Key.Whose, component.For, g.Count())} is {TargetWords.Value(metric, g.Key.Target)}.");
    }

    private static IEnumerable<TargetScope> Scopes(MeasuredFor measured, TargetBook book, Period period, IReadOnlyCollection<string> staff) => measured switch
    {
        MeasuredFor.Person => staff.Select(key => new TargetScope(null, key)),
        MeasuredFor.Team => staff.Select(key => book.TeamOf(key, period.End.AddDays(-1))).OfType<string>().Distinct().Select(team => new TargetScope(team, null)),
        _ => [TargetScope.Company],
    };

    // Whose it is decides what it is called; people who have one of their own are counted and not named.
    private static string Whose(TargetScope? scope) => scope switch
    {
        null => "catalogue",
        { Staff: not null } => "person",
        { Team: not null } => "team",
        _ => "company",
    };

    private static string Target(string whose, MeasuredFor measured, int count) => whose switch
    {
        "catalogue" => "the metric's usual target, for nobody has set one,",
        "company" => "the company's target under Admin, Targets",
        "team" when measured == MeasuredFor.Team => $"the target of {Figures.Count(count, "team", "teams")} under Admin, Targets",
        _ => $"the target of {Figures.Count(count, "person", "people")} under Admin, Targets",
    };
}
