using System.Text.Json;
using Followthrough.Analytics.Scorecards;
using Followthrough.Analytics.Targets;
using Followthrough.Dashboard.Charts;
using Followthrough.Dashboard.Wording;

namespace Followthrough.Dashboard.Scorecards;

/// <summary>A scorecard's total over eight quarters with its interval, as an ECharts option.</summary>
internal static class ScoreTrend
{
    /// <param name="scores">In order.</param>
    /// <param name="page">The address of a quarter's scorecard.</param>
    internal static string Option(IReadOnlyList<Score> scores, Func<Score, string> page) => JsonSerializer.Serialize(new
    {
        animation = false,
        grid = new { left = 12, right = 56, top = 14, bottom = 8, containLabel = true },
        tooltip = new { trigger = "axis", confine = true },
        xAxis = new
        {
            type = "category",
            boundaryGap = false,
            data = scores.Select(score => PeriodNames.Name(score.Period)),
            axisLine = new { lineStyle = new { color = ChartColours.Line } },
            axisTick = new { show = false },
            axisLabel = new { color = ChartColours.Grey, hideOverlap = true },
        },
        yAxis = new
        {
            type = "value",
            min = 0,
            max = TargetPoints.AtStretch,
            interval = TargetPoints.AtThreshold,
            axisLabel = new { color = ChartColours.Grey },
            splitLine = new { lineStyle = new { color = ChartColours.Line } },
        },
        series = new[] { Edge(scores, score => score.Result?.Low, 0), Edge(scores, score => score.Result?.High - score.Result?.Low, 0.18), Totals(scores, page), TargetLine.Of(scores.Select(_ => (double?)TargetPoints.AtTarget), _ => $"100") },
    });

    /// <summary>What is said when no quarter has a total; null when one has.</summary>
    internal static string? Nothing(IReadOnlyList<Score> scores) => scores.All(score => score.Result?.Total is null) ? "No quarter has a total yet." : null;

    private static object Edge(IReadOnlyList<Score> scores, Func<Score, decimal?> at, double opacity) => new
    {
        type = "line",
        stack = "interval",
        silent = true,
        symbol = "none",
        lineStyle = new { opacity = 0 },
        areaStyle = new { color = ChartColours.Kept, opacity },
        data = scores.Select(at),
    };

    private static object Totals(IReadOnlyList<Score> scores, Func<Score, string> page) => new
    {
        type = "line",
        name = "total",
        symbol = "circle",
        symbolSize = 7,
        itemStyle = new { color = ChartColours.Kept },
        lineStyle = new { color = ChartColours.Kept, width = 2 },
        data = scores.Select(score => new { value = score.Result?.Total, href = page(score), tip = Tip(score) }),
    };

    private static string[] Tip(Score score) => score.Result is not { } result ? [PeriodNames.Name(score.Period), "no scorecard"]
        : result.Total is null ? [PeriodNames.Name(score.Period), result.Why!]
        : [PeriodNames.Name(score.Period), $"{ScoreWords.Points(result.Total)} points", $"{ScoreWords.Points(result.Low)} to {ScoreWords.Points(result.High)}", $"{ScoreWords.Weight(result.Judged)} of 100 judged"];
}
