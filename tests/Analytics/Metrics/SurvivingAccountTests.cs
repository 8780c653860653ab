using Followthrough.Analytics.Metrics;
using Followthrough.Ingest.Identity;
using Followthrough.Tests.Support;

namespace Followthrough.Tests.Analytics.Metrics;

/// <summary>A question about a key that was found to be another customer's is about that customer.</summary>
public sealed class SurvivingAccountTests
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_merged_key_leads_to_whoever_it_became_at_the_moment_asked_about()
    {
        await using var world = await World.CreateAsync();
        await world.LoadAsync(
            Given.Account("crm:A"), Given.Account("hub:B"), Given.Account("zen:C"),
            Given.Inbound("crm:A", "2026-03-02T10:00Z", key: "a1"), Given.Outbound("crm:A", "2026-03-02T11:00Z", key: "a2"), Given.Inbound("hub:B", "2026-03-03T10:00Z", key: "b1"));
        world.Clock.Advance(TimeSpan.FromHours(1));
        var before = world.Clock.Now;
        world.Clock.Advance(TimeSpan.FromDays(1));
        await MergeAsync(world, "hub:B", "crm:A");
        world.Clock.Advance(TimeSpan.FromDays(1));
        var between = world.Clock.Now;
        world.Clock.Advance(TimeSpan.FromDays(1));
        await MergeAsync(world, "crm:A", "zen:C");
        await world.RefreshAsync();

        Assert.Equal("hub:B", await KeyAsync(world, "hub:B", before));
        Assert.Equal("crm:A", await KeyAsync(world, "hub:B", between));
        Assert.Equal("zen:C", await KeyAsync(world, "hub:B", world.Clock.Now));
        Assert.Equal("zen:C", await KeyAsync(world, "zen:C", world.Clock.Now));
        Assert.Equal((2L, 2L, 2L), (await CountAsync(world, "hub:B", null), await CountAsync(world, "crm:A", null), await CountAsync(world, "zen:C", null)));
        // As known before anything was merged each has its own.
        Assert.Equal((1L, 1L), (await CountAsync(world, "hub:B", before), await CountAsync(world, "crm:A", before)));
    }

    [Fact]
    public async Task What_was_taken_apart_again_is_asked_about_by_itself()
    {
        await using var world = await World.CreateAsync();
        await world.LoadAsync(Given.Account("crm:A"), Given.Account("hub:B"), Given.Inbound("hub:B", "2026-03-03T10:00Z", key: "b1"));
        world.Clock.Advance(TimeSpan.FromHours(1));
        await MergeAsync(world, "hub:B", "crm:A");
        world.Clock.Advance(TimeSpan.FromHours(1));
        await new AccountMerges(world.Database.DataSource, world.Clock).UnmergeAsync("hub:B", "bob", "not the same", Ct);
        await world.RefreshAsync();

        Assert.Equal("hub:B", await KeyAsync(world, "hub:B", world.Clock.Now));
        Assert.Equal((1L, 0L), (await CountAsync(world, "hub:B", null), await CountAsync(world, "crm:A", null)));
    }

    private static Task<MergeReport> MergeAsync(World world, string key, string into) =>
        new AccountMerges(world.Database.DataSource, world.Clock).MergeAsync(new MergeRequest { Key = key, Into = into, By = "ann", Reason = "same firm" }, Ct);

    private static Task<string> KeyAsync(World world, string key, DateTimeOffset at) => SurvivingAccount.KeyAsync(world.Database.DataSource, key, at, Ct);

    private static async Task<long> CountAsync(World world, string account, DateTimeOffset? asOf)
    {
        await using var reader = new MetricReader(world.Database.DataSource, world.Clock);
        var query = new MetricQuery { Metric = "respond_24h", Account = account, AsOf = asOf, Viewer = Viewer.Everything("test") };
        return (await reader.RowsAsync(query, CommitmentSort.OpenedAt, true, 0, 10, Ct)).Total;
    }
}
