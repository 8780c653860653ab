using System.Text.Json;
using Followthrough.Analytics.Compensation;
using Followthrough.Analytics.Metrics;
using Followthrough.Dashboard.Charts;

namespace Followthrough.Dashboard.Compensation;

/// <summary>What a metric's value pays, as an ECharts option: nothing short of the threshold, lines between the points, level beyond the last.</summary>
internal static class PlanChart
{
    // How far the axis goes on beyond the outer points, of what lies between them.
    private const decimal Margin = 0.2m;

    /// <summary>A curve by points; a modifier's pays what its first point does short of it.</summary>
    internal static string Option(PayoutCurve curve, MetricDefinition metric, string currency, decimal? target, bool isFactor)
    {
        PayoutPoint[] points = [.. curve.Points.OrderBy(p => p.X)];
        var span = points[^1].X - points[0].X is var between and > 0 ? between : Math.Max(1, Math.Abs(points[0].X));
        var (least, most) = PlanMetric.Bounds(metric);
        var axis = Axis(Math.Max(least, points[0].X - span * Margin), Math.Min(most, points[^1].X + span * Margin), (least, most));
        var (low, high) = ((decimal)axis.Low, (decimal)axis.High);
        var lower = curve.Better == Better.Lower;
        // From left to right: where less is better the nothing lies at the right.
        var jump = lower ? points[^1] : points[0];
        var nothing = isFactor ? jump.Percent : 0;
        decimal[][] line =
        [
            .. lower ? [] : (decimal[][])[[low, nothing], [jump.X, nothing]],
            [lower ? low : jump.X, points[0].Percent],
            .. points.Select(p => (decimal[])[p.X, p.Percent]),
            .. lower ? (decimal[][])[[jump.X, nothing], [high, nothing]] : [[high, points[^1].Percent]],
        ];
        var marks = curve.Points.Select((p, i) => (p, Name: NameOf(i, curve.Points.Count, p.X == target))).ToList();
        return Option(
            line, points.Select(p => Point(p.X, p.Percent, $"{PlanMetric.InWords(p.X, metric, currency)}", $"{PlanMetric.Number(p.Percent)} %")),
            marks.Where(m => m.Name is not null).Select(m => Mark(m.p.X, m.Name!, m.p.X == target)), axis, $"{PlanMetric.UnitInWords(metric, currency)}", "{value} %");
    }

    /// <summary>A commission: the amount by the volume.</summary>
    internal static string Option(RateTiers tiers, string currency)
    {
        var edges = tiers.Tiers.Select(t => t.From).Where(from => from > 0).ToList();
        var axis = Axis(0, edges.Count > 0 ? edges[^1] * 1.3m : 100_000, (0, decimal.MaxValue));
        var high = (decimal)axis.High;
        decimal[] stops = [0, .. edges, high];
        // Just short of an edge and on it: a retroactive rate jumps there.
        decimal[][] line = [.. stops.SelectMany(x => x == 0 || x == high ? [x] : (decimal[])[x - 0.01m, x]).Select(x => (decimal[])[x, tiers.Earned(x)])];
        return Option(
            line, edges.Append(high).Select(x => Point(x, tiers.Earned(x), $"{PlanMetric.Number(x)} {currency}", $"{PlanMetric.Number(tiers.Earned(x))} {currency}")),
            tiers.Tiers.Where(t => t.From > 0).Select(t => Mark(t.From, $"{PlanMetric.Number(t.Rate * 100)} %", false)), axis, $"volume, {currency}", "{value}");
    }

    private static ValueAxis Axis(decimal low, decimal high, (decimal Least, decimal Most) bounds) =>
        ValueAxis.Between((double)low, (double)high, new Bounds((double)bounds.Least, (double)bounds.Most));

    private static string? NameOf(int place, int count, bool isTarget) =>
        isTarget ? "target" : place == 0 ? "threshold" : place == count - 1 ? "maximum" : null;

    private static string Option(decimal[][] line, IEnumerable<object> points, IEnumerable<object> marks, ValueAxis axis, string unit, string percent) => JsonSerializer.Serialize(new
    {
        animation = false,
        grid = new { left = 56, right = 28, top = 30, bottom = 44 },
        tooltip = new { trigger = "item", confine = true },
        xAxis = new
        {
            type = "value",
            min = axis.Low,
            max = axis.High,
            interval = axis.Step,
            name = unit,
            nameLocation = "middle",
            nameGap = 26,
            nameTextStyle = new { color = "var(--text-3)" },
            axisLabel = new { color = "var(--text-3)", hideOverlap = true },
            splitLine = new { show = false },
            axisLine = new { lineStyle = new { color = "var(--line)" } },
        },
        yAxis = new { type = "value", min = 0, axisLabel = new { color = "var(--text-3)", formatter = percent }, splitLine = new { lineStyle = new { color = "var(--line)" } } },
        series = (object[])
        [
            new { type = "line", symbol = "none", silent = true, lineStyle = new { color = "var(--kept)", width = 2.5 }, data = line, markLine = new { symbol = "none", silent = true, data = marks } },
            new { type = "scatter", symbolSize = 9, itemStyle = new { color = "var(--kept)" }, data = points },
        ],
    });

    private static object Point(decimal x, decimal y, string value, string pays) => new { value = new[] { x, y }, tip = new[] { value, pays } };

    private static object Mark(decimal x, string name, bool isTarget) => new
    {
        xAxis = x,
        lineStyle = new { color = isTarget ? "var(--text)" : "var(--text-3)", type = isTarget ? "solid" : "dashed", width = 1 },
        label = new { formatter = name, position = "end", color = "var(--text-2)" },
    };
}
