using System.Globalization;
using Followthrough.Analytics.Metrics;
using Followthrough.Dashboard.Wording;

namespace Followthrough.Dashboard.Charts;

/// <summary>An axis that holds everything shown, for figures of any unit; it begins, steps and ends at round numbers, and never leaves what the figure can be.</summary>
/// <param name="Low">Where it begins, in the metric's unit.</param>
/// <param name="High">Where it ends; above <paramref name="Low"/>.</param>
/// <param name="Step">From one label to the next: a 1, 2 or 5 with noughts.</param>
public sealed record ValueAxis(double Low, double High, double Step)
{
    private const int Steps = 5;

    // What is left of a division that comes out even.
    private const double Rest = 1e-9;

    /// <summary>The whole of a rate.</summary>
    internal static ValueAxis Whole { get; } = new(0, 1, 0.2);

    /// <summary>For dots, from nought or where the scale begins, to the scale's end or the highest of what is judged; one of few cases stretches it no further.</summary>
    internal static ValueAxis For(IReadOnlyList<MetricValue> values, IEnumerable<double?> targets, MetricDefinition metric)
    {
        var judged = values.Where(v => v.Value is not null && !v.TooFew).ToList();
        var shown = (judged.Count > 0 ? judged : [.. values.Where(v => v.Value is not null)]).SelectMany(Ends).Concat(targets).OfType<double>().ToList();
        return FromNought(metric.Aggregation == Aggregation.AccountMean && BoundsOf(metric).Most is { } most ? [.. shown, most] : shown, metric);
    }

    /// <summary>From nought, or where the scale begins, around all that is shown.</summary>
    internal static ValueAxis FromNought(IEnumerable<double> shown, MetricDefinition metric) => Around([.. shown, Math.Max(0, BoundsOf(metric).Least ?? 0)], metric);

    /// <summary>As close around what is shown as round numbers allow.</summary>
    internal static ValueAxis Around(IReadOnlyCollection<double> shown, MetricDefinition metric)
    {
        if (shown.Count == 0) return Whole;
        var (low, high) = (shown.Min(), shown.Max());
        if (high - low < Rest) high = low + (metric.Unit == Unit.Share ? 0.1 : 1);
        // Long hours are written in days, and round in those.
        var size = metric.Unit == Unit.Hours && high >= Figures.HoursInDays ? Figures.HoursOfDay : 1;
        var bounds = BoundsOf(metric);
        var axis = Between(low / size, high / size, new Bounds(bounds.Least / size, bounds.Most / size));
        return new(axis.Low * size, axis.High * size, axis.Step * size);
    }

    /// <summary>From one value to another above it, both moved out to round numbers within the bounds.</summary>
    internal static ValueAxis Between(double low, double high, Bounds bounds)
    {
        var step = RoundStep((high - low) / Steps);
        var (begin, end) = (Math.Round(Math.Floor(low / step + Rest) * step, 12), Math.Round(Math.Ceiling(high / step - Rest) * step, 12));
        return new(
            bounds.Least is { } least && low >= least - Rest ? Math.Max(begin, least) : begin,
            bounds.Most is { } most && high <= most + Rest ? Math.Min(end, most) : end, step);
    }

    /// <summary>A figure with its interval, as far as there are such.</summary>
    internal static IEnumerable<double?> Ends(MetricValue value) => [value.Value, value.Interval?.Low, value.Interval?.High];

    /// <summary>Where the labels stand, both ends among them.</summary>
    internal IEnumerable<double> Ticks
    {
        get
        {
            for (var tick = Low; tick < High - Step * Rest; tick = Math.Round(tick + Step, 12)) yield return tick;
            yield return High;
        }
    }

    /// <summary>How many decimals tell the labels apart when they are written so many times as large.</summary>
    internal int Decimals(double times = 1) => Math.Max(0, -(int)Math.Floor(Math.Log10(Step * times) + Rest));

    /// <summary>A value as a label, all of one axis with equally many decimals.</summary>
    internal string Label(double value, Unit unit) => unit switch
    {
        Unit.Hours => value == 0 ? "0" : Figures.Hours(value),
        Unit.Days => MeasureWords.Value(value, unit),
        Unit.Share => $"{Number(value * 100, Decimals(100))}\u00a0%",
        _ => Number(value, Decimals()),
    };

    /// <summary>With that many decimals and a true minus.</summary>
    internal static string Number(double value, int decimals) => value.ToString($"N{decimals}", CultureInfo.InvariantCulture).Replace('-', '−');

    /// <summary>Where a value lies on it, 0 to 1; one beyond lies at its end.</summary>
    internal double Place(double value) => Math.Clamp((value - Low) / (High - Low), 0, 1);

    private static Bounds BoundsOf(MetricDefinition metric) => metric is MeasureMetric measure ? measure.Bounds : Bounds.Part;

    private static double RoundStep(double step)
    {
        var size = Math.Pow(10, Math.Floor(Math.Log10(step)));
        return Math.Round(Array.Find([1, 2, 5, 10], times => times * size >= step - size * Rest) * size, 12);
    }
}
