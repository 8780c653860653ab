using Followthrough.Analytics.Editions;
using Followthrough.Tests.Support;

namespace Followthrough.Tests.Analytics.Editions;

/// <summary>Settled history that moves is noticed, once for each movement.</summary>
public sealed class StabilityTests
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_past_month_that_moves_is_found_once_and_a_new_month_is_no_movement()
    {
        await using var world = await World.CreateAsync();
        await world.LoadAsync(Given.Account("crm:A"), Given.Inbound("crm:A", "2026-04-02T08:00Z", key: "in"), Given.Outbound("crm:A", "2026-04-02T09:00Z", staff: "hr:Ann", key: "out"));
        await world.RefreshAsync();
        var check = new StabilityCheck(world.Database.DataSource, world.Clock);
        Assert.Empty((await check.RunAsync(null, Ct)).Moved);
        await world.LoadAsync(Given.Inbound("crm:A", "2026-05-20T08:00Z", key: "may"));
        await world.RefreshAsync();
        world.Clock.Advance(TimeSpan.FromDays(7));
        Assert.Empty((await check.RunAsync(null, Ct)).Moved);

        await world.LoadAsync(Given.Inbound("crm:A", "2026-04-20T08:00Z", key: "late"), Given.Outbound("crm:A", "2026-04-24T08:00Z", staff: "hr:Ann", key: "too-late"));
        await world.RefreshAsync();

        var moved = (await check.RunAsync(null, Ct)).Moved;
        Assert.Equal(new Moved("respond_24h", "2026-04", 1, 0.5), Assert.Single(moved, m => m.Metric == "respond_24h"));
        Assert.Empty((await check.RunAsync(null, Ct)).Moved);
    }
}
