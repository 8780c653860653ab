using Followthrough.Analytics.Facts;
using Followthrough.Ingest.Identity;
using Followthrough.Tests.Support;

namespace Followthrough.Tests.Ingest.Identity;

/// <summary>Accounts of different systems recognised as one customer.</summary>
public sealed class MatchingTests
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    public static TheoryData<string, string?, string, Account, Account> Pairs => new()
    {
        { "own number", "0.99", "+ hub:B gives crm:A as its own number there", A("Acme"), B("Contoso") with { ExternalIds = "erp:9 crm:A" } },
        { "tax number", "0.993", "+ Same tax number DE811234567", A("Acme GmbH") with { TaxId = "DE 811 234 567" }, B("ACME") with { TaxId = "de811234567" } },
        { "tax number, other name", "0.825", "; - The names are unlike", A("Acme") with { TaxId = "DE811234567" }, B("Contoso") with { TaxId = "DE811234567" } },
        { "domain and name", "0.963", "+ Same name but for how it is written: Acme GmbH, ACME", A("Acme GmbH") with { Website = "www.acme.example" }, B("ACME") with { Email = "info@acme.example" } },
        { "domain alone", "0.723", "+ Same domain acme.example", A("Acme") with { Website = "acme.example" }, B("Contoso") with { Website = "acme.example" } },
        { "public mail", null, "", A("Acme") with { Email = "acme@gmail.com" }, B("Contoso") with { Email = "contoso@gmail.com" } },
        { "name alone", "0.75", "+ Same name Acme", A("Acme"), B("Acme") },
        { "name, phone and address", "0.960", "+ Same street and postal code", A("Acme") with { Phone = "+49 (30) 1234567", Street = "Hauptstraße 5", PostalCode = "10115" }, B("ACME AG") with { Phone = "030 1234567", Street = "Hauptstr. 5", PostalCode = "10115" } },
        { "alike, same city", "0.712", "+ Names 94 % alike: Northwind Traders, Nortwind Traders", A("Northwind Traders") with { City = "Köln" }, B("Nortwind Traders") with { City = "KOELN" } },
        { "alike alone", null, "", A("Northwind Traders"), B("Nortwind Traders") },
        { "another tax number", null, "", A("Acme") with { TaxId = "DE811234567" }, B("Acme") with { TaxId = "DE899999999" } },
        { "another country", null, "", A("Acme") with { Country = "DE" }, B("Acme") with { Country = "FR" } },
        { "anonymous", null, "", A("Acme") with { Website = "acme.example" }, B("Acme") with { Website = "acme.example", Anonymous = true } },
        { "deleted", null, "", A("Acme") with { Website = "acme.example" }, B("Acme") with { Website = "acme.example", Deleted = true } },
    };

    [Theory]
    [MemberData(nameof(Pairs), DisableDiscoveryEnumeration = true)]
    public async Task Each_rule_has_its_weight_and_its_words(string rule, string? score, string words, Account one, Account other)
    {
        await using var world = await World.CreateAsync();

        await world.LoadAsync(one, other);

        var found = await world.TextsAsync("select score::text || ' ' || array_to_string(evidence, '; ') from account_match");
        if (score is null)
        {
            Assert.Empty(found);
            return;
        }
        Assert.True(found is [var text] && text.StartsWith(score + " ", StringComparison.Ordinal) && text.Contains(words, StringComparison.Ordinal), $"{rule}: {string.Join(" | ", found)}");
        var sure = decimal.Parse(score, System.Globalization.CultureInfo.InvariantCulture) >= 0.95m;
        Assert.Equal(sure ? 1 : 2, await world.CountAsync("select count(*) from account"));
        Assert.Equal([sure ? "merged" : "waiting"], await world.TextsAsync("select state from account_match"));
    }

    [Fact]
    public async Task A_sure_match_is_merged_with_its_reasons_and_undone_for_good()
    {
        await using var world = await GivenSureAsync();
        var merges = new AccountMerges(world.Database.DataSource, world.Clock);
        var made = Assert.Single(await merges.ListAsync(all: false, Ct));
        Assert.Equal(("hub:B", "crm:A", "matching", 0.963m), (made.Key, made.Into, made.By, made.Score));
        Assert.Equal("Same domain acme.example; Same name but for how it is written: Acme GmbH, ACME", made.Reason);

        await merges.UnmergeAsync("hub:B", "ann", "a franchise", Ct);
        await new Matching(world.Database.DataSource, world.Clock).RunAllAsync(Ct);
        Assert.Equal(2, await world.CountAsync("select count(*) from account"));
        Assert.Equal(["rejected ann"], await world.TextsAsync("select state || ' ' || decided_by from account_match"));
        world.Clock.Advance(TimeSpan.FromHours(1));
        await world.LoadAsync(B("ACME") with { Email = "info@acme.example", TaxId = "DE811234567" });
        Assert.Equal(["rejected"], await world.TextsAsync("select state from account_match"));
        await world.LoadAsync(A("Acme GmbH") with { Website = "acme.example", TaxId = "DE811234567" });

        // Other evidence brings it back, to be decided by somebody.
        Assert.Equal(["waiting"], await world.TextsAsync("select state from account_match"));
        Assert.Equal(2, await world.CountAsync("select count(*) from account"));
    }

    [Fact]
    public async Task Two_accounts_of_one_system_are_only_proposed_also_when_a_third_binds_them()
    {
        await using var world = await World.CreateAsync();

        await world.LoadAsync(A("Acme") with { TaxId = "DE811234567" }, A("Acme", "crm:A2") with { TaxId = "DE811234567" }, B("Acme") with { TaxId = "DE811234567" });

        Assert.Equal(2, await world.CountAsync("select count(*) from account"));
        var (matches, total) = await new AccountMatches(world.Database.DataSource, world.Clock).ReadAsync(10, 0, Ct);
        Assert.Equal(1, total);
        Assert.Equal(["Both are in crm, which keeps them apart"], matches[0].Against);
        Assert.Equal(["crm:A", "crm:A2"], new[] { matches[0].One.Key, matches[0].Other.Key }.Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task A_pair_of_the_list_is_merged_or_rejected_by_somebody()
    {
        await using var world = await World.CreateAsync();
        await world.LoadAsync(A("Acme"), B("Acme"), A("Contoso", "crm:C"), B("Contoso", "hub:D"));
        var list = new AccountMatches(world.Database.DataSource, world.Clock);
        var (matches, _) = await list.ReadAsync(10, 0, Ct);
        var (acme, contoso) = (matches.Single(m => m.One.Name == "Acme"), matches.Single(m => m.One.Name == "Contoso"));

        var refused = await Assert.ThrowsAsync<IdentityException>(() => list.AcceptAsync(acme.Id, "crm:C", "ann", Ct));
        var made = await list.AcceptAsync(acme.Id, "hub:B", "ann", Ct);
        await list.RejectAsync(contoso.Id, "ann", Ct);

        Assert.Equal("crm:C is neither crm:A nor hub:B.", refused.Message);
        Assert.Equal(("crm:A", "hub:B"), (made.Key, made.Into));
        Assert.Equal(0, (await list.ReadAsync(10, 0, Ct)).Total);
        await new Matching(world.Database.DataSource, world.Clock).RunAllAsync(Ct);
        Assert.Equal(0, (await list.ReadAsync(10, 0, Ct)).Total);
        Assert.Equal($"{acme.Id} waits for no decision.", (await Assert.ThrowsAsync<IdentityException>(() => list.RejectAsync(acme.Id, "ann", Ct))).Message);
    }

    [Fact]
    public async Task Contacts_bring_accounts_together_and_only_what_changed_is_compared()
    {
        await using var world = await World.CreateAsync();
        await world.LoadAsync(A("Acme"), B("Acme Industrial Supplies"), A("Zenith", "crm:Z"));

        var report = await world.LoadAsync(Given.Contact("crm:A", "crm:1") with { Email = "ann@acme.example" });
        var second = await world.LoadAsync(Given.Contact("hub:B", "hub:1") with { Email = "bob@acme.example" });
        var again = await world.LoadAsync(Given.Inbound("crm:A", "2026-03-02T10:00Z"));

        Assert.Equal(new MatchReport(1, 0, 0), report.Matches);
        Assert.Equal(new MatchReport(1, 0, 1), second.Matches);
        Assert.Equal(new MatchReport(0, 0, 0), again.Matches);
    }

    [Fact]
    public async Task Names_and_numbers_of_any_length_are_compared()
    {
        await using var world = await World.CreateAsync();
        var longest = string.Concat(Enumerable.Range(0, 2_000).Select(i => $"w{i}x ")) + new string('y', 50_000);

        await world.LoadAsync(A(longest) with { TaxId = longest, Website = longest, ExternalIds = longest, Phone = longest }, B(longest + "(") with { Email = longest + "@x.example", City = longest });

        Assert.Equal(["waiting"], await world.TextsAsync("select state from account_match"));
    }

    [Fact]
    public async Task What_many_share_brings_nobody_together()
    {
        await using var world = await World.CreateAsync();

        await world.LoadAsync([.. Enumerable.Range(1, 60).Select(i => Given.Account($"s{i}:1", name: $"Tenant {(char)('A' + i % 26)}{i}") with { Website = "shopping-centre.example" })]);

        Assert.Equal(0, await world.CountAsync("select count(*) from account_match"));
    }

    private static Account A(string name, string key = "crm:A") => Given.Account(key, name: name);

    private static Account B(string name, string key = "hub:B") => Given.Account(key, "2021-01-01T00:00Z", name);

    private static async Task<World> GivenSureAsync()
    {
        var world = await World.CreateAsync();
        await world.LoadAsync(A("Acme GmbH") with { Website = "www.acme.example" }, B("ACME") with { Email = "info@acme.example" }, Given.Inbound("hub:B", "2026-03-02T10:00Z"));
        return world;
    }
}
