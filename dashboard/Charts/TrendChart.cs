using System.Text.Json;
using Followthrough.Analytics.Metrics;
using Followthrough.Dashboard.Wording;

namespace Followthrough.Dashboard.Charts;

/// <summary>A rate by month with its interval and target, as an ECharts option. Colours are style-sheet variables; charts.js puts in their values.</summary>
internal static class TrendChart
{
    /// <param name="months">Groups by month, in order.</param>
    /// <param name="metric">What they are groups of.</param>
    /// <param name="aims">The months' targets.</param>
    /// <param name="axis">How the months are labelled.</param>
    /// <param name="rows">The address of the rows behind a month.</param>
    internal static string Option(IReadOnlyList<CommitmentGroup> months, CommitmentMetric metric, Aims aims, MonthAxis axis, Func<CommitmentGroup, string> rows)
    {
        var (targets, scale) = (Targets(months, metric, aims), Axis(months, metric, aims));
        return JsonSerializer.Serialize(new
        {
            animation = false,
            grid = new { left = 44, right = 56, top = 14, bottom = 44 },
            tooltip = new { trigger = "axis", confine = true },
            xAxis = axis.Axis(months.Select(m => (m.Key, m.Name)), boundaryGap: false),
            yAxis = new
            {
                type = "value",
                min = scale.Floor * 100,
                max = 100,
                interval = scale.Floor switch { >= 0.8 => 5, > 0 => 10, _ => 25 },
                axisLabel = new { color = ChartColours.Grey, formatter = "{value} %" },
                splitLine = new { lineStyle = new { color = ChartColours.Line } },
            },
            series = new[] { BandFloor(months), Band(months), Rate(months, rows), TargetLine.Of(targets.Select(target => Percent(target)), target => $"{target:0.#} %") },
        });
    }

    /// <summary>What is said when no month has a figure; null when one has.</summary>
    internal static string? Nothing(IReadOnlyList<CommitmentGroup> months, CommitmentMetric metric) =>
        months.All(month => month.Value.Value is null) ? $"No month has a figure: nothing {metric.Entered} in these twelve, or nothing of it is due yet." : null;

    /// <summary>What the figures are, how many they rest on, and where the axis begins.</summary>
    internal static string Subtitle(IReadOnlyList<CommitmentGroup> months, CommitmentMetric metric, Aims aims) =>
        $"% of {metric.Counted}, with 95\u00a0% interval; n = {Figures.Count(months.Sum(month => month.Value.N))}{(months.All(month => month.Value.Value is null) ? "" : Axis(months, metric, aims).Note)}";

    private static IEnumerable<double> Targets(IReadOnlyList<CommitmentGroup> months, CommitmentMetric metric, Aims aims) =>
        months.Select(month => aims.Of(metric, Dimension.Month, month.Key));

    private static RateAxis Axis(IReadOnlyList<CommitmentGroup> months, CommitmentMetric metric, Aims aims) => RateAxis.For(months.Select(month => month.Value), Targets(months, metric, aims));

    private static object BandFloor(IReadOnlyList<CommitmentGroup> months) => new
    {
        type = "line",
        stack = "interval",
        silent = true,
        symbol = "none",
        lineStyle = new { opacity = 0 },
        data = months.Select(m => Percent(m.Value.Interval?.Low)),
    };

    private static object Band(IReadOnlyList<CommitmentGroup> months) => new
    {
        type = "line",
        stack = "interval",
        silent = true,
        symbol = "none",
        lineStyle = new { opacity = 0 },
        areaStyle = new { color = ChartColours.Kept, opacity = 0.18 },
        data = months.Select(m => Percent(m.Value.Interval is { } interval ? interval.High - interval.Low : null)),
    };

    private static object Rate(IReadOnlyList<CommitmentGroup> months, Func<CommitmentGroup, string> rows) => new
    {
        type = "line",
        name = "rate",
        symbol = "circle",
        symbolSize = 7,
        itemStyle = new { color = ChartColours.Kept },
        lineStyle = new { color = ChartColours.Kept, width = 2 },
        emphasis = new { scale = 1.5 },
        data = months.Select(m => Point(m, rows)),
    };

    private static object Point(CommitmentGroup month, Func<CommitmentGroup, string> rows) => new
    {
        value = Percent(month.Value.Value),
        // Too few to judge: a hollow grey point.
        itemStyle = month.Value.TooFew ? new { color = "var(--surface)", borderColor = ChartColours.Grey, borderWidth = 2 } : null,
        href = rows(month),
        tip = Tip(month),
    };

    private static string[] Tip(CommitmentGroup month) => month.Value.Value is null
        ? [month.Name, month.Value.Reason ?? Figures.Undefined]
        : [month.Name, Figures.Rate(month.Value.Value), $"95 % interval {Figures.Range(month.Value.Interval)}", $"n = {Figures.Count(month.Value.N)}"];

    private static double? Percent(double? fraction) => fraction is { } value ? Math.Round(value * 100, 4) : null;
}
