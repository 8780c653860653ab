using System.Net;
using Followthrough.Analytics.Facts;
using Followthrough.Analytics.Store;
using Followthrough.Tests.Support;

namespace Followthrough.Tests.Dashboard.People;

/// <summary>People compared fairly: few cases are not ranked, customers are taken into account, and the rated see what the rater sees.</summary>
public sealed class PeoplePageTests(PeopleHost people) : IClassFixture<PeopleHost>
{
    private const string Quarter = "period=2026-Q3";

    [Fact]
    public async Task People_are_ranked_by_their_rate_and_whoever_has_too_few_cases_comes_last_in_grey()
    {
        var page = await (await people.ExecutiveAsync()).ReadAsync($"/people?{Quarter}&kind=respond");
        var rows = page.QuerySelectorAll("#people tbody tr");
        Assert.Equal(["Person hr:A", "Person hr:B", "Person hr:C"], rows.Select(row => row.QuerySelector("th")!.TextContent));
        // 18 of 20, 12 of 20, and 3 of 3, which is best of all and no ground to judge on.
        Assert.Equal(["90.0", "60.0", "100.0"], rows.Select(row => row.QuerySelectorAll("td")[1].TextContent));
        Assert.Equal([false, false, true], rows.Select(row => row.ClassList.Contains("few")));
        Assert.Contains("2 of 3\u00a0people have enough cases", page.QuerySelector(".finding")!.TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_page_begins_with_everything_that_was_owed_and_its_file_says_the_same()
    {
        var executive = await people.ExecutiveAsync();
        var page = await executive.ReadAsync($"/people?{Quarter}");
        Assert.Contains("Commitments kept in Q3 2026", page.QuerySelector(".finding")!.TextContent, StringComparison.Ordinal);
        var rows = page.QuerySelectorAll("#people tbody tr").Where(row => row.QuerySelector("th a") is not null).ToList();
        // Each person's n is the sum of the kinds on his record, to which it leads.
        var record = await executive.ReadAsync(rows[0].QuerySelector(".num a")!.GetAttribute("href")!.Split('#')[0]);
        var kinds = record.QuerySelectorAll("#kinds tbody tr .num a").Sum(n => int.Parse(n.TextContent, System.Globalization.CultureInfo.InvariantCulture));
        Assert.Equal(rows[0].QuerySelector(".num a")!.TextContent, $"{kinds}");
        using var answer = await executive.GetAsync(page.QuerySelector("#people .files a")!.GetAttribute("href")!);
        var lines = (await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken)).Split("\r\n", StringSplitOptions.RemoveEmptyEntries);
        Assert.Equal(page.QuerySelectorAll("#people tbody th").Select(th => th.TextContent), lines.Skip(1).Select(line => line.Split(',')[4]));
        Assert.All(lines.Skip(1), line => Assert.StartsWith("commitments_kept,Commitments kept,staff,", line, StringComparison.Ordinal));
    }

    [Fact]
    public async Task The_kinds_of_a_record_leave_as_the_page_has_them()
    {
        var own = await people.AAsync();
        var page = await own.ReadAsync($"/people/hr:A?{Quarter}");
        using var answer = await own.GetAsync(page.QuerySelector("#kinds .files a")!.GetAttribute("href")!);
        var lines = (await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken)).Split("\r\n", StringSplitOptions.RemoveEmptyEntries);
        Assert.Equal(page.QuerySelectorAll("#kinds tbody th").Select(th => th.TextContent), lines.Skip(1).Select(line => line.Split(',')[1]));
    }

    [Fact]
    public async Task What_is_expected_of_a_person_follows_from_the_customers_he_has()
    {
        var page = await (await people.ExecutiveAsync()).ReadAsync($"/people?{Quarter}&kind=respond");
        var rows = page.QuerySelectorAll("#people tbody tr");
        // Easy customers: A 18 of 20 and C 3 of 3 of easy ones, so 21 of 23; hard ones: B's 12 of 20.
        Assert.Equal(["91.3", "60.0", "91.3"], rows.Select(row => row.QuerySelectorAll("td")[4].TextContent));
        Assert.Equal("as expected", rows[1].QuerySelectorAll("td")[5].TextContent.Trim());
    }

