using Followthrough.Analytics.Facts;
using Followthrough.Tests.Support;

namespace Followthrough.Tests.Analytics.Measures;

/// <summary>A plan from 1 March 2026 for executives: Pat is one, Quinn is not.</summary>
public sealed class SilenceTests : MeasureTests
{
    private const string A = "crm:A", Pat = "crm:Pat", Quinn = "crm:Quinn";

    [Fact]
    public async Task The_longest_time_between_two_contacts_counts_and_one_that_goes_on_is_censored()
    {
        World.Clock.Now = Given.At("2026-03-20T00:00Z");
        await LoadAsync(
            [.. People(), Plan("K"), Touch("a", "2026-03-01T00:00Z"), Touch("b", "2026-03-11T00:00Z"), Touch("c", "2026-03-15T00:00Z"),
                Touch("q", "2026-03-06T00:00Z") with { ContactKey = Quinn }, Touch("bulk", "2026-03-06T00:00Z") with { Bulk = true },
                Given.Inbound(A, "2026-03-06T00:00Z", Pat),
                Plan("T") with { Tier = Tier.Technical }]);
        Assert.Equal(["communication_plan K | 10", "communication_plan T | 14 unfinished"], await RowsAsync("longest_silence_p50", "2026-03"));
        var half = await FigureAsync("longest_silence_p50", "2026-03");
        Assert.Equal((10.0, 2L, 1L), (half.Value!.Value, half.N, half.Unfinished!.Value));
        Assert.Equal("fewer than nine of ten are over: 1 of 2 go on", (await FigureAsync("longest_silence_p90", "2026-03")).Reason);
    }

    [Fact]
    public async Task Silence_from_before_the_period_counts_from_its_beginning_and_ends_for_it_with_the_period()
    {
        await LoadAsync([.. People(), Plan("K"), Touch("a", "2026-03-21T00:00Z"), Touch("b", "2026-04-05T00:00Z"), Touch("c", "2026-05-01T00:00Z")]);
        Assert.Equal(["communication_plan K | 20"], await RowsAsync("longest_silence_p50", "2026-03"));
        Assert.Equal(["communication_plan K | 26 unfinished"], await RowsAsync("longest_silence_p50", "2026-04"));
        Assert.Equal("no communication plan was in force in this period and selection", (await FigureAsync("longest_silence_p50", "2026-02")).Reason);
    }

    [Fact]
    public async Task Silence_asked_for_in_writing_is_none_of_it()
    {
        World.Clock.Now = Given.At("2026-04-15T00:00Z");
        await LoadAsync(
            [.. People(), Plan("K"), Touch("a", "2026-03-05T00:00Z"), Touch("inside", "2026-03-15T00:00Z"), Pause("Z1", "2026-03-10T00:00Z", "2026-03-20T00:00Z"),
                Pause("Z2", "2026-03-18T00:00Z", "2026-04-01T00:00Z"), Touch("b", "2026-04-04T00:00Z"), Touch("c", "2026-04-14T00:00Z") with { Deleted = true }]);
        // 4 days to the first contact, 5 until the pause, 3 after it, 11 since.
        Assert.Equal(["communication_plan K | 11 unfinished"], await RowsAsync("longest_silence_p50"));
        Assert.Equal(["communication_plan K | 5 unfinished"], await RowsAsync("longest_silence_p50", "2026-03"));
    }

    [Fact]
    public async Task The_end_of_the_plan_or_the_relationship_cuts_it_off_and_a_plan_that_takes_over_does_not()
    {
        World.Clock.Now = Given.At("2026-06-01T00:00Z");
        await LoadAsync(
            [.. People(), Plan("K"), Touch("a", "2026-03-02T00:00Z"), Plan("L") with { OccurredAt = Given.At("2026-03-10T00:00Z"), IntervalDays = 5 }, Touch("b", "2026-03-22T00:00Z"),
                Given.Account("crm:B") with { ClosedAt = Given.At("2026-03-08T00:00Z") }, Plan("B") with { Account = "crm:B" },
                Given.Account("crm:C"), Plan("C1") with { Account = "crm:C", EndedAt = Given.At("2026-03-06T00:00Z") },
                Plan("C2") with { Account = "crm:C", OccurredAt = Given.At("2026-03-16T00:00Z"), EndedAt = Given.At("2026-03-20T00:00Z") }]);
        Assert.Equal(
            ["communication_plan B | 7 unfinished", "communication_plan C1 | 5 unfinished", "communication_plan K | 20"], await RowsAsync("longest_silence_p50", "2026-03-01..2026-03-22"));
    }

    [Fact]
    public async Task A_day_that_lacks_an_hour_is_23_hours_long()
    {
        await World.TextsAsync("update company set reporting_zone = 'Europe/Berlin' returning 'x'");
        World.Clock.Now = Given.At("2026-03-30T00:00Z");
        await LoadAsync(
            [.. People(), Plan("K") with { OccurredAt = Given.At("2026-03-28T23:00Z"), EndedAt = Given.At("2026-03-29T22:00Z") }, Touch("a", "2026-03-29T21:59:59Z")]);
        Assert.Equal(["communication_plan K | 0.9583"], await RowsAsync("longest_silence_p50", "2026-03-29..2026-03-29"));
    }

    [Fact]
    public async Task A_contact_that_arrives_late_or_a_deleted_plan_is_seen_from_when_it_is_known()
    {
        World.Clock.Now = Given.At("2026-03-20T00:00Z");
        await LoadAsync([.. People(), Plan("K")]);
        World.Clock.Now = Given.At("2026-03-21T00:00Z");
        await LoadAsync(Touch("a", "2026-03-14T00:00Z"));
        await LoadAsync(Touch("a", "2026-03-14T00:00Z"));
        Assert.Equal(["communication_plan K | 13"], await RowsAsync("longest_silence_p50"));
        Assert.Equal(["communication_plan K | 19 unfinished"], await RowsAsync("longest_silence_p50", asOf: "2026-03-20T00:00Z"));
        await LoadAsync(Plan("K") with { Deleted = true, SourceModifiedAt = Given.At("2026-03-21T00:00Z") });
        Assert.Empty(await RowsAsync("longest_silence_p50"));
    }

    private static Fact[] People() => [Given.Account(A), Given.Contact(A, Pat, tier: Tier.Executive), Given.Contact(A, Quinn, tier: Tier.Technical)];

    private static CommunicationPlan Plan(string key) => new()
    {
        SourceKey = key,
        Account = A,
        OccurredAt = Given.At("2026-03-01T00:00Z"),
        Tier = Tier.Executive,
        IntervalDays = 10,
    };

    private static CommunicationPause Pause(string key, string from, string until) => new()
    {
        SourceKey = key,
        Account = A,
        OccurredAt = Given.At(from),
        PlanKey = "K",
        ContactKey = Pat,
        EndedAt = Given.At(until),
    };

    private static Interaction Touch(string key, string at) => Given.Outbound(A, at, Pat, staff: "hr:Ann", key: key);
}
