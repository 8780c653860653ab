using System.Globalization;
using Followthrough.Analytics.Metrics;

namespace Followthrough.Dashboard.Charts;

/// <summary>The unit in which lengths are shown along an axis: long hours are read in days.</summary>
/// <param name="Unit">“hours”, “days” or another; empty for plain numbers.</param>
/// <param name="Divisor">How many of the metric's own make one of it.</param>
public sealed record SpreadScale(string Unit, double Divisor)
{
    private const double HoursOfDay = 24;

    internal static SpreadScale Of(Spread spread, Unit unit) => unit switch
    {
        Analytics.Metrics.Unit.Days => new SpreadScale("days", 1),
        Analytics.Metrics.Unit.Count => new SpreadScale("", 1),
        _ when Width(spread) >= HoursOfDay => new SpreadScale("days", HoursOfDay),
        _ => new SpreadScale("hours", 1),
    };

    /// <summary>“4–8”, “from 48”, “below 0”.</summary>
    internal string Label(Lasted lasted) => (lasted.From, lasted.Below) switch
    {
        ({ } from, { } below) => $"{Number(from)}–{Number(below)}",
        ({ } from, null) => $"≥ {Number(from)}",
        (null, { } below) => $"< {Number(below)}",
        (null, null) => "all",
    };

    /// <summary>Where a length lies, counted in bins from the first; at the end of the bins when it is beyond them.</summary>
    internal static double Place(Spread spread, double length)
    {
        for (var i = 0; i < spread.Bins.Count; i++)
        {
            var (from, below) = (spread.Bins[i].Lasted.From, spread.Bins[i].Lasted.Below);
            if (below is null || length < below) return i + (from is { } start && below is { } end ? Math.Max(0, (length - start) / (end - start)) : 0.5);
        }
        return spread.Bins.Count;
    }

    private static double Width(Spread spread) =>
        spread.Bins.Select(bin => bin.Lasted.Below - bin.Lasted.From).FirstOrDefault(width => width is not null) ?? 0;

    private string Number(double length) => (length / Divisor).ToString("#,0.##", CultureInfo.InvariantCulture).Replace('-', '−');
}
