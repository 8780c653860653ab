using Followthrough.Analytics.Metrics;

namespace Followthrough.Dashboard.Charts;

/// <summary>An axis that holds everything shown, for figures of any unit.</summary>
public sealed record ValueAxis(double Low, double High)
{
    /// <summary>From the lowest to the highest of the figures that are judged, their intervals and the targets; one of few cases stretches it no further.</summary>
    internal static ValueAxis For(IReadOnlyList<MetricValue> values, IEnumerable<double?> targets)
    {
        var judged = values.Where(v => v.Value is not null && !v.TooFew).ToList();
        var shown = (judged.Count > 0 ? judged : [.. values.Where(v => v.Value is not null)])
            .SelectMany(v => (double?[])[v.Value, v.Interval?.Low, v.Interval?.High])
            .Concat(targets).OfType<double>().ToList();
        if (shown.Count == 0) return new ValueAxis(0, 1);
        var (low, high) = (Math.Min(shown.Min(), 0), shown.Max());
        return high > low ? new ValueAxis(low, high) : new ValueAxis(low, low + 1);
    }

    /// <summary>Where a value lies on it, 0 to 1; one beyond lies at its end.</summary>
    internal double Place(double value) => Math.Clamp((value - Low) / (High - Low), 0, 1);
}
