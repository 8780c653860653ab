using System.Net;
using AngleSharp.Dom;
using Followthrough.Dashboard.Commitments;

namespace Followthrough.Tests.Dashboard;

public sealed class PageTests(DashboardHost host) : IClassFixture<DashboardHost>
{
    [Fact]
    public async Task Overview_states_the_figure_of_the_current_quarter_and_leads_to_its_rows()
    {
        var visitor = await host.SignedInAsync();
        var page = await visitor.ReadAsync("/");
        // 3 kept of 6 due: two missed by the clock, one never answered; the one who waits is in no rate.
        var answered = page.QuerySelectorAll(".tile").Single(tile => tile.QuerySelector("h2")!.TextContent == "Answered within 24 h");
        Assert.Equal("50.0\u00a0%", answered.QuerySelector(".figure")!.TextContent);
        var rows = answered.QuerySelector(".above")!;
        Assert.Contains("n = 6", rows.TextContent, StringComparison.Ordinal);
        var list = await visitor.ReadAsync(rows.GetAttribute("href")!);
        Assert.Equal(["All 7", "Kept 3", "Missed 3", "Pending 1", "Excused 0"], list.QuerySelectorAll(".tabs a").Select(Words));
    }

    [Fact]
    public async Task Who_waits_is_listed_with_the_time_left()
    {
        var visitor = await host.SignedInAsync();
        var page = await visitor.ReadAsync("/overview/waiting");
        var first = page.QuerySelector(".waiting-rows li")!;
        Assert.Equal(SmallCompany.Formula, first.QuerySelector("a")!.TextContent);
        Assert.Equal("due in 8\u00a0h", first.QuerySelector(".chip")!.TextContent);
    }

    [Theory]
    [InlineData("", 7)]
    [InlineData("&status=kept", 3)]
    [InlineData("&status=missed", 3)]
    [InlineData("&status=pending", 1)]
    [InlineData("&status=excused", 0)]
    [InlineData("&team=hr%3AT1", 4)]
    [InlineData("&person=hr%3AS2", 3)]
    [InlineData("&account=crm%3Artl", 1)]
    [InlineData("&team=hr%3AT1&status=missed", 1)]
    [InlineData("&kind=respond", 7)]
    [InlineData("&asof=2026-09-01", 4)]
    public async Task Filters_narrow_the_rows(string filter, int expected)
    {
        var visitor = await host.SignedInAsync();
        var page = await visitor.ReadAsync($"/commitments?period=2026-Q3{filter}");
        Assert.Equal(expected, page.QuerySelectorAll("table.cards tbody tr").Length);
    }

    [Fact]
    public async Task Headers_sort_and_turn_round()
    {
        var visitor = await host.SignedInAsync();
        var page = await visitor.ReadAsync("/commitments?period=2026-Q3&sort=opened_at&dir=asc");
        var opened = Cells(page, "Opened");
        Assert.Equal(opened.Order(StringComparer.Ordinal), opened);
        var header = page.QuerySelector("th[aria-sort]")!;
        Assert.Equal("ascending", header.GetAttribute("aria-sort"));
        var turned = await visitor.ReadAsync(header.QuerySelector("a")!.GetAttribute("href")!);
        Assert.Equal(opened.Reverse(), Cells(turned, "Opened"));
    }

    [Theory]
    [InlineData("period=2026-Q5", "2026-Q5")]
    [InlineData("period=2026-09-30..2026-07-01", "2026-09-30..2026-07-01")]
    [InlineData("period=%3Cscript%3E", "<script>")]
    [InlineData("status=lost", "lost")]
    [InlineData("kind=teach", "teach")]
    [InlineData("sort=colour", "colour")]
    [InlineData("dir=up", "up")]
    [InlineData("size=1000000", "1000000")]
    [InlineData("page=0", "0")]
    [InlineData("page=99999999999999", "99999999999999")]
    [InlineData("asof=yesterday", "yesterday")]
    [InlineData("asof=2031-01-01", "future")]
    [InlineData("from=2026-07-01&to=", "2026-07-01..")]
    [InlineData("team=a&team=b", "team")]
    [InlineData("team=%00", "team")]
    public async Task What_cannot_be_understood_is_named_and_answered_with_400(string query, string named)
    {
        var visitor = await host.SignedInAsync();
        foreach (var path in (string[])["/commitments", "/commitments.csv", "/", "/metrics/respond_24h"])
        {
            var page = await visitor.ReadAsync($"{path}?{query}", HttpStatusCode.BadRequest);
            Assert.Contains(named, page.QuerySelector("main")!.TextContent, StringComparison.Ordinal);
            Assert.Empty(page.QuerySelectorAll("main script"));
        }
    }

    [Fact]
    public async Task An_empty_list_says_why_and_offers_a_wider_period()
    {
        var visitor = await host.SignedInAsync();
        var page = await visitor.ReadAsync("/commitments?period=2026-02");
        Assert.Contains("No customer turned to us in February 2026", page.QuerySelector(".nothing")!.TextContent, StringComparison.Ordinal);
        var wider = await visitor.ReadAsync(page.QuerySelector(".nothing a")!.GetAttribute("href")!);
        Assert.Equal(7, wider.QuerySelectorAll("table.cards tbody tr").Length);
    }

