using Followthrough.Analytics.Commitments;
using Followthrough.Analytics.Facts;
using Followthrough.Tests.Support;

namespace Followthrough.Tests.Analytics.Commitments;

/// <summary>Every kind of commitment, while facts of every table change at random.</summary>
public sealed class EveryFactLedgerTests
{
    private const int Changes = 1_000;
    private const int LargestBatch = 100;

    [Theory]
    [InlineData(20260601)]
    public async Task A_thousand_random_changes_in_batches_of_any_size_leave_the_ledger_that_a_rebuild_makes(int seed)
    {
        await using var world = await World.CreateAsync();
        await world.LoadAsync(RandomFacts.Beginning);
        var (random, facts) = (new Random(seed), new RandomFacts(seed));
        var (tables, kinds) = (new HashSet<string>(), new HashSet<string>());
        for (int made = 0, batch = 1; made < Changes; batch++)
        {
            world.Clock.Advance(TimeSpan.FromHours(random.Next(40)));
            var changes = facts.Next(random.Next(1, LargestBatch));
            await world.LoadAsync(changes);
            await world.RefreshAsync();
            await ExpectRebuiltAsync(world, $"seed {seed}, batch {batch}, after {made += changes.Length} changes");
            tables.UnionWith(changes.Select(fact => CanonicalCsv.TableOf(fact).Name));
            kinds.UnionWith(await world.TextsAsync("select distinct kind from commitment"));
        }
        Assert.Equal(FactTable.All.Select(table => table.Name).Order(StringComparer.Ordinal), tables.Order(StringComparer.Ordinal));
        Assert.Equal(CommitmentRule.All.Select(rule => rule.Kind).Order(StringComparer.Ordinal), kinds.Order(StringComparer.Ordinal));
    }

    private static async Task ExpectRebuiltAsync(World world, string where)
    {
        var refreshed = await world.LedgerAsync();
        var change = await world.RebuildAsync();
        var rebuilt = await world.LedgerAsync();
        Assert.True(refreshed.SequenceEqual(rebuilt), $"{where}: only refreshed {Shown(refreshed.Except(rebuilt))}; only rebuilt {Shown(rebuilt.Except(refreshed))}");
        Assert.True((change.Written, change.Removed) == (0, 0), $"{where}: the rebuild wrote {change.Written} and removed {change.Removed}");
    }

    private static string Shown(IEnumerable<string> rows) => string.Join('\n', rows.Take(5));
}
