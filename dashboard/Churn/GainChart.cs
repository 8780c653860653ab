using System.Text.Json;
using Followthrough.Analytics.Churn;
using Followthrough.Dashboard.Wording;

namespace Followthrough.Dashboard.Churn;

/// <summary>How much of all who left is found among the first customers of each list, as an ECharts option.</summary>
internal static class GainChart
{
    private static readonly string[] Others = ["var(--text-2)", "var(--excused)"];

    internal static string Option(RegisteredModel shown, IReadOnlyList<RegisteredModel> beside)
    {
        var others = beside.Where(m => m.Id != shown.Id && m.Figures.Gain.Count > 0).ToList();
        var shares = shown.Figures.Gain.Select(g => g.Share).ToList();
        return JsonSerializer.Serialize(new
        {
            animation = false,
            grid = new { left = 44, right = 20, top = 34, bottom = 40 },
            legend = new { top = 0, left = 0, itemHeight = 8, textStyle = new { color = "var(--text-2)" } },
            tooltip = new { trigger = "axis", confine = true },
            xAxis = new
            {
                type = "value",
                min = 0,
                max = 100,
                name = "first customers of the list",
                nameLocation = "middle",
                nameGap = 24,
                nameTextStyle = new { color = "var(--text-3)" },
                axisLabel = new { color = "var(--text-3)", formatter = "{value} %" },
                splitLine = new { show = false },
                axisLine = new { lineStyle = new { color = "var(--line)" } },
            },
            yAxis = PercentAxis,
            series = (object[])
            [
                Line(ChurnWords.Name(shown.Kind), "var(--kept)", "solid", shown.Figures.Gain.Select((g, i) => Point(g, i, shown, others)), isShown: true),
                .. others.Select((m, i) => Line(ChurnWords.Name(m.Kind), Others[i % Others.Length], "dashed", m.Figures.Gain.Select(g => (object)new[] { Percent(g.Share), Percent(g.Found) }))),
                Line("Chance", "var(--text-3)", "dotted", shares.Select(s => (object)new[] { Percent(s), Percent(s) })),
            ],
        });
    }

    internal static object PercentAxis { get; } = new
    {
        type = "value",
        min = 0,
        max = 100,
        interval = 25,
        axisLabel = new { color = "var(--text-3)", formatter = "{value} %" },
        splitLine = new { lineStyle = new { color = "var(--line)" } },
    };

    internal static double Percent(double share) => Math.Round(share * 100, 2);

    private static object Line(string name, string colour, string dash, IEnumerable<object> data, bool isShown = false) => new
    {
        type = "line",
        name,
        symbol = isShown ? "circle" : "none",
        symbolSize = 7,
        itemStyle = new { color = colour },
        lineStyle = new { color = colour, width = isShown ? 2.5 : 1.5, type = dash },
        data,
    };

    private static object Point(GainPoint point, int place, RegisteredModel shown, List<RegisteredModel> others) => new
    {
        value = new[] { Percent(point.Share), Percent(point.Found) },
        tip = (string[])
        [
            $"First {Figures.Rate(point.Share)} of the customers",
            $"{ChurnWords.Name(shown.Kind)}: {Figures.Rate(point.Found)} of those who left",
            .. others.Where(m => m.Figures.Gain.Count > place).Select(m => $"{ChurnWords.Name(m.Kind)}: {Figures.Rate(m.Figures.Gain[place].Found)}"),
        ],
    };
}
