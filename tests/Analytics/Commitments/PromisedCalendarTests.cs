using Followthrough.Analytics.Facts;
using Followthrough.Tests.Support;

namespace Followthrough.Tests.Analytics.Commitments;

/// <summary>
/// The calendar promised to an account changes: what was owed before stays held to the one promised then. cal:Day is open from 9 to 17 from
/// Monday to Friday, cal:Late from 12 to 20, both in UTC. 2 March 2026 is a Monday.
/// </summary>
public sealed class PromisedCalendarTests : IAsyncLifetime
{
    private KindWorld _kind = null!;

    public async ValueTask InitializeAsync() => _kind = await KindWorld.CreateAsync("call_back");

    public ValueTask DisposeAsync() => _kind.DisposeAsync();

    [Fact]
    public Task Without_a_stated_promise_the_accounts_own_counts() => Expect(
        ["a | 03-02 08:00 | 03-02 10:00 | -"], Missed("a", "2026-03-02T08:00Z"));

    [Fact]
    public Task A_promise_counts_from_its_beginning_to_its_end() => Expect(
        [
            "a | 03-02 08:00 | 03-02 10:00 | -", "b | 03-03 08:00 | 03-03 13:00 | -", "c | 03-03 23:59 | 03-04 13:00 | -",
            "d | 03-04 00:00 | 03-04 10:00 | -",
        ],
        Promised("K", "cal:Late", "2026-03-03T00:00Z", "2026-03-04T00:00Z"),
        Missed("a", "2026-03-02T08:00Z"), Missed("b", "2026-03-03T08:00Z"), Missed("c", "2026-03-03T23:59Z"), Missed("d", "2026-03-04T00:00Z"));

    [Fact]
    public Task The_next_promise_ends_the_one_before_and_after_the_last_the_own_returns() => Expect(
        ["a | 03-02 08:00 | 03-02 13:00 | -", "b | 03-03 08:00 | 03-03 10:00 | -", "c | 03-04 08:00 | 03-04 13:00 | -", "d | 03-05 08:00 | 03-05 10:00 | -"],
        Promised("K", "cal:Late", "2026-03-01T00:00Z", "2026-03-20T00:00Z"), Promised("L", "cal:Day", "2026-03-03T00:00Z", null),
        Promised("M", "cal:Late", "2026-03-04T00:00Z", "2026-03-05T00:00Z"),
        Missed("a", "2026-03-02T08:00Z"), Missed("b", "2026-03-03T08:00Z"), Missed("c", "2026-03-04T08:00Z"), Missed("d", "2026-03-05T08:00Z"));

    [Fact]
    public Task A_promise_that_ends_before_it_begins_or_was_deleted_is_none_and_an_unknown_calendar_has_no_hours() => Expect(
        ["a | 03-02 08:00 | 03-02 10:00 | -", "b | 03-03 08:00 | 03-03 09:00 | -"],
        Promised("K", "cal:Late", "2026-03-01T00:00Z", "2026-02-01T00:00Z"), Promised("L", "cal:Late", "2026-03-02T00:00Z", null) with { Deleted = true },
        Promised("M", "cal:Nowhere", "2026-03-03T00:00Z", null), Missed("a", "2026-03-02T08:00Z"), Missed("b", "2026-03-03T08:00Z"));

    [Fact]
    public async Task A_promise_that_arrives_late_or_is_taken_back_moves_only_what_opened_in_it()
    {
        await Expect(["a | 03-02 08:00 | 03-02 10:00 | -", "b | 03-03 08:00 | 03-03 10:00 | -"], Missed("a", "2026-03-02T08:00Z"), Missed("b", "2026-03-03T08:00Z"));
        var promised = Promised("K", "cal:Late", "2026-03-03T00:00Z", null) with { SourceModifiedAt = Given.At("2026-03-03T00:00Z") };
        await _kind.ExpectAsync(["a | 03-02 08:00 | 03-02 10:00 | -", "b | 03-03 08:00 | 03-03 13:00 | -"], promised);
        await _kind.ExpectAsync(
            ["a | 03-02 08:00 | 03-02 10:00 | -", "b | 03-03 08:00 | 03-03 10:00 | -"],
            promised with { OccurredAt = Given.At("2026-03-03T09:00Z"), SourceModifiedAt = Given.At("2026-03-04T00:00Z") });
    }

