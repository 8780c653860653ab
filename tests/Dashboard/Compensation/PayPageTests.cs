using System.Globalization;
using System.Net;
using System.Text;
using AngleSharp.Html.Parser;
using Followthrough.Analytics.Compensation;
using Followthrough.Analytics.Store;
using Followthrough.Dashboard.Exports;
using static Followthrough.Tests.Dashboard.Compensation.PayForms;

namespace Followthrough.Tests.Dashboard.Compensation;

public sealed class PayPageTests(DashboardHost host) : IClassFixture<DashboardHost>
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_statement_says_its_arithmetic_and_leads_to_exactly_its_rows_as_known_then()
    {
        var run = await RunAsync();
        var person = await host.NewSignedInAsAsync(Role.Staff, "hr:S1");

        var page = await person.ReadAsync($"/pay/runs/{run}/hr:S1");

        Assert.Equal(
            ["100.00 % is exactly the point that pays 100 %.", "100 % × weight 100 % × target incentive 1,000.00 EUR", "= 1,000.00 EUR"],
            page.QuerySelectorAll(".pay-steps li").Select(li => Plain(li.TextContent)));
        var rows = await person.ReadAsync(page.QuerySelector(".pay-line dd a")!.GetAttribute("href")!);
        Assert.Equal(2, rows.QuerySelectorAll("table.rows tbody tr").Length);
        var way = rows.QuerySelector("#statement")!;
        Assert.Contains("n = 2: these are the rows", Plain(way.TextContent), StringComparison.Ordinal);
        Assert.Equal($"/pay/runs/{run}/hr:S1", Uri.UnescapeDataString(way.QuerySelector("a")!.GetAttribute("href")!));
        Assert.Equal("1,000.00", page.QuerySelector(".pay-sum tfoot td")!.TextContent);
    }

    [Fact]
    public async Task A_statement_of_somebody_else_is_absent_for_staff_and_for_the_other_team_s_manager()
    {
        var run = await RunAsync();
        foreach (var visitor in new[] { await host.NewSignedInAsAsync(Role.Staff, "hr:S1"), await host.NewSignedInAsAsync(Role.Manager, null, "hr:T1"), await host.NewSignedInAsAsync(Role.Operations) })
        {
            Assert.Equal(HttpStatusCode.NotFound, (await visitor.GetAsync($"/pay/runs/{run}/hr:S2")).StatusCode);
            Assert.Equal(HttpStatusCode.NotFound, (await visitor.GetAsync($"/pay/runs/{run}/hr:S2/pdf")).StatusCode);
            Assert.DoesNotContain("hr:S2", (await visitor.ReadAsync("/pay")).DocumentElement.OuterHtml, StringComparison.Ordinal);
        }
        Assert.Equal(HttpStatusCode.NotFound, (await (await host.NewSignedInAsAsync(Role.Staff, "hr:S1")).GetAsync($"/pay/runs/{run}")).StatusCode);
    }

    [Fact]
    public async Task The_payroll_file_has_its_control_total_and_the_log_has_no_amounts()
    {
        var run = await RunAsync();
        var executive = await host.NewSignedInAsAsync(Role.Executive);
        await executive.ReadAsync($"/pay/runs/{run}/hr:S1");

        using var answer = await executive.GetAsync($"/pay/runs/{run}.csv");

        Assert.Equal("1000.00", string.Join("", answer.Headers.GetValues("X-Control-Total")));
        Assert.Equal("2", string.Join("", answer.Headers.GetValues("X-Row-Count")));
        var lines = (await answer.Content.ReadAsStringAsync(Ct)).Split("\r\n");
        Assert.Equal("person,name,plan,period,currency,to_be_paid,earned,for_earlier_periods,brought_forward,carried_forward,held,statement_sha256,control_total,control_rows", lines[0].TrimStart('\ufeff'));
        var cells = lines.Single(l => l.StartsWith("hr:S1", StringComparison.Ordinal)).Split(',');
        Assert.Equal(["hr:S1", "Ada Byron", "small-answering", "2026-07", "EUR", "1000.00", "1000.00", "0.00", "0.00", "0.00", "0.00", "1000.00", "2"], [.. cells[..11], .. cells[12..]]);
        Assert.StartsWith("payroll-small-answering_2026-07_control-1000.00_2-rows_", answer.Content.Headers.ContentDisposition!.FileName!.Trim('"'), StringComparison.Ordinal);
        await using var log = host.Database.DataSource.CreateCommand("select string_agg(concat_ws(' ', action, subject, before, after), E'\n') from access_log where action like 'pay%' or subject like '%pay%'");
        var entries = (string)(await log.ExecuteScalarAsync(Ct))!;
        Assert.Contains($"pay_seen pay run {run}, small-answering 2026-07, statement of hr:S1", entries, StringComparison.Ordinal);
        Assert.DoesNotContain("1000", entries.Replace(",", "", StringComparison.Ordinal), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_held_line_is_paid_from_its_locked_statement_with_the_draft_that_follows_and_only_once()
    {
        var run = await RunAsync();
        var executive = await host.NewSignedInAsAsync(Role.Executive);
        Assert.Contains("There is no draft", (await executive.ReadAsync($"/pay/runs/{run}/hr:S2")).QuerySelector("#release")!.TextContent, StringComparison.Ordinal);
        await HeldIsFoundAsync(executive, run);
        using var made = await executive.PostAsync("/pay/runs", await FormAsync(executive, ("what", $"{SmallPay.Plan} 2026-08")));
        var draft = made.Headers.Location!.OriginalString;
        await ApprovalNamesWhatIsUndecidedAsync(long.Parse(draft.Split('/')[^1], CultureInfo.InvariantCulture));
        Assert.Equal($"{draft}/release", (await executive.ReadAsync(draft)).QuerySelector("#still-held tbody form")!.GetAttribute("action"));
        var form = (await executive.ReadAsync($"/pay/runs/{run}/hr:S2")).QuerySelector("#release form")!;
        Assert.Equal($"{draft}/release", form.GetAttribute("action"));
        async Task<HttpStatusCode> ReleaseAsync(string amount)
        {
            var hidden = form.QuerySelectorAll("input[type=hidden]").Where(i => i.GetAttribute("name") != "form_token").Select(i => (i.GetAttribute("name")!, i.GetAttribute("value")!));
            using var answer = await executive.PostAsync(form.GetAttribute("action")!, await FormAsync(executive, [.. hidden, ("component", form.QuerySelector("option")!.GetAttribute("value")!), ("amount", amount), ("words", "nobody could turn to him")]));
            return answer.StatusCode;
        }

        foreach (var amount in new[] { "", "400,000.00" }) Assert.Equal(HttpStatusCode.BadRequest, await ReleaseAsync(amount));
        foreach (var amount in new[] { "300.00", "400.00" }) Assert.Equal(HttpStatusCode.Found, await ReleaseAsync(amount));

        Assert.Contains("400.00 EUR in the open run of August 2026", Plain((await executive.ReadAsync(draft)).QuerySelector("#still-held tbody")!.TextContent), StringComparison.Ordinal);
        var statement = (await executive.ReadAsync($"{draft}/hr:S2")).Body!.TextContent;
        Assert.Contains("400.00", statement, StringComparison.Ordinal);
        Assert.Contains("nobody could turn to him", statement, StringComparison.Ordinal);
        var locked = await executive.ReadAsync($"/pay/runs/{run}/hr:S2");
        Assert.DoesNotContain("400.00", locked.QuerySelector(".pay-sum")!.TextContent, StringComparison.Ordinal);
        Assert.Matches(@"Since then decided by executive-[0-9a-f]+, .*:\s+400.00 EUR is to be paid with the run of August 2026, which is not approved yet. “nobody could turn to him”", Plain(locked.QuerySelector(".pay-fate")!.TextContent));
        // What is decided in a draft is not there for whom it pays: to him it waits, and he reads for whom.
        var his = Plain((await (await host.NewSignedInAsAsync(Role.Staff, "hr:S2")).ReadAsync($"/pay/runs/{run}/hr:S2")).QuerySelector(".pay-fate")!.TextContent);
        Assert.Matches("Still held. It waits for the run of August 2026, .* It is decided by who prepares pay: admin or .*executive-", his);
        Assert.DoesNotContain("400.00", his, StringComparison.Ordinal);
        Assert.Null((await (await host.NewSignedInAsAsync(Role.Manager, null, "hr:T2")).ReadAsync($"/pay/runs/{run}/hr:S2")).QuerySelector("#release"));
    }

    // Before the next run is locked; then it goes back, so that the line can be decided.
    private async Task ApprovalNamesWhatIsUndecidedAsync(long draft)
    {
        var runs = new PayRuns(host.Database.DataSource, new StoppedClock(SmallCompany.Now));
        var reviewer = new PayActor("another reviewer", null, null);
        await runs.SendAsync(draft, PayActor.CommandLine, Ct);
        await runs.ReviewAsync(draft, reviewer, PayScope.Everything("another reviewer"), Ct);
        var asked = (await (await host.SignedInAsync()).ReadAsync($"/pay/runs/{draft}")).QuerySelector("#approve p")!;
        Assert.Contains("1 held line of earlier runs is still undecided and stays held.", Plain(asked.TextContent), StringComparison.Ordinal);
        Assert.Equal("#still-held", asked.QuerySelector("a")!.GetAttribute("href"));
        await runs.SendBackAsync(draft, reviewer, "one line first", Ct);
    }

    // From the first page to the line, with who decides it; a manager reads that he does not.
    private async Task HeldIsFoundAsync(Visitor executive, long run)
    {
        Assert.EndsWith($"/pay/runs/{run}#held", (await executive.ReadAsync("/pay")).QuerySelector("#held a.cover")!.GetAttribute("href"), StringComparison.Ordinal);
        var page = await executive.ReadAsync($"/pay/runs/{run}?show=held");
        var held = Plain(page.QuerySelector("#held")!.TextContent);
        Assert.Contains("It is decided by who prepares pay: admin", held, StringComparison.Ordinal);
        Assert.Contains("There is no draft now: make the one of August 2026 first.", held, StringComparison.Ordinal);
        Assert.Equal($"{SmallPay.Plan} 2026-08", page.QuerySelector("#held [name=what]")!.GetAttribute("value"));
        Assert.Single(page.QuerySelectorAll("#statements tbody tr"));
        Assert.Single((await executive.ReadAsync($"/pay/runs/{run}?who=byron")).QuerySelectorAll("#statements tbody tr"));
        Assert.Contains("You do not: it takes the role of an executive", (await (await host.NewSignedInAsAsync(Role.Manager, null, "hr:T2")).ReadAsync($"/pay/runs/{run}")).QuerySelector("#held")!.TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_abandoned_run_pays_nothing_on_any_page()
    {
        var run = await RunAsync();
        var runs = new PayRuns(host.Database.DataSource, new StoppedClock(SmallCompany.Now));
        await using var open = host.Database.DataSource.CreateCommand("select max(run_id) from pay_run where state = 'draft'");
        var left = await open.ExecuteScalarAsync(Ct) as long? ?? await runs.PrepareAsync(SmallPay.Plan, "2026-08", PayActor.CommandLine, Ct);
        await runs.AbandonAsync(left, PayActor.CommandLine, "a wrong plan", Ct);
        var executive = await host.NewSignedInAsAsync(Role.Executive);

        var page = await executive.ReadAsync($"/pay/runs/{left}");
        Assert.Contains("pays nothing", page.QuerySelector(".finding")!.TextContent, StringComparison.Ordinal);
        Assert.DoesNotContain("To be paid", page.QuerySelector(".verdict")!.TextContent, StringComparison.Ordinal);
        Assert.Contains("August 2026Abandoned2pays nothing", string.Concat((await executive.ReadAsync("/pay/runs")).QuerySelectorAll("tbody tr").SelectMany(r => r.QuerySelectorAll("td")).Select(c => c.TextContent.Trim())), StringComparison.Ordinal);
        Assert.DoesNotContain((await executive.ReadAsync("/pay")).QuerySelectorAll("#paid a"), a => a.GetAttribute("href")!.EndsWith($"/{left}", StringComparison.Ordinal));
        Assert.NotEqual(run, left);
    }

    [Fact]
    public async Task A_refused_dispute_keeps_its_words_and_its_address_leads_back_and_who_merely_sees_pay_is_told_why_not()
    {
        var run = await RunAsync();
        var (person, executive) = (await host.NewSignedInAsAsync(Role.Staff, "hr:S2"), await host.NewSignedInAsAsync(Role.Executive));
        var address = $"/pay/runs/{run}/hr:S2/disputes";
        using var refused = await person.PostAsync(address, await FormAsync(person, ("component", "answered"), ("expected", "none was due"), ("evidence", " ")));

        Assert.Equal(HttpStatusCode.BadRequest, refused.StatusCode);
        Assert.Contains("value=\"none was due\"", await refused.Content.ReadAsStringAsync(Ct), StringComparison.Ordinal);
        using var back = await person.GetAsync(address);
        Assert.Equal($"/pay/runs/{run}/hr:S2", Uri.UnescapeDataString(back.Headers.Location!.OriginalString));
        var seen = (await executive.ReadAsync($"/pay/runs/{run}/hr:S2")).QuerySelector("#dispute")!;
        Assert.Contains("can dispute it: who merely sees pay does not", seen.TextContent, StringComparison.Ordinal);
        Assert.Null(seen.QuerySelector("form"));
        Assert.Equal(HttpStatusCode.NotFound, (await executive.GetAsync(address)).StatusCode);
    }

    [Fact]
    public async Task A_decided_dispute_stands_on_the_line_and_on_my_pay_with_what_follows()
    {
        var run = await RunAsync();
        var dispute = await SmallPay.DisputeAsync(host.Database.DataSource, run, "hr:S1");
        var (person, executive) = (await host.NewSignedInAsAsync(Role.Staff, "hr:S1"), await host.NewSignedInAsAsync(Role.Executive));
        async Task<string> DecideAsync(string amount, HttpStatusCode expected)
        {
            using var answer = await executive.PostAsync($"/pay/disputes/{dispute}/decide", await FormAsync(executive, ("decision", "accept"), ("amount", amount), ("words", "the call is there")));
            Assert.Equal(expected, answer.StatusCode);
            return WebUtility.HtmlDecode(await answer.Content.ReadAsStringAsync(Ct));
        }
        Assert.Null((await person.ReadAsync($"/pay/runs/{run}/hr:S1")).QuerySelector("#line-answered .more"));
        var line = (await executive.ReadAsync($"/pay/disputes/{dispute}")).QuerySelector("#line-answered")!;
        Assert.Contains("100 % × weight 100 % × target incentive 1,000.00 EUR", Plain(line.QuerySelector(".pay-steps")!.TextContent), StringComparison.Ordinal);
        Assert.Equal(2, (await executive.ReadAsync(line.QuerySelector("dd a")!.GetAttribute("href")!)).QuerySelectorAll("table.rows tbody tr").Length);
        using (var both = await executive.PostAsync($"/pay/disputes/{dispute}/decide", await FormAsync(executive, ("decision", "refuse"), ("amount", "52.08"), ("words", "it was not"))))
            Assert.Contains("What is not accepted pays nothing, and “52.08” was typed as its amount", WebUtility.HtmlDecode(await both.Content.ReadAsStringAsync(Ct)), StringComparison.Ordinal);

        var again = await DecideAsync("1,250", HttpStatusCode.BadRequest);
        Assert.Contains("write 1250.00 or 1.25", again, StringComparison.Ordinal);
        Assert.Contains(">the call is there</textarea>", again, StringComparison.Ordinal);
        Assert.Equal($"/pay/disputes/{dispute}", (await executive.GetAsync($"/pay/disputes/{dispute}/decide")).Headers.Location!.OriginalString);
        await DecideAsync("52,08", HttpStatusCode.Found);

        var said = Plain((await person.ReadAsync($"/pay/runs/{run}/hr:S1")).QuerySelector("#line-answered .pay-disputed")!.TextContent);
        Assert.Contains("Accepted with +52.08 EUR by executive-", said, StringComparison.Ordinal);
        Assert.Contains("“the call is there”", said, StringComparison.Ordinal);
        Assert.Contains("accepted with +52.08 EUR“the call is there”", string.Concat((await executive.ReadAsync("/pay/disputes")).QuerySelectorAll(".pay-decision").Select(d => Plain(d.TextContent))), StringComparison.Ordinal);
        Assert.Contains("It becomes a line of the next run of the plan, that of August 2026.", said, StringComparison.Ordinal);
        Assert.Contains("Answered within 24 h", (await person.ReadAsync("/pay")).QuerySelector("#own-disputes")!.TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_if_says_what_was_locked_beside_what_the_same_plan_comes_to_now()
    {
        var run = await RunAsync();
        var admin = await host.SignedInAsync();
        using var tried = await admin.PostAsync($"/pay/plans/{SmallPay.Plan}/what-if", await FormAsync(admin, ("on", "2026-07"), ("yaml", SmallPay.Document)));
        var said = (await new HtmlParser().ParseDocumentAsync(await tried.Content.ReadAsStringAsync(Ct), Ct)).QuerySelector("#as-it-is")!;

        Assert.Equal($"/pay/runs/{run}", said.QuerySelector("a")!.GetAttribute("href"));
        Assert.Matches("It comes to 1,000.00 EUR; the locked run came to 1,000.00 for the same time, .* and paid 1,000.00 with what belongs to other periods. The two agree.", Plain(said.TextContent));
    }

    [Fact]
    public async Task A_statement_is_printed_here_or_sent_as_a_page_that_says_why_not()
    {
        var run = await RunAsync();
        var person = await host.NewSignedInAsAsync(Role.Staff, "hr:S1");
        using var answer = await person.GetAsync($"/pay/runs/{run}/hr:S1/pdf");
        var bytes = await answer.Content.ReadAsByteArrayAsync(Ct);
        var text = Encoding.UTF8.GetString(bytes);
        if ((await host.PartAsync<PdfPrinter>()).Browser is null)
        {
            Assert.Contains("chromium is not installed", text, StringComparison.Ordinal);
            Assert.DoesNotContain("<script", text, StringComparison.Ordinal);
            return;
        }
        Assert.Equal("application/pdf", answer.Content.Headers.ContentType!.MediaType);
        Assert.Equal("statement-Ada-Byron-small-answering-2026-07.pdf", answer.Content.Headers.ContentDisposition!.FileName);
        Assert.StartsWith("%PDF-", text, StringComparison.Ordinal);
    }

    private async Task<long> RunAsync()
    {
        await host.SignedInAsync();
        await using var find = host.Database.DataSource.CreateCommand("select min(run_id) from pay_run");
        return await find.ExecuteScalarAsync(Ct) is long run ? run : await SmallPay.LockAsync(host.Database.DataSource);
    }
}
