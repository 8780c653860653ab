using System.Text.Json;
using Followthrough.Analytics.Metrics;
using Followthrough.Dashboard.Wording;

namespace Followthrough.Dashboard.Charts;

/// <summary>How long rows took, as an ECharts option: a bar for each length, one apart for what is not over, lines where half and nine of ten are.</summary>
internal static class SpreadChart
{
    internal static string Option(SpreadModel model, Func<Lasted, string> rows)
    {
        var bars = model.Spread.Bins.Select(bin => (object)Bar(model, bin, rows)).ToList();
        if (model.Spread.Open > 0) bars.Add(OpenBar(model, rows));
        return JsonSerializer.Serialize(new
        {
            animation = false,
            grid = new { left = 8, right = model.Spread.Open > 0 ? 36 : 16, top = 48, bottom = 8, containLabel = true },
            tooltip = new { trigger = "item", confine = true },
            xAxis = new object[] { Lengths(model), new { type = "value", min = 0, max = bars.Count, show = false } },
            yAxis = new { type = "value", splitNumber = 4, minInterval = 1, axisLine = new { show = false }, axisTick = new { show = false }, axisLabel = new { color = ChartColours.Grey }, splitLine = new { lineStyle = new { color = ChartColours.Line } } },
            series = new object[]
            {
                new { type = "bar", barCategoryGap = "12%", itemStyle = new { color = ChartColours.Kept }, data = bars },
                new { type = "line", xAxisIndex = 1, data = Array.Empty<object>(), markLine = Marks(model) },
            },
        });
    }

    private static object Lengths(SpreadModel model) => new
    {
        type = "category",
        data = model.Spread.Bins.Select(bin => model.Scale.Label(bin.Lasted)).Concat(model.Spread.Open > 0 ? [model.NotOver] : []),
        axisLabel = new { color = ChartColours.Grey, hideOverlap = true },
        axisTick = new { show = false },
        axisLine = new { lineStyle = new { color = ChartColours.Line } },
    };

    private static object Bar(SpreadModel model, SpreadBin bin, Func<Lasted, string> rows) => new
    {
        value = bin.Count,
        href = rows(bin.Lasted),
        tip = (string[])[$"{model.Scale.Label(bin.Lasted)} {model.Scale.Unit}", Figures.Count(bin.Count), $"{Figures.Rate((double)bin.Count / model.Spread.Over)} of what is over"],
    };

    // Apart from the lengths: it may become any of them.
    private static object OpenBar(SpreadModel model, Func<Lasted, string> rows) => new
    {
        value = model.Spread.Open,
        href = rows(Lasted.Open),
        tip = (string[])[MetricWords.Capital(model.NotOver), Figures.Count(model.Spread.Open), "counted as lasting at least until now"],
        itemStyle = new { color = ChartColours.Pending, decal = ChartColours.Stripes },
    };

    private static (string Name, double? Length)[] Quantiles(SpreadModel model) => [("p50", model.Median), ("p90", model.P90)];

    private static object Marks(SpreadModel model) => new
    {
        silent = true,
        symbol = "none",
        animation = false,
        data = Quantiles(model).Where(mark => mark.Length is not null).Select((mark, i) => new
        {
            xAxis = SpreadScale.Place(model.Spread, mark.Length!.Value),
            lineStyle = new { color = ChartColours.Text, type = "dashed", width = 1 },
            // One above the other, to the right of its line: the two may be close, and close to the axis.
            label = new { formatter = $"{mark.Name} {model.InWords(mark.Length)}", color = ChartColours.Text, distance = i == 0 ? 8 : 24, align = "left" },
        }),
    };
}
