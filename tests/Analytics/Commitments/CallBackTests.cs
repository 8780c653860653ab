using Followthrough.Analytics.Commitments;
using Followthrough.Analytics.Facts;
using Followthrough.Tests.Support;

namespace Followthrough.Tests.Analytics.Commitments;

/// <summary>Who called and reached nobody is called back.</summary>
public sealed class CallBackTests() : RuleTests("call_back")
{
    private const string Pat = "crm:Pat";
    private const string Open = "c1 03-02 10:01 – 03-02 11:01: open";

    [Fact]
    public Task A_call_that_somebody_took_owes_nothing() => Expect([], Taken("c1", "10:00"), Returned("r", "11:00"));

    [Fact]
    public Task The_hour_begins_at_the_end_of_the_missed_call() => Expect([Open], Missed("c1", "10:00"));

    [Fact]
    public Task Further_calls_join_the_episode_and_the_return_ends_it() => Expect(
        ["c1 03-02 10:01 – 03-02 11:01: fulfilled 03-02 10:40 by r1 reached reminders 2", "c4 03-02 12:01 – 03-02 13:01: open"],
        Missed("c1", "10:00"), Missed("c2", "10:10"), Voicemail("v", "10:11"), Missed("c3", "10:20"), Returned("r1", "10:40"), Returned("r2", "10:50"), Missed("c4", "12:00"));

    [Theory]
    [InlineData(20, true, "c1 03-02 10:01 – 03-02 11:01: fulfilled 03-02 10:30 by r reached")]
    [InlineData(19, true, Open)]
    [InlineData(300, false, Open)]
    public Task It_takes_twenty_seconds_to_reach_somebody(int seconds, bool connected, string row) => Expect(
        [row], Missed("c1", "10:00"), Returned("r", "10:30") with { DurationSeconds = seconds, Connected = connected });

    [Fact]
    public Task A_voicemail_we_leave_is_an_attempt_that_counts() => Expect(
        ["c1 03-02 10:01 – 03-02 11:01: fulfilled 03-02 10:30 by r attempted"], Missed("c1", "10:00"), Returned("r", "10:30") with { Kind = InteractionKind.Voicemail });

    [Fact]
    public async Task A_customer_who_called_again_and_got_through_was_not_called_back_by_us()
    {
        await Expect(
            ["c1 03-02 10:01 – 03-02 11:01: open customer_recovered", "c3 03-02 14:01 – 03-02 15:01: fulfilled 03-02 14:10 by r reached"],
            Missed("c1", "10:00"), Taken("c2", "10:20"), Missed("c3", "14:00"), Returned("r", "14:10"));
        var value = await FigureAsync("call_back_1h", "2026-03-03T00:00Z");
        Assert.Equal((2L, 1L, 1L), (value.N, value.Kept, value.NeverAnswered));
    }

    [Theory]
    [InlineData(Channel.Email, Channel.Email, "c1 03-02 10:01 – 03-02 11:01: fulfilled 03-02 10:30 by m answered_otherwise")]
    [InlineData(Channel.Sms, Channel.Email, Open)]
    [InlineData(null, Channel.Email, Open)]
    public Task A_message_counts_on_the_channel_the_person_asked_for(Channel? asked, Channel sent, string row) => Expect(
        [row], Given.Contact(A, Pat) with { PreferredChannel = asked }, Missed("c1", "10:00"),
        Given.Interaction(A, "2026-03-02T10:30Z", Direction.Outbound, channel: sent, contact: Pat, key: "m"));

    [Fact]
    public Task Machines_mailings_and_bots_neither_call_nor_answer() => Expect(
        [Open], Missed("b", "09:00") with { ToBot = true }, Missed("c1", "10:00"), Returned("r1", "10:10") with { Automatic = true }, Returned("r2", "10:20") with { Bulk = true });

