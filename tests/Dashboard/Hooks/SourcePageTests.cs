using System.Net;
using AngleSharp.Html.Parser;
using Followthrough.Analytics.Store;
using Followthrough.Dashboard.Hooks;
using Followthrough.Ingest.Sources.Webhooks;

namespace Followthrough.Tests.Dashboard.Hooks;

/// <summary>Setting sources and tokens up on the screen.</summary>
public sealed class SourcePageTests(DashboardHost host) : IClassFixture<DashboardHost>
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_source_is_added_sends_and_is_listed_with_what_came_of_it()
    {
        var visitor = await host.SignedInAsync();
        using var made = await visitor.FillInAsync("/data/sources/new", ("name", "shop"), ("scheme", "generic"), ("mapping", "stripe"), ("secret", ""));
        Assert.Equal(HttpStatusCode.OK, made.StatusCode);
        Assert.True(made.Headers.CacheControl!.NoStore);
        var page = await new HtmlParser().ParseDocumentAsync(await made.Content.ReadAsStringAsync(Ct), Ct);
        var secret = page.QuerySelector(".secret")!.TextContent;
        Assert.Equal(43, secret.Length);
        Assert.Contains("/hooks/shop", page.QuerySelector(".finding")!.TextContent, StringComparison.Ordinal);

        var sender = await HookSender.NewAsync(host, HookScheme.Generic, "shop-two", "stripe");
        Assert.Equal(200, (await sender.SendAsync(HookTests.Customer.Replace("cus_9", "cus_listed", StringComparison.Ordinal))).Status);
        var list = await visitor.ReadAsync("/data/sources");
        var row = list.QuerySelectorAll("table.sources tbody tr").Single(r => r.TextContent.Contains("shop-two", StringComparison.Ordinal));
        Assert.Equal(["1", "1", "1", "0"], row.QuerySelectorAll("td.num").Select(c => c.TextContent.Trim()));
        Assert.DoesNotContain(secret, list.DocumentElement.OuterHtml, StringComparison.Ordinal);
        Assert.Contains("never yet", list.QuerySelectorAll("table.sources tbody tr").Single(r => r.TextContent.Contains("/hooks/shop,", StringComparison.Ordinal)).TextContent, StringComparison.Ordinal);
        // Whatever way it came: the company's files and the delivery of a moment ago.
        Assert.InRange(list.QuerySelectorAll("#freshness tbody tr").Length, 2, 20);
        Assert.All(list.QuerySelectorAll("#freshness tbody tr"), r => Assert.NotNull(r.QuerySelector("time")));
    }

    [Theory]
    [InlineData(null, 100, false)]
    [InlineData(1.0, 3, false)]
    [InlineData(1.0, 4, true)]
    [InlineData(7.0, 15, false)]
    [InlineData(7.0, 16, true)]
    public void Late_is_who_has_been_silent_for_more_than_twice_as_long_as_usual(double? every, int silent, bool isLate) =>
        Assert.Equal(isLate, new SourceFreshness("crm", default, 9, 9, 0, every, silent).IsLate);

    [Theory]
    [InlineData("name", "Not a Name", "The name")]
    [InlineData("scheme", "telepathy", "The sender")]
    [InlineData("mapping", "/etc/passwd", "What it sends")]
    [InlineData("secret", "short", "The secret")]
    [InlineData("secret", "", "The secret")]
    public async Task A_form_that_is_wrong_says_where_and_sets_nothing_up(string field, string value, string said)
    {
        var fields = new Dictionary<string, string> { ["name"] = "wrong-form", ["scheme"] = "stripe", ["mapping"] = "stripe", ["secret"] = "whsec_long_enough_for_it", [field] = value };
        using var answer = await (await host.SignedInAsync()).FillInAsync("/data/sources/new", [.. fields.Select(f => (f.Key, f.Value))]);
        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
        var text = await answer.Content.ReadAsStringAsync(Ct);
        Assert.Contains(said, (await new HtmlParser().ParseDocumentAsync(text, Ct)).QuerySelector("[role=alert]")!.TextContent, StringComparison.Ordinal);
        Assert.DoesNotContain("whsec_long_enough_for_it", text, StringComparison.Ordinal);
        Assert.Null(await HookSource.FindAsync(host.Database.DataSource, "wrong-form", SmallCompany.Now, Ct));
    }

    [Fact]
    public async Task Hubspot_needs_the_address_it_signs()
    {
        var visitor = await host.SignedInAsync();
        (string, string)[] form = [("name", "crm"), ("scheme", "hubspot"), ("mapping", "hubspot"), ("secret", "the app's client secret")];
        using var without = await visitor.FillInAsync("/data/sources/new", form);
        Assert.Equal(HttpStatusCode.BadRequest, without.StatusCode);
        using var with = await visitor.FillInAsync("/data/sources/new", [.. form, ("address", "https://figures.example/hooks/crm")]);
        Assert.Equal(HttpStatusCode.OK, with.StatusCode);
        using var again = await visitor.FillInAsync("/data/sources/new", [.. form, ("address", "https://figures.example/hooks/crm")]);
        Assert.Equal(HttpStatusCode.BadRequest, again.StatusCode);
    }

    [Fact]
    public async Task A_secret_is_changed_on_its_page()
    {
        var sender = await HookSender.NewAsync(host, HookScheme.Stripe, "turned", "stripe");
        using var changed = await (await host.SignedInAsync()).FillInAsync("/data/sources/turned/rotate", ("secret", "whsec_the_next_one_of_it"), ("at_once", "true"));
        Assert.Equal(HttpStatusCode.OK, changed.StatusCode);
        Assert.Equal(401, (await sender.SendAsync(HookTests.Customer)).Status);
        Assert.Equal(200, (await sender.SendAsync(HookTests.Customer, secret: "whsec_the_next_one_of_it")).Status);
    }

    [Fact]
    public async Task A_source_is_removed_only_by_its_name_and_what_it_sent_stays()
    {
        var sender = await HookSender.NewAsync(host, HookScheme.Stripe, "leaving", "stripe");
        await sender.SendAsync(HookTests.Customer.Replace("cus_9", "cus_stays", StringComparison.Ordinal));
        var visitor = await host.SignedInAsync();
        using var wrong = await visitor.FillInAsync("/data/sources/leaving/remove", ("typed", "leavign"));
        Assert.Equal(HttpStatusCode.BadRequest, wrong.StatusCode);
        Assert.NotNull(await HookSource.FindAsync(host.Database.DataSource, "leaving", SmallCompany.Now, Ct));
        using var right = await visitor.FillInAsync("/data/sources/leaving/remove", ("typed", "leaving"));
        Assert.Equal(HttpStatusCode.Found, right.StatusCode);
        Assert.Equal(404, (await sender.SendAsync(HookTests.Customer)).Status);
        await using var kept = host.Database.DataSource.CreateCommand("select count(*) from account where source_key = 'stripe:cus_stays'");
        Assert.Equal(1L, await kept.ExecuteScalarAsync(Ct));
    }

    [Fact]
    public async Task A_token_is_shown_once_and_revoked_by_its_name()
    {
        var visitor = await host.SignedInAsync();
        using var made = await visitor.FillInAsync("/data/tokens/new", ("name", "exporter"), ("days", "30"));
        var token = (await new HtmlParser().ParseDocumentAsync(await made.Content.ReadAsStringAsync(Ct), Ct)).QuerySelector(".secret")!.TextContent;
        Assert.StartsWith("ft_", token, StringComparison.Ordinal);
        var list = await visitor.ReadAsync("/data/sources");
        Assert.Contains("exporter", list.DocumentElement.TextContent, StringComparison.Ordinal);
        Assert.DoesNotContain(token, list.DocumentElement.OuterHtml, StringComparison.Ordinal);
        using var twice = await visitor.FillInAsync("/data/tokens/new", ("name", "exporter"), ("days", "30"));
        Assert.Equal(HttpStatusCode.BadRequest, twice.StatusCode);
        using var forever = await visitor.FillInAsync("/data/tokens/new", ("name", "forever"), ("days", "99999"));
        Assert.Equal(HttpStatusCode.BadRequest, forever.StatusCode);
        using var revoked = await visitor.FillInAsync("/data/tokens/exporter/revoke", ("typed", "exporter"));
        Assert.Equal(HttpStatusCode.Found, revoked.StatusCode);
        Assert.Contains("revoked", (await visitor.ReadAsync("/data/sources")).DocumentElement.TextContent, StringComparison.Ordinal);
        await visitor.ReadAsync("/data/tokens/exporter/revoke", HttpStatusCode.NotFound);
    }

    [Fact]
    public async Task To_whoever_is_no_administrator_it_is_not_there_and_a_foreign_form_is_refused()
    {
        await using var own = new DashboardHost { Empty = true };
        await own.InitializeAsync();
        var visitor = await own.NewSignedInAsync();
        using var foreign = await visitor.PostAsync("/data/sources/new", new() { ["name"] = "evil", ["scheme"] = "generic", ["mapping"] = "stripe" });
        Assert.Equal(HttpStatusCode.BadRequest, foreign.StatusCode);
        Assert.Null(await HookSource.FindAsync(own.Database.DataSource, "evil", SmallCompany.Now, Ct));

        await using (var demote = own.Database.DataSource.CreateCommand($"delete from app_user_role where role_id in (select role_id from app_role where name = '{Role.Administrator}')"))
            await demote.ExecuteNonQueryAsync(Ct);
        var other = await own.NewSignedInAsync();
        foreach (var page in (string[])["/data/sources", "/data/sources/new", "/data/tokens/new"])
            await other.ReadAsync(page, HttpStatusCode.NotFound);
    }
}
