using System.Net;
using AngleSharp.Dom;
using AngleSharp.Html.Dom;
using AngleSharp.Html.Parser;

namespace Followthrough.Tests.Dashboard;

/// <summary>Pairs of accounts decided, merges undone and unknown keys assigned on their page.</summary>
public sealed class IdentityPageTests
{
    private const string Path = "/data/identity";

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_pair_is_shown_with_its_reasons_merged_and_parted_again()
    {
        await using var host = await GivenAsync();
        var visitor = await host.NewSignedInAsync();
        var page = await visitor.ReadAsync(Path);
        var pair = Assert.Single(page.QuerySelectorAll(".pair"));
        Assert.Equal("75 % sure", Words(pair.QuerySelector("thead th")!));
        Assert.Contains("Same name but for how it is written: ", Words(pair.QuerySelector(".reasons .for")!), StringComparison.Ordinal);
        Assert.Contains("crm:acme", Words(pair.QuerySelector("thead")!), StringComparison.Ordinal);
        Assert.Contains("<i>Road</i> 1", Words(pair), StringComparison.Ordinal);

        var merged = await SendAsync(visitor, pair.QuerySelector("form")!, ("stays", "crm:acme"));

        Assert.Contains("hub:acme2 is crm:acme now: 1 fact moved.", Words(merged.QuerySelector(".notice.done")!), StringComparison.Ordinal);
        Assert.Empty(merged.QuerySelectorAll(".pair"));
        var row = Assert.Single(merged.QuerySelectorAll("#merges tbody tr"));
        Assert.Contains("admin", Words(row), StringComparison.Ordinal);
        Assert.Contains("with the 1 fact it came with", Words(row.QuerySelector(".undo p")!), StringComparison.Ordinal);
        var record = await visitor.ReadAsync("/data/record/contact/crm:acme/hub:c1");
        Assert.Contains("contact.csv", Words(record.QuerySelector(".source summary")!), StringComparison.Ordinal);

        var parted = await SendAsync(visitor, row.QuerySelector("form")!);

        Assert.Contains("hub:acme2 is a customer of its own again, with 1 fact", Words(parted.QuerySelector(".notice.done")!), StringComparison.Ordinal);
        Assert.Contains("No accounts are merged", Words(parted.QuerySelector("main")!), StringComparison.Ordinal);
        Assert.Contains("No accounts wait for a decision", Words(parted.QuerySelector("main")!), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_pair_that_is_not_one_leaves_the_list()
    {
        await using var host = await GivenAsync();
        var visitor = await host.NewSignedInAsync();
        var page = await visitor.ReadAsync(Path);

        var left = await SendAsync(visitor, page.QuerySelectorAll(".pair form")[1]);

        Assert.Contains("They stay two customers", Words(left.QuerySelector(".notice.done")!), StringComparison.Ordinal);
        Assert.Empty(left.QuerySelectorAll(".pair"));
        var again = await SendAsync(visitor, page.QuerySelectorAll(".pair form")[1]);
        Assert.Contains("waits for no decision", Words(again.QuerySelector(".problem")!), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Facts_of_an_unknown_key_go_in_when_somebody_says_whose_they_are()
    {
        await using var host = await GivenAsync();
        var visitor = await host.NewSignedInAsync();
        await RejectedCompany.LoadAsync(host, "contact.csv", RejectedCompany.Contacts);
        var page = await visitor.ReadAsync(Path);
        var row = page.QuerySelector(".adopt input[value='crm:nowhere']")!.Closest("tr")!;
        Assert.StartsWith("crm:nowhere contact 1", Words(row), StringComparison.Ordinal);
        var overview = await visitor.ReadAsync("/");
        Assert.Equal("2 facts wait for an account", Words(overview.QuerySelector($".health a[href^='{Path}']")!));

        var wrong = await SendAsync(visitor, row.QuerySelector("form")!, ("account", "crm:nobody"));
        Assert.Contains("There is no account crm:nobody.", Words(wrong.QuerySelector(".problem")!), StringComparison.Ordinal);
        var done = await SendAsync(visitor, row.QuerySelector("form")!, ("account", "crm:acme"));

        Assert.Contains("1 that had waited is in", Words(done.QuerySelector(".notice.done")!), StringComparison.Ordinal);
        await visitor.ReadAsync("/data/record/contact/crm:acme/crm:c16");
        overview = await visitor.ReadAsync("/");
        Assert.Equal("1 fact waits for an account", Words(overview.QuerySelector($".health a[href^='{Path}']")!));
    }

    [Fact]
    public async Task Without_the_token_of_a_form_of_ours_nothing_is_decided()
    {
        await using var host = await GivenAsync();
        var visitor = await host.NewSignedInAsync();
        foreach (var path in new[] { "merge", "reject", "part", "adopt" })
        {
            using var answer = await visitor.PostAsync($"{Path}/{path}", new() { ["id"] = "1", ["stays"] = "crm:acme", ["key"] = "hub:acme2", ["account"] = "crm:acme" });
            Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
        }
        Assert.Single((await visitor.ReadAsync(Path)).QuerySelectorAll(".pair"));
    }

    private static async Task<DashboardHost> GivenAsync()
    {
        var host = new DashboardHost();
        await host.InitializeAsync();
        await host.NewVisitorAsync();
        await using var name = host.Database.DataSource.CreateCommand("select upper(name) from account where source_key = 'crm:acme'");
        var written = (string)(await name.ExecuteScalarAsync(Ct))!;
        await RejectedCompany.LoadAsync(host, "account.csv", $"source_key,occurred_at,name,street\nhub:acme2,2026-01-01T00:00Z,\"{written} GmbH\",<i>Road</i> 1\n");
        await RejectedCompany.LoadAsync(host, "contact.csv", "source_key,occurred_at,account,name\nhub:c1,2026-01-01T00:00Z,hub:acme2,Gil Gray\n");
        return host;
    }

    private static async Task<IHtmlDocument> SendAsync(Visitor visitor, IElement form, params (string Name, string Value)[] values)
    {
        var fields = form.QuerySelectorAll("input, select").ToDictionary(i => i.GetAttribute("name")!, i => i.GetAttribute("value") ?? "");
        foreach (var (name, value) in values)
        {
            Assert.Contains(name, fields.Keys);
            fields[name] = value;
        }
        using var answer = await visitor.PostAsync(form.GetAttribute("action")!, fields);
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        return await new HtmlParser().ParseDocumentAsync(await answer.Content.ReadAsStringAsync(Ct), Ct);
    }

    private static string Words(IElement element) => string.Join(' ', element.TextContent.Split((char[]?)[' ', '\n', '\r', '\t', '\u00a0'], StringSplitOptions.RemoveEmptyEntries));
}
