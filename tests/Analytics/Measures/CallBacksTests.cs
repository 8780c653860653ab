using Followthrough.Analytics.Facts;
using Followthrough.Analytics.Metrics;
using Followthrough.Tests.Support;

namespace Followthrough.Tests.Analytics.Measures;

public sealed class CallBacksTests : MeasureTests
{
    private const string A = "crm:A", Pat = "crm:Pat";

    [Fact]
    public async Task A_day_is_the_second_line_and_what_was_never_returned_stands_apart_from_who_called_again()
    {
        World.Clock.Now = Given.At("2026-03-10T12:00Z");
        await LoadAsync(
            Given.Account(A),
            Missed("soon", "2026-03-02T10:00Z", "1"), Called("r1", "2026-03-02T10:30Z", "1"),
            Missed("day", "2026-03-02T10:00Z", "2"), Called("r2", "2026-03-03T06:00Z", "2"),
            Missed("edge", "2026-03-02T10:00Z", "3"), Called("r3", "2026-03-03T10:01Z", "3"),
            Missed("late", "2026-03-02T10:00Z", "4"), Called("r4", "2026-03-03T10:02Z", "4"),
            Missed("never", "2026-03-02T10:00Z", "5"),
            Missed("again", "2026-03-02T10:00Z", "6"), Missed("again2", "2026-03-02T11:00Z", "6"), Taken("t", "2026-03-02T12:00Z", "6"),
            Missed("blocked", "2026-03-02T10:00Z", "7") with { MissedReason = MissedReason.Blocked },
            Missed("young", "2026-03-09T12:00Z", "8"));
        Assert.Equal(
            ["interaction again | 0 / 1", "interaction blocked | 0 / 1 | blocked number", "interaction day | 1 / 1", "interaction edge | 1 / 1", "interaction late | 0 / 1",
                "interaction never | 0 / 1", "interaction soon | 1 / 1", "interaction young | 0 / 1 | not yet 24 hours old"],
            await RowsAsync("call_back_24h", "2026-03"));
        var day = await FigureAsync("call_back_24h", "2026-03");
        Assert.Equal((0.5, 6L, Wilson.Of(3, 6)), (day.Value!.Value, day.N, day.Interval));
        Assert.Equal(
            (1m, 6m, 1m, 6m), ((await FigureAsync("call_back_never", "2026-03")).Amount, (await FigureAsync("call_back_never", "2026-03")).Base,
                (await FigureAsync("call_back_recovered", "2026-03")).Amount, (await FigureAsync("call_back_recovered", "2026-03")).Base));
        var calls = await FigureAsync("calls_per_episode", "2026-03");
        Assert.Equal((8m, 7m, 1.142857), (calls.Amount, calls.Base, Math.Round(calls.Value!.Value, 6)));
    }

    [Fact]
    public async Task Trying_and_reaching_are_two_durations_and_the_open_ones_are_censored()
    {
        World.Clock.Now = Given.At("2026-03-02T20:01Z");
        await LoadAsync(
            Given.Account(A), Given.Contact(A, Pat) with { PreferredChannel = Channel.Email }, Given.Contact(A, "crm:Boss", tier: Tier.Executive),
            Missed("rung", "2026-03-02T10:00Z", "1"), Called("a1", "2026-03-02T10:31Z", "1") with { Connected = false }, Called("r1", "2026-03-02T13:01Z", "1"),
            Missed("voicemail", "2026-03-02T10:00Z", "2"), Called("a2", "2026-03-02T11:01Z", "2") with { Kind = InteractionKind.Voicemail },
            Missed("again", "2026-03-02T10:00Z", "3"), Taken("t", "2026-03-02T12:01Z", "3"), Called("a3", "2026-03-02T15:01Z", "3"),
            Missed("mail", "2026-03-02T14:00Z", null) with { ContactKey = Pat }, Given.Interaction(A, "2026-03-02T16:01Z", Direction.Outbound, contact: Pat, key: "m"),
            Missed("silent", "2026-03-02T18:00Z", "5"));
        Assert.Equal(
            ["interaction again | 2 unfinished", "interaction mail | 2", "interaction rung | 0.5", "interaction silent | 2 unfinished", "interaction voicemail | 1"],
            await RowsAsync("call_back_attempt_p50"));
        Assert.Equal(
            ["interaction again | 2 unfinished", "interaction mail | 2 unfinished", "interaction rung | 3", "interaction silent | 2 unfinished", "interaction voicemail | 10 unfinished"],
            await RowsAsync("call_back_reach_p50"));
        Assert.Equal((2.0, 5L, 2L), ((await FigureAsync("call_back_attempt_p50")).Value!.Value, (await FigureAsync("call_back_attempt_p50")).N, (await FigureAsync("call_back_attempt_p50")).Unfinished!.Value));
        Assert.Equal(3.0, (await FigureAsync("call_back_reach_p50")).Median);
    }

