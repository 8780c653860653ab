using Followthrough.Analytics.Metrics;
using Followthrough.Analytics.Targets;
using Followthrough.Dashboard.Wording;

namespace Followthrough.Dashboard.Targets;

/// <summary>Targets in words.</summary>
internal static class TargetWords
{
    /// <summary>What the log calls it.</summary>
    internal static string Subject(MetricTarget target) => $"target {target.Metric} of {Whose(target.Scope)}";

    /// <summary>Its numbers and days, as the log keeps them.</summary>
    internal static string InWords(MetricTarget target)
    {
        var (threshold, aim, stretch) = target.Points;
        var points = new[] { threshold is { } t ? $"threshold {WrittenUnit.Text(t)}" : null, $"target {WrittenUnit.Text(aim)}", stretch is { } s ? $"stretch {WrittenUnit.Text(s)}" : null };
        return $"{string.Join(", ", points.Where(point => point is not null))} {Days(target)}";
    }

    /// <summary>From when to when.</summary>
    internal static string Days(MetricTarget target) => target.To is { } to ? $"{Moments.OnDay(target.From)} to {Moments.OnDay(to.AddDays(-1))}" : $"from {Moments.OnDay(target.From)}";

    /// <summary>A number in the metric's unit: “95 %”, “10 days”.</summary>
    internal static string Value(MetricDefinition metric, decimal? written) =>
        written is not { } number ? Figures.Undefined : $"{WrittenUnit.Text(number).Replace('-', '−')}{(MeasureWords.Sign(metric.Unit) is { Length: > 0 } sign ? $"\u00a0{sign}" : "")}";

    /// <summary>A fault as a sentence under a form.</summary>
    internal static string Sentence(string fault) => MetricWords.Capital(fault.Replace("from_day", "first day", StringComparison.Ordinal).Replace("last_day", "last day", StringComparison.Ordinal));

    /// <summary>What was just done.</summary>
    internal static string Said(string what) => what switch
    {
        "set" => "The target is set. Every page shows it from now on.",
        "changed" => "The target is changed; what it was before stays in its history.",
        "ended" => "The target is ended; it stays in its history.",
        _ => "",
    };

    private static string Whose(TargetScope scope) => scope.Team is { } team ? $"team {team}" : scope.Staff is { } staff ? $"person {staff}" : "the company";
}
