using Followthrough.Analytics.Facts;
using Followthrough.Ingest.Identity;
using Followthrough.Tests.Support;
using Npgsql;

namespace Followthrough.Tests.Ingest.Identity;

/// <summary>What holds whatever the facts are, while accounts are merged and parted among them.</summary>
public sealed class MergeLawTests
{
    private const int Rounds = 8;

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(20260602)]
    public async Task A_company_that_merged_and_parted_at_random_is_in_the_end_as_one_that_never_did(int seed)
    {
        await using var one = await World.CreateAsync();
        await using var never = await World.CreateAsync();
        var random = new Random(seed);
        var facts = new RandomFacts(seed);
        var merged = 0;
        await LoadAsync(RandomFacts.Beginning, one, never);
        for (var round = 0; round < Rounds; round++)
        {
            one.Clock.Advance(TimeSpan.FromHours(1 + random.Next(30)));
            never.Clock.Now = one.Clock.Now;
            await LoadAsync(facts.Next(random.Next(20, 120)), one, never);
            if (await ChangeAsync(one, random)) merged++;
            await ExpectRebuiltAsync(one, $"seed {seed}, round {round}");
        }
        Assert.True(merged >= 3, $"seed {seed}: only {merged} merges");
        await PartAllAsync(one);

        Assert.Equal(await never.FactsAsync(), await one.FactsAsync());
        await never.RefreshAsync();
        await one.RefreshAsync();
        Assert.Equal(await never.LedgerAsync(), await one.LedgerAsync());
    }

    [Theory]
    [InlineData(20260603)]
    public async Task What_was_known_at_earlier_moments_does_not_move(int seed)
    {
        await using var world = await World.CreateAsync();
        var facts = new RandomFacts(seed);
        await world.LoadAsync(RandomFacts.Beginning);
        world.Clock.Advance(TimeSpan.FromHours(20));
        await world.LoadAsync(facts.Next(300));
        var (apart, apartAt) = (await AsKnownAsync(world, world.Clock.Now), world.Clock.Now);

        world.Clock.Advance(TimeSpan.FromHours(20));
        await Merges(world).MergeAsync(new MergeRequest { Key = RandomDraw.Customers[1], Into = RandomDraw.Customers[0], By = "ann", Reason = "same" }, Ct);
        world.Clock.Advance(TimeSpan.FromHours(20));
        await world.LoadAsync(facts.Next(100));
        Assert.Equal(apart, await AsKnownAsync(world, apartAt));
        var (joined, joinedAt) = (await AsKnownAsync(world, world.Clock.Now), world.Clock.Now);
        Assert.NotEqual(apart, joined);

        world.Clock.Advance(TimeSpan.FromHours(20));
        await PartAllAsync(world);
        Assert.Equal(apart, await AsKnownAsync(world, apartAt));
        Assert.Equal(joined, await AsKnownAsync(world, joinedAt));
    }

    private static AccountMerges Merges(World world) => new(world.Database.DataSource, world.Clock);

    private static async Task LoadAsync(Fact[] facts, params World[] worlds)
    {
        foreach (var world in worlds) await world.LoadAsync(facts);
    }

    // Merges where that is possible, else parts; true when it merged.
    private static async Task<bool> ChangeAsync(World world, Random random)
    {
        try
        {
            var (key, into) = (RandomDraw.Customers[random.Next(3)], RandomDraw.Customers[random.Next(3)]);
            await Merges(world).MergeAsync(new MergeRequest { Key = key, Into = into, By = "ann", Reason = "same" }, Ct);
            return true;
        }
        catch (IdentityException)
        {
            var standing = await Merges(world).ListAsync(all: false, Ct);
            if (standing.Count > 0) await Merges(world).UnmergeAsync(standing[random.Next(standing.Count)].Key, "ann", "not the same", Ct);
            return false;
        }
    }

    private static async Task PartAllAsync(World world)
    {
        foreach (var merge in await Merges(world).ListAsync(all: false, Ct)) await Merges(world).UnmergeAsync(merge.Key, "ann", "not the same", Ct);
    }

    private static async Task ExpectRebuiltAsync(World world, string where)
    {
        await world.RefreshAsync();
        var refreshed = await world.LedgerAsync();
        await world.RebuildAsync();
        var rebuilt = await world.LedgerAsync();
        Assert.True(refreshed.SequenceEqual(rebuilt), $"{where}: only refreshed {string.Join('\n', refreshed.Except(rebuilt).Take(5))}; only rebuilt {string.Join('\n', rebuilt.Except(refreshed).Take(5))}");
    }

    private static async Task<IReadOnlyList<string>> AsKnownAsync(World world, DateTimeOffset at)
    {
        await using var connection = await world.Database.DataSource.OpenConnectionAsync(Ct);
        await using var enter = new NpgsqlCommand("select set_config('followthrough.known_as_of', $1, false)", connection) { Parameters = { new() { Value = at.ToString("O") } } };
        await enter.ExecuteNonQueryAsync(Ct);
        var all = new List<string>();
        foreach (var table in FactTable.All)
        {
            await using var read = new NpgsqlCommand($"select '{table}: ' || to_jsonb(f)::text from as_known.{table} f order by 1", connection);
            await using var rows = await read.ExecuteReaderAsync(Ct);
            while (await rows.ReadAsync(Ct)) all.Add(rows.GetString(0));
        }
        return all;
    }
}
