using System.Net;
using System.Text.Json;
using AngleSharp.Dom;
using Followthrough.Analytics.Store;
using Followthrough.Tests.Dashboard.Mappings;
using Followthrough.Tests.Dashboard.People;

namespace Followthrough.Tests.Dashboard.Scorecards;

/// <summary>Scorecards over three people: A keeps 18 of 20 and one more thing nobody owes, B 12 of 20 in another team, C 3 of 3 beside A.</summary>
public sealed class ScorecardPageTests(ScoredHost scored) : IClassFixture<ScoredHost>
{
    private const string Quarter = "period=2026-Q3";

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task The_rated_person_sees_exactly_what_the_boss_sees()
    {
        var boss = (await (await scored.ManagerAsync()).ReadAsync($"/people/hr:A?{Quarter}")).QuerySelector("#scorecard")!;
        var own = (await (await scored.People.AAsync()).ReadAsync($"/people/hr:A?{Quarter}")).QuerySelector("#scorecard")!;
        Assert.Equal(boss.OuterHtml, own.OuterHtml);
        var executive = (await (await scored.People.ExecutiveAsync()).ReadAsync($"/people/hr:A?{Quarter}")).QuerySelector("#scorecard")!;
        Assert.Equal(own.OuterHtml, executive.OuterHtml);
        // 90 % of 20 between the threshold of 80 and the target of 95: 50 + 50 × 10 / 15.
        Assert.Equal("83.3", Cells(own, 0)[3]);
        Assert.Contains("50 from 80\u00a0%, 100 from 95\u00a0%, 150 from 99\u00a0%", Cells(own, 0)[2], StringComparison.Ordinal);
        // 18 of 20 have an interval with the target inside.
        Assert.Equal("the target may have been met or missed by chance", own.QuerySelector(".chance")!.TextContent);
        Assert.Contains("Whether it is above or below 100 may be chance.", own.QuerySelector(".score-total")!.TextContent, StringComparison.Ordinal);
        Assert.Equal(["N/A", "20"], new[] { Cells(own, 1)[3], Cells(own, 1)[4].Trim()[..2] });
        Assert.StartsWith("83.3", own.QuerySelector(".figure")!.TextContent, StringComparison.Ordinal);
        Assert.Contains("(83.3 × 80) ÷ 80 = 83.3; 20 of the weight cannot be judged", own.QuerySelector(".sum")!.TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_person_with_three_cases_takes_the_teams_figure_and_without_own_ones_gets_no_total()
    {
        var page = await (await scored.ManagerAsync()).ReadAsync($"/people/hr:C?{Quarter}");
        var card = page.QuerySelector("#scorecard")!;
        Assert.Contains("n = 3, fewer than 10: the team's figure stands in", card.TextContent, StringComparison.Ordinal);
        // 21 of 23.
        Assert.StartsWith("91.3\u00a0%", Cells(card, 0)[0], StringComparison.Ordinal);
        Assert.Contains("Too few to judge: every line rests on the team's figures", card.TextContent, StringComparison.Ordinal);
        Assert.Equal("—", card.QuerySelector(".figure")!.TextContent);
    }

    [Fact]
    public async Task A_line_leads_to_exactly_its_rows()
    {
        var own = await scored.People.AAsync();
        var card = (await own.ReadAsync($"/people/hr:A?{Quarter}")).QuerySelector("#scorecard")!;
        var rows = await own.ReadAsync(card.QuerySelector("tbody tr td:nth-child(4) a")!.GetAttribute("href")!);
        Assert.Equal("20", rows.QuerySelector(".total b")!.TextContent);
    }

    [Fact]
    public async Task A_teams_page_begins_with_its_scorecard_and_its_own_target()
    {
        var card = (await (await scored.ManagerAsync()).ReadAsync($"/teams/hr:T1?{Quarter}")).QuerySelector("#scorecard")!;
        Assert.Contains("50 from 80\u00a0%, 100 from 95\u00a0%", Cells(card, 0)[2], StringComparison.Ordinal);
        var other = (await (await scored.People.ExecutiveAsync()).ReadAsync($"/teams/hr:T2?{Quarter}")).QuerySelector("#scorecard")!;
        Assert.Contains("100 from 60\u00a0%", Cells(other, 0)[2], StringComparison.Ordinal);
        // 12 of 20 is exactly the target, and belongs to it.
        Assert.Equal("100.0", Cells(other, 0)[3]);
        await (await scored.ManagerAsync()).ReadAsync("/teams/hr:T2", HttpStatusCode.NotFound);
    }

    [Fact]
    public async Task Files_and_the_interface_say_the_same_as_the_page()
    {
        var own = await scored.People.AAsync();
        using var file = await own.GetAsync($"/people/hr:A/scorecard.csv?{Quarter}");
        var lines = (await file.Content.ReadAsStringAsync(Ct)).TrimStart('\uFEFF').Split("\r\n", StringSplitOptions.RemoveEmptyEntries);
        Assert.Equal(3, lines.Length);
        Assert.StartsWith("respond_24h,Answered within 24 h,90,20,", lines[1], StringComparison.Ordinal);
        using var sheet = await own.GetAsync($"/people/hr:A/scorecard.xlsx?{Quarter}");
        Assert.Equal(HttpStatusCode.OK, sheet.StatusCode);
        using var answer = await own.GetAsync($"/api/v1/people/hr:A/scorecard?{Quarter}");
        using var json = JsonDocument.Parse(await answer.Content.ReadAsStringAsync(Ct));
        Assert.Equal(83.3m, Math.Round(json.RootElement.GetProperty("total").GetDecimal(), 1));
        // Since the first quarter there is a scorecard; before the third nobody was asked anything.
        var trend = json.RootElement.GetProperty("trend").EnumerateArray().Select(q => $"{q.GetProperty("period").GetProperty("label")} {q.GetProperty("judged_weight")} {q.GetProperty("total").ValueKind}");
        Assert.Equal(["2024-Q4  Null", "2025-Q1  Null", "2025-Q2  Null", "2025-Q3  Null", "2025-Q4  Null", "2026-Q1 0 Null", "2026-Q2 0 Null", "2026-Q3 80 Number"], trend);
        foreach (var refused in new[] { "/api/v1/people/hr:B/scorecard", "/people/hr:B/scorecard.csv", "/api/v1/teams/hr:T1/scorecard", "/teams/hr:T1/scorecard.xlsx" })
            using (var none = await own.GetAsync(refused)) Assert.Equal(HttpStatusCode.NotFound, none.StatusCode);
    }

    [Fact]
    public async Task A_scorecard_is_made_changed_and_on_record_and_what_is_wrong_is_said()
    {
        var admin = await scored.People.Host.SignedInAsync();
        var desk = new Connecting(scored.People.Host, admin);
        Assert.Contains("Make a scorecard", (await admin.ReadAsync("/scorecards/new?start=true")).Title, StringComparison.Ordinal);
        using (var wrong = await admin.FillInAsync("/scorecards/new", ("name", "B's"), ("whose", "team:hr:T2"), ("from", "2030-01-01"), ("metric", "respond_24h"), ("weight", "90"), ("reason", "x")))
        {
            Assert.Equal(HttpStatusCode.BadRequest, wrong.StatusCode);
            Assert.Contains("The weights add up to 90; expected 100.", await wrong.Content.ReadAsStringAsync(Ct), StringComparison.Ordinal);
        }
        using (var made = await admin.FillInAsync("/scorecards/new", ("name", "B's"), ("whose", "team:hr:T2"), ("from", "2030-01-01"), ("metric", "respond_24h"), ("weight", "100"), ("reason", "x")))
            Assert.Equal("/scorecards?said=saved", made.Headers.Location!.ToString());
        var list = await admin.ReadAsync("/scorecards");
        var link = list.QuerySelectorAll("tbody a.cover").Single(a => a.TextContent == "B's").GetAttribute("href")!;
        using (var ended = await admin.FillInAsync(link, ("name", "B's"), ("whose", "team:hr:T2"), ("from", "2030-01-01"), ("metric", "respond_24h"), ("weight", "100"), ("reason", "y"), ("ends", "yes")))
            Assert.Equal(HttpStatusCode.Redirect, ended.StatusCode);
        Assert.Equal(2, (await admin.ReadAsync(link)).QuerySelectorAll("section.list tbody tr").Length);
        Assert.Equal(2, await desk.CountAsync("select count(*) from access_log where action = 'scorecard_changed' and subject = 'scorecard B''s'"));
    }

    [Fact]
    public async Task Targets_are_set_changed_ended_and_brought_in_and_pages_show_them_at_once()
    {
        var admin = await scored.People.Host.SignedInAsync();
        var desk = new Connecting(scored.People.Host, admin);
        using (var wrong = await admin.FillInAsync("/admin/targets/new", ("metric", "promise_kept"), ("from", "2026-07-01"), ("threshold", "99"), ("target", "95")))
        {
            Assert.Equal(HttpStatusCode.BadRequest, wrong.StatusCode);
            Assert.Contains("Target 95: expected one above the threshold of 99", await wrong.Content.ReadAsStringAsync(Ct), StringComparison.Ordinal);
        }
        using (var set = await admin.FillInAsync("/admin/targets/new", ("metric", "promise_kept"), ("from", "2026-07-01"), ("target", "91,5")))
            Assert.Equal("/admin/targets?metric=promise_kept&said=set", set.Headers.Location!.ToString());
        Assert.Contains("91.5", await TargetOf(admin, "promise_kept"), StringComparison.Ordinal);
        var page = (await admin.ReadAsync("/admin/targets?metric=promise_kept")).QuerySelector("tbody a.cover")!.GetAttribute("href")!;
        using (var changed = await admin.FillInAsync(page, ("from", "2026-09-01"), ("target", "93")))
            Assert.Equal(HttpStatusCode.Redirect, changed.StatusCode);
        // The quarter's last day counts.
        Assert.Contains("93", await TargetOf(admin, "promise_kept"), StringComparison.Ordinal);
        Assert.Contains("91.5", (await admin.ReadAsync("/metrics/promise_kept?period=2026-08")).QuerySelector(".definition")!.TextContent, StringComparison.Ordinal);
        var latest = (await admin.ReadAsync("/admin/targets?metric=promise_kept")).QuerySelector("tbody a.cover")!.GetAttribute("href")!;
        var token = await admin.FormTokenAsync();
        using (var ended = await admin.PostAsync(latest + "/end", new() { ["form_token"] = token, ["last"] = "" }))
            Assert.Equal(HttpStatusCode.Redirect, ended.StatusCode);
        Assert.Contains("95", await TargetOf(admin, "promise_kept"), StringComparison.Ordinal);
        Assert.Equal(3, await desk.CountAsync("select count(*) from access_log where subject = 'target promise_kept of the company'"));
        using var file = await admin.GetAsync("/admin/targets.csv");
        Assert.StartsWith("metric,team,person,from_day,last_day,threshold,target,stretch", (await file.Content.ReadAsStringAsync(Ct)).TrimStart('\uFEFF'), StringComparison.Ordinal);
    }

    private static async Task<string> TargetOf(Visitor visitor, string metric) =>
        (await visitor.ReadAsync($"/metrics/{metric}?{Quarter}")).QuerySelectorAll(".definition dt").Single(dt => dt.TextContent == "Target").NextElementSibling!.TextContent;

    private static string[] Cells(IElement card, int row) => [.. card.QuerySelectorAll("tbody tr")[row].QuerySelectorAll("td").Select((td, i) => (td, i)).Where(cell => cell.i != 1).Select(cell => cell.td.TextContent)];
}

/// <summary>The three people with targets and a scorecard of answers and promises, of which there are none.</summary>
public sealed class ScoredHost : IAsyncLifetime
{
    private Visitor? _manager;

    internal PeopleHost People { get; } = new();

    internal async Task<Visitor> ManagerAsync() => _manager ??= await People.Host.NewSignedInAsAsync(Role.Manager, "hr:M", "hr:T1");

    public async ValueTask InitializeAsync()
    {
        await People.InitializeAsync();
        await SmallScorecard.AddAsync(People.Host.Database.DataSource);
    }

    public ValueTask DisposeAsync() => People.DisposeAsync();
}
