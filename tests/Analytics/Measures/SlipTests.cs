using Followthrough.Analytics.Facts;
using Followthrough.Tests.Support;

namespace Followthrough.Tests.Analytics.Measures;

public sealed class SlipTests : MeasureTests
{
    private const string A = "crm:A";

    [Fact]
    public async Task Days_late_are_counted_from_the_first_date_and_what_is_overdue_goes_on()
    {
        World.Clock.Now = Given.At("2026-03-30T12:00Z");
        await LoadAsync(
            [Given.Account(A), .. Due("early", "2026-03-10", "2026-03-08T09:00Z"), .. Due("on the day", "2026-03-10", "2026-03-10T23:00Z"),
                .. Due("late", "2026-03-10", "2026-03-20T00:00Z"), .. Due("overdue", "2026-03-10"), .. Due("today", "2026-03-30"), .. Due("not yet", "2026-03-31", "2026-03-01T00:00Z")]);

        Assert.Equal(
            ["milestone early | -2", "milestone late | 10", "milestone not yet | -30 | not due yet", "milestone on the day | 0", "milestone overdue | 20 unfinished", "milestone today | 0 unfinished | not due yet"],
            await RowsAsync("slip_p50", "2026-03"));
        var half = await FigureAsync("slip_p50", "2026-03");
        Assert.Equal((0.0, 4L, 1L, 2L), (half.Value!.Value, half.N, half.Unfinished!.Value, half.Excluded["not due yet"]));
        Assert.Equal("fewer than nine of ten are over: 1 of 4 go on", (await FigureAsync("slip_p90", "2026-03")).Reason);
    }

    [Fact]
    public async Task Moved_dates_count_for_the_date_that_stands_and_make_the_rebaseline_rate()
    {
        World.Clock.Now = Given.At("2026-04-30T12:00Z");
        await LoadAsync(
            [Given.Account(A), .. Due("moved", "2026-03-10", "2026-03-20T09:00Z"), Moved("moved", "2026-03-05T08:00Z", "2026-03-18"),
                .. Due("too late", "2026-03-10", "2026-03-20T09:00Z"), Moved("too late", "2026-03-12T08:00Z", "2026-03-25"),
                .. Due("kept", "2026-03-10", "2026-03-10T09:00Z")]);
        Assert.Equal(["milestone kept | 0", "milestone moved | 2", "milestone too late | 10"], await RowsAsync("slip_current_p50", "2026-03"));
        Assert.Equal((2.0, 10.0), ((await FigureAsync("slip_current_p50")).Value, (await FigureAsync("slip_current_p90")).Value));
        Assert.Equal(["milestone kept | 0 / 1", "milestone moved | 1 / 1", "milestone too late | 0 / 1"], await RowsAsync("rebaseline_rate", "2026-03"));
        Assert.Equal(1 / 3.0, (await FigureAsync("rebaseline_rate", "2026-03")).Value!.Value, 12);
    }

    [Fact]
    public async Task A_delay_is_ours_unless_somebody_elses_is_proven()
    {
        await LoadAsync(
            [Given.Account(A), .. Late("unsaid", null, null), .. Late("said", Party.Customer, null), .. Late("proven", Party.Customer, "mail:7"),
                .. Late("ours", Party.Ours, "mail:8"), .. Due("on time", "2026-03-10", "2026-03-10T09:00Z")]);
        Assert.Equal(
            ["milestone on time | 0 / 1", "milestone ours | 1 / 1", "milestone proven | 0 / 1", "milestone said | 1 / 1", "milestone unsaid | 1 / 1"],
            await RowsAsync("late_share_ours"));
        Assert.Equal(0.6, (await FigureAsync("late_share_ours")).Value!.Value, 12);
    }

    [Fact]
    public async Task What_the_customer_called_off_or_the_source_deleted_is_excluded_and_counted()
    {
        World.Clock.Now = Given.At("2026-03-12T00:00Z");
        Fact[] first = [Given.Account(A), .. Due("off", "2026-03-10"), .. Due("gone", "2026-03-10"), .. Due("left", "2026-03-10", "2026-03-11T09:00Z")];
        await LoadAsync(first);
        Assert.Equal(3, (await FigureAsync("slip_p50")).N);
        World.Clock.Now = Given.At("2026-03-20T00:00Z");
        Fact[] changes =
        [
            (Milestone)first[1] with { CancelledAt = Given.At("2026-03-09T08:00Z"), CancelledBy = Party.Customer }, (Milestone)first[3] with { Deleted = true },
        ];
        await LoadAsync(changes);
        await LoadAsync(changes);
        var value = await FigureAsync("slip_p50");
        Assert.Equal((1.0, 1L, 1L, 1L), (value.Value!.Value, value.N, value.Excluded["cancelled by the customer"], value.Excluded["deleted in the source"]));
        Assert.Equal(3, (await FigureAsync("slip_p50", asOf: "2026-03-12T00:00Z")).N);
    }

