using Followthrough.Analytics.Facts;
using Followthrough.Tests.Support;

namespace Followthrough.Tests.Analytics.Measures;

public sealed class PostDeliveryTests : MeasureTests
{
    private const string A = "crm:A";

    [Fact]
    public async Task A_project_has_a_problem_when_one_of_our_doing_is_raised_while_its_window_runs()
    {
        await LoadAsync(
            Given.Account(A), Accepted("P1", "2026-01-10T12:00Z"), Issue("a", "P1", "2026-01-10T12:00Z"), Issue("b", "P1", "2026-02-09T23:59Z"),
            Issue("c", "P1", "2026-02-10T00:00Z"), Issue("before", "P1", "2026-01-10T11:59Z"),
            Accepted("P2", "2026-01-10T12:00Z"), Issue("theirs", "P2", "2026-01-20T12:00Z") with { ChargeableToUs = false },
            Accepted("P3", "2026-01-10T12:00Z"), Issue("d", "P3", "2026-03-20T12:00Z") with { ChargeableToUs = true },
            Accepted("P4", "2026-01-10T12:00Z"));
        Assert.Equal(0.25, (await FigureAsync("post_delivery_issues_30d", "2026-01")).Value);
        Assert.Equal(0.5, (await FigureAsync("post_delivery_issues_90d", "2026-01")).Value);
        Assert.Equal(1, (await FigureAsync("issues_per_project", "2026-01")).Value);
        Assert.Equal(["project P1 | 3 / 1", "project P2 | 0 / 1", "project P3 | 1 / 1", "project P4 | 0 / 1"], await RowsAsync("issues_per_project"));
    }

    [Fact]
    public async Task A_window_that_is_not_over_says_nothing_yet_whatever_came_back()
    {
        World.Clock.Now = Given.At("2026-02-10T00:00Z");
        await LoadAsync(
            Given.Account(A), Accepted("over", "2026-01-10T12:00Z"), Accepted("one day left", "2026-01-11T12:00Z"), Issue("a", "one day left", "2026-01-12T12:00Z"));
        var value = await FigureAsync("post_delivery_issues_30d");
        Assert.Equal((0.0, 1L, 1L), (value.Value!.Value, value.N, value.Excluded["the window is not over yet"]));
        Assert.Equal("2 the window is not over yet", (await FigureAsync("post_delivery_issues_90d")).Reason);
    }

    [Fact]
    public async Task The_last_day_ends_in_the_zone_of_the_customer_also_after_the_clocks_changed()
    {
        await LoadAsync(
            [.. Given.WorkingWeek("cal:B", "Europe/Berlin"), Given.Account(A, calendar: "cal:B"),
                Accepted("P1", "2026-03-10T12:00Z"), Issue("in", "P1", "2026-04-09T21:59Z"), Accepted("P2", "2026-03-10T12:00Z"), Issue("out", "P2", "2026-04-09T22:00Z")]);
        Assert.Equal(["project P1 | 1 / 1", "project P2 | 0 / 1"], await RowsAsync("post_delivery_issues_30d"));
    }

    [Fact]
    public async Task Late_and_deleted_facts_count_from_when_they_are_known()
    {
        World.Clock.Now = Given.At("2026-03-01T00:00Z");
        var issue = Issue("a", "P1", "2026-01-20T12:00Z");
        await LoadAsync(Given.Account(A), Accepted("P1", "2026-01-10T12:00Z"), issue, Accepted("P2", "2026-01-10T12:00Z"));
        World.Clock.Now = Given.At("2026-03-02T00:00Z");
        Fact[] changes = [issue with { Deleted = true }, Accepted("P2", "2026-01-10T12:00Z") with { Deleted = true }];
        await LoadAsync(changes);
        await LoadAsync(changes);
        Assert.Equal(["project P1 | 0 / 1"], await RowsAsync("post_delivery_issues_30d"));
        Assert.Equal(0.5, (await FigureAsync("post_delivery_issues_30d", asOf: "2026-03-01T00:00Z")).Value);
        Assert.Equal("no project was accepted in this period and selection", (await FigureAsync("issues_per_project", "2026-02")).Reason);
    }

    private static Project Accepted(string key, string at) => GivenProject.Project(A, key, Given.LongAgo, at);

    private static Issue Issue(string key, string project, string at) => GivenWork.Issue(A, key, at) with { ProjectKey = project };
}
