using Followthrough.Analytics.Facts;
using Followthrough.Tests.Support;

namespace Followthrough.Tests.Analytics.Measures;

public sealed class SelfServiceTests : MeasureTests
{
    private const string A = "crm:A";

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

    [Fact]
    public async Task A_matter_belongs_to_the_day_of_the_company_on_which_it_was_begun()
    {
        await World.TextsAsync("update company set reporting_zone = 'Europe/Berlin' returning 'x'");
        await LoadAsync(
            Given.Account(A), ToBot("march", "a") with { OccurredAt = Given.At("2026-03-31T21:59Z") }, ToBot("march", "b") with { OccurredAt = Given.At("2026-04-01T08:00Z") },
            Given.Inbound(A, "2026-03-31T22:00Z", thread: "april"));
        Assert.Equal((1.0, 0.0), ((await FigureAsync("self_service_share", "2026-03")).Value, (await FigureAsync("self_service_share", "2026-04")).Value));
    }

    private static Interaction ToBot(string thread, string key) => Given.Inbound(A, "2026-03-02T08:00Z", thread: thread, key: key) with { ToBot = true };
}
