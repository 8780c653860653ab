using Followthrough.Analytics.Facts;
using Followthrough.Tests.Support;

namespace Followthrough.Tests.Analytics.Measures;

public sealed class PreferredChannelTests : MeasureTests
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

    private static Contact Prefers(string key, Channel channel) => Given.Contact(A, key) with { PreferredChannel = channel };

    private static Interaction Call(string key, string at) => Given.Interaction(A, at, Direction.Outbound, InteractionKind.Call, Channel.Phone, Pat, staff: "hr:Ann", key: key) with
    {
        Connected = true,
        DurationSeconds = 60,
    };
}
