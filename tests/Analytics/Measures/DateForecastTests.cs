using Followthrough.Analytics.Facts;
using Followthrough.Analytics.Metrics;
using Followthrough.Tests.Support;

namespace Followthrough.Tests.Analytics.Measures;

public sealed class DateForecastTests : MeasureTests
{
    private const string A = "crm:A", Agreed = "2026-01-01T09:00Z";

    // The project starts on 1 January 2026; 11 April is its day 100.
    [Fact]
    public async Task Days_foreseen_a_month_ahead_are_held_against_the_days_it_took()
    {
        await LoadAsync(
            [Given.Account(A), GivenWork.Project(A, "pm:P", "2026-01-01T08:00Z"),
             .. GivenProject.Milestone(A, "pm:P", "late", Agreed, "2026-04-01", "2026-04-11T15:00Z"),
             .. GivenProject.Milestone(A, "pm:P", "early", Agreed, "2026-04-02", "2026-02-10T15:00Z"), GivenProject.Forecast(A, "early", "2026-02-01T08:00Z", "2026-02-20")]);
        Assert.Equal(["milestone early | 10 / 40", "milestone late | -10 / 100"], await RowsAsync("date_forecast_bias", "2026-Q2"));
        Assert.Equal((0.0, 20 / 140.0), ((await FigureAsync("date_forecast_bias", "2026-Q2")).Value, (await FigureAsync("date_wape", "2026-Q2")).Value));
    }

    [Fact]
    public async Task The_newest_forecast_of_the_30th_day_before_counts_then_the_date_agreed_then_the_first_one()
    {
        // 1 May less 30 days is 1 April.
        await LoadAsync(
            [Given.Account(A), GivenWork.Project(A, "pm:P", "2026-01-01T08:00Z"),
             .. Due("1"), GivenProject.Forecast(A, "1", "2026-03-01T08:00Z", "2026-05-20"), GivenProject.Forecast(A, "1", "2026-04-01T23:59Z", "2026-05-11"),
             GivenProject.Forecast(A, "1", "2026-04-02T00:00Z", "2026-05-02"),
             .. Due("2"), Moved("2", 1, "2026-03-01T08:00Z", "2026-05-05", "2026-03-02T08:00Z"), Moved("2", 2, "2026-03-05T08:00Z", "2026-05-31", "2026-04-02T00:00Z"),
             .. Due("3"), GivenProject.Baseline(A, "3", 1, "2026-03-01T08:00Z", "2026-06-30", "2026-03-02T08:00Z"),
             .. GivenProject.Milestone(A, "pm:P", "4", "2026-04-20T08:00Z", "2026-05-01", "2026-05-02T12:00Z")]);
        // All accepted on 2 May, day 121.
        Assert.Equal(
            ["milestone 1 | 9 / 121", "milestone 2 | 3 / 121", "milestone 3 | -1 / 121", "milestone 4 | -1 / 121"], await RowsAsync("date_forecast_bias", "2026-Q2"));
    }

    [Fact]
    public async Task What_is_not_accepted_cancelled_not_due_or_without_a_project_is_counted_apart()
    {
        await LoadAsync(
            [Given.Account(A), GivenWork.Project(A, "pm:P", "2026-01-01T08:00Z"),
             .. GivenProject.Milestone(A, "pm:P", "open", Agreed, "2026-05-31"),
             .. GivenProject.Milestone(A, "pm:P", "today", Agreed, "2026-06-01", "2026-05-01T08:00Z"),
             .. GivenProject.Milestone(A, "pm:Q", "stray", Agreed, "2026-04-01", "2026-04-01T08:00Z"),
             GivenWork.Milestone(A, "dropped", cancelled: "2026-04-20T08:00Z"), GivenProject.Baseline(A, "dropped", 0, Agreed, "2026-05-01"),
             GivenWork.Milestone(A, "gone", accepted: "2026-04-20T08:00Z") with { Deleted = true }, GivenProject.Baseline(A, "gone", 0, Agreed, "2026-05-01")]);
        var value = await FigureAsync("date_wape", "2026-Q2");
        Assert.Equal((null, 0L), (value.Value, value.N));
        Assert.Equal(
            ["1 cancelled", "1 not accepted yet", "1 not due yet", "1 without a project to count days from"], value.Excluded.Select(e => $"{e.Value} {e.Key}").Order(StringComparer.Ordinal));
        Assert.Equal("no milestone was first agreed for a day of this period and selection", (await FigureAsync("date_wape", "2025-Q2")).Reason);
    }

    [Fact]
    public async Task Work_accepted_on_the_day_it_began_leaves_nothing_to_hold_against()
    {
        await LoadAsync([Given.Account(A), GivenWork.Project(A, "pm:P", "2026-04-01T08:00Z"), .. GivenProject.Milestone(A, "pm:P", "1", "2026-04-01T09:00Z", "2026-04-03", "2026-04-01T18:00Z")]);
        Assert.Equal("what came of it adds up to nothing, so there is nothing to hold the forecast against", (await FigureAsync("date_wape", "2026-Q2")).Reason);
    }

    [Fact]
    public async Task Days_are_counted_on_the_calendar_of_the_reporting_zone_across_a_change_of_the_clocks()
    {
        await World.TextsAsync("update company set reporting_zone = 'America/New_York' returning 'x'");
        // From 23:30 on 7 March to 00:30 on 9 March there: two days, though only 24 hours.
        await LoadAsync([Given.Account(A), GivenWork.Project(A, "pm:P", "2026-03-08T04:30Z"), .. GivenProject.Milestone(A, "pm:P", "1", "2026-03-08T05:00Z", "2026-03-08", "2026-03-09T04:30Z")]);
        Assert.Equal(["milestone 1 | -1 / 2"], await RowsAsync("date_forecast_bias", "2026-03-08..2026-03-08"));
    }

    [Fact]
    public async Task The_manager_of_the_project_answers_and_late_knowledge_counts_from_when_it_came()
    {
        World.Clock.Now = Given.At("2026-05-10T00:00Z");
        await LoadAsync(
            [Given.Account(A), Given.Staff("hr:Ann"), GivenWork.Project(A, "pm:P", "2026-01-01T08:00Z", manager: "hr:Ann"), .. GivenProject.Milestone(A, "pm:P", "1", Agreed, "2026-04-11")]);
        World.Clock.Now = Given.At("2026-05-20T00:00Z");
        await LoadAsync([.. GivenProject.Milestone(A, "pm:P", "1", Agreed, "2026-04-11", "2026-04-16T08:00Z")]);
        Assert.Equal("1 not accepted yet", (await FigureAsync("date_wape", "2026-Q2", "2026-05-11T00:00Z")).Reason);
        var group = Assert.Single(await GroupsAsync("date_wape", Dimension.Staff, "2026-Q2"));
        Assert.Equal(("hr:Ann", 5 / 105.0), (group.Key, group.Value.Value!.Value));
    }

    private static Fact[] Due(string key) => GivenProject.Milestone(A, "pm:P", key, Agreed, "2026-05-01", "2026-05-02T12:00Z");

    private static MilestoneBaseline Moved(string key, int version, string at, string due, string acknowledged) =>
        GivenWork.Baseline(A, key, version, at, due, "more scope", "hr:Boss", acknowledged);
}
