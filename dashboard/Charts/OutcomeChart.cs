using System.Text.Json;
using Followthrough.Analytics.Metrics;
using Followthrough.Dashboard.Wording;

namespace Followthrough.Dashboard.Charts;

/// <summary>What was promised for a month against what became of it, as an ECharts option: one bar a month, its parts by outcome.</summary>
internal static class OutcomeChart
{
    /// <summary>The outcomes of commitments, from the best to the one nobody judges.</summary>
    internal static IReadOnlyList<OutcomePart> Parts(CommitmentMetric metric) =>
    [
        new("in time", ChartColours.Kept, null, "kept", null, v => v.Kept),
        new("too late", ChartColours.Missed, ChartColours.Stripes, "missed", Lasted.Any.Label, v => v.Missed - v.NeverAnswered),
        new($"never {metric.Fulfilled}", ChartColours.Missed, ChartColours.Lines, "missed", Lasted.Open.Label, v => v.NeverAnswered),
        new("not due yet", ChartColours.Pending, ChartColours.Dots, "pending", null, v => v.Pending),
        new("excused", ChartColours.Excused, ChartColours.Dots, "excused", null, v => v.Excluded.Values.Sum()),
    ];

    /// <param name="months">Groups by month, in order.</param>
    /// <param name="metric">Whose commitments they are.</param>
    /// <param name="axis">How the months are labelled.</param>
    /// <param name="rows">The address of the rows of one part of a month.</param>
    internal static string Option(IReadOnlyList<CommitmentGroup> months, CommitmentMetric metric, MonthAxis axis, Func<CommitmentGroup, OutcomePart, string> rows)
    {
        var shown = Parts(metric).Where(part => months.Any(month => part.Count(month.Value) > 0)).ToList();
        return JsonSerializer.Serialize(new
        {
            animation = false,
            grid = new { left = 8, right = 16, top = 40, bottom = 8, containLabel = true },
            legend = new { top = 0, left = 0, itemWidth = 16, itemHeight = 12, selectedMode = false, textStyle = new { color = ChartColours.Text } },
            tooltip = new { trigger = "item", confine = true },
            xAxis = axis.Axis(months.Select(m => (m.Key, m.Name)), boundaryGap: true),
            yAxis = new { type = "value", splitNumber = 4, minInterval = 1, axisLabel = new { color = ChartColours.Grey }, splitLine = new { lineStyle = new { color = ChartColours.Line } } },
            series = shown.Select(part => Bars(months, part, rows)),
        });
    }

    internal static string Title(CommitmentMetric metric) => $"Promised and {metric.Fulfilled}, by month";

    internal static string Subtitle(IReadOnlyList<CommitmentGroup> months, CommitmentMetric metric) =>
        $"number of {metric.Counted}; n = {Figures.Count(months.Sum(All))}";

    internal static long All(CommitmentGroup month) => month.Value.N + month.Value.Pending + month.Value.Excluded.Values.Sum();

    private static object Bars(IReadOnlyList<CommitmentGroup> months, OutcomePart part, Func<CommitmentGroup, OutcomePart, string> rows) => new
    {
        type = "bar",
        stack = "all",
        name = part.Name,
        barMaxWidth = 40,
        itemStyle = new { color = part.Colour, borderColor = ChartColours.Surface, borderWidth = 1, decal = part.Pattern },
        data = months.Select(month => part.Count(month.Value) is > 0 and var count ? Point(month, part, count, rows) : null),
    };

    private static object Point(CommitmentGroup month, OutcomePart part, long count, Func<CommitmentGroup, OutcomePart, string> rows) => new
    {
        value = count,
        href = rows(month, part),
        tip = (string[])[month.Name, $"{Figures.Count(count)} {part.Name}", $"of {Figures.Count(All(month))}"],
    };
}

/// <summary>A way a commitment can come out, and the filters that list what did.</summary>
/// <param name="Name">In words.</param>
/// <param name="Colour">Name of its colour.</param>
/// <param name="Pattern">What tells it apart without the colour; null for a plain face.</param>
/// <param name="Status">Status to filter by.</param>
/// <param name="Took">Length to filter by; null for all.</param>
/// <param name="Count">How many came out so.</param>
public sealed record OutcomePart(string Name, string Colour, object? Pattern, string Status, string? Took, Func<CommitmentValue, long> Count)
{
    /// <summary>As a list of them is asked for.</summary>
    internal (string Name, string? Value)[] Filters => [("status", Status), ("took", Took)];
}