    [Fact]
    public async Task A_page_past_the_end_leads_to_the_last()
    {
        var visitor = await host.SignedInAsync();
        using var answer = await visitor.GetAsync("/commitments?period=2026-Q3&page=9");
        Assert.Equal("/commitments?period=2026-Q3&page=1", answer.Headers.Location!.ToString());
    }

    [Fact]
    public async Task A_commitment_shows_both_clocks_and_why_what_did_not_count_did_not()
    {
        var visitor = await host.SignedInAsync();
        var page = await visitor.ReadAsync(CommitmentPath.Of("respond", "crm:acme", "mail:b1"));
        Assert.Equal("We answered after 4.0\u00a0h, in time.", page.QuerySelector(".finding")!.TextContent);
        Assert.Equal(["24 hours", "Next business day"], page.QuerySelectorAll(".clocks tbody th").Select(Words));
        var meanings = page.QuerySelectorAll(".timeline li").Select(li => (li.ClassList[0], li.QuerySelector(".meaning")?.TextContent)).ToList();
        Assert.Contains(("opens", "The clock starts; later contacts do not restart it"), meanings);
        Assert.Contains(("reminder", "The customer reminds us; the clock goes on"), meanings);
        Assert.Contains(("out", "Does not count: the customer did not see it (internal)"), meanings);
        Assert.Contains(("closes", "Answers it: the clock stops"), meanings);

        var other = await visitor.ReadAsync(CommitmentPath.Of("respond", "crm:acme", "mail:a1"));
        Assert.Contains("Does not count: sent automatically, not by a person", other.QuerySelector(".timeline")!.TextContent, StringComparison.Ordinal);
        Assert.Contains("answered by phone", other.QuerySelector(".facts")!.TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_row_leads_to_the_record_of_its_source_also_under_hostile_keys()
    {
        var visitor = await host.SignedInAsync();
        var list = await visitor.ReadAsync($"/commitments?period=2026-Q3&status=missed&account={Uri.EscapeDataString(SmallCompany.HostileAccount)}");
        var detail = await visitor.ReadAsync(list.QuerySelector("table.cards a.cover")!.GetAttribute("href")!);
        Assert.Contains("We never answered", detail.QuerySelector(".finding")!.TextContent, StringComparison.Ordinal);
        var opening = detail.QuerySelector(".timeline .opens")!;
        var source = opening.QuerySelector(".source summary")!;
        Assert.Contains("interaction.csv, line 13", source.TextContent, StringComparison.Ordinal);
        var record = await visitor.ReadAsync(source.GetAttribute("hx-get")!);
        Assert.StartsWith($"\"{SmallCompany.HostileContact}\",2026-09-02T08:00:00Z", record.QuerySelector(".record")!.TextContent, StringComparison.Ordinal);
        Assert.StartsWith("source_key,occurred_at,account,channel", record.QuerySelector(".record-head")!.TextContent, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("crm:4711", "crm:4711")]
    [InlineData("a/b", "a~2Fb")]
    [InlineData("..", "~2E~2E")]
    [InlineData("~2F", "~7E2F")]
    [InlineData("ü %", "~C3~BC~20~25")]
    public void Keys_in_addresses_come_back_as_they_were(string key, string path)
    {
        Assert.Equal(path, CommitmentPath.Encode(key));
        Assert.Equal(key, CommitmentPath.Decode(path));
    }

    [Theory]
    [InlineData("a~2fb")]
    [InlineData("~")]
    [InlineData("~4")]
    [InlineData("~ZZ")]
    [InlineData("~41")]
    [InlineData("~00")]
    [InlineData("~FF")]
    [InlineData("ü")]
    public void An_address_that_no_key_has_is_no_key(string path) => Assert.Null(CommitmentPath.Decode(path));

    [Theory]
    [InlineData("/commitments/respond/crm:acme/mail:nothing")]
    [InlineData("/commitments/deliver/crm:acme/mail:a1")]
    [InlineData("/commitments/respond/crm:rtl/mail:a1")]
    [InlineData("/commitments/respond/crm:acme/mail:a1/record/interaction/mail:f1")]
    [InlineData("/no-such-page")]
    public async Task What_is_not_there_is_a_page_with_a_reference(string address)
    {
        var visitor = await host.SignedInAsync();
        var page = await visitor.ReadAsync(address, HttpStatusCode.NotFound);
        Assert.Equal("There is no such page", page.QuerySelector("h1")!.TextContent);
        Assert.NotEmpty(page.QuerySelector("main code")!.TextContent);
    }

    [Fact]
    public async Task Names_are_text_and_never_markup()
    {
        var visitor = await host.SignedInAsync();
        string[] pages = ["/", "/commitments?period=2026-Q3", "/metrics/respond_24h?by=staff", "/metrics/respond_24h?by=account", "/data", "/data/quarantine", "/search?q=a",
            CommitmentPath.Of("respond", SmallCompany.HostileAccount, SmallCompany.HostileContact)];
        foreach (var address in pages)
        {
            var page = await visitor.ReadAsync(address);
            Assert.Empty(page.QuerySelectorAll("script:not([src]), img, [onerror], [onclick], [style], style"));
            Assert.All(page.QuerySelectorAll("a[href]"), link => Assert.Matches("^(/|#|\\?)", link.GetAttribute("href")!));
        }
        var list = await visitor.ReadAsync("/commitments?period=2026-Q3");
        Assert.Contains(SmallCompany.Script, list.QuerySelector("table.cards")!.TextContent, StringComparison.Ordinal);
        Assert.Contains(SmallCompany.RightToLeft, list.QuerySelectorAll("table.cards a[dir=auto]").Select(Words));
    }

    [Fact]
    public async Task A_metric_is_explained_and_split_with_a_way_to_the_rows()
    {
        var visitor = await host.SignedInAsync();
        var catalogue = await visitor.ReadAsync("/metrics");
        var page = await visitor.ReadAsync(catalogue.QuerySelector("table a.cover")!.GetAttribute("href")!);
        Assert.Contains("kept / (kept + missed)", page.QuerySelector(".definition")!.TextContent, StringComparison.Ordinal);
        var north = page.QuerySelectorAll(".groups tbody tr").Single(row => Words(row.QuerySelector("th")!) == "Service North");
        Assert.Equal("75.0", Words(north.QuerySelectorAll("td.num")[0]));
        var rows = await visitor.ReadAsync(north.QuerySelector("a")!.GetAttribute("href")!);
        Assert.Equal(4, rows.QuerySelectorAll("table.cards tbody tr").Length);
    }

    [Theory]
    [InlineData("team")]
    [InlineData("staff")]
    [InlineData("account")]
    [InlineData("region")]
    [InlineData("segment")]
    [InlineData("channel")]
    [InlineData("month")]
    public async Task Groups_of_every_split_add_up_to_the_whole(string by)
    {
        var visitor = await host.SignedInAsync();
        var page = await visitor.ReadAsync($"/metrics/respond_24h?period=2026-Q3&by={by}");
        Assert.Equal(6, page.QuerySelectorAll(".groups tbody tr").Sum(row => int.Parse(Words(row.QuerySelectorAll("td.num:not(.wide)")[1]), System.Globalization.CultureInfo.InvariantCulture)));
    }

    [Fact]
    public async Task Data_shows_batches_quarantine_and_facts()
    {
        var visitor = await host.SignedInAsync();
        var batches = await visitor.ReadAsync("/data");
        Assert.Equal(7, batches.QuerySelectorAll("tbody tr").Length);
        var held = await visitor.ReadAsync("/data/quarantine");
        var row = Assert.Single(held.QuerySelectorAll("tbody tr"));
        Assert.Contains("interaction.csv, line 17", Words(row), StringComparison.Ordinal);
        var record = await visitor.ReadAsync(row.QuerySelector("summary")!.GetAttribute("hx-get")!);
        Assert.StartsWith("mail:x1,", record.QuerySelector(".record")!.TextContent, StringComparison.Ordinal);
        var facts = await visitor.ReadAsync("/data/facts");
        var interactions = facts.QuerySelectorAll("tbody tr").Single(fact => Words(fact.QuerySelector("th")!) == "interaction");
        Assert.Equal("15", Words(interactions.QuerySelector("td.num")!));
    }

    [Fact]
    public async Task A_search_leads_to_the_accounts_page()
    {
        var visitor = await host.SignedInAsync();
        using var one = await visitor.GetAsync("/search?q=northwestern");
        Assert.Equal("/accounts/crm:acme", one.Headers.Location!.ToString());
        var none = await visitor.ReadAsync("/search?q=nobody-at-all");
        Assert.Equal("No account found", none.QuerySelector("main h2")!.TextContent);
        var suggestions = await visitor.ReadAsync("/search/suggestions?q=n");
        Assert.Equal(2, suggestions.QuerySelectorAll("a").Length);
    }

    [Fact]
    public async Task An_empty_company_is_told_what_to_do()
    {
        await using var empty = new DashboardHost { Empty = true };
        await empty.InitializeAsync();
        var visitor = await empty.SignedInAsync();
        foreach (var address in (string[])["/", "/commitments", "/data"])
            Assert.Contains("load FOLDER", (await visitor.ReadAsync(address)).QuerySelector(".nothing")!.TextContent, StringComparison.Ordinal);
        foreach (var address in (string[])["/metrics", "/metrics/respond_24h", "/data/quarantine", "/data/facts", "/search?q=x"])
            Assert.DoesNotContain("NaN", (await visitor.ReadAsync(address)).Body!.TextContent, StringComparison.Ordinal);
    }

    private static string Words(IElement element) => string.Join(' ', element.TextContent.Split((char[])[' ', '\n', '\r', '\t'], StringSplitOptions.RemoveEmptyEntries));

    private static string[] Cells(IParentNode page, string label) =>
        [.. page.QuerySelectorAll($"td[data-label='{label}'] time").Select(time => time.GetAttribute("datetime")!)];
}