    [Fact]
    public async Task A_day_is_a_date_of_the_promised_calendar_also_when_it_lacks_an_hour()
    {
        await LoadAsync(
            [.. Given.WorkingWeek("cal:B", "Europe/Berlin"), Given.Account(A, calendar: "cal:B"),
                .. Due("same day", "2026-03-29", "2026-03-29T21:59Z"), .. Due("next day", "2026-03-29", "2026-03-29T22:00Z")]);
        Assert.Equal(["milestone next day | 1", "milestone same day | 0"], await RowsAsync("slip_p50"));
    }

    [Fact]
    public async Task Working_days_are_those_of_the_calendar_promised_when_the_date_was_agreed()
    {
        World.Clock.Now = Given.At("2026-03-30T12:00Z");
        // Friday 6 March is the date; Monday 9 is closed by the calendar of B.
        Fact[] Dues(string account) =>
        [
            .. Due(account, "monday", "2026-03-06", "2026-03-09T09:00Z"), .. Due(account, "sunday", "2026-03-06", "2026-03-08T09:00Z"),
            .. Due(account, "two weeks", "2026-03-06", "2026-03-20T09:00Z"), .. Due(account, "early", "2026-03-06", "2026-03-04T09:00Z"),
            .. Due(account, "from sunday", "2026-03-08", "2026-03-09T09:00Z"), .. Due(account, "open", "2026-03-06", null),
        ];
        await LoadAsync(
            [Given.Account(A), .. Dues(A), .. Given.WorkingWeek("cal:B", "UTC"), Given.SpecialDay("cal:B", "2026-03-09"), Given.Account("crm:B", calendar: "cal:B"), .. Dues("crm:B")]);
        string[] weekdays =
        [
            "milestone crm:A early | -2", "milestone crm:A from sunday | 1", "milestone crm:A monday | 1", "milestone crm:A open | 16 unfinished", "milestone crm:A sunday | 0", "milestone crm:A two weeks | 10",
        ];
        string[] promised =
        [
            "milestone crm:B early | -2", "milestone crm:B from sunday | 0", "milestone crm:B monday | 0", "milestone crm:B open | 15 unfinished", "milestone crm:B sunday | 0", "milestone crm:B two weeks | 9",
        ];
        Assert.Equal([.. weekdays, .. promised], await RowsAsync("slip_working_p50", "2026-03"));
        Assert.Equal([.. weekdays, .. promised], await RowsAsync("slip_current_working_p50", "2026-03"));
        Assert.Equal((0.0, 12L, 2L), ((await FigureAsync("slip_working_p50")).Value!.Value, (await FigureAsync("slip_working_p50")).N, (await FigureAsync("slip_working_p50")).Unfinished!.Value));
        Assert.Equal("fewer than nine of ten are over: 2 of 12 go on", (await FigureAsync("slip_working_p90")).Reason);
        Assert.Equal("fewer than nine of ten are over: 2 of 12 go on", (await FigureAsync("slip_current_working_p90")).Reason);
    }

    [Fact]
    public async Task Where_nothing_fell_due_nothing_is_late_or_moved()
    {
        await LoadAsync([Given.Account(A), .. Due("4", "2026-05-10", "2026-03-31T20:00Z")]);
        Assert.Equal("no delivery fell due in this period and selection", (await FigureAsync("slip_p50", "2026-03")).Reason);
        Assert.Equal("no delivery fell due in this period and selection", (await FigureAsync("rebaseline_rate", "2026-03")).Reason);
        Assert.Equal("no delivery fell due in this period and selection", (await FigureAsync("late_share_ours", "2026-03")).Reason);
    }

    private static Fact[] Due(string account, string key, string due, string? accepted) =>
        [GivenWork.Milestone(account, $"{account} {key}", accepted), GivenWork.Baseline(account, $"{account} {key}", 0, "2026-01-01T08:00Z", due)];

    private static Fact[] Due(string key, string due, string? accepted = null) =>
        [GivenWork.Milestone(A, key, accepted), GivenWork.Baseline(A, key, 0, "2026-01-01T08:00Z", due)];

    private static MilestoneBaseline Moved(string key, string at, string due) => GivenWork.Baseline(A, key, 1, at, due, "scope", "hr:Ann", at);

    private static Fact[] Late(string key, Party? cause, string? evidence) =>
    [
        GivenWork.Milestone(A, key, "2026-03-20T09:00Z") with { DelayCause = cause, CauseEvidenceKey = evidence },
        GivenWork.Baseline(A, key, 0, "2026-01-01T08:00Z", "2026-03-10"),
    ];
}
