using Followthrough.Analytics.Facts;
using Followthrough.Ingest.Drafting;
using Followthrough.Tests.Support;

namespace Followthrough.Tests.Ingest.Drafting;

/// <summary>Under which source the customers and people that a file names are known already.</summary>
public sealed class KnownKeysTests(TestDatabase database) : IClassFixture<TestDatabase>
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_guessed_key_is_of_the_source_that_knows_the_most_of_what_is_named()
    {
        await using var world = World.Over(database);
        await world.LoadAsync(Given.Account("crm:Q1"), Given.Account("crm:Q2"), Given.Account("erp:Q2"), Given.Account("erp:Q9"));
        using var file = await Drafted.OfAsync("anrufe.csv", "Nr;Datum;Kunde;Richtung\n1;13.04.2026 10:15;Q1;eingehend\n2;13.04.2026 10:20;Q2;eingehend\n3;13.04.2026 10:20;Q3;eingehend\n", "interaction");

        Assert.Equal("anrufe", file.Draft.Column("account")!.Prefix);
        var draft = await KnownKeys.PreferAsync(database.DataSource, file.Draft, file.Sample, Ct);

        Assert.Equal("crm", draft.Column("account")!.Prefix);
        Assert.True(draft.Column("account")!.IsGuess);
        var known = await KnownKeys.FindAsync(database.DataSource, FactTable.Of<Account>(), file.Sample.Field("Kunde")!, Ct);
        Assert.Equal("The sample names 3 customers, 2 of them known under crm.", known.InWords("crm"));
        Assert.Equal("The sample names 3 customers, 1 of them known under erp, 2 under crm.", known.InWords("erp"));
        Assert.Equal("The sample names 3 customers, none of them known under anrufe, 2 under crm, 1 under erp.", known.InWords("anrufe"));
    }

    [Fact]
    public async Task Our_people_are_known_by_name_or_address_where_only_one_is_called_so()
    {
        await using var world = World.Over(database);
        await world.LoadAsync(
            Given.Account("names:K1"), Given.Staff("hr:S71") with { Name = "Ann Berg", Email = "ann.berg@us.example" }, Given.Staff("hr:S72") with { Name = "Bob Twice" }, Given.Staff("hr:S73") with { Name = "Bob Twice" });
        const string Content = "Id;Start;Customer;Way;Agent;Channel;Kind\n1;2026-04-13 10:00;K1;out;ann berg;phone;call\n2;2026-04-13 11:00;K1;out;Ann.Berg@us.example;phone;call\n"
            + "3;2026-04-13 12:00;K1;out;Bob Twice;phone;call\n4;2026-04-13 12:00;K1;out;Eve;phone;call\n";
        using var file = await Drafted.OfAsync("names.csv", Content, "interaction");

        file.Draft = await KnownKeys.PreferAsync(database.DataSource, file.Draft, file.Sample, Ct);
        Assert.Equal(["Ann.Berg@us.example=hr:S71", "ann berg=hr:S71"], file.Draft.Column("staff_key")!.Values.Select(v => $"{v.Key}={v.Value}").Order(StringComparer.Ordinal));
        var known = await KnownKeys.FindAsync(database.DataSource, FactTable.Of<Staff>(), file.Sample.Field("Agent")!, Ct);
        Assert.Equal("The sample names 4 people, none of them known under names. By name or address 2 of them are known (Ann.Berg@us.example is hr:S71, ann berg is hr:S71).", known.InWords("names"));

        file.Draft = file.Draft with { MakesStaff = true };
        await world.Kept.OwnMappings.SaveAsync("names", file.Draft.ToYaml(), "ann", world.Clock.GetUtcNow(), Ct);
        var report = await world.LoadFileAsync("names.csv", Content);
        Assert.Equal(0, report.Rejected);
        Assert.Equal(["hr:S71", "hr:S71", "names:Bob Twice", "names:Eve"], await world.TextsAsync("select staff_key from interaction where source_key like 'names:%' order by source_key"));
        Assert.Equal(["names:Bob Twice", "names:Eve"], await world.TextsAsync("select source_key from staff where source_key like 'names:%' order by 1"));
    }

    [Fact]
    public async Task A_key_that_nobody_knows_keeps_the_source_of_the_file()
    {
        using var file = await Drafted.OfAsync("calls.csv", "Id;Start;Customer;Way\n1;2026-04-13;unheard-of;in\n", "interaction");
        Assert.Equal("calls", (await KnownKeys.PreferAsync(database.DataSource, file.Draft, file.Sample, Ct)).Column("account")!.Prefix);
    }

    [Fact]
    public async Task Our_people_whom_no_other_source_brings_become_staff_records()
    {
        await using var world = World.Over(database);
        await world.LoadAsync(Given.Account("calls:K1"));
        const string Content = "Id;Start;Customer;Way;Agent\n1;2026-04-14 10:00;K1;out;Ann\n2;2026-04-13 10:00;K1;out;Ann\n3;2026-04-13 11:00;K1;in;\n";
        using var file = await Drafted.OfAsync("calls.csv", Content, "interaction");
        Assert.Equal(new Dictionary<string, long> { ["calls:Ann"] = 2 }, (await file.CheckAsync()).People);
        file.Draft = file.Draft with { MakesStaff = true };
        Assert.Empty((await file.CheckAsync()).People);

        await world.Kept.OwnMappings.SaveAsync("calls", file.Draft.ToYaml(), "ann", world.Clock.GetUtcNow(), Ct);
        var report = await world.LoadFileAsync("calls.csv", Content);

        Assert.Equal((0, 4), (report.Rejected, report.Added));
        Assert.Equal(["calls:Ann Ann 2026-04-13"], await world.TextsAsync("select source_key || ' ' || name || ' ' || (occurred_at at time zone 'Europe/Berlin')::date from staff where source_key = 'calls:Ann'"));
    }

    [Fact]
    public async Task All_that_a_mapping_lacks_is_told_at_once()
    {
        using var file = await Drafted.OfAsync("export.csv", "a;b\n1;x\n2;y\n", "interaction");
        var refused = await Assert.ThrowsAsync<Followthrough.Ingest.Mappings.MappingException>(file.CheckAsync);
        Assert.Contains("nothing feeds interaction.occurred_at, .account, .channel, .direction, .kind, which are required", refused.Message, StringComparison.Ordinal);
    }
}
