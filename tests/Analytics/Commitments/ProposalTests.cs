using Followthrough.Analytics.Facts;
using Followthrough.Tests.Support;

namespace Followthrough.Tests.Analytics.Commitments;

/// <summary>Who asks for a proposal gets it within two weeks and by the date named.</summary>
public sealed class ProposalTests() : RuleTests("proposal")
{
    [Fact]
    public Task An_unsolicited_proposal_was_not_owed() => Expect([], GivenWork.Proposal(A, "Q1", "2026-03-05T10:00Z", null));

    [Fact]
    public Task The_clock_starts_with_the_request_and_stops_with_the_first_complete_proposal() => Expect(
        ["R1 03-02 10:00 – 03-16 23:59: fulfilled 03-12 10:00 by Q2"],
        Asked(), Sent("Q1", "03-05") with { Complete = false }, Sent("Q2", "03-12") with { Revision = 1 }, Sent("Q3", "03-14") with { Revision = 2 });

    [Theory]
    [InlineData("2026-03-10", "03-10")]
    [InlineData("2026-03-30", "03-16")]
    public Task The_date_named_counts_when_it_is_earlier_and_14_days_always(string promised, string due) => Expect(
        [$"R1 03-02 10:00 – {due} 23:59: open"], GivenWork.Request(A, "R1", "2026-03-02T10:00Z", promised));

    [Theory]
    [InlineData("2026-03-16T23:59:59Z", 1)]
    [InlineData("2026-03-17T00:00Z", 0)]
    public async Task Sent_on_the_last_day_is_kept_and_never_sent_is_missed(string sent, long kept)
    {
        await World.LoadAsync(Asked(), GivenWork.Proposal(A, "Q1", sent, "R1"), GivenWork.Request(A, "R2", "2026-03-02T10:00Z"));
        await World.RefreshAsync();
        var value = await FigureAsync("proposal_14d", "2026-04-01T00:00Z");
        Assert.Equal((2L, kept, 1L), (value.N, value.Kept, value.NeverAnswered));
    }

    [Fact]
    public async Task Not_bid_or_withdrawn_in_time_is_excluded_with_its_reason()
    {
        await Expect(
            ["R1 03-02 10:00 – 03-16 23:59: open no_bid excused: we did not bid", "R2 03-02 10:00 – 03-16 23:59: open withdrawn excused: withdrawn by the customer"],
            Asked() with { NoBidAt = Given.At("2026-03-10T10:00Z") },
            Asked() with { SourceKey = "R2", WithdrawnAt = Given.At("2026-03-10T10:00Z"), NoBidAt = Given.At("2026-03-11T10:00Z") });
        Assert.Equal(["R1: hr:Ann", "R2: -"], await ColumnAsync("excused_by"));
    }

    [Fact]
    public async Task Not_bid_or_withdrawn_after_it_was_due_is_missed()
    {
        await Expect(
            ["R1 03-02 10:00 – 03-16 23:59: open no_bid", "R2 03-02 10:00 – 03-16 23:59: open withdrawn"],
            Asked() with { NoBidAt = Given.At("2026-03-17T10:00Z") }, Asked() with { SourceKey = "R2", WithdrawnAt = Given.At("2026-03-17T10:00Z") });
        Assert.Equal(2, (await FigureAsync("proposal_14d", "2026-04-01T00:00Z")).Missed);
    }

    [Fact]
    public Task A_proposal_sent_before_the_withdrawal_was_sent() => Expect(
        ["R1 03-02 10:00 – 03-16 23:59: fulfilled 03-05 10:00 by Q1"],
        Asked() with { WithdrawnAt = Given.At("2026-03-10T10:00Z") }, Sent("Q1", "03-05"));

    [Fact]
    public Task A_proposal_dated_with_the_day_alone_answers_the_request_of_that_day_at_once() => Expect(
        ["R1 03-02 10:00 – 03-16 23:59: fulfilled 03-02 10:00 by Q1"], Asked(), GivenWork.Proposal(A, "Q1", "2026-03-02T00:00Z", "R1"));

    [Fact]
    public async Task The_days_are_those_of_the_promised_calendar_also_when_the_clock_changes()
    {
        await World.LoadAsync([.. Given.WorkingWeek("cal:NY", "America/New_York"), Given.Account(A, calendar: "cal:NY")]);
        // Asked at 22:00 on 1 March in New York, so the 14th day is the 15th, by then on summer time.
        await Expect(["R1 03-02 03:00 – 03-16 03:59: open"], GivenWork.Request(A, "R1", "2026-03-02T03:00Z"));
    }

    [Fact]
    public async Task It_is_worth_what_was_proposed_and_until_then_what_the_deal_says()
    {
        var deal = new Deal { SourceKey = "D1", Account = A, OccurredAt = Given.At("2026-03-02T10:00Z"), Name = "Deal", Amount = 900, Currency = "EUR" };
        await World.LoadAsync(deal, Asked() with { DealKey = "D1" }, Asked() with { SourceKey = "R2", DealKey = "D1" }, Sent("Q1", "03-05"));
        await World.RefreshAsync();
        Assert.Equal(["R1: 500 USD hr:Ann hr:Ann", "R2: 900 EUR hr:Ann -"],
            await ColumnAsync("amount || ' ' || currency || ' ' || owed_by || ' ' || coalesce(fulfilled_by_staff, '-')"));
    }

    [Fact]
    public async Task Late_arrivals_corrections_and_deletions_end_where_one_clean_load_ends()
    {
        await Expect([], Sent("Q1", "03-05"));
        await Expect(["R1 03-02 10:00 – 03-16 23:59: fulfilled 03-05 10:00 by Q1"], Asked());
        World.Clock.Advance(TimeSpan.FromHours(1));
        await Expect(["R1 03-02 10:00 – 03-16 23:59: open"], Sent("Q1", "03-05") with { Complete = false });
        World.Clock.Advance(TimeSpan.FromHours(1));
        await Expect(["R1 03-02 10:00 – 03-16 23:59: open deleted"], Asked() with { Deleted = true });
    }

    [Fact]
    public Task A_revision_asked_for_has_a_clock_of_its_own() => Expect(
        ["R1 03-02 10:00 – 03-16 23:59: fulfilled 03-05 10:00 by Q1", "R2 03-20 10:00 – 04-03 23:59: fulfilled 03-28 10:00 by Q2"],
        Asked(), Sent("Q1", "03-05"), GivenWork.Request(A, "R2", "2026-03-20T10:00Z"), Sent("Q2", "03-28") with { RequestKey = "R2", Revision = 1 });

    private static ProposalRequest Asked() => GivenWork.Request(A, "R1", "2026-03-02T10:00Z");

    private static Proposal Sent(string key, string day) => GivenWork.Proposal(A, key, $"2026-{day}T10:00Z", "R1");
}
