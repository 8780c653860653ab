using System.Net;
using System.Security.Cryptography;
using System.Text;
using Followthrough.Analytics.Editions;
using Followthrough.Analytics.Metrics;
using Followthrough.Analytics.Store;
using static Followthrough.Tests.Dashboard.Audits.AuditVisitors;

namespace Followthrough.Tests.Dashboard.Audits;

/// <summary>A project's audit on the screens, from the list of its quarter to the closed finding.</summary>
public sealed class ProjectAuditPageTests(AuditVisitors visitors) : IClassFixture<AuditVisitors>
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_project_is_assigned_looked_at_signed_off_and_what_was_found_is_put_right()
    {
        var (executive, kay, sam, bo) = (await visitors.OfAsync(Role.Executive, null), await visitors.KayAsync(), await visitors.OfAsync(Role.Auditor, "hr:Sam"), await visitors.BoAsync());
        var list = await executive.ReadAsync(Quarter);
        Assert.Equal(["All 2", "Open 1", "Assigned 0", "Reviewed 0", "Signed off 1"], list.QuerySelectorAll(".tabs a").Select(a => a.TextContent));
        Assert.Contains("in another system", list.QuerySelectorAll("#projects tbody tr")[1].TextContent, StringComparison.Ordinal);
        Assert.Equal("1 of 2 projects were not audited by another unit.", await AuditedAsync());

        var (status, text) = await SendAsync(executive, $"{P}/assign", ("auditor", "hr:Sam"));
        Assert.Equal(HttpStatusCode.BadRequest, status);
        Assert.Contains("Sam is not independent: worked on it (2 hours).", text, StringComparison.Ordinal);
        var offered = await executive.ReadAsync(P);
        Assert.Equal(["", "hr:Kay"], offered.QuerySelectorAll("#assign option").Select(o => o.GetAttribute("value")));
        Assert.Contains("Sam: worked on it (2 hours)", offered.QuerySelector("#assign details")!.TextContent, StringComparison.Ordinal);
        // Only what the list is narrowed to; what it cannot be narrowed to assigns nothing.
        await DoAsync(executive, $"{Quarter}/assign?unit=Service", ("confirm", "yes"));
        Assert.Equal(HttpStatusCode.BadRequest, (await SendAsync(executive, $"{Quarter}/assign?state=lost", ("confirm", "yes"))).Status);
        Assert.Contains("Assign all 1", (await executive.ReadAsync(Quarter)).QuerySelector("#assign-all")!.TextContent, StringComparison.Ordinal);
        Assert.Null((await executive.ReadAsync($"{Quarter}?unit=Service")).QuerySelector("#assign-all"));
        await DoAsync(executive, $"{Quarter}/assign", ("confirm", "yes"));
        Assert.Contains("Kay of Service audits it: 0 of", (await kay.ReadAsync(P)).QuerySelector(".finding")!.TextContent, StringComparison.Ordinal);

        await LookAsync(kay, sam);
        await FindAndSignAsync(kay, sam, bo);
        await PutRightAsync(kay, sam, bo);
        await LoggedAsync();
    }

    [Fact]
    public async Task The_workspace_says_what_the_project_brings_and_who_worked_on_it()
    {
        var page = await (await visitors.KayAsync()).ReadAsync(P);
        Assert.Equal(
            [
                "Project margin: —", "CPI, cost performance index: 0.80", "SPI, schedule performance index: 1.00", "EAC, estimate at completion: 250.00 USD",
                "TCPI, to-complete performance index: 1.20", "Unbilled work: 1,000 USD",
            ],
            page.QuerySelectorAll("#profit tr").Select(row => $"{row.QuerySelector("a")!.TextContent}: {row.QuerySelector("td")!.TextContent.Replace('\u00a0', ' ')}"));
        Assert.Contains("stated once the customer has accepted the project", page.QuerySelector("#profit")!.TextContent, StringComparison.Ordinal);
        var sam = page.QuerySelectorAll("#people tbody tr").Single(row => row.QuerySelector("a")!.TextContent == "Sam");
        Assert.Equal(["2.0", "0", "—", "0"], sam.QuerySelectorAll("td").Select(cell => cell.TextContent));
        var ann = page.QuerySelectorAll("#people tbody tr").Single(row => row.QuerySelector("a")!.TextContent == "Ann");
        // Nothing of 12: Wilson's upper end is z² / (12 + z²).
        Assert.Equal(["—", "0", "0.00.0 to 24.2", "12"], ann.QuerySelectorAll("td").Select(cell => cell.TextContent));
    }

    [Fact]
    public async Task The_list_narrows_and_its_file_has_the_same_rows()
    {
        var kay = await visitors.KayAsync();
        Assert.Contains("Project R", (await kay.ReadAsync($"{Quarter}?auditor=hr:Kay&state=signed_off&unit=Projects")).QuerySelectorAll("#projects .cover").Select(a => a.TextContent));
        Assert.Empty((await kay.ReadAsync($"{Quarter}?unit=Service")).QuerySelectorAll("#projects .cover"));
        await kay.ReadAsync($"{Quarter}?state=lost", HttpStatusCode.BadRequest);
        await kay.ReadAsync("/audits/quarters/2026-13/projects", HttpStatusCode.NotFound);
        using var file = await kay.GetAsync($"{Quarter}.csv?unit=Projects");
        var lines = (await file.Content.ReadAsStringAsync(Ct)).Split("\r\n", StringSplitOptions.RemoveEmptyEntries);
        Assert.Equal(3, lines.Length);
        Assert.Equal("2", file.Headers.GetValues("X-Row-Count").Single());
        Assert.Contains("crm:A,Acme,R,Project R,R/2026-Q1,hr:Ann,Projects,signed_off,true,hr:Kay,Kay,", lines[^1], StringComparison.Ordinal);
        Assert.Contains("They are owed once the quarter is over", (await kay.ReadAsync("/audits/quarters/2026-Q3/projects")).QuerySelector(".finding")!.TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Ways_lead_there_from_the_quarter_and_the_customer_for_who_may()
    {
        var (kay, bo) = (await visitors.KayAsync(), await visitors.BoAsync());
        Assert.NotNull((await kay.ReadAsync("/audits/quarters/2026-Q1")).QuerySelector($"main a[href='{Quarter}']"));
        Assert.NotNull((await bo.ReadAsync("/audits/quarters/2026-Q1")).QuerySelector("main a[href^='/audits/findings']"));
        Assert.Null((await bo.ReadAsync("/audits/quarters/2026-Q1")).QuerySelector($"main a[href='{Quarter}']"));
        Assert.Contains(P, (await kay.ReadAsync("/accounts/crm:A")).QuerySelectorAll("#audits a").Select(a => a.GetAttribute("href")));
        Assert.Null((await bo.ReadAsync("/accounts/crm:A")).QuerySelector("#audits"));
    }

    private static async Task LookAsync(Visitor kay, Visitor sam)
    {
        var items = (await kay.ReadAsync(P)).QuerySelectorAll(".judge input[name=item]").Select(input => input.GetAttribute("value")!).ToList();
        Assert.Equal(10, items.Count);
        Assert.Equal(HttpStatusCode.NotFound, (await SendAsync(sam, $"{P}/items", ("item", items[0]), ("verdict", "ok"))).Status);
        Assert.Equal(HttpStatusCode.NotFound, (await SendAsync(sam, $"{P}/sign", ("summary", "mine"))).Status);
        Assert.Empty((await sam.ReadAsync(P)).QuerySelectorAll(".judge, #sign-off textarea, .find-form"));
        Assert.Equal(HttpStatusCode.BadRequest, (await SendAsync(kay, $"{P}/items", ("item", items[0]), ("verdict", "exception"), ("words", ""))).Status);
        Assert.Equal(HttpStatusCode.BadRequest, (await SendAsync(kay, $"{P}/sign", ("summary", "too early"))).Status);
        await DoAsync(kay, $"{P}/items", ("item", items[0]), ("verdict", "exception"), ("words", "no date was named"));
        foreach (var item in items.Skip(1)) await DoAsync(kay, $"{P}/items", ("item", item), ("verdict", "ok"), ("words", ""));
        var sample = (await kay.ReadAsync(P)).QuerySelector("#sample")!;
        Assert.Contains("Exception: no date was named", sample.TextContent, StringComparison.Ordinal);
        Assert.Equal(5, sample.QuerySelectorAll("details.source").Length);
        await DrawAgainAsync(kay, items.Count);
    }

    // By the page's rule alone, from the file it offers.
    private static async Task DrawAgainAsync(Visitor kay, int drawn)
    {
        using var answer = await kay.GetAsync($"{P}/population.csv");
        var rows = (await answer.Content.ReadAsStringAsync(Ct)).Split("\r\n", StringSplitOptions.RemoveEmptyEntries).Skip(1).Select(line => line.Split(',')).ToList();
        var seed = Hash("2026-Q1/P")[..16];
        Assert.All(rows, row => Assert.Equal(Hash($"{seed}/{row[1]}"), row[2]));
        var again = rows.GroupBy(row => row[0]).SelectMany(sort => sort.OrderBy(row => row[2], StringComparer.Ordinal).Take(5).Select((row, i) => $"{row[1]} {i + 1}"));
        Assert.Equal(again, rows.Where(row => row[3].Length > 0).Select(row => $"{row[1]} {row[3]}"));
        Assert.Equal((drawn, 7), (rows.Count(row => row[3].Length > 0), rows.Count(row => row[0] == "communication")));
    }

    private static string Hash(string text) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text)));

    private async Task FindAndSignAsync(Visitor kay, Visitor sam, Visitor bo)
    {
        Assert.Equal(HttpStatusCode.NotFound, (await SendAsync(sam, $"{P}/findings", ("severity", "high"), ("words", "x"), ("owner", "hr:Bo"), ("due", "2026-09-18"))).Status);
        await DoAsync(kay, $"{P}/findings", ("severity", "high"), ("words", "Questions are left open"), ("owner", "hr:Bo"), ("due", "2026-09-18"), ("item", ""));
        Assert.Equal("hr:Bo P 2026-09-18 21:59:59 open", await PromiseAsync());
        Assert.Contains("Audit finding 1: Questions are left open", (await bo.ReadAsync("/mine")).Body!.TextContent, StringComparison.Ordinal);
        await DoAsync(kay, $"{P}/sign", ("summary", "Answers come late"));
        Assert.Equal("followthrough:audit-1 hr:Kay Service major findings", await visitors.TextAsync("""
            select concat_ws(' ', c.fulfilled_by_key, c.fulfilled_by_staff, a.auditor_unit, a.rating)
            from commitment c join project_audit a on a.source_key = c.fulfilled_by_key where c.kind = 'project_audit' and c.commitment_key = 'P/2026-Q1'
            """));
        Assert.Equal("All 2 projects were audited by another unit.", await AuditedAsync());
        await DoAsync(kay, $"{P}/reopen", ("reason", "one answer was overlooked"));
        Assert.Equal("1 of 2 projects were not audited by another unit.", await AuditedAsync());
        Assert.Equal(HttpStatusCode.NotFound, (await SendAsync(sam, $"{P}/reopen", ("reason", "not mine"))).Status);
        await DoAsync(kay, $"{P}/sign", ("summary", "Answers come late, as said"));
        Assert.Equal("All 2 projects were audited by another unit.", await AuditedAsync());
        Assert.Contains("Signed off by Kay of Service", (await sam.ReadAsync(P)).QuerySelector(".finding")!.TextContent, StringComparison.Ordinal);
    }

    private async Task PutRightAsync(Visitor kay, Visitor sam, Visitor bo)
    {
        const string Finding = "/audits/findings/1";
        foreach (var act in new[] { "answer", "back", "close" })
            Assert.Equal(HttpStatusCode.NotFound, (await SendAsync(sam, $"{Finding}/{act}", ("words", "mine"))).Status);
        Assert.Equal(HttpStatusCode.NotFound, (await SendAsync(bo, $"{Finding}/close", ("words", "I say so"))).Status);
        Assert.Equal(HttpStatusCode.NotFound, (await SendAsync(kay, $"{Finding}/answer", ("words", "for him"))).Status);
        await (await visitors.OfAsync(Role.Staff, "hr:Ann")).ReadAsync(Finding, HttpStatusCode.NotFound);
        await DoAsync(bo, $"{Finding}/answer", ("words", "All were answered"));
        await DoAsync(kay, $"{Finding}/back", ("words", "one was not"));
        Assert.Equal(["1", "0", "0"], (await bo.ReadAsync("/audits/findings")).QuerySelectorAll(".board h2 .quiet").Select(count => count.TextContent));
        await DoAsync(bo, $"{Finding}/answer", ("words", "Now all were"));
        Assert.Equal("hr:Bo P 2026-09-18 21:59:59 open", await PromiseAsync());
        await DoAsync(kay, $"{Finding}/close", ("words", "seen"));
        Assert.Equal("hr:Bo P 2026-09-18 21:59:59 beaten", await PromiseAsync());
        Assert.Equal(HttpStatusCode.BadRequest, (await SendAsync(kay, $"{Finding}/close", ("words", "again"))).Status);
        using var file = await kay.GetAsync("/audits/findings.csv");
        Assert.Contains("1,high,closed,false,Questions are left open,crm:A,Acme,P,Project P,2026-03-31,hr:Bo,Bo,hr:Kay,", await file.Content.ReadAsStringAsync(Ct), StringComparison.Ordinal);
    }

    private async Task LoggedAsync() => Assert.Equal(
        "audit_changed: > auditor hr:Kay | audit_changed: > exception: no date was named | finding_changed: > high, hr:Bo, by 2026-09-18: Questions are left open | "
            + "audit_changed: not signed off > major findings | audit_changed: major findings > reopened: one answer was overlooked | audit_changed: not signed off > major findings | "
            + "finding_changed: open > answered: All were answered | finding_changed: answered > open: one was not | finding_changed: open > answered: Now all were | finding_changed: answered > closed: seen",
        await visitors.TextAsync("""
            select string_agg(action || ': ' || coalesce(before || ' ', '') || '> ' || after, ' | ' order by access_log_id)
            from access_log where action in ('audit_changed', 'finding_changed') and after <> 'ok'
            """));

    private Task<string> PromiseAsync() => visitors.TextAsync("""
        select concat_ws(' ', owed_by, project_key, to_char(due_at at time zone 'UTC', 'YYYY-MM-DD HH24:MI:SS'), coalesce(outcome, 'open'))
        from commitment where kind = 'promise' and commitment_key = 'followthrough:finding-1'
        """);

    private async Task<string> AuditedAsync()
    {
        Assert.True(Period.TryParse("2026-Q1", out var quarter));
        var items = await new Checklist(visitors.Host.Database.DataSource).ReadAsync(quarter, SmallCompany.Now, Ct);
        return items.Single(item => item.Check == Check.ProjectsAreAudited).Words;
    }
}
