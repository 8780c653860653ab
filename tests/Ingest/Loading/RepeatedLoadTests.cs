using Followthrough.Analytics.Facts;
using Followthrough.Ingest.Loading;
using Followthrough.Tests.Support;

namespace Followthrough.Tests.Ingest.Loading;

/// <summary>However often, in whatever parts and order files come, facts and ledger are those of one clean load.</summary>
public sealed class RepeatedLoadTests
{
    [Fact]
    public async Task The_same_file_again_is_already_loaded_and_changes_nothing()
    {
        await using var world = await World.CreateAsync();
        var folder = await FolderAsync(world, Company());
        await world.LoadPathAsync(folder);
        var before = await StateAsync(world);

        var again = await world.LoadPathAsync(folder);

        Assert.All(again.Files, f => Assert.Equal(FileOutcome.AlreadyLoaded, f.Outcome));
        Assert.Equal("account.csv: already loaded as batch 3 on ", again.Files.Single(f => f.Name == "account.csv").Problems[0][..42]);
        Assert.True(again.NothingNew);
        Assert.Equal(0, again.ExitCode);
        Assert.Equal(before, await StateAsync(world));
    }

    [Fact]
    public async Task The_same_content_under_another_name_is_already_loaded()
    {
        await using var world = await World.CreateAsync();
        var content = CanonicalCsv.Of([Given.Account("crm:1")]);
        await world.LoadFileAsync("account.csv", content);

        var again = await world.LoadFileAsync("account.2026-03.csv", content);

        Assert.Equal(FileOutcome.AlreadyLoaded, again.Outcome);
    }

    [Fact]
    public async Task Other_content_under_the_same_name_is_a_new_batch()
    {
        await using var world = await World.CreateAsync();
        await world.LoadFileAsync("account.csv", CanonicalCsv.Of([Given.Account("crm:1")]));

        var next = await world.LoadFileAsync("account.csv", CanonicalCsv.Of([Given.Account("crm:1"), Given.Account("crm:2")]));

        Assert.Equal((2, 1, 0, 1), (next.Read, next.Added, next.Changed, next.Unchanged));
        Assert.Equal(2, await world.CountAsync("select count(*) from batch"));
    }

