using Followthrough.Analytics.Facts;
using Followthrough.Tests.Support;

namespace Followthrough.Tests.Analytics.Commitments;

/// <summary>The rule of the first reply, by small tables: facts in, obligations out.</summary>
public sealed class RespondTests : IAsyncLifetime
{
    private World _world = null!;

    public async ValueTask InitializeAsync() => _world = await World.CreateAsync();

    public ValueTask DisposeAsync() => _world.DisposeAsync();

    [Fact]
    public Task A_second_message_does_not_restart_the_clock() => Expect(
        ["q1 opened 10:00 answered 15:00 reminders 1"],
        Ask("q1", "10:00"), Ask("q2", "14:00"), Answer("a", "15:00"));

    [Fact]
    public Task After_an_answer_the_next_message_opens_the_next_obligation() => Expect(
        ["q1 opened 10:00 answered 11:00 reminders 0", "q2 opened 12:00 answered 13:00 reminders 0"],
        Ask("q1", "10:00"), Answer("a1", "11:00"), Ask("q2", "12:00"), Answer("a2", "13:00"), Answer("a3", "14:00"));

    [Fact]
    public Task Nobody_answered_is_an_open_obligation() => Expect(["q1 opened 10:00 answered - reminders 0"], Ask("q1", "10:00"));

    [Fact]
    public Task Any_channel_answers() => Expect(
        ["q1 opened 10:00 answered 10:30 reminders 0"],
        Ask("q1", "10:00"), Call("a", "10:30", seconds: 30));

    [Theory]
    [InlineData(29, true)]
    [InlineData(300, false)]
    public Task A_call_answers_only_when_somebody_was_reached_for_half_a_minute(int seconds, bool connected) => Expect(
        ["q1 opened 10:00 answered - reminders 0"],
        Ask("q1", "10:00"), Call("a", "10:30", seconds) with { Connected = connected });

    [Fact]
    public Task An_interim_voicemail_and_a_meeting_answer() => Expect(
        ["q1 opened 10:00 answered 10:30 reminders 0", "q2 opened 11:00 answered 11:30 reminders 0"],
        Ask("q1", "10:00"), Answer("a1", "10:30") with { Kind = InteractionKind.Voicemail, Channel = Channel.Phone },
        Ask("q2", "11:00"), Ask("a2", "11:30") with { Kind = InteractionKind.Meeting, Channel = Channel.Meeting });

    [Fact]
    public Task Machines_mailings_notes_and_reactions_do_not_answer() => Expect(
        ["q1 opened 10:00 answered - reminders 0"],
        Ask("q1", "10:00"),
        Answer("auto", "10:01") with { Automatic = true },
        Answer("bulk", "10:02") with { Bulk = true },
        Answer("note", "10:03") with { Direction = Direction.Internal, Kind = InteractionKind.Note },
        Answer("thumb", "10:04") with { Kind = InteractionKind.Reaction },
        Answer("internal meeting", "10:05") with { Direction = Direction.Internal, Kind = InteractionKind.Meeting });

    [Fact]
    public Task An_out_of_office_reply_of_the_customer_opens_nothing() => Expect(
        [], Ask("q1", "10:00") with { Automatic = true }, Ask("q2", "10:00") with { Bulk = true }, Ask("q3", "10:00") with { Kind = InteractionKind.Reaction });

    [Fact]
    public Task A_missed_call_opens_and_an_answered_one_does_not() => Expect(
        ["missed opened 10:00 answered 12:00 reminders 0"],
        Ask("missed", "10:00") with { Kind = InteractionKind.Call, Connected = false, MissedReason = MissedReason.AgentsBusy },
        Answer("a", "12:00"),
        Ask("talked", "13:00") with { Kind = InteractionKind.Call, Connected = true, DurationSeconds = 90 });

    [Theory]
    [InlineData(MissedReason.ShortAbandoned)]
    [InlineData(MissedReason.Blocked)]
    [InlineData(MissedReason.NumberWithheld)]
    public Task A_call_that_cannot_be_returned_opens_nothing(MissedReason reason) => Expect(
        [], Ask("q1", "10:00") with { Kind = InteractionKind.Call, Connected = false, MissedReason = reason });

