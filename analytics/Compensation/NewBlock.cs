using System.Globalization;
using Followthrough.Analytics.Metrics;
using Followthrough.Analytics.Targets;

namespace Followthrough.Analytics.Compensation;

/// <summary>What a form adds to a plan: a block that is complete and can be used, around the metric's target; its numbers are then changed.</summary>
internal static class NewBlock
{
    /// <summary>The kinds of blocks by the list they stand in.</summary>
    public static readonly IReadOnlyDictionary<string, string> Kinds =
        new Dictionary<string, string> { ["points"] = PlanBlocks.Components, ["rates"] = PlanBlocks.Components, ["gate"] = "gates", ["modifier"] = "modifiers" };

    /// <summary>Metrics that plans may ask for, by name.</summary>
    public static IReadOnlyList<MetricDefinition> Metrics { get; } =
        [.. MetricCatalogue.All.Where(m => m.Better != Better.Neither).OrderBy(m => m.Name, StringComparer.OrdinalIgnoreCase)];

    /// <summary>Its lines without indentation, the first with the hyphen.</summary>
    public static IReadOnlyList<string> Lines(string kind, MetricDefinition metric, IReadOnlyCollection<string?> taken)
    {
        var (id, good) = (metric.Id.Replace('_', '-'), Target(metric));
        for (var i = 2; taken.Contains(id); i++) id = FormattableString.Invariant($"{metric.Id.Replace('_', '-')}-{i}");
        string[] own = kind switch
        {
            "points" => ["weight: 10", "points:", Point(Threshold(metric, good), 50), Point(good, 100), $"target: {Written(good)}"],
            "rates" => ["tiers: marginal", "rates:", "  - { from: 0, rate: 1 }"],
            "gate" => [$"limit: {Written(Threshold(metric, good))}"],
            "modifier" => ["points:", Point(Threshold(metric, good), 90), Point(good, 110)],
            _ => throw new ArgumentOutOfRangeException(nameof(kind), kind, "no such kind"),
        };
        return [$"- id: {id}", .. new[] { $"metric: {metric.Id}", $"for: {(PlanMetric.MayJudgePeople(metric) ? "person" : "team")}", FormattableString.Invariant($"minimum_n: {Math.Max(1, metric.MinimumN)}") }.Concat(own).Select(line => "  " + line)];
    }

    private static string Point(decimal at, int pays) => FormattableString.Invariant($"  - {{ at: {Written(at)}, pays: {pays} }}");

    // In the unit of plans, without decimals where it can do without.
    private static decimal Target(MetricDefinition metric) => metric.Goal is { } goal ? Math.Round(WrittenUnit.Of(metric.Unit, goal), 1) : metric.Unit switch
    {
        Unit.Share => metric.Better == Better.Lower ? 10 : 90,
        Unit.Points => 30,
        Unit.Score or Unit.Index => metric.Better == Better.Lower ? 2 : 4,
        Unit.Hours => 24,
        Unit.Days => 14,
        Unit.Count => 10,
        Unit.Money => 10_000,
        _ => throw new ArgumentOutOfRangeException(nameof(metric), metric.Unit, "no such unit"),
    };

    private static decimal Threshold(MetricDefinition metric, decimal target) => Math.Round(metric.Better == Better.Lower ? Math.Max(target * 1.25m, target + 1) : Math.Min(target * 0.9m, target - 1), 1);

    private static string Written(decimal number) => number.ToString("0.#", CultureInfo.InvariantCulture);
}
