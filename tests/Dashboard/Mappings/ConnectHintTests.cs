namespace Followthrough.Tests.Dashboard.Mappings;

/// <summary>What the form of the columns tells somebody who has never seen it.</summary>
public sealed class ConnectHintTests(DashboardHost host) : IClassFixture<DashboardHost>
{
    private const string Mails = "Nr;Datum;Kunde;Richtung;Bearbeiter\n1;13.04.2026 10:15;acme;eingehend;\n2;14.04.2026 11:20;acme;ausgehend;Ann\n3;15.04.2026 09:05;rtl;ausgehend;Ann\n";

    [Fact]
    public async Task A_guess_is_marked_until_somebody_has_changed_or_confirmed_it()
    {
        var desk = await Connecting.NewAsync(host);
        var sample = await desk.UploadAsync("mails.csv", Mails);
        var columns = await desk.GoOnAsync(sample, sample, ("name", "marks"), ("fact", "interaction"));
        Assert.Equal(["account", "channel", "direction", "kind", "occurred_at", "staff_key"], await MarkedAsync(desk, columns));

        // Looking only confirms nothing but what was changed.
        await desk.GoOnAsync(columns, columns, ("from.channel", "="), ("text.channel", "letter"), ("from.staff_key", "0"), ("go", "again"));
        Assert.Equal(["account", "direction", "kind", "occurred_at"], await MarkedAsync(desk, columns));
        await desk.GoOnAsync(columns, columns, ("from.staff_key", "4"), ("go", "check"));
        Assert.Empty(await MarkedAsync(desk, columns));
        Assert.DoesNotContain("# a guess", (await desk.Visitor.ReadAsync(columns)).QuerySelector("textarea")!.TextContent, StringComparison.Ordinal);
        await desk.GoOnAsync(sample, sample + "/discard");
    }

    [Fact]
    public async Task Customers_and_people_are_looked_up_and_who_is_not_loaded_is_told()
    {
        var desk = await Connecting.NewAsync(host);
        var sample = await desk.UploadAsync("mails.csv", Mails);
        var columns = await desk.GoOnAsync(sample, sample, ("name", "lookup"), ("fact", "interaction"));
        var form = await desk.Visitor.ReadAsync(columns);
        Assert.Equal("crm", form.QuerySelector("[name='prefix.account']")!.GetAttribute("value"));
        Assert.Contains("The sample names 2 customers, all known under crm.", form.Body!.TextContent, StringComparison.Ordinal);

        var check = await desk.GoOnAsync(columns, columns, ("go", "check"));
        var told = string.Concat((await desk.Visitor.ReadAsync(check)).QuerySelectorAll(".notice.warn").Select(notice => notice.TextContent));
        Assert.Contains("2\u00a0rows name people of ours whom you have not loaded (lookup:Ann)", told, StringComparison.Ordinal);
        Assert.DoesNotContain("nobody knows yet", told, StringComparison.Ordinal);

        await desk.GoOnAsync(columns, columns, ("staff", "on"), ("go", "check"));
        Assert.DoesNotContain("have not loaded", (await desk.Visitor.ReadAsync(check)).Body!.TextContent, StringComparison.Ordinal);
        await desk.GoOnAsync(sample, sample + "/discard");
    }

    [Fact]
    public async Task What_the_rules_need_stands_before_what_they_can_do_without()
    {
        var desk = await Connecting.NewAsync(host);
        var sample = await desk.UploadAsync("mails.csv", Mails);
        var columns = await desk.GoOnAsync(sample, sample, ("name", "order"), ("fact", "interaction"));
        var form = await desk.Visitor.ReadAsync(columns);

        var open = form.QuerySelectorAll(".columns-form > fieldset legend code").Select(c => c.TextContent).ToList();
        Assert.Equal(["connected", "contact_key", "thread_key", "duration_seconds", "owner_key"], open.SkipWhile(c => c != "connected"));
        Assert.Contains("The rules: tells a call that reached somebody from a missed one.", form.Body!.TextContent, StringComparison.Ordinal);
        Assert.DoesNotContain(form.QuerySelectorAll(".more-columns legend code"), c => c.TextContent == "connected");
        await desk.GoOnAsync(sample, sample + "/discard");
    }

    [Fact]
    public async Task A_name_that_another_mapping_has_is_not_proposed_and_leads_to_that_one()
    {
        var desk = await Connecting.NewAsync(host);
        await File.WriteAllTextAsync(Path.Combine(Directory.CreateDirectory(host.Folder.Mappings).FullName, "mails.yaml"), "name: mails", TestContext.Current.CancellationToken);
        var sample = await desk.UploadAsync("mails.csv", Mails);
        var page = await desk.Visitor.ReadAsync(sample);
        Assert.Equal("mails_2", page.QuerySelector("input[name=name]")!.GetAttribute("value"));
        Assert.Equal("/data/mappings/own/mails", page.QuerySelector("#name-hint a")!.GetAttribute("href"));
        await desk.GoOnAsync(sample, sample + "/discard");

        // One that was written by hand says that it is a file, and where.
        var own = await desk.Visitor.ReadAsync("/data/mappings/own/mails");
        Assert.Contains(Path.Combine(host.Folder.Mappings, "mails.yaml"), own.QuerySelector("main")!.TextContent, StringComparison.Ordinal);
        Assert.Empty(own.QuerySelectorAll("table.rows"));
    }

    [Fact]
    public async Task Facts_says_what_each_column_means_holds_and_is_for()
    {
        var visitor = await host.SignedInAsync();
        var row = (await visitor.ReadAsync("/data/facts")).QuerySelectorAll("#issue tbody tr").Single(r => r.QuerySelector("code")!.TextContent == "priority");
        Assert.Equal(["priority", "yes", "one of low, normal, high, urgent", "Priority at opening: it decides the deadlines, later edits do not."], row.Children.Select(c => c.TextContent.Trim()));
    }

    private static async Task<IEnumerable<string>> MarkedAsync(Connecting desk, string columns) =>
        (await desk.Visitor.ReadAsync(columns)).QuerySelectorAll(".guess").Select(g => g.Closest("fieldset")!.QuerySelector("code")!.TextContent).Order(StringComparer.Ordinal);
}
