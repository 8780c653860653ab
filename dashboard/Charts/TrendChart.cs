using System.Globalization;
using System.Text.Json;
using Followthrough.Analytics.Metrics;
using Followthrough.Dashboard.Wording;

namespace Followthrough.Dashboard.Charts;

/// <summary>A rate by month with its interval and target, as an ECharts option. Colours are style-sheet variables; charts.js puts in their values.</summary>
internal static class TrendChart
{
    /// <param name="months">Groups by month, in order.</param>
    /// <param name="target">Target as a fraction.</param>
    /// <param name="axis">How the months are labelled.</param>
    /// <param name="rows">The address of the rows behind a month.</param>
    internal static string Option(IReadOnlyList<CommitmentGroup> months, double target, MonthAxis axis, Func<CommitmentGroup, string> rows) =>
        JsonSerializer.Serialize(new
        {
            animation = false,
            grid = new { left = 44, right = 56, top = 14, bottom = 44 },
            tooltip = new { trigger = "axis", confine = true },
            xAxis = axis.Axis(months.Select(m => (m.Key, m.Name)), boundaryGap: false),
            yAxis = new
            {
                type = "value",
                min = RateAxis.For(months, target).Floor * 100,
                max = 100,
                interval = RateAxis.For(months, target).Floor > 0 ? 10 : 25,
                axisLabel = new { color = ChartColours.Grey, formatter = "{value} %" },
                splitLine = new { lineStyle = new { color = ChartColours.Line } },
            },
            series = new object[] { BandFloor(months), Band(months), Rate(months, target, rows) },
        });

    /// <summary>What is said when no month has a figure; null when one has.</summary>
    internal static string? Nothing(IReadOnlyList<CommitmentGroup> months, CommitmentMetric metric) =>
        months.All(month => month.Value.Value is null) ? $"No month has a figure: nothing {metric.Entered} in these twelve, or nothing of it is due yet." : null;

    /// <summary>What the figures are, how many they rest on, and where the axis begins.</summary>
    internal static string Subtitle(IReadOnlyList<CommitmentGroup> months, CommitmentMetric metric) =>
        $"% of {metric.Counted}, with 95 % interval; n = {Figures.Count(months.Sum(month => month.Value.N))}{RateAxis.For(months, metric.Target).Note}";

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

    private static object Rate(IReadOnlyList<CommitmentGroup> months, double target, Func<CommitmentGroup, string> rows) => new
    {
        type = "line",
        name = "rate",
        symbol = "circle",
        symbolSize = 7,
        itemStyle = new { color = ChartColours.Kept },
        lineStyle = new { color = ChartColours.Kept, width = 2 },
        emphasis = new { scale = 1.5 },
        data = months.Select(m => Point(m, rows)),
        markLine = new
        {
            silent = true,
            symbol = "none",
            animation = false,
            data = new[]
            {
                new
                {
                    yAxis = target * 100,
                    lineStyle = new { color = "var(--text-2)", type = "dashed", width = 1 },
                    label = new { position = "end", formatter = $"target\n{(target * 100).ToString("0.#", CultureInfo.InvariantCulture)} %", lineHeight = 15, color = "var(--text-2)" },
                },
            },
        },
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
