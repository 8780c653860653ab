using Followthrough.Analytics.Facts;
using Followthrough.Analytics.Metrics;
using Followthrough.Tests.Support;

namespace Followthrough.Tests.Analytics.Measures;

public sealed class ConversationTests : MeasureTests
{
    private const string A = "crm:A", Pat = "crm:Pat";

    [Fact]
    public async Task People_are_reached_on_their_channel_or_answered_on_the_one_they_used()
    {
        await LoadAsync(
            Given.Account(A), Prefers(Pat, Channel.Phone), Given.Contact(A, "crm:Any"), Given.Inbound(A, "2026-03-02T08:00Z", Pat),
            Given.Outbound(A, "2026-03-02T09:00Z", Pat, staff: "hr:Ann", key: "first reply"), Given.Outbound(A, "2026-03-02T10:00Z", Pat, staff: "hr:Ann", key: "second"),
            Call("call", "2026-03-03T09:00Z"), Call("not reached", "2026-03-03T08:00Z") with { Connected = false },
            Given.Inbound(A, "2026-03-04T08:00Z", Pat), Given.Interaction(A, "2026-03-04T09:00Z", Direction.Outbound, channel: Channel.Sms, contact: Pat, key: "other channel"),
            Given.Outbound(A, "2026-03-05T08:00Z", "crm:Any", key: "no wish"), Given.Outbound(A, "2026-03-05T08:00Z", "crm:Unknown", key: "nobody known"),
            Given.Outbound(A, "2026-03-05T08:00Z", Pat, key: "bulk") with { Bulk = true }, Given.Outbound(A, "2026-03-05T08:00Z", Pat, key: "machine") with { Automatic = true },
            Given.Outbound(A, "2026-03-05T08:00Z", Pat, key: "note") with { Direction = Direction.Internal, Kind = InteractionKind.Note });
        Assert.Equal(
            ["interaction call | 1 / 1", "interaction first reply | 1 / 1", "interaction no wish | ? / 1 | to people who stated no channel", "interaction not reached | 1 / 1",
                "interaction other channel | 0 / 1", "interaction second | 0 / 1"],
            await RowsAsync("preferred_channel", "2026-03"));
        Assert.Equal(0.6, (await FigureAsync("preferred_channel", "2026-03")).Value!.Value, 12);
        Assert.Equal("we contacted nobody we know by name in this period and selection", (await FigureAsync("preferred_channel", "2026-04")).Reason);
    }

    [Fact]
    public async Task A_reply_is_credited_as_known_at_the_time_and_by_the_days_of_the_company()
    {
        await World.TextsAsync("update company set reporting_zone = 'Europe/Berlin' returning 'x'");
        World.Clock.Now = Given.At("2026-04-10T00:00Z");
        await LoadAsync(Given.Account(A), Prefers(Pat, Channel.Phone), Given.Outbound(A, "2026-03-31T21:59Z", Pat, key: "reply"), Given.Outbound(A, "2026-03-31T22:00Z", Pat, key: "april"));
        World.Clock.Now = Given.At("2026-04-11T00:00Z");
        Fact[] later = [Given.Inbound(A, "2026-03-31T08:00Z", Pat, key: "question"), Given.Outbound(A, "2026-03-31T22:00Z", Pat, key: "april") with { Deleted = true }];
        await LoadAsync(later);
        await LoadAsync(later);
        Assert.Equal(["interaction reply | 1 / 1"], await RowsAsync("preferred_channel", "2026-03"));
        Assert.Equal(["interaction reply | 0 / 1"], await RowsAsync("preferred_channel", "2026-03", "2026-04-10T00:00Z"));
        Assert.Equal((0, 1), ((await FigureAsync("preferred_channel", "2026-04")).N, (await FigureAsync("preferred_channel", "2026-04", "2026-04-10T00:00Z")).N));
    }

