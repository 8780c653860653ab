using System.Net;
using AngleSharp.Dom;
using AngleSharp.Html.Dom;
using Followthrough.Analytics.Facts;
using Followthrough.Analytics.Store;
using Followthrough.Tests.Support;

namespace Followthrough.Tests.Dashboard.Accounts;

/// <summary>Accounts and the page of one: counted by hand over the small company, and a timeline longer than a page.</summary>
public sealed class AccountPageTests(DashboardHost host) : IClassFixture<DashboardHost>
{
    private const string Quarter = "period=2026-Q3";

    [Fact]
    public async Task The_list_says_of_each_account_what_is_owed_and_kept_and_whose_it_is()
    {
        var page = await (await host.SignedInAsync()).ReadAsync($"/accounts?{Quarter}");
        Assert.Equal("3", page.QuerySelector(".total b")!.TextContent);
        var acme = Line(page, SmallCompany.LongName);
        Assert.Equal(["75.0 % in time", "4", "1 Sep 2026, 10:30", "Ada Byron"], [Cell(acme, "Amount"), Cell(acme, "n"), Cell(acme, "When"), Cell(acme, "Person")]);
        var hostile = Line(page, SmallCompany.Formula);
        // The question of the 2nd never answered; that of yesterday can still be answered in time.
        Assert.Equal("1 overdue", Cell(hostile, "Status"));
        Assert.Empty(page.QuerySelectorAll("main script"));
    }

    [Fact]
    public async Task It_is_narrowed_sorted_and_paged_and_the_file_holds_exactly_what_was_asked()
    {
        var visitor = await host.SignedInAsync();
        Assert.Equal(["Consolidated"], await NamesAsync(visitor, $"{Quarter}&q=northwest"));
        Assert.Equal(2, (await NamesAsync(visitor, $"{Quarter}&region=South")).Length);
        Assert.Equal(["Consolidated"], await NamesAsync(visitor, $"{Quarter}&owner=hr%3AS1"));
        Assert.Equal(["Consolidated"], await NamesAsync(visitor, $"{Quarter}&team=hr%3AT1"));
        Assert.Equal("=HYPERLINK", (await NamesAsync(visitor, Quarter))[0][..10]);
        var byName = await NamesAsync(visitor, $"{Quarter}&order=name&dir=asc");
        Assert.Equal(byName.Reverse(), await NamesAsync(visitor, $"{Quarter}&order=name"));
        Assert.Equal("شركة", (await NamesAsync(visitor, $"{Quarter}&order=last_contact"))[1][..4]);
        using var file = await visitor.GetAsync($"/accounts.csv?{Quarter}&region=South&order=name&dir=asc");
        var lines = (await file.Content.ReadAsStringAsync(TestContext.Current.CancellationToken)).TrimStart('\ufeff').TrimEnd().Split('\n');
        Assert.Equal("2", file.Headers.GetValues("X-Row-Count").Single());
        Assert.Equal(3, lines.Length);
        Assert.Contains("\"'=HYPERLINK(\"\"http://evil.example\"\",\"\"Invoice\"\")\"", lines[1], StringComparison.Ordinal);
        await visitor.ReadAsync("/accounts?order=worth", HttpStatusCode.BadRequest);
        await visitor.ReadAsync($"/accounts?q={new string('x', 201)}", HttpStatusCode.BadRequest);
    }

    [Fact]
    public async Task An_account_shows_whose_it_is_what_is_owed_and_what_happened_each_line_with_its_record()
    {
        var visitor = await host.SignedInAsync();
        var page = await visitor.ReadAsync($"/accounts/crm:acme?{Quarter}");
        Assert.Equal(SmallCompany.LongName, page.QuerySelector("h1")!.TextContent);
        Assert.Contains("Ada Byron, Service North", page.QuerySelector(".facts")!.TextContent, StringComparison.Ordinal);
        Assert.Equal("75.0\u00a0%", page.QuerySelector(".tile .figure")!.TextContent.Trim());
        var events = page.QuerySelectorAll(".events > li");
        // Eleven contacts, four answers owed, and the silences follow_up owes for.
        Assert.Equal(11, events.Count(e => e.ClassName == "contact"));
        Assert.Equal(4, events.Count(e => e.TextContent.Contains("Owed: Answer", StringComparison.Ordinal)));
        var times = events.Select(e => e.QuerySelector("time")!.GetAttribute("datetime")!).ToList();
        Assert.Equal(times.OrderDescending(StringComparer.Ordinal), times);
        foreach (var link in events.Select(e => e.QuerySelector("a")!.GetAttribute("href")!).Distinct())
            await visitor.ReadAsync(link);
        Assert.All((await visitor.ReadAsync($"/accounts/crm:acme?{Quarter}&event=contact")).QuerySelectorAll(".events > li"), e => Assert.Equal("contact", e.ClassName));
        await visitor.ReadAsync("/accounts/crm:acme?event=gossip", HttpStatusCode.BadRequest);
        await visitor.ReadAsync("/accounts/crm:acme?before=never", HttpStatusCode.BadRequest);
    }

