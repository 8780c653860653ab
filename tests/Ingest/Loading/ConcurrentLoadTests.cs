using Followthrough.Analytics.Facts;
using Followthrough.Ingest.Loading;
using Followthrough.Tests.Support;

namespace Followthrough.Tests.Ingest.Loading;

/// <summary>Two loaders at once end as one after the other would.</summary>
public sealed class ConcurrentLoadTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Of_two_that_load_the_same_file_one_loads_it()
    {
        await using var world = await World.CreateAsync();
        var path = await WriteAsync(world, Contacts(2000, "first", "2026-03-02T10:00Z"));
        await world.LoadAsync([.. Accounts()]);

        var reports = await Task.WhenAll(Enumerable.Range(0, 2).Select(_ => Task.Run(() => world.LoadPathAsync(path), Cancellation)));

        Assert.Equal([FileOutcome.Loaded, FileOutcome.AlreadyLoaded], reports.Select(r => r.Files[0].Outcome).Order());
        Assert.Equal(2000, await world.CountAsync("select count(*) from interaction"));
        Assert.Equal(2, await world.CountAsync("select count(*) from batch"));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public async Task The_newer_version_wins_whichever_of_two_loaders_comes_first(int round)
    {
        await using var world = await World.CreateAsync();
        await world.LoadAsync([.. Accounts()]);
        var older = await WriteAsync(world, Contacts(3000, "older", "2026-03-02T10:00Z"));
        // The other way round, so that row by row each would wait for the other.
        var newer = await WriteAsync(world, Contacts(3000, $"newer {round}", "2026-03-02T11:00Z").Reverse());

        var reports = await Task.WhenAll(new[] { older, newer }.Select(path => Task.Run(() => world.LoadPathAsync(path), Cancellation)));

        Assert.All(reports, r => Assert.Equal((0, FileOutcome.Loaded), (r.ExitCode, r.Files[0].Outcome)));
        Assert.Equal([$"newer {round} 3000"], await world.TextsAsync("select subject || ' ' || count(*) from interaction group by subject"));
        Assert.Equal(3000, reports.Sum(r => r.Files[0].Added));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public async Task A_row_never_waits_for_an_account_that_comes_in_at_the_same_moment(int round)
    {
        await using var world = await World.CreateAsync();
        var contacts = await WriteAsync(world, Contacts(500 * round, "hello", "2026-03-02T10:00Z"));
        var accounts = await WriteAsync(world, Accounts());

        await Task.WhenAll(new[] { contacts, accounts }.Select(path => Task.Run(() => world.LoadPathAsync(path), Cancellation)));

        Assert.Equal(0, await world.CountAsync("select count(*) from quarantine where resolved_at is null"));
        Assert.Equal(500 * round, await world.CountAsync("select count(*) from interaction"));
    }

    private static IEnumerable<Fact> Accounts() => Enumerable.Range(0, 50).Select(i => Given.Account($"crm:{i}"));

    private static IEnumerable<Fact> Contacts(int count, string subject, string modified) => Enumerable.Range(0, count).Select(i =>
        Given.Inbound($"crm:{i % 50}", "2026-03-02T09:00Z", key: $"mail:{i}") with { Subject = subject, SourceModifiedAt = Given.At(modified) });

    private static async Task<string> WriteAsync(World world, IEnumerable<Fact> facts)
    {
        var folder = world.NewFolder();
        await CanonicalCsv.WriteAsync(folder, facts, Cancellation);
        return folder;
    }
}