    [Theory]
    [InlineData(MissedReason.ShortAbandoned, "hung up within seconds")]
    [InlineData(MissedReason.Blocked, "blocked number")]
    [InlineData(MissedReason.NumberWithheld, "withheld number")]
    public Task A_call_that_cannot_be_returned_is_excluded_and_shown(MissedReason why, string reason) => Expect(
        [$"c1 03-02 10:01 – 03-02 11:01: open excused: {reason}"], Missed("c1", "10:00") with { MissedReason = why });

    [Fact]
    public Task One_number_in_any_spelling_is_one_episode_and_another_number_is_another() => Expect(
        ["c1 03-02 10:01 – 03-02 11:01: fulfilled 03-02 10:30 by r reached reminders 1", "o1 03-02 10:03 – 03-02 11:03: open"],
        From("+1 (312) 555-0142", "c1", "10:00"), From("0013125550142", "c2", "10:01"), From("+13125550143", "o1", "10:02"),
        Returned("r", "10:30") with { ContactKey = null, PhoneNumber = "+13125550142" });

    [Fact]
    public Task A_contact_s_own_number_joins_what_is_known_by_number_and_by_name() => Expect(
        ["c1 03-02 10:01 – 03-02 11:01: fulfilled 03-02 10:30 by r reached reminders 1"],
        Given.Contact(A, Pat) with { Phone = "+13125550142" }, Missed("c1", "10:00"), From("+13125550142", "c2", "10:05"), Returned("r", "10:30"));

    [Fact]
    public Task Two_callers_wait_apart_and_a_manager_who_is_reached_can_act_for_both() => Expect(
        ["c1 03-02 10:01 – 03-02 11:01: fulfilled 03-02 10:30 by r1 reached", "q1 03-02 10:06 – 03-02 11:06: fulfilled 03-02 10:50 by r2 reached"],
        Given.Contact(A, "crm:Boss", tier: Tier.Management), Missed("c1", "10:00"), Missed("q1", "10:05") with { ContactKey = "crm:Quinn" },
        Returned("r1", "10:30"), Returned("r2", "10:50") with { ContactKey = "crm:Boss" });

    [Fact]
    public async Task Whose_number_it_is_counts_from_when_it_is_seen()
    {
        const string asHeard = "c1 03-02 10:01 – 03-02 11:01: fulfilled 03-02 11:00 by r2 reached reminders 1";
        await Expect([asHeard],
            From("+13125550142", "c1", "10:00"), Returned("r1", "10:10"), From("+13125550142", "c2", "10:20"),
            Returned("r2", "11:00") with { ContactKey = null, PhoneNumber = "+13125550142" });
        await Expect([asHeard, "c3 03-02 12:01 – 03-02 13:01: fulfilled 03-02 12:10 by r3 reached"],
            Missed("c3", "12:00") with { PhoneNumber = "+13125550142" }, Returned("r3", "12:10"));
    }

    [Fact]
    public async Task By_a_promised_calendar_the_hour_is_an_open_one_also_when_the_clock_changes()
    {
        await World.LoadAsync([.. Given.WorkingWeek("cal:NY", "America/New_York"), Given.Account(A, calendar: "cal:NY")]);
        // Friday 16:30 in New York, then the clocks spring forward: half an hour is left on Friday, half an hour falls on Monday morning.
        await Expect(
            ["c1 03-06 21:30 – 03-09 13:30: open"],
            Missed("c1", "10:00") with { OccurredAt = Given.At("2026-03-06T21:29Z") });
    }

    [Fact]
    public async Task The_owner_of_the_call_owes_it()
    {
        await Expect([Open], Missed("c1", "10:00") with { OwnerKey = "hr:Ann" }, Given.Assignment(A, "hr:Bob"));
        Assert.Equal(["c1: hr:Ann crm:Pat phone 10:00"], await ColumnAsync("owed_by || ' ' || party || ' ' || channel || to_char(first_contact_at, ' HH24:MI')"));
    }