    [Fact]
    public async Task Customers_are_passed_on_as_often_as_it_was_measured()
    {
        await LoadAsync(
            Given.Account(A), Inbound("1", 0), Inbound("2", 0), Inbound("3", 2), Inbound("4", null), Inbound("missed", null) with { Connected = false },
            Inbound("gone", 7) with { Deleted = true }, Inbound("ours", 5) with { Direction = Direction.Outbound });
        var transfers = await FigureAsync("transfers_per_contact", "2026-03");
        Assert.Equal((2m, 3m, 1L), (transfers.Amount, transfers.Base, transfers.Excluded["transfers not measured"]));
        Assert.Equal(2 / 3.0, (await FigureAsync("right_party_first", "2026-03")).Value!.Value, 12);
        Assert.StartsWith("no customer turned to us", (await FigureAsync("right_party_first", "2026-04")).Reason, StringComparison.Ordinal);
        Assert.Equal(["hr:Ann 3"], (await GroupsAsync("right_party_first", Dimension.Staff)).Select(g => $"{g.Key} {g.Value.N}"));
    }

    [Fact]
    public async Task A_matter_is_settled_without_a_person_while_only_machines_had_to_do_with_it()
    {
        await LoadAsync(
            Given.Account(A),
            ToBot("bot", "a"), Given.Outbound(A, "2026-03-02T08:01Z", thread: "bot", key: "a1") with { Automatic = true }, ToBot("bot", "a2"),
            ToBot("handed", "b"), Given.Interaction(A, "2026-03-02T09:00Z", Direction.Internal, InteractionKind.HandOff, Channel.Chat, thread: "handed"),
            ToBot("joined", "c"), Given.Outbound(A, "2026-03-20T09:00Z", thread: "joined", staff: "hr:Ann"),
            ToBot("asked again", "d"), Given.Inbound(A, "2026-03-02T09:00Z", thread: "asked again"),
            Given.Inbound(A, "2026-03-02T08:00Z", thread: "human", key: "e"), Given.Inbound(A, "2026-03-02T08:00Z", key: "f"),
            Given.Outbound(A, "2026-03-02T07:00Z", thread: "ours", staff: "hr:Ann"), ToBot("ours", "g"),
            Given.Inbound(A, "2026-03-02T08:00Z", thread: "newsletter", key: "h") with { Bulk = true });
        Assert.Equal(
            ["interaction a | 1 / 1", "interaction b | 0 / 1", "interaction c | 0 / 1", "interaction d | 0 / 1", "interaction e | 0 / 1", "interaction f | 0 / 1"],
            await RowsAsync("self_service_share", "2026-03"));
        Assert.Equal(1 / 6.0, (await FigureAsync("self_service_share", "2026-03")).Value!.Value, 12);
        Assert.Equal("no customer turned to us in this period and selection", (await FigureAsync("self_service_share", "2026-02")).Reason);
    }

    [Fact]
    public async Task Whoever_joined_later_is_unseen_before()
    {
        World.Clock.Now = Given.At("2026-03-10T00:00Z");
        await LoadAsync(Given.Account(A), ToBot("t", "a"), ToBot("u", "b"));
        World.Clock.Now = Given.At("2026-03-11T00:00Z");
        Fact[] later = [Given.Outbound(A, "2026-03-09T08:00Z", thread: "t", staff: "hr:Ann", key: "late"), ToBot("u", "b") with { Deleted = true }];
        await LoadAsync(later);
        await LoadAsync(later);
        Assert.Equal(["interaction a | 0 / 1"], await RowsAsync("self_service_share"));
        Assert.Equal(1, (await FigureAsync("self_service_share", asOf: "2026-03-10T00:00Z")).Value);
    }

    private static Contact Prefers(string key, Channel channel) => Given.Contact(A, key) with { PreferredChannel = channel };

    private static Interaction Call(string key, string at) => Given.Interaction(A, at, Direction.Outbound, InteractionKind.Call, Channel.Phone, Pat, staff: "hr:Ann", key: key) with
    {
        Connected = true,
        DurationSeconds = 60,
    };

    private static Interaction Inbound(string key, int? transfers) =>
        Given.Interaction(A, "2026-03-02T08:00Z", Direction.Inbound, InteractionKind.Call, Channel.Phone, Pat, staff: "hr:Ann", key: key) with { Connected = true, DurationSeconds = 60, Transfers = transfers };

    private static Interaction ToBot(string thread, string key) => Given.Inbound(A, "2026-03-02T08:00Z", thread: thread, key: key) with { ToBot = true };
}