    [Fact]
    public Task Two_people_of_one_customer_wait_apart() => Expect(
        ["p opened 10:00 answered 12:00 reminders 0", "q opened 11:00 answered - reminders 0"],
        Ask("p", "10:00") with { ContactKey = "crm:Pat" }, Ask("q", "11:00") with { ContactKey = "crm:Quinn" },
        Answer("a", "12:00") with { ContactKey = "crm:Pat" });

    [Fact]
    public Task An_answer_in_the_thread_reaches_everybody_who_wrote_in_it() => Expect(
        ["p opened 10:00 answered 12:00 reminders 0", "q opened 11:00 answered 12:00 reminders 0"],
        Ask("p", "10:00") with { ContactKey = "crm:Pat", ThreadKey = "mail:T1" },
        Ask("q", "11:00") with { ContactKey = "crm:Quinn", ThreadKey = "mail:T1" },
        Answer("a", "12:00") with { ContactKey = "crm:Pat", ThreadKey = "mail:T1" });

    [Fact]
    public Task Without_a_contact_the_thread_waits() => Expect(
        ["p opened 10:00 answered 12:00 reminders 0", "q opened 11:00 answered - reminders 0"],
        Ask("p", "10:00") with { ContactKey = null, ThreadKey = "mail:T1" }, Ask("q", "11:00") with { ContactKey = null, ThreadKey = "mail:T2" },
        Answer("a", "12:00") with { ContactKey = null, ThreadKey = "mail:T1" });

    [Fact]
    public Task A_contact_of_ours_first_opens_nothing() => Expect([], Answer("a", "10:00"));

    [Fact]
    public Task At_one_instant_the_question_comes_before_its_answer() => Expect(
        ["q1 opened 10:00 answered 10:00 reminders 0"], Answer("a", "10:00"), Ask("q1", "10:00"));

    [Fact]
    public Task Behind_a_bot_the_clock_starts_at_the_hand_off_and_the_wait_is_kept_too() => Expect(
        ["handed opened 10:20 answered 11:00 reminders 1 since 10:00"],
        Ask("bot", "10:00") with { ToBot = true, Channel = Channel.Chat },
        Ask("handed", "10:20") with { Direction = Direction.Internal, Kind = InteractionKind.HandOff, Channel = Channel.Chat },
        Ask("hello?", "10:30") with { Channel = Channel.Chat }, Answer("a", "11:00"));

    [Fact]
    public Task What_a_bot_resolved_was_never_owed() => Expect([], Ask("bot", "10:00") with { ToBot = true }, Answer("b", "10:01") with { Automatic = true });

    [Fact]
    public Task A_reopened_chat_behind_a_bot_counts_from_the_reopening() => Expect(
        ["handed opened 16:00 answered 16:10 reminders 0 since 10:00"],
        Ask("bot", "10:00") with { ToBot = true },
        Ask("handed", "10:20") with { Direction = Direction.Internal, Kind = InteractionKind.HandOff },
        Ask("again", "16:00") with { Direction = Direction.Internal, Kind = InteractionKind.Reopened }, Answer("a", "16:10"));

    [Fact]
    public Task A_message_deleted_in_the_source_stays_owed_and_is_marked() => Expect(
        ["q1 opened 10:00 answered - reminders 0 deleted"], Ask("q1", "10:00") with { Deleted = true });

    [Fact]
    public async Task An_excuse_needs_a_person_and_a_reason_and_is_kept_beside_the_obligation()
    {
        await Expect(["q1 opened 10:00 answered - reminders 0"], Ask("q1", "10:00"));
        await _world.LoadAsync(Given.Disposition("crm:A", "q1", "2026-03-02T15:00Z", "hr:Ann", "thanks, bye"));
        await _world.RefreshAsync();
        Assert.Equal(["thanks, bye by hr:Ann"], await _world.TextsAsync("select excused_reason || ' by ' || excused_by from commitment where kind = 'respond'"));
    }