    [Fact]
    public async Task Another_teams_account_is_absent_for_its_page_its_timeline_the_list_and_the_file()
    {
        var staff = await host.NewSignedInAsAsync(Role.Staff, "hr:S1");
        var hostile = $"/accounts/{Followthrough.Dashboard.Commitments.CommitmentPath.Encode(SmallCompany.HostileAccount)}";
        foreach (var address in new[] { hostile, hostile + "/timeline", "/accounts/crm:rtl", "/accounts/crm:no-such", "/accounts/~0" })
            await staff.ReadAsync(address, HttpStatusCode.NotFound);
        Assert.Equal(["Consolidated"], await NamesAsync(staff, Quarter));
        var page = await staff.ReadAsync("/accounts");
        Assert.Equal(["", "North"], page.QuerySelectorAll("select[name=region] option").Select(o => o.GetAttribute("value")));
        Assert.Equal(["", "hr:S1"], page.QuerySelectorAll("select[name=owner] option").Select(o => o.GetAttribute("value")));
        using var file = await staff.GetAsync("/accounts.csv");
        Assert.Equal("1", file.Headers.GetValues("X-Row-Count").Single());
        var admin = await host.SignedInAsync();
        Assert.Equal(SmallCompany.Formula, (await admin.ReadAsync(hostile)).QuerySelector("h1")!.TextContent);
    }

    [Fact]
    public async Task A_long_timeline_is_gone_through_without_gap_or_repetition_even_where_many_things_happen_at_once()
    {
        await using var busy = new DashboardHost
        {
            Facts =
            [
                Given.Account("crm:busy"),
                .. Enumerable.Range(0, 95).Select(i => Given.Interaction("crm:busy", "2026-09-01T10:00Z", Direction.Outbound, key: $"mail:{i:D3}")),
                .. Enumerable.Range(0, 5).Select(i => GivenSurvey.Nps("crm:busy", i) with { SourceKey = $"nps:{i}", OccurredAt = Given.At("2026-09-01T10:00Z") }),
            ],
        };
        await busy.InitializeAsync();
        var visitor = await busy.SignedInAsync();
        var seen = new List<string>();
        var address = "/accounts/crm:busy";
        for (var pages = 0; address is not null; pages++)
        {
            Assert.InRange(pages, 0, 4);
            var page = await visitor.ReadAsync(address);
            seen.AddRange(page.QuerySelectorAll("li:not(.older) .head a").Select(a => a.GetAttribute("href")!).Where(h => h.Contains("/data/record/", StringComparison.Ordinal)));
            address = page.QuerySelector(".older a")?.GetAttribute("hx-get");
        }
        Assert.Equal(100, seen.Count);
        Assert.Equal(100, seen.Distinct().Count());
    }

    [Fact]
    public async Task An_empty_company_is_told_what_to_do_on_every_one_of_these_screens()
    {
        await using var empty = new DashboardHost { Empty = true };
        await empty.InitializeAsync();
        var visitor = await empty.SignedInAsync();
        foreach (var address in (string[])["/accounts", "/people", "/mine"])
            Assert.Contains("load FOLDER", (await visitor.ReadAsync(address)).QuerySelector(".nothing")!.TextContent, StringComparison.Ordinal);
    }

    private static IElement Line(IHtmlDocument page, string name) => page.QuerySelectorAll("tbody tr").Single(row => row.QuerySelector(".cover")!.TextContent == name);

    private static string Cell(IElement row, string label) =>
        string.Join(' ', row.QuerySelector($"td[data-label='{label}']")!.TextContent.Split((char[])[' ', '\n', '\u00a0'], StringSplitOptions.RemoveEmptyEntries));

    private static async Task<string[]> NamesAsync(Visitor visitor, string query)
    {
        var page = await visitor.ReadAsync($"/accounts?{query}");
        return [.. page.QuerySelectorAll("tbody .cover").Select(a => a.TextContent == SmallCompany.LongName ? "Consolidated" : a.TextContent)];
    }
}
