using Followthrough.Analytics.Facts;
using Followthrough.Tests.Support;

namespace Followthrough.Tests.Analytics.Commitments;

/// <summary>The survey of a customer who is to be asked every 90 days from 2 March 2026 on; the clock stands on 1 June, a day into the second slot.</summary>
public sealed class SurveyScheduleTests : IAsyncLifetime
{
    private const string First = "S/2026-03-02 | 03-02 10:00 | 03-10 00:00 | ";
    private const string Second = "S/2026-05-31 | 05-31 00:00 | 06-08 00:00 | ";
    private KindWorld _kind = null!;

    public async ValueTask InitializeAsync() => _kind = await KindWorld.CreateAsync("survey");

    public ValueTask DisposeAsync() => _kind.DisposeAsync();

    [Fact]
    public Task A_schedule_that_has_not_begun_asks_nobody() => Expect([], Schedule("2026-06-02T10:00Z"));

    [Fact]
    public Task Every_interval_is_owed_within_its_first_week() => Expect([First + "-", Second + "-"], Schedule());

    [Theory]
    [InlineData("2026-03-02T10:00Z", "03-02 10:00 by I", "-")]
    [InlineData("2026-05-30T23:59Z", "05-30 23:59 by I", "-")]
    [InlineData("2026-05-31T00:00Z", "-", "05-31 00:00 by I")]
    [InlineData("2026-03-02T09:59Z", "-", "-")]
    public Task An_invitation_keeps_the_slot_it_was_sent_in(string sent, string first, string second) =>
        Expect([First + first, Second + second], Schedule(), Invitation("I", sent));

    [Fact]
    public Task Another_instrument_or_an_ineligible_invitation_keeps_nothing() => Expect(
        [First + "-", Second + "-"], Schedule(), Invitation("other", "2026-03-03T09:00Z") with { Instrument = "close v1" },
        Invitation("wrong address", "2026-03-03T09:00Z") with { Ineligible = true });

    [Fact]
    public Task Where_a_contact_is_named_only_an_invitation_to_that_one_counts() => Expect(
        [First + "03-05 09:00 by right", Second + "-"], Schedule() with { ContactKey = "crm:Pat" },
        Invitation("wrong", "2026-03-03T09:00Z") with { ContactKey = "crm:Lee" }, Invitation("right", "2026-03-05T09:00Z") with { ContactKey = "crm:Pat" });

    [Fact]
    public Task Slots_shorter_than_a_week_are_due_at_their_end() => Expect(
        ["S/2026-05-29 | 05-29 10:00 | 06-01 00:00 | 05-30 09:00 by I", "S/2026-06-01 | 06-01 00:00 | 06-04 00:00 | -"],
        Schedule("2026-05-29T10:00Z") with { IntervalDays = 3 }, Invitation("I", "2026-05-30T09:00Z"));

    [Fact]
    public Task A_schedule_without_an_interval_asks_nobody() => Expect([], Schedule() with { IntervalDays = 0 });

    [Theory]
    [InlineData("2026-03-09T23:59Z", false)]
    [InlineData("2026-03-10T00:00Z", true)]
    public Task A_slot_the_schedule_does_not_outlast_is_not_owed(string ended, bool owed) => Expect(
        owed ? [First + "-"] : [], Schedule() with { EndedAt = Given.At(ended) });

    [Fact]
    public Task One_that_was_kept_before_stays_also_when_the_relationship_ends() => _kind.ExpectAsync(
        [First + "03-03 09:00 by I"], Given.Account("crm:A") with { ClosedAt = Given.At("2026-03-04T09:00Z") }, Schedule(), Invitation("I", "2026-03-03T09:00Z"));

    [Fact]
    public async Task Invitations_that_arrive_late_and_schedules_that_end_or_go_are_followed()
    {
        var schedule = Schedule() with { SourceModifiedAt = Given.At("2026-03-02T10:00Z") };
        await Expect([First + "-", Second + "-"], schedule);
        await _kind.ExpectAsync([First + "03-03 09:00 by I", Second + "-"], Invitation("I", "2026-03-03T09:00Z"));
        await _kind.ExpectAsync([First + "03-03 09:00 by I"], schedule with { EndedAt = Given.At("2026-04-01T00:00Z"), SourceModifiedAt = Given.At("2026-04-02T10:00Z") });
        await _kind.ExpectAsync([First + "03-03 09:00 by I | deleted"], schedule with { Deleted = true, SourceModifiedAt = Given.At("2026-04-03T10:00Z") });
    }

    [Fact]
    public async Task A_slot_that_begins_with_time_alone_is_there_from_that_day()
    {
        _kind.World.Clock.Now = Given.At("2026-05-30T09:00Z");
        await Expect([First + "-", Second + "-"], Schedule());
        _kind.World.Clock.Now = Given.At("2026-08-28T09:00Z");
        await _kind.ExpectAsync([First + "-", Second + "-", "S/2026-08-29 | 08-29 00:00 | 09-06 00:00 | -"]);
    }

    [Fact]
    public Task Its_days_are_the_customers_also_when_the_clock_changes() => _kind.ExpectAsync(
        ["S/2026-03-05 | 03-05 10:00 | 03-13 00:00 | 03-12 23:59 by I", "S/2026-04-04 | 04-04 00:00 | 04-12 00:00 | -", "S/2026-05-04 | 05-04 00:00 | 05-12 00:00 | -"],
        [.. Given.WorkingWeek("cal:NY", "America/New_York"), Given.Account("crm:A", calendar: "cal:NY"),
            Schedule("2026-03-05T10:00-05:00") with { IntervalDays = 30 }, Invitation("I", "2026-03-12T23:59-04:00")]);

    [Fact]
    public async Task It_is_owed_by_the_accounts_owner()
    {
        await Expect([First + "-", Second + "-"], Schedule(), Given.Assignment("crm:A", "hr:Own"));
        Assert.Equal(["hr:Own", "hr:Own"], await _kind.ColumnAsync("owed_by"));
    }

    private Task Expect(string[] obligations, params Fact[] facts) => _kind.ExpectAsync(obligations, [Given.Account("crm:A"), .. facts]);

    private static SurveySchedule Schedule(string from = "2026-03-02T10:00Z") => new()
    {
        SourceKey = "S",
        Account = "crm:A",
        OccurredAt = Given.At(from),
        Instrument = "relationship v5",
        IntervalDays = 90,
    };

    private static SurveyInvitation Invitation(string key, string sent) => new()
    {
        SourceKey = key,
        Account = "crm:A",
        OccurredAt = Given.At(sent),
        ContactKey = "crm:Pat",
        Instrument = "relationship v5",
        Occasion = SurveyOccasion.Relational,
    };
}
