using Followthrough.Analytics.CallLists;
using Followthrough.Analytics.Facts;
using Followthrough.Analytics.Metrics;
using Followthrough.Tests.Support;

namespace Followthrough.Tests.Analytics.CallLists;

public sealed class CallListEffectTests
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Called_and_held_out_are_compared_once_they_were_followed_up_whether_or_not_the_call_was_made()
    {
        await using var world = await World.CreateAsync();
        var keys = Enumerable.Range(1, 60).Select(i => $"crm:{i}").ToList();
        await world.LoadAsync([.. keys.Select(key => Given.Account(key) with { Phone = "+4930123" })]);
        await Scored.WriteAsync(world, "model", [.. keys.Select(key => (key, 0.5, (int?)100))]);
        await new CallListStore(world.Database.DataSource, world.Clock).MakeAsync(new CallListRequest { Capacity = 500, MadeBy = "test" }, Ct);
        var called = await OfAsync(world, "call");
        var held = await OfAsync(world, "held_out");
        world.Clock.Advance(TimeSpan.FromDays(60));
        await world.LoadAsync(
            GivenSales.Order(called[0], "erp:1", "2026-07-01T10:00Z", 100), GivenSales.Order(called[1], "erp:2", "2026-07-02T10:00Z", 100), GivenSales.Order(held[0], "erp:3", "2026-07-02T10:00Z", 100),
            Given.Outbound(called[0], "2026-06-02T10:00Z"), Given.Outbound(held[1], "2026-06-02T10:00Z"));

        var early = await ReadAsync(world);
        Assert.Equal((called.Count, 0L, held.Count, 0L), (early.Called.Customers, early.Called.N, early.HeldOut.Customers, early.HeldOut.N));
        Assert.Null(early.Difference);

        world.Clock.Advance(TimeSpan.FromDays(31));
        var effect = await ReadAsync(world);
        Assert.Equal(new EffectArm(called.Count, called.Count, 2, 1), effect.Called);
        Assert.Equal(new EffectArm(held.Count, held.Count, 1, 1), effect.HeldOut);
        Assert.False(effect.IsEnough);
        Assert.Equal(2.0 / called.Count - 1.0 / held.Count, effect.Difference!.Value, 12);
    }

    private static Task<CallListEffect> ReadAsync(World world) =>
        CallListEffect.ReadAsync(world.Database.DataSource, Viewer.Everything("test"), 90, world.Clock.GetUtcNow(), Ct);

    private static Task<IReadOnlyList<string>> OfAsync(World world, string fate) =>
        world.TextsAsync($"select source_key from call_list_account join account using (account_id) where fate = '{fate}' order by length(source_key), 1");
}