    [Fact]
    public async Task A_shuffled_copy_reads_every_row_and_changes_nothing()
    {
        await using var world = await World.CreateAsync();
        await world.LoadAsync(Company());
        var before = await StateAsync(world);

        var shuffled = await world.LoadAsync([.. Company().Reverse()]);

        Assert.All(shuffled.Files, f => Assert.Equal((FileOutcome.Loaded, f.Read), (f.Outcome, f.Unchanged)));
        Assert.True(shuffled.NothingNew);
        Assert.Empty(await world.TextsAsync("select account_id from dirty_account"));
        Assert.Equal(before, await StateAsync(world));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    public async Task Two_halves_in_either_order_give_what_one_load_gives(int first)
    {
        await using var whole = await World.CreateAsync();
        await whole.LoadAsync(Company());
        await using var halves = await World.CreateAsync();

        // Every other fact of each kind: half of the contacts come before their account.
        var company = Company();
        var waited = await halves.LoadPathAsync(await FolderAsync(halves, company.Where((_, i) => i % 2 == first)));
        await halves.RefreshAsync();
        var completed = await halves.LoadPathAsync(await FolderAsync(halves, company.Where((_, i) => i % 2 != first)));

        Assert.InRange(waited.Files.Sum(f => f.Rejected), 10, 1000);
        Assert.Equal(waited.Files.Sum(f => f.Rejected), completed.Files.Sum(f => f.Released));
        Assert.Equal(0, completed.Files.Sum(f => f.Rejected));
        Assert.Equal(await StateAsync(whole), await StateAsync(halves));
    }

    [Fact]
    public async Task Contacts_before_their_accounts_wait_and_go_in_by_themselves()
    {
        await using var whole = await World.CreateAsync();
        await whole.LoadAsync(Company());
        await using var reversed = await World.CreateAsync();

        var waiting = await reversed.LoadPathAsync(await FolderAsync(reversed, Company().Where(f => f is not Account)));
        Assert.Equal(1, waiting.ExitCode);
        Assert.Equal(waiting.Files.Sum(f => f.Rejected), await reversed.CountAsync("select count(*) from quarantine where waiting_for_account is not null"));
        var accounts = await reversed.LoadAsync([.. Company().OfType<Account>()]);

        Assert.Equal(waiting.Files.Sum(f => f.Rejected), accounts.Files.Sum(f => f.Released));
        Assert.Equal(0, await reversed.CountAsync("select count(*) from quarantine where resolved_at is null"));
        Assert.Equal(await StateAsync(whole), await StateAsync(reversed));
    }

    [Fact]
    public async Task A_released_row_keeps_the_batch_and_line_it_came_from_and_the_time_it_was_known()
    {
        await using var world = await World.CreateAsync();
        await world.LoadPathAsync(await FolderAsync(world, [Given.Inbound("crm:2", "2026-03-02T10:00Z"), Given.Inbound("crm:1", "2026-03-02T10:00Z", key: "m:1")]));
        var received = world.Clock.Now;
        world.Clock.Advance(TimeSpan.FromDays(1));

        await world.LoadAsync(Given.Account("crm:1"));

        Assert.Equal([$"1 3 {received:yyyy-MM-dd HH:mm}"], await world.TextsAsync("select batch_id || ' ' || position || ' ' || to_char(known_at, 'YYYY-MM-DD HH24:MI') from interaction"));
        Assert.Equal(["crm:2"], await world.TextsAsync("select waiting_for_account from quarantine where resolved_at is null"));
    }

    [Fact]
    public async Task Of_two_versions_that_waited_the_later_received_goes_in()
    {
        await using var world = await World.CreateAsync();
        var old = Given.Inbound("crm:1", "2026-03-02T10:00Z", key: "m:1") with { Subject = "old" };
        await world.LoadPathAsync(await FolderAsync(world, [Given.Inbound("crm:1", "2026-03-01T10:00Z"), old]));
        await world.LoadPathAsync(await FolderAsync(world, [old with { Subject = "new" }]));

        await world.LoadAsync(Given.Account("crm:1"));

        Assert.Equal(["new"], await world.TextsAsync("select subject from interaction where source_key = 'm:1'"));
    }

    [Fact]
    public async Task A_waiting_row_goes_in_whole_however_long_its_text()
    {
        await using var world = await World.CreateAsync();
        var subject = new string('x', 200_000);
        await world.LoadPathAsync(await FolderAsync(world, [Given.Inbound("crm:1", "2026-03-02T10:00Z") with { Subject = subject }]));

        await world.LoadAsync(Given.Account("crm:1"));

        Assert.Equal([subject], await world.TextsAsync("select subject from interaction"));
    }

    private static async Task<string> FolderAsync(World world, IEnumerable<Fact> facts)
    {
        var folder = world.NewFolder();
        await CanonicalCsv.WriteAsync(folder, facts, TestContext.Current.CancellationToken);
        return folder;
    }

    private static async Task<List<string>> StateAsync(World world)
    {
        await world.RefreshAsync();
        var refreshed = await world.LedgerAsync();
        await world.RebuildAsync();
        Assert.Equal(refreshed, await world.LedgerAsync());
        Assert.InRange(refreshed.Count, 10, 1000);
        return [.. await world.FactsAsync(), .. refreshed];
    }

    /// <summary>Six customers, three people in two teams, 120 contacts over a month. The same on every call.</summary>
    private static Fact[] Company()
    {
        var random = new Random(20260302);
        string[] accounts = ["crm:1", "crm:2", "crm:3", "crm:4", "crm:5", "crm:6"];
        string[] staff = ["hr:1", "hr:2", "hr:3"];
        return
        [
            .. accounts.Select(a => Given.Account(a)),
            .. staff.Select(s => Given.Staff(s)),
            .. staff.Select((s, i) => Given.Membership(s, i < 2 ? "team:a" : "team:b")),
            .. accounts.Select((a, i) => Given.Assignment(a, staff[i % 3])),
            .. Enumerable.Range(0, 120).Select(i => Given.Interaction(
                accounts[random.Next(6)], $"2026-03-{random.Next(1, 31):D2}T{random.Next(24):D2}:{random.Next(60):D2}Z",
                random.Next(2) == 0 ? Direction.Inbound : Direction.Outbound, contact: $"contact:{random.Next(2)}",
                staff: staff[random.Next(3)], key: $"mail:{i}")),
        ];
    }
}
