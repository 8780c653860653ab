using Followthrough.Analytics.Facts;
using Followthrough.Analytics.Metrics;
using Followthrough.Tests.Support;

namespace Followthrough.Tests.Analytics.Measures;

public sealed class TransfersTests : MeasureTests
{
    private const string A = "crm:A", Pat = "crm:Pat";

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
    public async Task Calls_count_from_when_they_are_known_until_they_are_deleted_on_days_of_the_company()
    {
        await World.TextsAsync("update company set reporting_zone = 'Europe/Berlin' returning 'x'");
        World.Clock.Now = Given.At("2026-04-10T00:00Z");
        await LoadAsync(Given.Account(A), Inbound("1", 0) with { OccurredAt = Given.At("2026-03-31T21:59Z") }, Inbound("2", 9) with { OccurredAt = Given.At("2026-03-31T22:00Z") });
        World.Clock.Now = Given.At("2026-04-11T00:00Z");
        await LoadAsync(Inbound("late", 1));
        await LoadAsync(Inbound("late", 1));
        Assert.Equal((0.5, 0.0), ((await FigureAsync("transfers_per_contact", "2026-03")).Value, (await FigureAsync("transfers_per_contact", "2026-03", "2026-04-10T00:00Z")).Value));
        await LoadAsync(Inbound("late", 1) with { Deleted = true });
        Assert.Equal((1.0, 0.0), ((await FigureAsync("right_party_first", "2026-03")).Value, (await FigureAsync("right_party_first", "2026-04")).Value));
    }

    private static Interaction Inbound(string key, int? transfers) =>
        Given.Interaction(A, "2026-03-02T08:00Z", Direction.Inbound, InteractionKind.Call, Channel.Phone, Pat, staff: "hr:Ann", key: key) with { Connected = true, DurationSeconds = 60, Transfers = transfers };
}
