using Followthrough.Analytics.Facts;
using Followthrough.Tests.Support;
using Is = Followthrough.Analytics.Facts.State;

namespace Followthrough.Tests.Analytics.Measures;

public sealed class ReopeningTests : MeasureTests
{
    private const string A = "crm:A";

    [Fact]
    public async Task Who_comes_back_within_seven_days_was_not_helped_and_the_last_instant_belongs_to_them()
    {
        World.Clock.Now = Given.At("2026-03-20T00:00Z");
        await LoadAsync(
            Given.Account(A),
            GivenWork.Issue(A, "i1", "2026-03-01T08:00Z"), State("i1", Is.Resolved, "2026-03-02T08:00Z"),
            State("i1", Is.Open, "2026-03-09T08:00Z"), State("i1", Is.Resolved, "2026-03-09T09:00Z"),
            GivenWork.Issue(A, "i2", "2026-03-01T08:00Z"), State("i2", Is.Resolved, "2026-03-02T08:00Z"),
            State("i2", Is.Closed, "2026-03-04T08:00Z"), State("i2", Is.Reopened, "2026-03-09T08:01Z"),
            GivenWork.Issue(A, "i3", "2026-03-01T08:00Z"), State("i3", Is.Resolved, "2026-03-19T08:00Z"));
        Assert.Equal(["issue i1 | 1 / 1", "issue i2 | 0 / 1", "issue i3 | 0 / 1 | the 7 days are not over yet"], await RowsAsync("reopen_rate", "2026-03"));
        var rate = await FigureAsync("reopen_rate", "2026-03");
        Assert.Equal((0.5, 2L, 1L), (rate.Value!.Value, rate.N, rate.Excluded["the 7 days are not over yet"]));
        Assert.Equal((3.0, 4.0), ((await FigureAsync("issues_resolved")).Value, (await FigureAsync("resolutions")).Value));
    }

    [Fact]
    public async Task Where_nothing_was_resolved_there_is_no_rate_and_the_counts_are_nothing()
    {
        await LoadAsync(Given.Account(A), GivenWork.Issue(A, "i1", "2026-03-01T08:00Z"), State("i1", Is.Closed, "2026-03-02T08:00Z"));
        Assert.Equal("no issue was resolved in this period and selection", (await FigureAsync("reopen_rate")).Reason);
        Assert.Equal((0.0, 0.0), ((await FigureAsync("issues_resolved")).Value, (await FigureAsync("resolutions")).Value));
    }

    [Fact]
    public async Task Seven_days_are_elapsed_ones_when_the_clocks_change_and_days_those_of_the_company()
    {
        await World.TextsAsync("update company set reporting_zone = 'Europe/Berlin' returning 'x'");
        // 168 hours after Sunday noon of the last winter week it is one o'clock in summer.
        await LoadAsync(
            Given.Account(A), GivenWork.Issue(A, "i1", "2026-03-01T08:00Z"), State("i1", Is.Resolved, "2026-03-22T11:00Z"), State("i1", Is.Open, "2026-03-29T11:00Z"),
            State("i1", Is.Resolved, "2026-03-31T22:00Z"));
        Assert.Equal((1.0, 0.0), ((await FigureAsync("reopen_rate", "2026-03")).Value, (await FigureAsync("reopen_rate", "2026-04")).Value));
    }

    [Fact]
    public async Task A_return_counts_from_when_it_is_known_until_it_is_deleted()
    {
        World.Clock.Now = Given.At("2026-03-20T00:00Z");
        await LoadAsync(Given.Account(A), GivenWork.Issue(A, "i1", "2026-03-01T08:00Z"), State("i1", Is.Resolved, "2026-03-02T08:00Z"));
        World.Clock.Now = Given.At("2026-03-21T00:00Z");
        await LoadAsync(State("i1", Is.Reopened, "2026-03-03T08:00Z"));
        await LoadAsync(State("i1", Is.Reopened, "2026-03-03T08:00Z"));
        Assert.Equal((1.0, 0.0), ((await FigureAsync("reopen_rate")).Value, (await FigureAsync("reopen_rate", asOf: "2026-03-20T00:00Z")).Value));
        await LoadAsync(State("i1", Is.Reopened, "2026-03-03T08:00Z") with { Deleted = true });
        Assert.Equal(0, (await FigureAsync("reopen_rate")).Value);
    }

    private static IssueState State(string issue, Is state, string at) => GivenWork.State(A, issue, state, at);
}
