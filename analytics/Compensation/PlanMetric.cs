using System.Globalization;
using Followthrough.Analytics.Facts;
using Followthrough.Analytics.Metrics;

namespace Followthrough.Analytics.Compensation;

/// <summary>What a plan may ask of a metric, and how its values are written in plans: in its unit, shares in percent.</summary>
internal static class PlanMetric
{
    private const decimal MostMoney = 1_000_000_000_000;
    private const decimal MostCount = 10_000_000;
    private const decimal MostHours = 366 * 24 * 5;
    private const decimal MostDays = 366 * 5;
    private const decimal MostRatio = 1_000;

    /// <summary>The metric that a block asks for; null, with a fault, when there is none that anybody can be paid by.</summary>
    public static MetricDefinition? Read(PlanNode node, MeasuredFor? measured)
    {
        if (node.Text("metric") is not { } id) return null;
        if (MetricCatalogue.Find(id) is not { } metric)
            node.Fault("metric", MetricCatalogue.Definition(id) is null
                ? $"There is no metric “{id}”{Nearest.Hint(id, MetricCatalogue.All.Select(m => m.Id))}; 'analytics metrics' lists them."
                : $"“{id}” is many figures at once; expected a metric that is one.");
        else if (metric.Better == Better.Neither)
            node.Fault("metric", $"“{id}” has no direction: of {metric.Name} neither more nor less is better, so nothing can be paid for it.");
        else if (measured == MeasuredFor.Person && !MayJudgePeople(metric))
            node.Fault("metric", $"“{id}” says nothing about single people: {metric.Name} may be paid for a team or the company only.");
        else
            return metric;
        return null;
    }

    /// <summary>Whether a person may be judged by it: a shopper who deceives on purpose names nobody.</summary>
    public static bool MayJudgePeople(MetricDefinition metric) => metric is not MeasureMetric { Variant: var variant } || !variant.Contains("/mystery_shop/", StringComparison.Ordinal);

    /// <summary>Whether it is a volume in money, of which a commission can be paid.</summary>
    public static bool IsVolume(MetricDefinition metric) => metric is { Unit: Unit.Money, Aggregation: Aggregation.Sum, Better: Better.Higher };

    /// <summary>The values it can have, in the unit of plans.</summary>
    public static (decimal Least, decimal Most) Bounds(MetricDefinition metric) => metric.Unit switch
    {
        // A ratio of two amounts can be more than the whole, as retention is that grows.
        Unit.Share when metric.Aggregation == Aggregation.Ratio => (-MostRatio, MostRatio),
        Unit.Share => (0, 100),
        Unit.Points => (-100, 100),
        Unit.Score or Unit.Index => (0, 10),
        Unit.Hours => (0, MostHours),
        // Who delivers early slips by less than nothing.
        Unit.Days => (-MostDays, MostDays),
        Unit.Count => (0, MostCount),
        Unit.Money => (0, MostMoney),
        _ => throw new ArgumentOutOfRangeException(nameof(metric), metric.Unit, "no such unit"),
    };

    /// <summary>A value with its unit, to the last digit it is written with.</summary>
    public static string InWords(decimal value, MetricDefinition metric, string currency)
    {
        var number = Number(value);
        return metric.Unit switch
        {
            Unit.Share => $"{number} %",
            Unit.Money => $"{number} {currency}",
            Unit.Hours => $"{number} h",
            Unit.Days => value == 1 ? "1 day" : $"{number} days",
            Unit.Points => $"{number} points",
            _ => number,
        };
    }

    /// <summary>What its values are in.</summary>
    public static string UnitInWords(MetricDefinition metric, string currency) => metric.Unit switch
    {
        Unit.Share => "percent",
        Unit.Money => currency,
        Unit.Hours => "hours",
        Unit.Days => "days",
        Unit.Points => "points",
        Unit.Score => "a mark",
        Unit.Index => "an index",
        Unit.Count => "a number",
        _ => throw new ArgumentOutOfRangeException(nameof(metric), metric.Unit, "no such unit"),
    };

    public static string Number(decimal value) => value.ToString("#,0.##########", CultureInfo.InvariantCulture);
}
