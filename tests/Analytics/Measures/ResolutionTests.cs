using Followthrough.Analytics.Facts;
using Followthrough.Analytics.Metrics;
using Followthrough.Tests.Support;
using Is = Followthrough.Analytics.Facts.State;

namespace Followthrough.Tests.Analytics.Measures;

public sealed class ResolutionTests : MeasureTests
{
    private const string A = "crm:A";

    [Fact]
    public async Task An_issue_is_resolved_first_and_for_good_and_waits_on_one_side_at_a_time()
    {
        await LoadAsync(
            Given.Account(A), GivenWork.Issue(A, "i1", "2026-03-02T08:00Z"), Question("q1", "2026-03-02T10:00Z"),
            State("i1", Is.PendingCustomer, "2026-03-02T10:00Z", "q1"),
            State("i1", Is.Open, "2026-03-02T15:00Z"),
            State("i1", Is.Resolved, "2026-03-02T16:00Z"),
            State("i1", Is.Reopened, "2026-03-03T16:00Z"),
            State("i1", Is.Resolved, "2026-03-03T18:00Z"),
            State("i1", Is.Closed, "2026-03-20T18:00Z"));

        Assert.Equal(["issue i1 | 8"], await RowsAsync("time_to_first_resolution"));
        Assert.Equal(["issue i1 | 34"], await RowsAsync("time_to_full_resolution"));
        Assert.Equal(["issue i1 | 5"], await RowsAsync("our_wait"));
        Assert.Equal(["issue i1 | 5"], await RowsAsync("customer_wait"));
        Assert.Equal(34, (await FigureAsync("time_to_full_resolution")).Value);
    }

    [Fact]
    public async Task A_wait_without_a_question_of_ours_on_record_is_ours()
    {
        await LoadAsync(
            Given.Account(A), GivenWork.Issue(A, "i1", "2026-03-02T08:00Z"), Given.Inbound(A, "2026-03-02T09:00Z", key: "theirs"),
            State("i1", Is.PendingCustomer, "2026-03-02T10:00Z"),
            State("i1", Is.PendingCustomer, "2026-03-02T11:00Z", "no such"),
            State("i1", Is.PendingCustomer, "2026-03-02T12:00Z", "theirs"),
            State("i1", Is.Resolved, "2026-03-02T14:00Z"));
        Assert.Equal((6.0, 0.0), ((await FigureAsync("our_wait")).Value, (await FigureAsync("customer_wait")).Value));
    }

    [Fact]
    public async Task Unresolved_issues_are_censored_and_closing_one_resolves_nothing()
    {
        World.Clock.Now = Given.At("2026-03-04T10:00Z");
        await LoadAsync(
            Given.Account(A), GivenWork.Issue(A, "i1", "2026-03-02T08:00Z"), State("i1", Is.Resolved, "2026-03-02T10:00Z"),
            GivenWork.Issue(A, "i2", "2026-03-02T08:00Z"), State("i2", Is.Resolved, "2026-03-02T12:00Z"),
            GivenWork.Issue(A, "i3", "2026-03-02T08:00Z"), State("i3", Is.Resolved, "2026-03-03T14:00Z"),
            GivenWork.Issue(A, "i4", "2026-03-02T08:00Z"), State("i4", Is.Closed, "2026-03-02T09:00Z"));

        var value = await FigureAsync("time_to_first_resolution", "2026-03");
        Assert.Equal((4.0, 4L, 1L, 4.0), (value.Value!.Value, value.N, value.Unfinished!.Value, value.FinishedOnlyMedian!.Value));
        Assert.Contains("issue i4 | 50 unfinished", await RowsAsync("time_to_first_resolution"));
        // One of four goes on for ever, so nine of ten were never reached.
        Assert.Null(value.P90);
    }

    [Fact]
    public async Task A_resolution_younger_than_seven_days_is_provisional_and_says_so()
    {
        World.Clock.Now = Given.At("2026-03-09T10:00Z");
        await LoadAsync(
            Given.Account(A), GivenWork.Issue(A, "i1", "2026-03-02T08:00Z"), State("i1", Is.Resolved, "2026-03-02T10:00Z"),
            GivenWork.Issue(A, "i2", "2026-03-02T08:00Z"), State("i2", Is.Resolved, "2026-03-02T10:01Z"));
        await using var reader = new MetricReader(World.Database.DataSource, World.Clock);
        var rows = await reader.MeasureRowsAsync(
            new MetricQuery { Metric = "time_to_full_resolution", Viewer = Viewer.Everything("test") }, MeasureSort.Amount, descending: false, 0, null, Ct);
        Assert.Equal(["Issue i1", "Issue i2 (provisional: resolved less than 7 days ago)"], rows.Rows.Select(r => r.Label));
    }

    [Fact]
    public async Task Hours_are_elapsed_ones_through_the_night_that_lacks_one()
    {
        await World.TextsAsync("update company set reporting_zone = 'Europe/Berlin' returning 'x'");
        // 12:00 to 12:00 on the clock of Berlin.
        await LoadAsync(
            Given.Account(A), GivenWork.Issue(A, "i1", "2026-03-28T11:00Z"), State("i1", Is.Resolved, "2026-03-29T10:00Z"));
        Assert.Equal(23, (await FigureAsync("time_to_first_resolution", "2026-03-28..2026-03-28")).Value);
    }

    [Fact]
    public async Task Late_arrivals_and_deletions_count_from_when_they_are_known()
    {
        World.Clock.Now = Given.At("2026-03-10T00:00Z");
        await LoadAsync(
            Given.Account(A), GivenWork.Issue(A, "i1", "2026-03-02T08:00Z"), State("i1", Is.Resolved, "2026-03-02T10:00Z"),
            GivenWork.Issue(A, "i2", "2026-03-02T08:00Z"));
        World.Clock.Now = Given.At("2026-03-11T00:00Z");
        Fact[] later = [GivenWork.Issue(A, "i2", "2026-03-02T08:00Z") with { Deleted = true }, State("i1", Is.Resolved, "2026-03-02T09:00Z")];
        await LoadAsync(later);
        await LoadAsync(later);
        Assert.Equal(["issue i1 | 1"], await RowsAsync("time_to_first_resolution"));
        Assert.Equal(["issue i1 | 2", "issue i2 | 184 unfinished"], await RowsAsync("time_to_first_resolution", asOf: "2026-03-10T00:00Z"));
        Assert.Equal((1.0, 2.0), ((await FigureAsync("issues_raised")).Value, (await FigureAsync("issues_raised", asOf: "2026-03-10T00:00Z")).Value));
    }

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
    public async Task Where_nothing_was_raised_or_resolved_there_is_no_rate_and_the_counts_are_nothing()
    {
        await LoadAsync(Given.Account(A), GivenWork.Issue(A, "i1", "2026-03-01T08:00Z"));
        Assert.Equal("no issue was resolved in this period and selection", (await FigureAsync("reopen_rate")).Reason);
        Assert.Equal("no issue was raised in this period and selection", (await FigureAsync("time_to_first_resolution", "2026-02")).Reason);
        Assert.Equal("fewer than half are over: 1 of 1 go on", (await FigureAsync("time_to_first_resolution", "2026-03")).Reason);
        Assert.Equal((0.0, 1.0), ((await FigureAsync("issues_raised", "2026-02")).Value, (await FigureAsync("issues_raised", "2026-03")).Value));
    }

    private static IssueState State(string issue, Is state, string at, string? question = null) =>
        GivenWork.State(A, issue, state, at) with { InteractionKey = question };

    private static Interaction Question(string key, string at) => Given.Outbound(A, at, staff: "hr:Ann", key: key);
}
