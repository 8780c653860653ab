using Followthrough.Analytics.Facts;
using Followthrough.Tests.Support;
using Npgsql;

namespace Followthrough.Tests.Ingest.Loading;

/// <summary>A column that a fact got later is kept in its history and read as it was known then.</summary>
public sealed class AddedColumnTests
{
    [Fact]
    public async Task A_replaced_cost_is_in_the_history_and_as_known_then()
    {
        await using var world = await World.CreateAsync();
        var baseline = GivenProject.Baseline("crm:A", "M", 0, "2026-03-01T08:00Z", "2026-04-01");
        world.Clock.Now = Given.At("2026-03-02T00:00Z");
        await world.LoadAsync(Given.Account("crm:A"), baseline with { PlannedCost = 1200.5m, SourceModifiedAt = Given.At("2026-03-01T08:00Z") });
        world.Clock.Now = Given.At("2026-03-04T00:00Z");
        await world.LoadAsync(
            Given.Account("crm:A") with { Anonymous = true, SourceModifiedAt = Given.At("2026-03-03T08:00Z") },
            baseline with { PlannedCost = 1300, SourceModifiedAt = Given.At("2026-03-03T08:00Z") });

        Assert.Equal(["1300"], await world.TextsAsync("select planned_cost from milestone_baseline"));
        Assert.Equal(["1200.5"], await world.TextsAsync("select planned_cost from milestone_baseline_history"));
        Assert.Equal("1200.5", await AsKnownAsync(world, "planned_cost", "milestone_baseline", "2026-03-03T00:00Z"));
        Assert.Equal("1300", await AsKnownAsync(world, "planned_cost", "milestone_baseline", "2026-03-04T00:00Z"));
        Assert.Equal("false", await AsKnownAsync(world, "anonymous", "account", "2026-03-03T00:00Z"));
        Assert.Equal("true", await AsKnownAsync(world, "anonymous", "account", "2026-03-04T00:00Z"));
    }

    private static async Task<string> AsKnownAsync(World world, string column, string fact, string at)
    {
        var ct = TestContext.Current.CancellationToken;
        await using var connection = await world.Database.DataSource.OpenConnectionAsync(ct);
        await using var enter = new NpgsqlCommand("select set_config('followthrough.known_as_of', $1, false)", connection) { Parameters = { new() { Value = at } } };
        await enter.ExecuteNonQueryAsync(ct);
        await using var read = new NpgsqlCommand($"select {column}::text from as_known.{fact}", connection);
        return (string)(await read.ExecuteScalarAsync(ct))!;
    }
}
