using System.Text.Json;
using Followthrough.Analytics.Metrics;
using Followthrough.Dashboard.Wording;

namespace Followthrough.Dashboard.Charts;

/// <summary>A measure by month in its own unit, with its interval and target where there are such, as an ECharts option.</summary>
internal static class MeasureTrend
{
    /// <param name="months">Groups by month, in order.</param>
    /// <param name="metric">What they are groups of.</param>
    /// <param name="aims">The months' targets; null where nothing is aimed at.</param>
    /// <param name="axis">How the months are labelled.</param>
    /// <param name="rows">The address of the rows behind a month.</param>
    internal static string Option(IReadOnlyList<MeasureGroup> months, MeasureMetric metric, Aims? aims, MonthAxis axis, Func<MeasureGroup, string> rows)
    {
        var times = Times(months, metric);
        double?[] targets = [.. months.Select(month => aims?.Of(metric, Dimension.Month, month.Key))];
        object[] line = Array.TrueForAll(targets, target => target is null) ? [] : [TargetLine.Of(targets.Select(target => Shown(target, times)), _ => $"{MeasureWords.Value(targets.Last(target => target is not null), metric.Unit)}")];
        var scale = Scale(months, metric, targets);
        return JsonSerializer.Serialize(new
        {
            animation = false,
            grid = new { left = 12, right = line.Length == 0 ? 16 : 56, top = 14, bottom = 8, containLabel = true },
            tooltip = new { trigger = "axis", confine = true },
            xAxis = axis.Axis(months.Select(m => (m.Key, m.Name)), boundaryGap: metric.Aggregation == Aggregation.Sum),
            yAxis = new
            {
                type = "value",
                min = Shown(scale.Low, times),
                max = Shown(scale.High, times),
                interval = Shown(scale.Step, times),
                axisLabel = new { color = ChartColours.Grey, decimals = scale.Decimals(times), sign = metric.Unit == Unit.Share ? " %" : "" },
                splitLine = new { lineStyle = new { color = ChartColours.Line } },
            },
            series = metric.Aggregation == Aggregation.Sum
                ? (object[])[Bars(months, metric, times, rows), .. line]
                : [BandFloor(months, times), Band(months, times), Values(months, metric, times, rows), .. line],
        });
    }

    /// <summary>What is said when no month has a figure; null when one has.</summary>
    internal static string? Nothing(IReadOnlyList<MeasureGroup> months, MeasureMetric metric) =>
        months.All(month => month.Value.Value is null) ? $"No month has a figure: {metric.Nothing}." : null;

    /// <summary>What the figures are and how many rows they rest on.</summary>
    internal static string Subtitle(IReadOnlyList<MeasureGroup> months, MeasureMetric metric)
    {
        var currency = months.Select(m => m.Value.Currency).FirstOrDefault(c => c is not null);
        var sign = MeasureWords.Sign(Times(months, metric) < 1 ? Unit.Days : metric.Unit, currency) is { Length: > 0 } s ? $"{s}, " : "";
        var interval = MeasureWords.IntervalMethod(metric.Aggregation).Length > 0 ? "with 95\u00a0% interval; " : "";
        return $"{sign}{interval}n = {Figures.Count(months.Sum(m => m.Value.N))}";
    }

    // Amounts are compared by their length, so theirs begins at nothing.
    private static ValueAxis Scale(IReadOnlyList<MeasureGroup> months, MeasureMetric metric, double?[] targets)
    {
        var shown = months.SelectMany(month => ValueAxis.Ends(month.Value)).Concat(targets).OfType<double>().ToList();
        return metric.Aggregation == Aggregation.Sum ? ValueAxis.FromNought(shown, metric) : ValueAxis.Around(shown, metric);
    }

    private static object BandFloor(IReadOnlyList<MeasureGroup> months, double times) => new
    {
        type = "line",
        stack = "interval",
        stackStrategy = "all",
        silent = true,
        symbol = "none",
        lineStyle = new { opacity = 0 },
        data = months.Select(m => Shown(m.Value.Interval?.Low, times)),
    };

    private static object Band(IReadOnlyList<MeasureGroup> months, double times) => new
    {
        type = "line",
        stack = "interval",
        stackStrategy = "all",
        silent = true,
        symbol = "none",
        lineStyle = new { opacity = 0 },
        areaStyle = new { color = ChartColours.Kept, opacity = 0.18 },
        data = months.Select(m => Shown(m.Value.Interval is { } interval ? interval.High - interval.Low : null, times)),
    };

    private static object Values(IReadOnlyList<MeasureGroup> months, MeasureMetric metric, double times, Func<MeasureGroup, string> rows) => new
    {
        type = "line",
        name = "rate",
        symbol = "circle",
        symbolSize = 7,
        itemStyle = new { color = ChartColours.Kept },
        lineStyle = new { color = ChartColours.Kept, width = 2 },
        emphasis = new { scale = 1.5 },
        data = months.Select(m => Point(m, metric, times, rows)),
    };

    private static object Bars(IReadOnlyList<MeasureGroup> months, MeasureMetric metric, double times, Func<MeasureGroup, string> rows) => new
    {
        type = "bar",
        name = "rate",
        barMaxWidth = 36,
        itemStyle = new { color = ChartColours.Kept, borderRadius = 2 },
        data = months.Select(m => Point(m, metric, times, rows)),
    };

    private static object Point(MeasureGroup month, MeasureMetric metric, double times, Func<MeasureGroup, string> rows) => new
    {
        value = Shown(month.Value.Value, times),
        // Too few to judge: a hollow grey point.
        itemStyle = month.Value.TooFew ? new { color = "var(--surface)", borderColor = ChartColours.Grey, borderWidth = 2 } : null,
        href = rows(month),
        tip = Tip(month, metric),
    };

    private static string[] Tip(MeasureGroup month, MeasureMetric metric)
    {
        if (month.Value.Value is null) return [month.Name, month.Value.Reason ?? Figures.Undefined];
        string[] lines = [month.Name, MeasureWords.Value(month.Value.Value, metric.Unit, month.Value.Currency), $"n = {Figures.Count(month.Value.N)}"];
        return month.Value.Interval is { } interval ? [.. lines, $"95 % interval {MeasureWords.Range(interval, metric.Unit, month.Value.Currency)}"] : lines;
    }

    private static double? Shown(double? value, double times) => value is { } v ? Math.Round(v * times, 4) : null;

    // As the figures beside it: shares in percent, long hours in days.
    private static double Times(IReadOnlyList<MeasureGroup> months, MeasureMetric metric) => metric.Unit switch
    {
        Unit.Share => 100,
        Unit.Hours when months.Any(month => month.Value.Value >= Figures.HoursInDays) => 1 / Figures.HoursOfDay,
        _ => 1,
    };
}
