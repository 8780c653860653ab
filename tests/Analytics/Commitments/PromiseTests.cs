using Followthrough.Analytics.Facts;
using Followthrough.Tests.Support;

namespace Followthrough.Tests.Analytics.Commitments;

/// <summary>A promise is kept, beaten, moved or broken.</summary>
public sealed class PromiseTests() : RuleTests("promise")
{
    [Fact]
    public Task An_open_promise_has_no_outcome_yet() => Expect(["V1 03-02 10:00 – 03-06 15:00: open"], Quote());

    [Theory]
    [InlineData("2026-03-05T15:00Z", "beaten")]
    [InlineData("2026-03-05T15:00:01Z", "kept")]
    [InlineData("2026-03-06T15:00Z", "kept")]
    [InlineData("2026-03-06T15:00:01Z", "broken")]
    public async Task Without_a_calendar_a_day_early_is_24_hours(string done, string outcome)
    {
        await World.LoadAsync(Quote(done));
        await World.RefreshAsync();
        Assert.Equal([$"V1: {outcome}"], await ColumnAsync("outcome"));
        Assert.Equal(outcome == "broken" ? 0 : 1, (await FigureAsync("promise_kept", "2026-04-01T00:00Z")).Kept);
    }

    [Theory]
    [InlineData("2026-03-06T19:00Z", "beaten")] // Friday 14:00 in New York, due on Monday at 15:00
    [InlineData("2026-03-06T20:30Z", "kept")] // Friday 15:30
    [InlineData("2026-03-07T20:30Z", "kept")] // Saturday 15:30: also the next open day is Monday
    public async Task With_a_calendar_it_is_a_working_day_also_when_the_clock_changes(string done, string outcome)
    {
        // The clocks spring forward on the Sunday between: 15:00 in New York is 20:00 UTC before and 19:00 UTC after.
        await World.LoadAsync([.. Given.WorkingWeek("cal:NY", "America/New_York"), Given.Account(A, calendar: "cal:NY"),
            GivenWork.Promise(A, "V1", "2026-03-02T10:00Z", "2026-03-09T19:00Z", done)]);
        await World.RefreshAsync();
        Assert.Equal([$"V1: {outcome}"], await ColumnAsync("outcome"));
    }

    [Fact]
    public async Task Moved_with_the_customer_s_agreement_it_is_out_of_the_rate_and_the_next_one_counts()
    {
        await Expect(
            ["V1 03-02 10:00 – 03-06 15:00: open moved excused: moved with the customer's agreement", "V2 03-04 10:00 – 03-10 15:00: fulfilled 03-10 14:00 kept"],
            Moved(), Next());
        var value = await FigureAsync("promise_kept", "2026-04-01T00:00Z");
        Assert.Equal((1L, 1L, 1L), (value.N, value.Kept, value.Excluded["moved with the customer's agreement"]));
        Assert.Equal(["V1: hr:Ann", "V2: -"], await ColumnAsync("excused_by"));
    }

    [Fact]
    public async Task Acknowledged_only_after_it_was_due_it_is_broken()
    {
        await World.LoadAsync(Moved() with { AcknowledgedAt = Given.At("2026-03-06T15:00:01Z") }, Next());
        await NotMovedAsync();
    }

    [Fact]
    public async Task Renegotiated_only_after_it_was_due_it_is_broken()
    {
        await World.LoadAsync(Moved() with { RenegotiatedAt = Given.At("2026-03-06T16:00Z") }, Next());
        await NotMovedAsync();
    }

    [Fact]
    public async Task Never_acknowledged_it_is_broken()
    {
        await World.LoadAsync(Moved() with { AcknowledgedAt = null }, Next());
        await NotMovedAsync();
    }

    [Fact]
    public async Task Moved_to_no_promise_that_counts_it_is_broken()
    {
        await World.LoadAsync(Moved(), Next() with { ConfirmedByKey = null });
        await NotMovedAsync();
    }

    [Fact]
    public Task Done_before_a_new_date_was_agreed_it_was_kept() => Expect(
        ["V1 03-02 10:00 – 03-06 15:00: fulfilled 03-03 10:00 beaten", "V2 03-04 10:00 – 03-10 15:00: fulfilled 03-10 14:00 kept"],
        Moved() with { DoneAt = Given.At("2026-03-03T10:00Z") }, Next());

    [Fact]
    public Task What_nobody_confirmed_does_not_count() => Expect([], Quote() with { ConfirmedByKey = null });

    [Fact]
    public async Task Owed_by_the_one_who_gave_it_to_the_one_who_has_it()
    {
        await Expect(["V1 03-02 10:00 – 03-06 15:00: open"], Quote(), Given.Assignment(A, "hr:Bob"));
        Assert.Equal(["V1: hr:Ann crm:Pat"], await ColumnAsync("owed_by || ' ' || party"));
    }

    [Fact]
    public async Task Late_arrivals_corrections_and_deletions_end_where_one_clean_load_ends()
    {
        await Expect(["V1 03-02 10:00 – 03-06 15:00: open"], Moved());
        World.Clock.Advance(TimeSpan.FromHours(1));
        await Expect(
            ["V1 03-02 10:00 – 03-06 15:00: open moved excused: moved with the customer's agreement", "V2 03-04 10:00 – 03-10 15:00: fulfilled 03-10 14:00 kept"], Next());
        World.Clock.Advance(TimeSpan.FromHours(1));
        await Expect(["V1 03-02 10:00 – 03-06 15:00: open"], Next() with { ConfirmedByKey = null });
        World.Clock.Advance(TimeSpan.FromHours(1));
        await Expect(["V1 03-02 10:00 – 03-06 15:00: fulfilled 03-06 12:00 kept deleted"], Quote("2026-03-06T12:00Z") with { Deleted = true });
    }

    private async Task NotMovedAsync()
    {
        await World.RefreshAsync();
        var value = await FigureAsync("promise_kept", "2026-04-01T00:00Z");
        Assert.Equal((1L, 0), (value.NeverAnswered, value.Excluded.Count));
        Assert.Equal("V1: -", (await ColumnAsync("outcome"))[0]);
    }

    private static Promise Quote(string? done = null) => GivenWork.Promise(A, "V1", "2026-03-02T10:00Z", "2026-03-06T15:00Z", done);

    private static Promise Moved() => Quote() with
    {
        RenegotiatedAt = Given.At("2026-03-04T10:00Z"),
        AcknowledgedAt = Given.At("2026-03-04T11:00Z"),
        ReplacedByKey = "V2",
    };

    private static Promise Next() => GivenWork.Promise(A, "V2", "2026-03-04T10:00Z", "2026-03-10T15:00Z", "2026-03-10T14:00Z");
}
