using System.Text.Json;
using Followthrough.Analytics.Metrics;
using Followthrough.Ingest.Identity;
using Followthrough.Tests.Analytics.Demo;
using Followthrough.Tests.Support;

namespace Followthrough.Tests.Ingest.Identity;

/// <summary>A customer of the demo company of whom another system knows a part, under a key and a name of its own.</summary>
public sealed class DuplicateCustomerTests(SmallDemo demo) : IClassFixture<SmallDemo>
{
    private const string Key = "crm:A-0007";
    private const string Duplicate = "zendesk:organization/900700";

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Merged_its_figures_are_as_if_it_had_never_been_split_and_parted_as_before()
    {
        var (whole, whatWhole) = await LoadAsync(demo.Files.Folder);
        await using var never = whole;
        Assert.Equal(0, await never.CountAsync("select count(*) from account_merge"));
        var (split, before) = await LoadAsync(await SplitAsync(never));
        await using var world = split;
        Assert.Equal(0, await world.CountAsync("select count(*) from account_merge"));
        Assert.NotEqual(whatWhole, before);
        var ledger = await world.LedgerAsync();
        var matches = new AccountMatches(world.Database.DataSource, world.Clock);
        var found = (await matches.ReadAsync(100, 0, Ct)).Matches.Single(m => m.One.Key == Duplicate || m.Other.Key == Duplicate);
        Assert.StartsWith("Same name but for how it is written: ", found.For[0], StringComparison.Ordinal);

        world.Clock.Advance(TimeSpan.FromMinutes(1));
        var made = await matches.AcceptAsync(found.Id, Key, "ann", Ct);
        Assert.True(made.Facts > 20, $"only {made.Facts} facts moved");
        await world.RefreshAsync();
        Assert.Equal(await never.LedgerAsync(), await world.LedgerAsync());
        never.Clock.Now = world.Clock.Now;
        Assert.Equal(await FiguresAsync(never), await FiguresAsync(world));
        Assert.Equal((0, 0), await RebuiltAsync(world));
        Assert.Contains("Same name but for how it is written", Assert.Single(await Merges(world).ListAsync(all: false, Ct)).Reason, StringComparison.Ordinal);

        world.Clock.Advance(TimeSpan.FromMinutes(1));
        Assert.Equal(made.Facts, (await Merges(world).UnmergeAsync(Duplicate, "ann", "a branch", Ct)).Facts);
        await world.RefreshAsync();
        Assert.Equal(ledger, await world.LedgerAsync());
        world.Clock.Now = At;
        Assert.Equal(before, await FiguresAsync(world));
    }

    private static DateTimeOffset At => new(DemoFiles.Anchor, TimeOnly.MinValue, TimeSpan.Zero);

    private static AccountMerges Merges(World world) => new(world.Database.DataSource, world.Clock);

    private static async Task<(World World, IReadOnlyList<string> Figures)> LoadAsync(string folder)
    {
        var world = await World.CreateAsync();
        world.Clock.Now = At;
        Assert.Equal(0, (await world.LoadPathAsync(folder, backfill: true)).ExitCode);
        await world.RefreshAsync();
        return (world, await FiguresAsync(world));
    }

    // Conversations, projects and money of every other month are known to the other system alone.
    private async Task<string> SplitAsync(World world)
    {
        var folder = world.NewFolder();
        foreach (var file in Directory.EnumerateFiles(demo.Files.Folder, "*.csv")) File.Copy(file, Path.Combine(folder, Path.GetFileName(file)));
        foreach (var fact in new[] { "interaction", "issue", "invoice", "sales_order", "survey_response" })
        {
            var path = Path.Combine(folder, fact + ".csv");
            if (!File.Exists(path)) continue;
            var lines = await File.ReadAllLinesAsync(path, Ct);
            await File.WriteAllLinesAsync(path, lines.Select((line, i) => i % 2 == 0 ? line : line.Replace($",{Key},", $",{Duplicate},", StringComparison.Ordinal)), Ct);
        }
        var accounts = Path.Combine(folder, "account.csv");
        var rows = await File.ReadAllLinesAsync(accounts, Ct);
        var name = (await world.TextsAsync($"select upper(name) from account where source_key = '{Key}'"))[0];
        var own = rows.Single(r => r.StartsWith(Key + ",", StringComparison.Ordinal));
        var header = rows[0].Split(',');
        var values = own.Split(',');
        var other = header.Select((column, i) => column switch
        {
            "source_key" or "account" => Duplicate,
            "name" => $"\"{name.Replace("\"", "", StringComparison.Ordinal)}, INC (AP)\"",
            "occurred_at" or "source_modified_at" => values[i],
            "anonymous" or "deleted" => "false",
            _ => "",
        });
        await File.WriteAllLinesAsync(accounts, [.. rows, string.Join(',', other)], Ct);
        return folder;
    }

    private static async Task<(long, long)> RebuiltAsync(World world)
    {
        var change = await world.RebuildAsync();
        return (change.Written, change.Removed);
    }

    private static async Task<IReadOnlyList<string>> FiguresAsync(World world)
    {
        await using var reader = new MetricReader(world.Database.DataSource, world.Clock);
        var figures = new List<string>();
        foreach (var metric in MetricCatalogue.All)
        {
            var value = await reader.ValueAsync(new MetricQuery { Metric = metric.Id, Viewer = Viewer.Everything("test") }, Ct);
            figures.Add($"{metric.Id}: {JsonSerializer.Serialize(value, value.GetType())}");
        }
        return figures;
    }
}
