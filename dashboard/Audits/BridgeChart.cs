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
        var (low, high) = (bars.Min(b => b.IsEnd ? b.To : Math.Min(b.From, b.To)), bars.Max(b => Math.Max(b.From, b.To)));
        return JsonSerializer.Serialize(new
        {
            animation = false,
            grid = new { left = 8, right = 96, top = 8, bottom = 8, containLabel = true },
            tooltip = new { trigger = "item", confine = true },
            xAxis = new { type = "value", min = Begin(low, high), splitNumber = 3, name = MeasureWords.Sign(metric.Unit), axisLabel = new { color = ChartColours.Grey, hideOverlap = true }, splitLine = new { lineStyle = new { color = ChartColours.Line } } },
            yAxis = new { type = "category", inverse = true, data = bars.Select(b => b.Name), axisLabel = new { color = ChartColours.Grey, interval = 0 }, axisTick = new { show = false }, axisLine = new { lineStyle = new { color = ChartColours.Line } } },
            series = new object[]
            {
                new { type = "bar", stack = "bridge", stackStrategy = "all", silent = true, itemStyle = new { color = "transparent" }, data = bars.Select(b => Math.Min(b.From, b.To)) },
                new { type = "bar", stack = "bridge", stackStrategy = "all", barCategoryGap = "30%", data = bars.Select(Bar) },
            },
        });
    }

    /// <summary>Bars there are, the two ends among them.</summary>
    internal static int Lanes(Bridge bridge) => Shown(bridge).Count() + 2;

    /// <summary>Where the axis begins: small differences of large figures would not be seen from zero.</summary>
    internal static decimal Begin(decimal low, decimal high)
    {
        if (low <= 0 || high - low > low / 2) return Math.Min(0, low);
        var step = (decimal)Math.Pow(10, Math.Floor(Math.Log10((double)Math.Max(high - low, high / 1000))));
        return Math.Max(0, Math.Floor((low - (high - low) / 2) / step) * step);
    }

    /// <summary>The causes that move it, and the residual always.</summary>
    internal static IEnumerable<BridgeStep> Shown(Bridge bridge) => bridge.Steps.Where(s => s.By != 0 || s.Rows > 0 || s.Cause == Cause.Unexplained);

    private static object Bar((string Name, decimal From, decimal To, string Tip, bool IsEnd) bar) => new
    {
        value = Math.Abs(bar.To - bar.From),
        tip = (string[])[bar.Name, bar.Tip],
        label = new { show = true, position = "right", formatter = bar.Tip, color = ChartColours.Text },
        itemStyle = bar.IsEnd ? (object)new { color = ChartColours.Pending } : new { color = bar.To < bar.From ? ChartColours.Missed : ChartColours.Kept, decal = bar.To < bar.From ? ChartColours.Stripes : null },
    };
}
