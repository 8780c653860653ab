using System.Globalization;
using System.Text.Json;
using Followthrough.Analytics.Metrics;
using Followthrough.Dashboard.Charts;
using Followthrough.Dashboard.Layout;
using Followthrough.Dashboard.Wording;

namespace Followthrough.Dashboard.Accounts;

/// <summary>What happened with an account along time, as an ECharts option: a lane for each sort of event, a mark for each, shaped by how it stands.</summary>
internal static class TimelineChart
{
    /// <summary>The most events drawn; older ones are in the list alone.</summary>
    internal const int Most = 400;

    // In the order of the legend. What is no commitment stands or falls with nothing: it happened.
    private static readonly (string Name, string Symbol, string Colour, bool Hollow)[] Marks =
    [
        ("happened", "rect", ChartColours.Grey, false),
        (nameof(CommitmentStatus.Kept), "circle", ChartColours.Kept, false),
        (nameof(CommitmentStatus.Missed), "diamond", ChartColours.Missed, false),
        (nameof(CommitmentStatus.Pending), "circle", ChartColours.Pending, true),
        (nameof(CommitmentStatus.Excused), "triangle", ChartColours.Excused, false),
    ];

    /// <summary>Lanes there is something on, the first sort on top.</summary>
    internal static IReadOnlyList<EventSort> Lanes(TimelineModel timeline) => [.. Enum.GetValues<EventSort>().Where(sort => timeline.Events.Any(e => e.Sort == sort))];

    internal static string Option(TimelineModel timeline)
    {
        var lanes = Lanes(timeline);
        return JsonSerializer.Serialize(new
        {
            animation = false,
            useUTC = true,
            grid = new { left = 8, right = 20, top = 36, bottom = 8, containLabel = true },
            legend = new { top = 0, left = 0, itemWidth = 12, itemHeight = 10, selectedMode = false, textStyle = new { color = ChartColours.Text } },
            tooltip = new { trigger = "item", confine = true },
            xAxis = new { type = "time", axisLabel = new { color = ChartColours.Grey, hideOverlap = true }, axisLine = new { lineStyle = new { color = ChartColours.Line } }, splitLine = new { show = false } },
            yAxis = new
            {
                type = "category",
                inverse = true,
                data = lanes.Select(EventWords.Plural),
                axisLabel = new { color = ChartColours.Grey },
                axisTick = new { show = false },
                axisLine = new { show = false },
                splitLine = new { show = true, lineStyle = new { color = ChartColours.Line } },
            },
            series = Marks.Where(mark => timeline.Events.Any(e => MarkOf(e) == mark.Name)).Select(mark => Series(timeline, lanes, mark)),
        });
    }

    internal static string Subtitle(TimelineModel timeline) =>
        $"{(timeline.Older is null ? "all" : "the latest")} {Figures.Count(timeline.Events.Count, "event", "events")} from {Moments.Short(timeline.Events[^1].At, timeline.Frame.Zone)} on, by sort; times in {timeline.Frame.Zone.Id}";

    private static string MarkOf(TimelineEvent e) => EventWords.Standing(e)?.ToString() ?? Marks[0].Name;

    private static object Series(TimelineModel timeline, IReadOnlyList<EventSort> lanes, (string Name, string Symbol, string Colour, bool Hollow) mark) => new
    {
        type = "scatter",
        name = mark.Name.ToLowerInvariant(),
        symbol = mark.Symbol,
        symbolSize = mark.Symbol == "rect" ? new[] { 5, 14 } : [11, 11],
        itemStyle = new { color = mark.Hollow ? ChartColours.Surface : mark.Colour, borderColor = mark.Hollow ? mark.Colour : ChartColours.Surface, borderWidth = mark.Hollow ? 2 : 1, opacity = 0.85 },
        data = timeline.Events.Where(e => MarkOf(e) == mark.Name).Reverse().Select(e => Point(timeline, lanes, e)),
    };

    private static object Point(TimelineModel timeline, IReadOnlyList<EventSort> lanes, TimelineEvent e) => new
    {
        value = new object[] { Local(e.At, timeline.Frame), lanes.ToList().IndexOf(e.Sort) },
        href = timeline.Frame.Query.Carry(e.Address(timeline.Account)),
        tip = new[] { Moments.Zoned(e.At, timeline.Frame.Zone), EventWords.What(e), EventWords.Standing(e) is { } status ? Commitments.StatusNames.Name(status) : null, EventWords.About(e) }.Where(line => line is not null),
    };

    // The reader's wall clock, drawn as if it were UTC: the axis then shows his days.
    private static string Local(DateTimeOffset at, PageFrame frame) =>
        TimeZoneInfo.ConvertTime(at, frame.Zone).ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture);
}
