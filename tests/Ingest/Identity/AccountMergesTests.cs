using Followthrough.Analytics.Facts;
using Followthrough.Analytics.TieOuts;
using Followthrough.Ingest.Identity;
using Followthrough.Ingest.Sweeping;
using Followthrough.Ingest.TieOuts;
using Followthrough.Tests.Support;
using Npgsql;

namespace Followthrough.Tests.Ingest.Identity;

/// <summary>Two accounts made one customer, and two again.</summary>
public sealed class AccountMergesTests
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task All_facts_are_the_survivors_and_what_was_known_before_stays_apart()
    {
        await using var world = await GivenTwoAsync();
        var before = world.Clock.Now;
        world.Clock.Advance(TimeSpan.FromDays(1));

        var report = await MergeAsync(world, "hub:B", "crm:A");

        Assert.Equal(new MergeReport("hub:B", "crm:A", 2, 0), report);
        Assert.Equal(["c1 crm:A", "h1 crm:A"], await KeysAsync(world, "public"));
        Assert.Equal(["crm:A"], await world.TextsAsync("select source_key from account"));
        Assert.Equal(["hub:B"], await world.TextsAsync("select source_key from absorbed_account"));
        Assert.Equal(["crm:A", "hub:B"], await AsKnownAsync(world, before, "select source_key from account order by 1"));
        Assert.Equal(["c1 crm:A", "h1 hub:B"], await AsKnownAsync(world, before, Keys));
        Assert.Equal(["c1 crm:A", "h1 crm:A"], await AsKnownAsync(world, world.Clock.Now, Keys));
        Assert.Equal(["3"], await world.TextsAsync("select position from interaction where source_key = 'h1'"));
    }

    [Fact]
    public async Task Later_records_of_either_key_are_the_survivors_and_go_back_with_their_own()
    {
        await using var world = await GivenTwoAsync();
        world.Clock.Advance(TimeSpan.FromDays(1));
        await MergeAsync(world, "hub:B", "crm:A");
        world.Clock.Advance(TimeSpan.FromDays(1));
        await world.LoadAsync(
            Given.Account("hub:B", name: "Bee renamed"), Given.Inbound("hub:B", "2026-06-02T11:00Z", key: "h2"), Given.Inbound("crm:A", "2026-06-02T12:00Z", key: "c2"));

        Assert.Equal(["c1 crm:A", "c2 crm:A", "h1 crm:A", "h2 crm:A"], await KeysAsync(world, "public"));
        Assert.Equal(["Customer crm:A"], await world.TextsAsync("select name from account"));
        world.Clock.Advance(TimeSpan.FromDays(1));
        var report = await UnmergeAsync(world, "hub:B");

        Assert.Equal(3, report.Facts);
        Assert.Equal(["c1 crm:A", "c2 crm:A", "h1 hub:B", "h2 hub:B"], await KeysAsync(world, "public"));
        Assert.Equal(["Bee renamed", "Customer crm:A"], await world.TextsAsync("select name from account order by 1"));
        Assert.Equal(0, await world.CountAsync("select count(*) from absorbed_account"));
        Assert.Equal(["c1 crm:A", "c2 crm:A", "h1 crm:A", "h2 crm:A"], await AsKnownAsync(world, world.Clock.Now.AddHours(-1), Keys));
    }

    [Fact]
    public async Task A_chain_leads_to_its_end_and_can_be_taken_apart_at_any_link()
    {
        await using var world = await GivenTwoAsync();
        await world.LoadAsync(Given.Account("zen:C"), Given.Inbound("zen:C", "2026-03-04T10:00Z", key: "z1"));
        var facts = await world.FactsAsync();
        await MergeAsync(world, "hub:B", "crm:A");
        await MergeAsync(world, "crm:A", "zen:C");
        Assert.Equal(["c1 zen:C", "h1 zen:C", "z1 zen:C"], await KeysAsync(world, "public"));
        await world.LoadAsync(Given.Contact("hub:B", "h9"));

        await UnmergeAsync(world, "hub:B");
        Assert.Equal(["c1 zen:C", "h1 hub:B", "z1 zen:C"], await KeysAsync(world, "public"));
        Assert.Equal(["hub:B"], await world.TextsAsync("select a.source_key from contact join account a using (account_id) where contact.source_key = 'h9'"));
        await MergeAsync(world, "hub:B", "zen:C");
        await UnmergeAsync(world, "crm:A");
        Assert.Equal(["c1 crm:A", "h1 zen:C", "z1 zen:C"], await KeysAsync(world, "public"));
        await UnmergeAsync(world, "hub:B");
        Assert.Equal(facts, (await world.FactsAsync()).Where(f => !f.Contains("h9", StringComparison.Ordinal)));
        // The middle first: what was merged into it goes with it.
        await MergeAsync(world, "hub:B", "crm:A");
        await MergeAsync(world, "crm:A", "zen:C");
        await UnmergeAsync(world, "crm:A");
        Assert.Equal(["c1 crm:A", "h1 crm:A", "z1 zen:C"], await KeysAsync(world, "public"));
        await UnmergeAsync(world, "hub:B");
        Assert.Equal(facts, (await world.FactsAsync()).Where(f => !f.Contains("h9", StringComparison.Ordinal)));
    }

    [Theory]
    [InlineData("crm:A", "crm:A", "crm:A can't be merged into itself.")]
    [InlineData("hub:B", "crm:A", "hub:B is merged into crm:A already; unmerge it first.")]
    [InlineData("crm:A", "hub:B", "hub:B is merged into crm:A: they are one customer already.")]
    [InlineData("zen:C", "hub:B", "hub:B is itself merged into crm:A; merge into crm:A instead.")]
    [InlineData("zen:C", "crm:Nobody", "There is no account crm:Nobody.")]
    [InlineData("crm:Nobody", "crm:A", "There is no account crm:Nobody, and nothing waits for it.")]
    [InlineData("shop:anyone", "crm:A", "shop:anyone stands for buyers nobody named; it is nobody's other name.")]
    [InlineData("crm:A", "shop:anyone", "shop:anyone stands for buyers nobody named; it is nobody's other name.")]
    [InlineData("crm:A", "crm:gone", "crm:gone was deleted by its source, so it can't be the one that stays.")]
    public async Task What_makes_no_sense_is_refused_in_a_sentence(string key, string into, string message)
    {
        await using var world = await GivenTwoAsync();
        await world.LoadAsync(Given.Account("zen:C"), Given.Account("shop:anyone") with { Anonymous = true }, Given.Account("crm:gone") with { Deleted = true });
        await MergeAsync(world, "hub:B", "crm:A");
        var facts = await world.FactsAsync();

        var refused = await Assert.ThrowsAsync<IdentityException>(() => MergeAsync(world, key, into));

        Assert.Equal(message, refused.Message);
        Assert.Equal(facts, await world.FactsAsync());
        Assert.Equal("zen:C is not merged into another account.", (await Assert.ThrowsAsync<IdentityException>(() => UnmergeAsync(world, "zen:C"))).Message);
    }

    [Fact]
    public async Task A_record_that_both_have_is_one_while_they_are_one_and_two_again_afterwards()
    {
        await using var world = await GivenTwoAsync();
        await world.LoadAsync(
            Given.Contact("crm:A", "both") with { Name = "Older", SourceModifiedAt = Given.At("2026-01-01T00:00Z") }, Given.Contact("crm:A", "mine") with { Name = "Newer", SourceModifiedAt = Given.At("2026-02-01T00:00Z") });
        await world.LoadAsync(
            Given.Contact("hub:B", "both") with { Name = "Newer", SourceModifiedAt = Given.At("2026-02-01T00:00Z") }, Given.Contact("hub:B", "mine") with { Name = "Older", SourceModifiedAt = Given.At("2026-01-01T00:00Z") });
        var facts = await world.FactsAsync();

        await MergeAsync(world, "hub:B", "crm:A");
        Assert.Equal(["both Newer", "mine Newer"], await world.TextsAsync("select source_key || ' ' || name from contact order by 1"));
        world.Clock.Advance(TimeSpan.FromDays(1));
        await UnmergeAsync(world, "hub:B");

        Assert.Equal(facts, await world.FactsAsync());
    }

    [Fact]
    public async Task A_deletion_a_sweep_and_a_record_found_through_another_follow_the_merge()
    {
        await using var world = await GivenTwoAsync();
        await world.LoadAsync(Given.Contact("hub:B", "hub:c1"), Given.Contact("hub:B", "hub:c2"));
        await MergeAsync(world, "hub:B", "crm:A");
        world.Clock.Advance(TimeSpan.FromDays(1));

        await world.LoadFileAsync("contact.csv", "source_key,occurred_at,account,name,deleted\nhub:c1,,,,true\n");
        await world.LoadFileAsync("account.csv", "source_key,occurred_at,name,deleted\nhub:B,,,true\n");

        Assert.Equal(["hub:c1"], await world.TextsAsync("select source_key from contact where deleted"));
        Assert.Equal(["hub:B"], await world.TextsAsync("select source_key from absorbed_account where deleted"));
        Assert.Equal(0, await world.CountAsync("select count(*) from quarantine"));
        await UnmergeAsync(world, "hub:B");
        Assert.Equal(["hub:B hub:c1 true", "hub:B hub:c2 false"], await world.TextsAsync("select concat_ws(' ', a.source_key, c.source_key, c.deleted::text) from contact c join account a using (account_id) order by 1"));
    }

    [Fact]
    public async Task A_source_is_held_against_all_accounts_it_told_of()
    {
        await using var world = await GivenTwoAsync();
        await world.LoadAsync([.. Enumerable.Range(1, 20).Select(i => Given.Account($"hub:{i}", name: $"Tenant {i}"))]);
        await MergeAsync(world, "hub:B", "crm:A");
        world.Clock.Advance(TimeSpan.FromHours(1));
        var folder = world.NewFolder();
        var (list, totals) = (Path.Combine(folder, "ids.txt"), Path.Combine(folder, "totals.csv"));
        await File.WriteAllLinesAsync(list, Enumerable.Range(1, 20).Select(i => $"{i}"), Ct);
        await File.WriteAllTextAsync(totals, "source,fact,period,rows\nhub,account,all,21\n", Ct);

        await new TieOut(world.Database.DataSource, world.Kept).StateAsync(totals, null, world.Clock.Now, Ct);
        var total = Assert.Single(await Compared.ReadAsync(world.Database.DataSource, TimeZoneInfo.Utc, Ct));
        var sweep = await new Sweep(world.Database.DataSource, world.Kept, world.Clock).RunAsync(
            new SweepRequest { Source = "hub", Fact = FactTable.Of<Account>(), Path = list, ListedAt = world.Clock.Now }, Ct);

        Assert.Equal((21, 21), (total.SaidRows, total.StoredRows));
        Assert.Equal((21, 1), (sweep.Living, sweep.Marked));
        Assert.Equal(["hub:B"], await world.TextsAsync("select source_key from absorbed_account where deleted"));
        Assert.Equal(0, await world.CountAsync("select count(*) from account where deleted"));
    }

    [Fact]
    public async Task An_unknown_key_becomes_a_further_key_and_its_facts_wait_again_when_that_was_wrong()
    {
        await using var world = await GivenTwoAsync();
        var file = await world.LoadFileAsync("interaction.csv", "source_key,occurred_at,account,channel,direction,kind\ni1,2026-03-05T10:00Z,pbx:77,phone,inbound,call\ni2,2026-03-05T10:00Z,crm:A,phone,inbound,call\n");
        Assert.Equal(1, file.Rejected);
        world.Clock.Advance(TimeSpan.FromDays(1));

        var report = await MergeAsync(world, "pbx:77", "crm:A");
        await world.LoadFileAsync("interaction.csv", "source_key,occurred_at,account,channel,direction,kind\ni3,2026-06-05T10:00Z,pbx:77,phone,inbound,call\n");

        Assert.Equal((0, 1), (report.Facts, report.Released));
        Assert.Equal(["c1 crm:A", "h1 hub:B", "i1 crm:A", "i2 crm:A", "i3 crm:A"], await KeysAsync(world, "public"));
        world.Clock.Advance(TimeSpan.FromDays(1));
        await UnmergeAsync(world, "pbx:77");

        Assert.Equal(["c1 crm:A", "h1 hub:B", "i2 crm:A"], await KeysAsync(world, "public"));
        Assert.Equal(["i1", "i3"], await world.TextsAsync("select source_key from quarantine where resolved_at is null and waiting_for_account = 'pbx:77' order by 1"));
        await world.LoadAsync(Given.Account("pbx:77"));
        Assert.Equal(["c1 crm:A", "h1 hub:B", "i1 pbx:77", "i2 crm:A", "i3 pbx:77"], await KeysAsync(world, "public"));
    }

    [Fact]
    public async Task Who_merged_what_when_and_why_stays_on_record()
    {
        await using var world = await GivenTwoAsync();
        var at = world.Clock.Now;
        await MergeAsync(world, "hub:B", "crm:A");
        var merges = new AccountMerges(world.Database.DataSource, world.Clock);
        var made = Assert.Single(await merges.ListAsync(all: false, Ct));
        Assert.Equal(("hub:B", "Customer hub:B", "crm:A", "Customer crm:A", "ann", "same firm", 2), (made.Key, made.Name, made.Into, made.IntoName, made.By, made.Reason, made.Facts));
        Assert.Equal(at, made.MergedAt);

        await UnmergeAsync(world, "hub:B");

        Assert.Empty(await merges.ListAsync(all: false, Ct));
        Assert.Equal("bob", Assert.Single(await merges.ListAsync(all: true, Ct)).UndoneBy);
        Assert.Equal(["not the same 2"], await world.TextsAsync("select undone_reason || ' ' || facts_back from account_merge"));
    }

    private const string Keys = "select i.source_key || ' ' || a.source_key from interaction i join account a using (account_id) order by 1";

    private static async Task<World> GivenTwoAsync()
    {
        var world = await World.CreateAsync();
        await world.LoadAsync(
            Given.Account("crm:A"), Given.Account("hub:B"), Given.Inbound("crm:A", "2026-03-02T10:00Z", key: "c1"), Given.Inbound("hub:B", "2026-03-03T10:00Z", key: "h1"),
            Given.Assignment("hub:B", "hr:ann"));
        world.Clock.Advance(TimeSpan.FromHours(1));
        return world;
    }

    private static Task<MergeReport> MergeAsync(World world, string key, string into) =>
        new AccountMerges(world.Database.DataSource, world.Clock).MergeAsync(new MergeRequest { Key = key, Into = into, By = "ann", Reason = "same firm" }, Ct);

    private static Task<MergeReport> UnmergeAsync(World world, string key) =>
        new AccountMerges(world.Database.DataSource, world.Clock).UnmergeAsync(key, "bob", "not the same", Ct);

    private static Task<IReadOnlyList<string>> KeysAsync(World world, string schema) =>
        world.TextsAsync($"select i.source_key || ' ' || a.source_key from {schema}.interaction i join {schema}.account a using (account_id) order by 1");

    private static async Task<IReadOnlyList<string>> AsKnownAsync(World world, DateTimeOffset at, string sql)
    {
        await using var connection = await world.Database.DataSource.OpenConnectionAsync(Ct);
        await using var enter = new NpgsqlCommand("select set_config('search_path', 'as_known, public', false), set_config('followthrough.known_as_of', $1, false)", connection) { Parameters = { new() { Value = at.ToString("O") } } };
        await enter.ExecuteNonQueryAsync(Ct);
        await using var read = new NpgsqlCommand(sql, connection);
        await using var rows = await read.ExecuteReaderAsync(Ct);
        var texts = new List<string>();
        while (await rows.ReadAsync(Ct)) texts.Add(rows.GetString(0));
        return texts;
    }
}
