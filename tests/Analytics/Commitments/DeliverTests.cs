using Followthrough.Analytics.Facts;
using Followthrough.Analytics.Metrics;
using Followthrough.Tests.Support;

namespace Followthrough.Tests.Analytics.Commitments;

/// <summary>A delivery is held to the date first agreed.</summary>
public sealed class DeliverTests() : RuleTests("deliver")
{
    [Fact]
    public Task A_milestone_without_an_agreed_date_owes_nothing() => Expect([], GivenWork.Milestone(A, "M1", accepted: "2026-03-05T10:00Z"));

    [Fact]
    public Task It_is_owed_from_the_agreement_until_the_end_of_the_day() => Expect(
        ["M1 01-10 09:00 – 03-16 23:59: open"], GivenWork.Milestone(A, "M1"), First("M1"));

    [Fact]
    public Task A_second_record_of_the_first_agreement_changes_nothing() => Expect(
        ["M1 01-10 09:00 – 03-16 23:59: open"],
        GivenWork.Milestone(A, "M1"), First("M1"), First("M1") with { SourceKey = "again", OccurredAt = Given.At("2026-02-01T00:00Z"), DueOn = new(2026, 9, 1) });

    [Theory]
    [InlineData("2026-03-16T23:59:59.999999Z", 1)]
    [InlineData("2026-03-17T00:00Z", 0)]
    public async Task Accepted_on_the_day_is_kept_and_at_midnight_after_it_is_not(string accepted, long kept)
    {
        await World.LoadAsync(GivenWork.Milestone(A, "M1", accepted), First("M1"));
        await World.RefreshAsync();
        var value = await FigureAsync("deliver_b0", "2026-04-01T00:00Z");
        Assert.Equal((kept, 1 - kept), (value.Kept, value.Missed));
    }

    [Fact]
    public Task No_later_date_moves_the_first() => Expect(
        ["M1 01-10 09:00 – 03-16 23:59: fulfilled 04-10 10:00"],
        GivenWork.Milestone(A, "M1", "2026-04-10T10:00Z"), First("M1"),
        GivenWork.Baseline(A, "M1", 1, "2026-03-01T10:00Z", "2026-04-15", "scope grew", "hr:Ann", "2026-03-02T10:00Z"));

    [Fact]
    public Task Called_off_by_the_customer_before_its_date_is_excluded() => Expect(
        ["M1 01-10 09:00 – 03-16 23:59: open cancelled excused: cancelled by the customer"],
        GivenWork.Milestone(A, "M1", cancelled: "2026-03-16T20:00Z", by: Party.Customer), First("M1"));

    [Theory]
    [InlineData("2026-03-17T00:00Z", Party.Customer)]
    [InlineData("2026-03-10T00:00Z", Party.Ours)]
    [InlineData("2026-03-10T00:00Z", Party.ThirdParty)]
    [InlineData("2026-03-10T00:00Z", null)]
    public async Task Called_off_later_or_by_others_is_missed_and_keeps_nobody_waiting(string cancelled, Party? by)
    {
        await Expect(["M1 01-10 09:00 – 03-16 23:59: open cancelled"], GivenWork.Milestone(A, "M1", cancelled: cancelled, by: by), First("M1"));
        Assert.Equal(1, (await FigureAsync("deliver_b0", "2026-04-01T00:00Z")).Missed);
        var waiting = await new MetricReader(World.Database.DataSource, World.Clock)
            .WaitingAsync(new MetricQuery { Metric = "deliver_b0", Viewer = Viewer.Everything("test") }, 10, Ct);
        Assert.Equal((0L, 0), (waiting.Total, waiting.Rows.Count));
    }

    [Fact]
    public async Task It_counts_in_the_period_in_which_it_falls_due_also_while_open()
    {
        await World.LoadAsync(GivenWork.Milestone(A, "M1"), GivenWork.Baseline(A, "M1", 0, "2026-01-10T09:00Z", "2026-04-20"));
        await World.RefreshAsync();
        Assert.True(Period.TryParse("2026-Q1", out var agreed));
        Assert.True(Period.TryParse("2026-Q2", out var due));
        Assert.Equal("no delivery fell due in this period and selection", (await FigureAsync("deliver_b0", "2026-05-01T00:00Z", agreed)).Reason);
        Assert.Equal(1, (await FigureAsync("deliver_b0", "2026-05-01T00:00Z", due)).Missed);
        var months = await new MetricReader(World.Database.DataSource, World.Clock)
            .CommitmentGroupsAsync(new MetricQuery { Metric = "deliver_b0", Viewer = Viewer.Everything("test") }, Dimension.Month, Ct);
        Assert.Equal(["2026-04"], months.Select(m => m.Key));
    }

    [Fact]
    public async Task The_day_ends_where_the_customer_was_promised_it_also_when_the_clock_changes()
    {
        await World.LoadAsync([.. Given.WorkingWeek("cal:B", "Europe/Berlin"), Given.Account(A, calendar: "cal:B")]);
        await Expect(
            ["M1 01-10 09:00 – 03-28 22:59: open", "M2 01-10 09:00 – 03-29 21:59: open"],
            GivenWork.Milestone(A, "M1"), GivenWork.Baseline(A, "M1", 0, "2026-01-10T09:00Z", "2026-03-28"),
            GivenWork.Milestone(A, "M2"), GivenWork.Baseline(A, "M2", 0, "2026-01-10T09:00Z", "2026-03-29"));
    }

    [Fact]
    public async Task A_changed_reporting_zone_moves_the_end_of_the_days_of_whoever_has_no_calendar()
    {
        await Expect(["M1 01-10 09:00 – 03-16 23:59: open"], GivenWork.Milestone(A, "M1"), First("M1"));
        await Company.WriteAsync(World.Database.DataSource, "Test", TimeZoneInfo.FindSystemTimeZoneById("Asia/Tokyo"), Ct);
        await Expect(["M1 01-10 09:00 – 03-16 14:59: open"]);
    }

    [Fact]
    public async Task Late_arrivals_corrections_and_deletions_end_where_one_clean_load_ends()
    {
        await Expect([], First("M1"));
        await Expect(["M1 01-10 09:00 – 03-16 23:59: fulfilled 03-05 10:00"], GivenWork.Milestone(A, "M1", "2026-03-05T10:00Z"));
        World.Clock.Advance(TimeSpan.FromHours(1));
        await Expect(["M1 01-10 09:00 – 03-16 23:59: open"], GivenWork.Milestone(A, "M1"));
        World.Clock.Advance(TimeSpan.FromHours(1));
        await Expect(["M1 01-10 09:00 – 03-16 23:59: open deleted"], GivenWork.Milestone(A, "M1") with { Deleted = true });
    }

    private static MilestoneBaseline First(string milestone) => GivenWork.Baseline(A, milestone, 0, "2026-01-10T09:00Z", "2026-03-16");
}