    [Fact]
    public async Task A_manager_who_is_reached_counts_for_the_caller_and_one_who_only_rang_does_not()
    {
        World.Clock.Now = Given.At("2026-03-02T20:01Z");
        await LoadAsync(
            Given.Account(A), Given.Contact(A, "crm:Boss", tier: Tier.Executive), Missed("c", "2026-03-02T10:00Z", "1"),
            Called("rung", "2026-03-02T10:31Z", null) with { ContactKey = "crm:Boss", Connected = false },
            Called("short", "2026-03-02T11:01Z", null) with { ContactKey = "crm:Boss", DurationSeconds = 19 },
            Called("talk", "2026-03-02T12:01Z", null) with { ContactKey = "crm:Boss" });
        Assert.Equal(["interaction c | 2"], await RowsAsync("call_back_attempt_p50"));
        Assert.Equal(["interaction c | 2"], await RowsAsync("call_back_reach_p50"));
    }

    [Fact]
    public async Task A_day_is_24_hours_of_elapsed_time_also_when_the_clock_changes()
    {
        World.Clock.Now = Given.At("2025-03-20T12:00Z");
        await World.TextsAsync("update company set reporting_zone = 'America/New_York' returning 'x'");
        await LoadAsync(
            Given.Account(A), Missed("kept", "2025-03-08T18:00-05:00", "1"), Called("r1", "2025-03-09T19:01-04:00", "1"),
            Missed("missed", "2025-03-08T18:00-05:00", "2"), Called("r2", "2025-03-09T19:02-04:00", "2"));
        Assert.Equal(["interaction kept | 1 / 1", "interaction missed | 0 / 1"], await RowsAsync("call_back_24h", "2025-03"));
    }

    [Fact]
    public async Task Without_missed_calls_there_is_no_figure_and_a_late_or_taken_back_return_changes_it()
    {
        World.Clock.Now = Given.At("2026-03-05T12:00Z");
        await LoadAsync(Given.Account(A));
        foreach (var metric in new[] { "call_back_24h", "call_back_never", "call_back_recovered", "calls_per_episode", "call_back_attempt_p50", "call_back_reach_p50" })
            Assert.Equal((null, "no call was missed in this period and selection"), ((await FigureAsync(metric)).Value, (await FigureAsync(metric)).Reason));
        await LoadAsync(Missed("c", "2026-03-02T10:00Z", "1"));
        Assert.Equal(0.0, (await FigureAsync("call_back_24h")).Value);
        World.Clock.Now = Given.At("2026-03-06T12:00Z");
        var returned = Called("r", "2026-03-02T12:00Z", "1");
        await LoadAsync(returned);
        await LoadAsync(returned);
        Assert.Equal((1.0, 0.0), ((await FigureAsync("call_back_24h")).Value!.Value, (await FigureAsync("call_back_24h", asOf: "2026-03-05T13:00Z")).Value!.Value));
        World.Clock.Now = Given.At("2026-03-07T12:00Z");
        await LoadAsync(returned with { Connected = false, SourceModifiedAt = Given.At("2026-03-07T11:00Z") });
        Assert.Equal((0.0, 1.0), ((await FigureAsync("call_back_24h")).Value!.Value, (await FigureAsync("call_back_never")).Value!.Value));
    }

    // A call of a minute, from or to a number.
    private static Interaction Missed(string key, string at, string? number) =>
        Given.Interaction(A, at, Direction.Inbound, InteractionKind.Call, Channel.Phone, key: key) with
        {
            PhoneNumber = number is null ? null : "+1312555014" + number,
            Connected = false,
            DurationSeconds = 60,
        };

    private static Interaction Taken(string key, string at, string? number) => Missed(key, at, number) with { Connected = true };

    private static Interaction Called(string key, string at, string? number) =>
        Missed(key, at, number) with { Direction = Direction.Outbound, Connected = true, StaffKey = "hr:Ann" };
}