    [Fact]
    public async Task Late_arrivals_corrections_and_deletions_end_where_one_clean_load_ends()
    {
        await Expect(["c2 03-02 10:31 – 03-02 11:31: fulfilled 03-02 11:00 by r2 reached"], Missed("c2", "10:30"), Returned("r2", "11:00"));
        await Expect(["c1 03-02 10:01 – 03-02 11:01: fulfilled 03-02 11:00 by r2 reached reminders 1"], Missed("c1", "10:00"));
        await Expect(
            ["c1 03-02 10:01 – 03-02 11:01: fulfilled 03-02 10:15 by r1 reached", "c2 03-02 10:31 – 03-02 11:31: fulfilled 03-02 11:00 by r2 reached"], Returned("r1", "10:15"));
        World.Clock.Advance(TimeSpan.FromHours(1));
        await Expect(["c1 03-02 10:01 – 03-02 11:01: open reminders 1 deleted"],
            Missed("c1", "10:00") with { Deleted = true }, Returned("r1", "10:15") with { Connected = false }, Returned("r2", "11:00") with { Connected = false });
    }

    public static TheoryData<int> Seeds => FullSets.Seeds(11, 12, 13);

    [Theory]
    [MemberData(nameof(Seeds))]
    public async Task Refreshing_after_random_changes_equals_rebuilding(int seed)
    {
        var random = new Random(seed);
        await World.LoadAsync([.. Given.WorkingWeek("cal:1", "Europe/Berlin"), Given.Account(A, calendar: "cal:1"),
            Given.Contact(A, Pat) with { Phone = "+13125550142", PreferredChannel = Channel.Email }, Given.Contact(A, "crm:Boss", tier: Tier.Executive)]);
        for (var round = 1; round <= 8; round++)
        {
            World.Clock.Advance(TimeSpan.FromMinutes(1));
            await World.LoadAsync([.. Enumerable.Range(0, random.Next(1, 20)).Select(_ => AnyCall(random, round)).DistinctBy(f => f.SourceKey)]);
            await World.RefreshAsync();
            var refreshed = await World.LedgerAsync();
            Assert.Equal(new LedgerChange(1, 0, 0), await World.RebuildAsync());
            Assert.Equal(refreshed, await World.LedgerAsync());
        }
    }

    private static Interaction AnyCall(Random random, int round) => Given.Interaction(
        A, $"2026-03-0{random.Next(1, 4)}T{random.Next(24):00}:{random.Next(4) * 15:00}Z", (Direction)random.Next(2),
        random.Next(3) == 0 ? InteractionKind.Message : random.Next(4) == 0 ? InteractionKind.Voicemail : InteractionKind.Call,
        random.Next(2) == 0 ? Channel.Email : Channel.Phone, new[] { null, Pat, "crm:Quinn", "crm:Boss" }[random.Next(4)], key: $"i{random.Next(40)}") with
    {
        PhoneNumber = new[] { null, "+13125550142", "+13125550143" }[random.Next(3)],
        Connected = random.Next(3) == 0,
        DurationSeconds = random.Next(60),
        MissedReason = random.Next(6) == 0 ? MissedReason.Blocked : null,
        SourceModifiedAt = Given.At("2026-05-01T00:00Z").AddHours(round),
    };

    private static Interaction Missed(string key, string time) =>
        Given.Interaction(A, $"2026-03-02T{time}Z", Direction.Inbound, InteractionKind.Call, Channel.Phone, Pat, key: key) with { Connected = false, DurationSeconds = 60 };

    private static Interaction From(string number, string key, string time) => Missed(key, time) with { ContactKey = null, PhoneNumber = number };

    private static Interaction Voicemail(string key, string time) => Missed(key, time) with { Kind = InteractionKind.Voicemail };

    private static Interaction Taken(string key, string time) => Missed(key, time) with { Connected = true };

    private static Interaction Returned(string key, string time) => Missed(key, time) with { Direction = Direction.Outbound, Connected = true, StaffKey = "hr:Ann" };
}