    [Fact]
    public async Task The_next_business_day_of_an_answer_is_that_of_the_calendar_promised_then()
    {
        await _kind.World.LoadAsync(
            [.. Calendars(), Given.SpecialDay("cal:Late", "2026-03-06"), Promised("K", "cal:Late", "2026-03-05T00:00Z", null),
                Given.Inbound("crm:A", "2026-03-04T10:00Z", "crm:Pat", key: "wednesday"), Given.Inbound("crm:A", "2026-03-05T10:00Z", "crm:Lee", key: "thursday")]);
        await _kind.World.RefreshAsync();
        Assert.Equal(
            ["thursday 03-09 10:00", "wednesday 03-05 10:00"],
            await _kind.World.TextsAsync("""
                select commitment_key || to_char(due_next_business_day at time zone 'UTC', ' MM-DD HH24:MI') from commitment where kind = 'respond' order by 1
                """));
    }

    [Fact]
    public async Task A_promise_given_is_beaten_by_the_working_days_promised_when_it_was_given()
    {
        var given = GivenWork.Promise("crm:A", "V1", "2026-03-02T10:00Z", "2026-03-06T15:00Z", done: "2026-03-05T15:00Z");
        await _kind.World.LoadAsync(
            [.. Calendars(), Given.SpecialDay("cal:Late", "2026-03-06"), given, given with { SourceKey = "V2", OccurredAt = Given.At("2026-03-03T10:00Z") },
                Promised("K", "cal:Late", "2026-03-03T00:00Z", null)]);
        await _kind.World.RefreshAsync();
        Assert.Equal(["V1 beaten", "V2 kept"], await _kind.World.TextsAsync("select commitment_key || ' ' || outcome from commitment where kind = 'promise' order by 1"));
    }

    [Fact]
    public async Task Working_days_of_a_delay_are_those_promised_when_it_was_foreseen()
    {
        // Six working days late, five where the 25th is a holiday.
        await _kind.World.LoadAsync(
            [.. Calendars(), Given.SpecialDay("cal:Late", "2026-03-25"), Promised("K", "cal:Late", "2026-03-11T00:00Z", null), .. Delay("M", "2026-03-10T09:00Z"),
                .. Delay("N", "2026-03-11T09:00Z")]);
        await _kind.World.RefreshAsync();
        Assert.Equal(["notice of M"], await _kind.World.TextsAsync("select commitment_key from commitment where kind = 'phone_first'"));
    }

    private static Fact[] Delay(string key, string foreseen) =>
    [
        GivenProject.Project("crm:A", "P" + key, "2026-02-02T08:00Z"), .. GivenProject.Milestone("crm:A", "P" + key, key, "2026-02-02T08:00Z", "2026-03-20"),
        GivenProject.Forecast("crm:A", key, foreseen, "2026-03-30"),
        Given.Outbound("crm:A", "2026-03-12T09:00Z", "crm:Pat", staff: "hr:Ann", key: "notice of " + key) with { ProjectKey = "P" + key },
    ];

    private Task Expect(string[] obligations, params Fact[] facts) => _kind.ExpectAsync(obligations, [.. Calendars(), .. facts]);

    private static Fact[] Calendars() =>
        [.. Given.WorkingWeek("cal:Day", "UTC"), .. Given.WorkingWeek("cal:Late", "UTC", 12, 20), Given.Account("crm:A", calendar: "cal:Day")];

    private static AccountCalendar Promised(string key, string calendar, string from, string? until) => new()
    {
        SourceKey = key,
        Account = "crm:A",
        OccurredAt = Given.At(from),
        CalendarKey = calendar,
        EndedAt = until is null ? null : Given.At(until),
    };

    /// <summary>A missed call from a number of its own, over in the same minute.</summary>
    private static Interaction Missed(string key, string at) => Given.Interaction("crm:A", at, kind: InteractionKind.Call, channel: Channel.Phone, key: key) with
    {
        Connected = false,
        MissedReason = MissedReason.NoAgentAnswered,
        PhoneNumber = $"+1555000{(int)key[0]}",
    };
}
