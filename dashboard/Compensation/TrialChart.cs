using System.Text.Json;
using Followthrough.Analytics.Compensation;

namespace Followthrough.Dashboard.Compensation;

/// <summary>What a plan would have paid in each period, as it is and as tried, as an ECharts option.</summary>
internal static class TrialChart
{
    internal static string Option(IReadOnlyList<PlanTrial> trials, string currency) => JsonSerializer.Serialize(new
    {
        animation = false,
        grid = new { left = 72, right = 16, top = 34, bottom = 30 },
        legend = new { top = 0, left = 0, itemHeight = 8, textStyle = new { color = "var(--text-2)" } },
        tooltip = new { trigger = "axis", confine = true },
        xAxis = new { type = "category", data = trials.Select(t => t.Period.Label), axisLabel = new { color = "var(--text-3)" }, axisLine = new { lineStyle = new { color = "var(--line)" } }, axisTick = new { show = false } },
        yAxis = new { type = "value", min = 0, axisLabel = new { color = "var(--text-3)" }, splitLine = new { lineStyle = new { color = "var(--line)" } } },
        series = (object[])
        [
            Bars("As it is", "before", "var(--pending)", trials.Select(t => Bar(t, t.Before, currency))),
            Bars("Held as it is", "before", "var(--line-strong)", trials.Select(t => Bar(t, t.Held.Before, currency))),
            Bars("As tried", "after", "var(--kept)", trials.Select(t => Bar(t, t.After, currency))),
            Bars("Held as tried", "after", "var(--accent-soft)", trials.Select(t => Bar(t, t.Held.After, currency))),
        ],
    });

    private static object Bars(string name, string stack, string colour, IEnumerable<object> data) =>
        new { type = "bar", name, stack, itemStyle = new { color = colour, borderColor = "var(--line-strong)", borderWidth = 0.5 }, barMaxWidth = 22, data };

    private static object Bar(PlanTrial trial, decimal value, string currency) => new
    {
        value,
        tip = new[] { trial.Period.Label, $"As tried: {PlanMetric.Number(trial.After)} {currency}, {PlanMetric.Number(trial.Held.After)} held", $"As it is: {PlanMetric.Number(trial.Before)} {currency}, {PlanMetric.Number(trial.Held.Before)} held" },
    };
}