    [Fact]
    public async Task A_person_sees_exactly_what_his_manager_sees_of_him()
    {
        var manager = await people.Host.NewSignedInAsAsync(Role.Manager, "hr:M", "hr:T1");
        var own = await people.AAsync();
        var seen = await manager.ReadAsync($"/people/hr:A?{Quarter}");
        var mine = await own.ReadAsync($"/people/hr:A?{Quarter}");
        foreach (var part in new[] { ".finding", ".facts", "#kinds", ".twin" })
            Assert.Equal(seen.QuerySelector(part)!.TextContent, mine.QuerySelector(part)!.TextContent);
        Assert.Equal(seen.QuerySelectorAll("#kinds .num a").Select(a => a.GetAttribute("href")), mine.QuerySelectorAll("#kinds .num a").Select(a => a.GetAttribute("href")));
        Assert.Equal("90.0", mine.QuerySelectorAll("#kinds tr.own td")[1].TextContent);
        // 33 of 43 in the company.
        Assert.Equal("76.7", mine.QuerySelectorAll("#kinds tr.own td")[4].TextContent);
    }

    [Fact]
    public async Task Every_figure_of_a_record_leads_to_its_rows()
    {
        var own = await people.AAsync();
        var page = await own.ReadAsync($"/people/hr:A?{Quarter}");
        var rows = await own.ReadAsync(page.QuerySelector("#kinds tr.own .num a")!.GetAttribute("href")!);
        Assert.Equal("20", rows.QuerySelector(".total b")!.TextContent);
    }

    [Fact]
    public async Task Somebody_of_the_staff_is_led_to_his_own_record_and_to_nobody_elses()
    {
        var own = await people.AAsync();
        using var list = await own.GetAsync($"/people?{Quarter}");
        Assert.Equal($"/people/hr:A?{Quarter}", list.Headers.Location!.ToString());
        foreach (var address in new[] { "/people/hr:B", "/people/hr:nobody", "/teams/hr:T1", "/teams/hr:T2" })
            await own.ReadAsync(address, HttpStatusCode.NotFound);
    }

    [Fact]
    public async Task A_manager_sees_his_teams_and_his_own_record_first()
    {
        var manager = await people.Host.NewSignedInAsAsync(Role.Manager, "hr:A", "hr:T1");
        var page = await manager.ReadAsync($"/people?{Quarter}&kind=respond");
        Assert.Equal("Person hr:A", page.QuerySelector("#own tbody th a")!.TextContent);
        Assert.DoesNotContain("Person hr:B", page.Body!.TextContent, StringComparison.Ordinal);
        await manager.ReadAsync("/people/hr:B", HttpStatusCode.NotFound);
        await manager.ReadAsync("/teams/hr:T2", HttpStatusCode.NotFound);
        var team = await manager.ReadAsync($"/teams/hr:T1?{Quarter}");
        Assert.Equal(["Person hr:A", "Person hr:C"], team.QuerySelectorAll("#people tbody th a").Select(a => a.TextContent));
        // 21 of 23.
        Assert.Equal("91.3", team.QuerySelectorAll("#kinds tr.own td")[1].TextContent);
    }
}

/// <summary>Three people: A keeps 18 of 20 for easy customers, B 12 of 20 for hard ones in another team, C 3 of 3 for easy ones.</summary>
public sealed class PeopleHost : IAsyncLifetime
{
    internal DashboardHost Host { get; } = new() { Facts = [.. Company(), .. Asked("hr:A", "easy", 18, 2), .. Asked("hr:B", "hard", 12, 8), .. Asked("hr:C", "easy", 3, 0)] };

    // One each for all tests of the class: sign-ins are rationed.
    private Visitor? _executive;
    private Visitor? _a;

    internal async Task<Visitor> ExecutiveAsync() => _executive ??= await Host.NewSignedInAsAsync(Role.Executive);

    internal async Task<Visitor> AAsync() => _a ??= await Host.NewSignedInAsAsync(Role.Staff, "hr:A");

    public ValueTask InitializeAsync() => Host.InitializeAsync();

    public ValueTask DisposeAsync() => Host.DisposeAsync();

    private static IEnumerable<Fact> Company() =>
    [
        Given.Team("hr:T1"), Given.Team("hr:T2"),
        Given.Staff("hr:A") with { ManagerKey = "hr:M" }, Given.Staff("hr:B"), Given.Staff("hr:C"), Given.Staff("hr:M"),
        Given.Membership("hr:A", "hr:T1"), Given.Membership("hr:B", "hr:T2"), Given.Membership("hr:C", "hr:T1"), Given.Membership("hr:M", "hr:T1"),
    ];

    // Each question has a customer of its own, so that nothing but the answer counts.
    private static IEnumerable<Fact> Asked(string staff, string segment, int kept, int missed) =>
        Enumerable.Range(0, kept + missed).SelectMany(i =>
        {
            var account = $"crm:{staff[3..]}{i}";
            Fact[] asked = [Given.Account(account, segment: segment), Given.Assignment(account, staff), Given.Inbound(account, "2026-08-03T08:00Z", key: $"q:{account}")];
            return i < kept ? [.. asked, Given.Outbound(account, "2026-08-03T09:00Z", staff: staff, key: $"a:{account}")] : asked;
        });
}
