using System.Globalization;
using Followthrough.Analytics.Metrics;

namespace Followthrough.Analytics.Targets;

/// <summary>What is wrong with a target, in words: the field, what it holds and what was expected.</summary>
internal static class TargetRules
{
    private const int MostDecimals = 10;
    private const decimal Largest = 1_000_000_000_000m;

    private static readonly DateOnly Earliest = new(1900, 1, 1), Latest = new(9000, 1, 1);

    /// <summary>Everything that is wrong with it in itself; none when it can be taken.</summary>
    public static IEnumerable<string> Faults(MetricTarget target)
    {
        if (MetricCatalogue.Find(target.Metric) is not { } metric)
        {
            yield return $"metric “{target.Metric}”: expected one of the catalogue, for example {MetricCatalogue.Respond24H.Id}.";
            yield break;
        }
        if (target.Scope is { Team: not null, Staff: not null }) yield return "team and person: expected one of them at most; a target is for one or the other.";
        if (target.Scope.Staff is not null && !metric.JudgesPeople) yield return $"person: expected none; {metric.Name} speaks of teams and never of one person.";
        if (target.From < Earliest || target.From > Latest) yield return "from_day: expected a day of the years 1900 to 9000.";
        if (target.To is { } to && to <= target.From) yield return $"last_day {Day(to.AddDays(-1))}: expected a day not before from_day, {Day(target.From)}.";
        foreach (var fault in Named(target.Points).SelectMany(point => OfNumber(metric, point.Name, point.Value))) yield return fault;
        foreach (var fault in OfOrder(metric, target.Points)) yield return fault;
    }

    private static IEnumerable<(string Name, decimal Value)> Named(TargetPoints points)
    {
        if (points.Threshold is { } threshold) yield return ("threshold", threshold);
        yield return ("target", points.Target);
        if (points.Stretch is { } stretch) yield return ("stretch", stretch);
    }

    private static IEnumerable<string> OfNumber(MetricDefinition metric, string name, decimal value)
    {
        var said = $"{name} {WrittenUnit.Text(value)}";
        if (Math.Abs(value) > Largest || Math.Round(value, MostDecimals) != value) yield return $"{said}: expected at most {MostDecimals} decimals and a number that people use.";
        switch (metric.Unit)
        {
            // Retention or a margin may leave 0 to 100; a share of cases can't.
            case Unit.Share when metric.Aggregation != Aggregation.Ratio && value is < 0 or > 100:
                yield return $"{said}: expected 0 to 100; {metric.Name} is a share, written in percent.";
                break;
            case Unit.Share when metric.Aggregation == Aggregation.KeptShare && value is > 0 and <= 1:
                yield return $"{said}: expected a share in percent, for example 95; this is less than one in a hundred.";
                break;
            case Unit.Points when value is < -100 or > 100:
                yield return $"{said}: expected points from -100 to 100.";
                break;
            case Unit.Hours when value < 0:
                yield return $"{said}: expected hours, 0 or more.";
                break;
        }
    }

    private static IEnumerable<string> OfOrder(MetricDefinition metric, TargetPoints points)
    {
        var (threshold, target, stretch) = points;
        if (metric.Better == Better.Neither)
        {
            if (threshold is not null || stretch is not null) yield return $"threshold and stretch: expected none; of {metric.Name} neither more nor less is better.";
            yield break;
        }
        var (isLower, way) = (metric.Better == Better.Lower, metric.Better == Better.Lower ? "below" : "above");
        if (threshold is { } least && (isLower ? least <= target : least >= target))
            yield return $"target {WrittenUnit.Text(target)}: expected one {way} the threshold of {WrittenUnit.Text(least)}; of {metric.Name} {(isLower ? "less" : "more")} is better.";
        if (stretch is { } most && (isLower ? most >= target : most <= target))
            yield return $"stretch {WrittenUnit.Text(most)}: expected one {way} the target of {WrittenUnit.Text(target)}; of {metric.Name} {(isLower ? "less" : "more")} is better.";
    }

    internal static string Day(DateOnly day) => day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
}
