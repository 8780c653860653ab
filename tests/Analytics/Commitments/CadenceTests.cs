using Followthrough.Analytics.Facts;
using Followthrough.Tests.Support;

namespace Followthrough.Tests.Analytics.Commitments;

/// <summary>A plan from 1 March 2026, 09:00, every ten days, for executives: Pat is one, Quinn is not.</summary>
public sealed class CadenceTests : IAsyncLifetime
{
    private const string First = "K/2026-03-01 | 03-01 09:00 | 03-11 00:00 | ";
    private const string Second = "K/2026-03-11 | 03-11 00:00 | 03-21 00:00 | ";
    private KindWorld _kind = null!;

    public async ValueTask InitializeAsync() => _kind = await KindWorld.CreateAsync("cadence");

    public ValueTask DisposeAsync() => _kind.DisposeAsync();

    [Fact]
    public Task Without_a_plan_nothing_is_owed() => Expect([], Touch("a", "2026-03-05T10:00Z"));

    [Fact]
    public Task Each_interval_is_a_slot_and_the_first_contact_in_it_keeps_it() => Expect(
        [First + "03-05 10:00 by a", Second + "-"], Plan(), Touch("a", "2026-03-05T10:00Z"), Touch("b", "2026-03-06T10:00Z"));

    [Fact]
    public Task A_contact_at_the_very_end_belongs_to_the_next_slot() => Expect(
        [First + "-", Second + "03-11 00:00 by a"], Plan(), Touch("a", "2026-03-11T00:00Z"));

    [Fact]
    public Task Another_tier_a_machine_a_mailing_and_an_unanswered_call_do_not_count() => Expect(
        [First + "-", Second + "-"], Plan(),
        Touch("quinn", "2026-03-05T10:00Z") with { ContactKey = "crm:Quinn" }, Touch("nobody", "2026-03-05T10:00Z") with { ContactKey = null },
        Touch("auto", "2026-03-05T10:00Z") with { Automatic = true }, Touch("bulk", "2026-03-05T10:00Z") with { Bulk = true },
        Touch("ring", "2026-03-05T10:00Z") with { Kind = InteractionKind.Call, Connected = false },
        Given.Inbound("crm:A", "2026-03-05T10:00Z", "crm:Pat"));

    [Fact]
    public Task A_slot_the_plan_does_not_outlast_is_owed_only_when_it_was_kept() => Expect(
        [First + "-", Second + "03-12 10:00 by a"], Plan() with { EndedAt = Given.At("2026-03-15T00:00Z") }, Touch("a", "2026-03-12T10:00Z"));

    [Fact]
    public Task The_next_plan_of_the_tier_takes_over() => Expect(
        [First + "-", "new/2026-03-11 | 03-11 09:00 | 03-31 00:00 | -"],
        Plan() with { EndedAt = null },
        Plan() with { SourceKey = "new", OccurredAt = Given.At("2026-03-11T09:00Z"), IntervalDays = 20, EndedAt = Given.At("2026-04-01T00:00Z") });

    [Fact]
    public Task Silence_asked_for_takes_the_slots_that_begin_or_end_in_it() => Expect(
        ["K/2026-03-31 | 03-31 00:00 | 04-10 00:00 | -"], Plan("2026-04-12T00:00Z"), Pause("2026-03-05T00:00Z", "2026-03-25T00:00Z"));

    [Fact]
    public Task Silence_inside_a_slot_leaves_it_owed() => Expect([First + "-", Second + "-"], Plan(), Pause("2026-03-03T00:00Z", "2026-03-05T00:00Z"));

    [Fact]
    public async Task What_was_kept_before_the_silence_stays_kept_and_a_withdrawn_silence_brings_the_rest_back()
    {
        await Expect([First + "03-02 10:00 by a", Second + "-"], Plan(), Touch("a", "2026-03-02T10:00Z"));
        var pause = Pause("2026-03-05T00:00Z", "2026-03-25T00:00Z") with { SourceModifiedAt = Given.At("2026-03-05T00:00Z") };
        await _kind.ExpectAsync([First + "03-02 10:00 by a"], pause);
        await _kind.ExpectAsync([First + "03-02 10:00 by a", Second + "-"], pause with { Deleted = true, SourceModifiedAt = Given.At("2026-03-06T00:00Z") });
    }

    [Fact]
    public async Task A_contact_that_arrives_late_then_moves_is_followed()
    {
        await Expect([First + "-", Second + "-"], Plan());
        await _kind.ExpectAsync([First + "-", Second + "03-12 10:00 by a"], Touch("a", "2026-03-12T10:00Z") with { SourceModifiedAt = Given.At("2026-03-13T00:00Z") });
        await _kind.ExpectAsync([First + "03-02 10:00 by a", Second + "-"], Touch("a", "2026-03-02T10:00Z") with { SourceModifiedAt = Given.At("2026-03-14T00:00Z") });
    }

    [Fact]
    public async Task A_plan_deleted_in_the_source_asks_for_nothing_from_then_on()
    {
        var plan = Plan() with { SourceModifiedAt = Given.At("2026-03-01T09:00Z") };
        await Expect([First + "-", Second + "-"], plan);
        await _kind.ExpectAsync([First + "- | deleted"], plan with { Deleted = true, SourceModifiedAt = Given.At("2026-03-12T09:00Z") });
    }

    [Fact]
    public Task An_ended_relationship_ends_the_plan() => Expect(
        [First + "-"], Given.Account("crm:A") with { ClosedAt = Given.At("2026-03-11T00:00Z") }, Plan());

    [Fact]
    public Task Days_are_the_customers_also_when_the_clock_changes() => _kind.ExpectAsync(
        ["K/2026-03-27 | 03-27 00:00 | 03-30 00:00 | 03-29 23:59 by a", "K/2026-03-30 | 03-30 00:00 | 04-02 00:00 | -"],
        [.. Given.WorkingWeek("cal:B", "Europe/Berlin"), Given.Account("crm:A", calendar: "cal:B"), .. People(),
            Plan("2026-04-02T00:00+02:00") with { OccurredAt = Given.At("2026-03-27T00:00+01:00"), IntervalDays = 3 }, Touch("a", "2026-03-29T21:59Z")]);

    private Task Expect(string[] obligations, params Fact[] facts) =>
        _kind.ExpectAsync(obligations, [.. facts.OfType<Account>().Any() ? [] : new Fact[] { Given.Account("crm:A") }, .. People(), .. facts]);

    private static Contact[] People() => [Given.Contact("crm:A", "crm:Pat", tier: Tier.Executive), Given.Contact("crm:A", "crm:Quinn", tier: Tier.Technical)];

    private static CommunicationPlan Plan(string until = "2026-03-21T00:00Z") => new()
    {
        SourceKey = "K",
        Account = "crm:A",
        OccurredAt = Given.At("2026-03-01T09:00Z"),
        Tier = Tier.Executive,
        IntervalDays = 10,
        EndedAt = Given.At(until),
    };

    private static CommunicationPause Pause(string from, string until) => new()
    {
        SourceKey = "Z",
        Account = "crm:A",
        OccurredAt = Given.At(from),
        PlanKey = "K",
        ContactKey = "crm:Pat",
        EndedAt = Given.At(until),
    };

    private static Interaction Touch(string key, string at) => Given.Outbound("crm:A", at, "crm:Pat", staff: "hr:Ann", key: key);
}
