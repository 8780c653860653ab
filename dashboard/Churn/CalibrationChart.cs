using System.Globalization;
using System.Text.Json;
using Followthrough.Analytics.Churn;
using Followthrough.Dashboard.Wording;

namespace Followthrough.Dashboard.Churn;

/// <summary>What share of each bin left against what was predicted, with Wilson's interval, as an ECharts option. Under the axis: the prediction and n.</summary>
internal static class CalibrationChart
{
    internal static string Option(IReadOnlyList<CalibrationBin> bins) => JsonSerializer.Serialize(new
    {
        animation = false,
        grid = new { left = 44, right = 20, top = 34, bottom = 44 },
        legend = new { top = 0, left = 0, itemHeight = 8, textStyle = new { color = "var(--text-2)" } },
        tooltip = new { trigger = "axis", confine = true },
        xAxis = new
        {
            type = "category",
            data = bins.Select(b => $"{(b.Predicted * 100).ToString("0", CultureInfo.InvariantCulture)}\n{Figures.Count(b.N)}"),
            axisLabel = new { color = "var(--text-3)", interval = 0, hideOverlap = false, lineHeight = 15 },
            axisTick = new { show = false },
            axisLine = new { lineStyle = new { color = "var(--line)" } },
        },
        yAxis = GainChart.PercentAxis,
        series = (object[])
        [
            new
            {
                type = "line",
                name = "Left",
                symbol = "circle",
                symbolSize = 8,
                itemStyle = new { color = "var(--kept)" },
                lineStyle = new { color = "var(--kept)", width = 1 },
                data = bins.Select(Point),
                markLine = Intervals(bins),
            },
            new
            {
                type = "line",
                name = "Predicted",
                symbol = "diamond",
                symbolSize = 7,
                itemStyle = new { color = "var(--text-2)" },
                lineStyle = new { color = "var(--text-2)", type = "dashed", width = 1.5 },
                data = bins.Select(b => GainChart.Percent(b.Predicted)),
            },
        ],
    });

    private static object Point(CalibrationBin bin) => new
    {
        value = GainChart.Percent(bin.Observed.Value),
        tip = (string[])
        [
            $"Predicted {Figures.Rate(bin.From)} to {Figures.Rate(bin.To)}, on average {Figures.Rate(bin.Predicted)}",
            $"{Figures.Rate(bin.Observed.Value)} left",
            $"{Figures.Range(bin.Observed.Interval)}, n = {Figures.Count(bin.N)}",
        ],
    };

    // A bar from the lower to the upper bound at each bin.
    private static object Intervals(IReadOnlyList<CalibrationBin> bins) => new
    {
        silent = true,
        symbol = "none",
        animation = false,
        label = new { show = false },
        lineStyle = new { color = "var(--kept)", width = 2, type = "solid", opacity = 0.45 },
        data = bins.Select((bin, i) => (bin.Observed.Interval, i)).Where(x => x.Interval is not null)
            .Select(x => new[] { new { coord = new[] { x.i, GainChart.Percent(x.Interval!.Low) } }, new { coord = new[] { x.i, GainChart.Percent(x.Interval.High) } } }),
    };
}