    [Fact]
    public async Task Responsible_are_owner_and_team_as_they_were_at_the_opening()
    {
        await _world.LoadAsync(
            Given.Account("crm:A"), Given.Staff("hr:Ann"), Given.Staff("hr:Bob"), Given.Team("t:North"), Given.Team("t:South"),
            Given.Membership("hr:Ann", "t:North", until: "2026-03-02T12:00Z"), Given.Membership("hr:Ann", "t:South", "2026-03-02T12:00Z"),
            Given.Assignment("crm:A", "hr:Bob", until: "2026-03-02T11:00Z"), Given.Assignment("crm:A", "hr:Ann", "2026-03-02T11:00Z"),
            Ask("nobody's team", "10:00"), Answer("a1", "10:30"), Ask("north", "11:00"), Answer("a2", "11:30"), Ask("south", "12:00"), Answer("a3", "12:30"),
            Ask("thread owner", "13:00") with { OwnerKey = "hr:Bob" });
        await _world.RefreshAsync();
        Assert.Equal(
            ["nobody's team: hr:Bob -", "north: hr:Ann t:North", "south: hr:Ann t:South", "thread owner: hr:Bob -"],
            await _world.TextsAsync("select commitment_key || ': ' || owed_by || ' ' || coalesce(team_key, '-') from commitment where kind = 'respond' order by opened_at"));
    }

    [Fact]
    public async Task A_day_is_24_hours_of_elapsed_time_also_when_the_clock_changes()
    {
        await _world.LoadAsync([.. Given.WorkingWeek("cal:NY", "America/New_York", 8, 17), Given.Account("crm:A", calendar: "cal:NY"),
            Given.Inbound("crm:A", "2025-03-08T18:00-05:00", "crm:Pat", key: "saturday")]);
        await _world.RefreshAsync();
        Assert.Equal(
            ["due 2025-03-09 19:00 or on Monday 2025-03-10 18:00"],
            await _world.TextsAsync("""
                select format('due %s or on Monday %s', to_char(due_at at time zone 'America/New_York', 'YYYY-MM-DD HH24:MI'),
                  to_char(due_next_business_day at time zone 'America/New_York', 'YYYY-MM-DD HH24:MI'))
                from commitment where kind = 'respond'
                """));
    }

    [Fact]
    public async Task The_next_business_day_passes_over_holidays_and_is_unknown_without_a_calendar()
    {
        await _world.LoadAsync([.. Given.WorkingWeek("cal:NY", "America/New_York", 8, 17), Given.SpecialDay("cal:NY", "2025-07-04"),
            Given.Account("crm:A", calendar: "cal:NY"), Given.Account("crm:B"),
            Given.Inbound("crm:A", "2025-07-03T16:30-04:00", key: "thursday"), Given.Inbound("crm:B", "2025-07-03T16:30-04:00", key: "no calendar")]);
        await _world.RefreshAsync();
        Assert.Equal(
            ["no calendar: unknown", "thursday: 2025-07-07 16:30"],
            await _world.TextsAsync("""
                select commitment_key || ': ' || coalesce(to_char(due_next_business_day at time zone 'America/New_York', 'YYYY-MM-DD HH24:MI'), 'unknown')
                from commitment where kind = 'respond' order by 1
                """));
    }

    private async Task Expect(string[] obligations, params Fact[] facts)
    {
        await _world.LoadAsync([Given.Account("crm:A"), .. facts]);
        await _world.RefreshAsync();
        Assert.Equal(obligations, await ObligationsAsync());
    }

    private Task<IReadOnlyList<string>> ObligationsAsync() => _world.TextsAsync("""
        select commitment_key || to_char(opened_at, '" opened "HH24:MI') || coalesce(to_char(fulfilled_at, '" answered "HH24:MI'), ' answered -')
          || ' reminders ' || reminders || case when first_contact_at < opened_at then to_char(first_contact_at, '" since "HH24:MI') else '' end
          || case when source_deleted then ' deleted' else '' end
        from commitment where kind = 'respond' order by opened_at, commitment_key
        """);

    private static Interaction Ask(string key, string time) => Given.Inbound("crm:A", $"2026-03-02T{time}Z", "crm:Pat", key: key);

    private static Interaction Answer(string key, string time) => Given.Outbound("crm:A", $"2026-03-02T{time}Z", "crm:Pat", staff: "hr:Ann", key: key);

    private static Interaction Call(string key, string time, int seconds) =>
        Answer(key, time) with { Kind = InteractionKind.Call, Channel = Channel.Phone, Connected = true, DurationSeconds = seconds };
}
