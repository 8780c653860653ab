using Followthrough.Analytics.Facts;
using Followthrough.Tests.Support;

namespace Followthrough.Tests.Analytics.Commitments;

/// <summary>An issue is resolved when it stays resolved.</summary>
public sealed class ResolveIssueTests() : RuleTests("resolve_issue")
{
    private const string Due = "S1 03-02 10:00 – 03-07 10:00: ";

    [Fact]
    public Task States_of_an_unknown_issue_owe_nothing() => Expect([], Enters(State.Resolved, "03-03T10:00"));

    [Theory]
    [InlineData(Priority.Urgent, "03-02 18:00")]
    [InlineData(Priority.High, "03-03 10:00")]
    [InlineData(Priority.Normal, "03-07 10:00")]
    [InlineData(Priority.Low, "03-12 10:00")]
    public Task The_priority_decides_by_when(Priority priority, string due) => Expect(
        [$"S1 03-02 10:00 – {due}: open"], GivenWork.Issue(A, "S1", "2026-03-02T10:00Z", priority), Enters(State.Open, "03-02T11:00"));

    [Fact]
    public Task The_first_resolution_counts_and_closing_it_later_changes_nothing() => Expect(
        [Due + "fulfilled 03-03 10:00 by S1/03-03T10:00"], Raised, Enters(State.Resolved, "03-03T10:00"), Enters(State.Closed, "03-10T10:00"));

    [Fact]
    public Task Closed_without_a_word_of_resolved_is_resolved() => Expect([Due + "fulfilled 03-03 10:00 by S1/03-03T10:00"], Raised, Enters(State.Closed, "03-03T10:00"));

    [Fact]
    public Task Waiting_for_the_customer_does_not_stop_the_clock() => Expect(
        [Due + "fulfilled 03-08 10:00 by S1/03-08T10:00"],
        Raised, Enters(State.PendingCustomer, "03-02T12:00"), Enters(State.Open, "03-07T12:00"), Enters(State.Resolved, "03-08T10:00"));

    [Theory]
    [InlineData(State.Reopened)]
    [InlineData(State.Open)]
    public async Task Back_within_seven_days_undoes_it(State back)
    {
        await Expect([Due + "open"], Raised, Enters(State.Resolved, "03-03T10:00"), Enters(State.Closed, "03-09T10:00"), Enters(back, "03-10T10:00"));
        await Expect([Due + "fulfilled 03-11 10:00 by S1/03-11T10:00 reopened"], Enters(State.Resolved, "03-11T10:00"));
        Assert.Equal(1, (await FigureAsync("resolve_issue", "2026-04-01T00:00Z")).Missed);
    }

    [Fact]
    public Task Back_after_seven_days_is_a_new_matter() => Expect(
        [Due + "fulfilled 03-03 10:00 by S1/03-03T10:00"],
        Raised, Enters(State.Resolved, "03-03T10:00"), Enters(State.Reopened, "03-10T10:01"), Enters(State.Resolved, "03-11T10:00"));

    [Fact]
    public Task Seven_days_are_168_hours_also_when_the_clock_changes() => Expect(
        // In New York the week after it has 167 hours.
        [Due + "open"],
        [.. Given.WorkingWeek("cal:NY", "America/New_York"), Given.Account(A, calendar: "cal:NY"),
            Raised, Enters(State.Resolved, "03-06T23:00"), Enters(State.Reopened, "03-13T22:30")]);

    [Fact]
    public Task Opened_and_resolved_at_one_instant_it_is_resolved() => Expect(
        [Due + "fulfilled 03-02 10:00 by S1/03-02T10:00"], Raised, Enters(State.Resolved, "03-02T10:00"), Enters(State.Open, "03-02T10:00") with { SourceKey = "zz" });

    [Fact]
    public async Task Late_arrivals_corrections_and_deletions_end_where_one_clean_load_ends()
    {
        await Expect([Due + "fulfilled 03-05 10:00 by S1/03-05T10:00"], Raised, Enters(State.Resolved, "03-05T10:00"));
        await Expect([Due + "fulfilled 03-05 10:00 by S1/03-05T10:00 reopened"], Enters(State.Resolved, "03-03T10:00"), Enters(State.Reopened, "03-04T10:00"));
        World.Clock.Advance(TimeSpan.FromHours(1));
        await Expect([Due + "fulfilled 03-03 10:00 by S1/03-03T10:00"],
            Enters(State.Reopened, "03-04T10:00") with { OccurredAt = Given.At("2026-03-11T10:00Z") });
        World.Clock.Advance(TimeSpan.FromHours(1));
        await Expect([Due + "fulfilled 03-03 10:00 by S1/03-03T10:00 deleted"], Raised with { Deleted = true });
    }

    private static Issue Raised => GivenWork.Issue(A, "S1", "2026-03-02T10:00Z");

    private static IssueState Enters(State state, string at) => GivenWork.State(A, "S1", state, $"2026-{at}Z") with { SourceKey = $"S1/{at}" };
}
