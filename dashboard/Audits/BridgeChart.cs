using System.Text.Json;
using Followthrough.Analytics.Editions;
using Followthrough.Analytics.Metrics;
using Followthrough.Dashboard.Charts;
using Followthrough.Dashboard.Wording;

namespace Followthrough.Dashboard.Audits;

/// <summary>From reported to now known as a waterfall: each cause begins where the one before ended.</summary>
internal static class BridgeChart
{
    internal static string Option(Bridge bridge, MetricDefinition metric)
    {
        var scale = metric.Unit == Unit.Share ? 100m : 1m;
        var (at, bars) = (scale * (decimal)bridge.Reported!.Value, new List<(string Name, decimal From, decimal To, string Tip, bool IsEnd)>());
        bars.Add(("As reported", 0, at, MeasureWords.Value(bridge.Reported, metric.Unit), true));
        foreach (var step in Shown(bridge))
        {
            bars.Add((AuditWords.Of(step.Cause), at, at + scale * step.By, AuditWords.Difference(step.By, metric.Unit), false));
            at += scale * step.By;
        }
        bars.Add(("As now known", 0, scale * (decimal)bridge.Now!.Value, MeasureWords.Value(bridge.Now, metric.Unit), true));
        return JsonSerializer.Serialize(new
        {
            animation = false,
            grid = new { left = 8, right = 16, top = 24, bottom = 8, containLabel = true },
            tooltip = new { trigger = "item", confine = true },
            xAxis = new { type = "category", data = bars.Select(b => b.Name), axisLabel = new { color = ChartColours.Grey, interval = 0, width = 84, overflow = "break" }, axisTick = new { show = false }, axisLine = new { lineStyle = new { color = ChartColours.Line } } },
            yAxis = new { type = "value", scale = true, splitNumber = 4, name = MeasureWords.Sign(metric.Unit), axisLabel = new { color = ChartColours.Grey }, splitLine = new { lineStyle = new { color = ChartColours.Line } } },
            series = new object[]
            {
                new { type = "bar", stack = "bridge", silent = true, itemStyle = new { color = "transparent" }, data = bars.Select(b => Math.Min(b.From, b.To)) },
                new { type = "bar", stack = "bridge", barCategoryGap = "30%", data = bars.Select(Bar) },
            },
        });
    }

    /// <summary>The causes that move it, and the residual always.</summary>
    internal static IEnumerable<BridgeStep> Shown(Bridge bridge) => bridge.Steps.Where(s => s.By != 0 || s.Rows > 0 || s.Cause == Cause.Unexplained);

    private static object Bar((string Name, decimal From, decimal To, string Tip, bool IsEnd) bar) => new
    {
        value = Math.Abs(bar.To - bar.From),
        tip = (string[])[bar.Name, bar.Tip],
        label = new { show = true, position = "top", formatter = bar.Tip, color = ChartColours.Text },
        itemStyle = bar.IsEnd ? (object)new { color = ChartColours.Pending } : new { color = bar.To < bar.From ? ChartColours.Missed : ChartColours.Kept, decal = bar.To < bar.From ? ChartColours.Stripes : null },
    };
}
