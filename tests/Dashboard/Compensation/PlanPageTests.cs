using System.Net;
using System.Net.Http.Headers;
using System.Text;
using AngleSharp.Html.Dom;
using AngleSharp.Html.Parser;
using Followthrough.Analytics.Compensation;
using Followthrough.Analytics.Store;

namespace Followthrough.Tests.Dashboard.Compensation;

/// <summary>Plans on screen over the small company: written, read by whom they pay, tried, and nobody else's pay anywhere.</summary>
public sealed class PlanPageTests(DashboardHost host) : IClassFixture<DashboardHost>, IAsyncLifetime
{
    private const string Own = "/pay/plans/" + SmallPlans.Own;

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        await host.SignedInAsync();
        if (await TextAsync("select count(*)::text from pay_plan where plan_id = 'own-plan'") == "0") await SmallPlans.MakeAsync(host.Database.DataSource, Ct);
    }

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    [Fact]
    public async Task A_plan_to_start_from_is_saved_with_a_reason_and_read_in_sentences_and_curves()
    {
        var admin = await host.SignedInAsync();
        var starts = (await admin.ReadAsync("/pay/plans")).QuerySelectorAll(".plan-starts a");
        Assert.Equal(3, starts.Length);
        var draft = await admin.ReadAsync(starts[1].GetAttribute("href")!);
        using (var unreasoned = await SaveAsync(admin, draft, ("from_day", "2026-07-01")))
            Assert.Contains("Say why", await BodyAsync(unreasoned, HttpStatusCode.BadRequest), StringComparison.Ordinal);
        using var saved = await SaveAsync(admin, draft, ("from_day", "2026-07-01"), ("reason", "Teams answer together"));
        Assert.Equal("/pay/plans/service-team?saved=true", saved.Headers.Location!.PathAndQuery());

        var page = await admin.ReadAsync("/pay/plans/service-team");
        Assert.Contains("Version 1 is in force since 1 Jul 2026 and pays nobody yet once a quarter.", page.QuerySelector(".finding")!.TextContent, StringComparison.Ordinal);
        Assert.Equal(3, page.QuerySelectorAll(".plan-part [data-option]").Length);
        Assert.Contains("Above 120 h it pays nothing; exactly 120 h pays 50 %.", page.Body!.TextContent, StringComparison.Ordinal);
        Assert.Contains("72 h", page.QuerySelectorAll(".twin").Select(t => t.TextContent).First(t => t.Contains("120 h", StringComparison.Ordinal)), StringComparison.Ordinal);
        Assert.Equal("pay plan service-team", await TextAsync("select subject from access_log where action = 'pay_plan_changed' order by at desc, access_log_id desc limit 1"));
    }

    [Fact]
    public async Task Faults_stand_beside_their_line_and_nothing_is_saved()
    {
        var admin = await host.SignedInAsync();
        var draft = await admin.ReadAsync(Own + "/edit");
        using var refused = await SaveAsync(admin, draft, ("from_day", "2026-10-01"), ("reason", "why"), ("yaml", SmallPlans.Text(SmallPlans.Own).Replace("respond_24h", "respond_42h").Replace("weight: 100", "weight: 1oo")));
        var page = Parse(await BodyAsync(refused, HttpStatusCode.BadRequest));
        Assert.Equal(["9: metric: respond_24h", "13: weight: 1oo"], page.QuerySelectorAll(".plan-faults code").Select(c => c.TextContent.Replace("42h", "24h", StringComparison.Ordinal)));
        Assert.Contains("did you mean 'respond_24h'?", page.QuerySelector(".plan-faults .problem")!.TextContent, StringComparison.Ordinal);
        using var renamed = await SaveAsync(admin, draft, ("from_day", "2026-10-01"), ("reason", "why"), ("yaml", SmallPlans.Text("other")));
        Assert.Contains("A plan keeps its id", await BodyAsync(renamed, HttpStatusCode.BadRequest), StringComparison.Ordinal);
        using var undated = await SaveAsync(admin, draft, ("from_day", "soon"), ("reason", "why"));
        Assert.Contains("“soon” is no day", WebUtility.HtmlDecode(await BodyAsync(undated, HttpStatusCode.BadRequest)), StringComparison.Ordinal);
        Assert.Equal("1", await TextAsync("select max(version)::text from pay_plan where plan_id = 'own-plan'"));
    }

    [Fact]
    public async Task Buttons_of_the_form_add_order_and_take_out_blocks_and_keep_what_was_typed()
    {
        var admin = await host.SignedInAsync();
        var draft = await admin.ReadAsync(Own + "/edit");
        Assert.Empty(draft.QuerySelectorAll("button[name=edit]:not([value^=add])"));

        using var added = await PostAsync(admin, "/pay/plans/draft", draft, ("edit", "add points"), ("metric", "promise_kept"), ("f.incentive", "1500"));
        var two = Parse(await BodyAsync(added, HttpStatusCode.OK));
        Assert.Contains("incentive: 1500", two.QuerySelector("textarea")!.TextContent, StringComparison.Ordinal);
        Assert.Equal(["later components.0", "without components.0", "earlier components.1", "without components.1"], two.QuerySelectorAll("button[name=edit]:not([value^=add])").Select(b => b.GetAttribute("value")));
        Assert.Contains("add up to 110", two.QuerySelector(".plan-faults")!.TextContent, StringComparison.Ordinal);

        using var moved = await PostAsync(admin, "/pay/plans/draft", two, ("edit", "earlier components.1"));
        var text = Parse(await BodyAsync(moved, HttpStatusCode.OK)).QuerySelector("textarea")!.TextContent;
        Assert.True(text.IndexOf("promise-kept", StringComparison.Ordinal) < text.IndexOf("answered", StringComparison.Ordinal));
    }

    [Fact]
    public async Task The_form_changes_the_text_and_a_text_changed_by_hand_is_newer_than_the_form()
    {
        var admin = await host.SignedInAsync();
        var draft = await admin.ReadAsync(Own + "/edit");
        using var changed = await PostAsync(admin, "/pay/plans/draft", draft, ("f.incentive", "1500"), ("f.components.0.points.0.at", "60"));
        var page = Parse(await BodyAsync(changed, HttpStatusCode.OK));
        var text = page.QuerySelector("textarea")!.TextContent;
        Assert.Contains("incentive: 1500", text, StringComparison.Ordinal);
        Assert.Contains("{ at: 60, pays: 50 }", text, StringComparison.Ordinal);
        Assert.Contains("Below 60 % it pays nothing", page.QuerySelector("#preview")!.TextContent, StringComparison.Ordinal);

        using var byHand = await PostAsync(admin, "/pay/plans/draft", draft, ("f.incentive", "1500"), ("yaml", SmallPlans.Text(SmallPlans.Own).Replace("incentive: 1000", "incentive: 2000")));
        Assert.Equal("2000", Parse(await BodyAsync(byHand, HttpStatusCode.OK)).QuerySelector("[name='f.incentive']")!.GetAttribute("value"));
    }

    [Fact]
    public async Task Versions_show_what_was_changed()
    {
        var admin = await host.SignedInAsync();
        await admin.ReadAsync("/pay/plans");
        var text = SmallPlans.Text("versions");
        foreach (var (yaml, day) in new[] { (text, "2026-01-01"), (text.Replace("incentive: 1000", "incentive: 1200"), "2026-10-01") })
        {
            var draft = await admin.ReadAsync(day == "2026-01-01" ? "/pay/plans/new" : "/pay/plans/versions/edit");
            using var saved = await SaveAsync(admin, draft, ("from_day", day), ("reason", "because"), ("yaml", yaml));
            Assert.Equal(HttpStatusCode.Found, saved.StatusCode);
        }
        var second = await admin.ReadAsync("/pay/plans/versions/versions/2");
        Assert.Equal(["- incentive: 1000"], second.QuerySelectorAll(".plan-diff del").Select(d => d.TextContent.Trim()));
        Assert.Equal(["+ incentive: 1200"], second.QuerySelectorAll(".plan-diff ins").Select(d => d.TextContent.Trim()));
        Assert.Contains("from 1 Oct 2026 on", Notices(second), StringComparison.Ordinal);
        // Until then the first one holds.
        Assert.Contains("Version 1 is in force", (await admin.ReadAsync("/pay/plans/versions")).QuerySelector(".finding")!.TextContent, StringComparison.Ordinal);
        using var yamlFile = await admin.GetAsync("/pay/plans/versions/versions/1/yaml");
        Assert.Equal(text, await yamlFile.Content.ReadAsStringAsync(Ct));
    }

    [Fact]
    public async Task A_version_to_come_is_withdrawn_on_the_plan_s_page_by_who_is_not_paid_by_it()
    {
        var admin = await host.SignedInAsync();
        var text = SmallPlans.Text("withdrawn");
        foreach (var (yaml, day, page) in new[] { (text, "2026-01-01", "new"), (text.Replace("incentive: 1000", "incentive: 1200"), "2026-12-01", "withdrawn/edit") })
            using (var saved = await SaveAsync(admin, await admin.ReadAsync($"/pay/plans/{page}"), ("from_day", day), ("reason", "because"), ("yaml", yaml))) Assert.Equal(HttpStatusCode.Found, saved.StatusCode);
        var plan = await admin.ReadAsync("/pay/plans/withdrawn");
        var form = Assert.Single(plan.QuerySelectorAll("#versions form"));
        Assert.EndsWith("/versions/2/withdraw", form.GetAttribute("action"), StringComparison.Ordinal);
        await DoAsync("insert into pay_member (plan_id, staff_key, from_day, recorded_at, recorded_by) values ('withdrawn', 'hr:S1', '2026-01-01', now(), 'test')");
        var paid = await host.NewSignedInAsAsync(Role.Executive, "hr:S1");
        Assert.Empty((await paid.ReadAsync("/pay/plans/withdrawn")).QuerySelectorAll("#versions form"));
        using (var own = await PostAsync(paid, form.GetAttribute("action")!, await paid.ReadAsync("/pay/plans/withdrawn"), ("reason", "for me")))
            Assert.Contains("This plan pays you", await BodyAsync(own, HttpStatusCode.BadRequest), StringComparison.Ordinal);

        using (var done = await PostAsync(admin, form.GetAttribute("action")!, plan, ("reason", "a wrong day"))) Assert.Equal(HttpStatusCode.Found, done.StatusCode);

        var after = await admin.ReadAsync("/pay/plans/withdrawn/versions/2");
        Assert.Contains("never in force: “a wrong day”", after.QuerySelector("#withdrawn")!.TextContent, StringComparison.Ordinal);
        Assert.Contains("withdrawn by admin", after.QuerySelector("#versions")!.TextContent, StringComparison.Ordinal);
        Assert.Empty(after.QuerySelectorAll("#versions form"));
        Assert.Equal("version 2 withdrawn: a wrong day", await TextAsync("select after from access_log where action = 'pay_plan_changed' order by access_log_id desc limit 1"));
        // The next one is written from what stands.
        Assert.Contains("incentive: 1000", (await admin.ReadAsync("/pay/plans/withdrawn/edit")).QuerySelector("textarea")!.TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Whom_a_plan_pays_reads_it_and_sees_nobody_elses_pay_in_it()
    {
        var ada = await host.NewSignedInAsAsync(Role.Staff, "hr:S1");
        var listed = (await ada.ReadAsync("/pay/plans")).QuerySelectorAll("tbody th").Select(c => c.TextContent.Trim()).ToList();
        Assert.Contains("Plan own-plan", listed);
        Assert.DoesNotContain("Plan their-plan", listed);
        var page = await ada.ReadAsync(Own);
        Assert.Equal(["Ada Byron"], page.QuerySelectorAll("#members tbody th").Select(c => c.TextContent));
        Assert.Contains("4,321 (own)", page.QuerySelector("#members")!.TextContent, StringComparison.Ordinal);
        Assert.Empty(page.QuerySelectorAll("main form"));
        Assert.DoesNotContain("9,876", page.DocumentElement.OuterHtml, StringComparison.Ordinal);
        Assert.DoesNotContain("2 people", page.DocumentElement.OuterHtml, StringComparison.Ordinal);
        foreach (var absent in (string[])["/pay/plans/their-plan", "/pay/plans/their-plan/versions/1", "/pay/plans/their-plan/versions/1/yaml", Own + "/edit", Own + "/what-if", Own + "/members.csv", "/pay/splits"])
            await ada.ReadAsync(absent, HttpStatusCode.NotFound);

        var operations = await host.NewSignedInAsAsync(Role.Operations);
        Assert.Empty((await operations.ReadAsync("/pay/plans")).QuerySelectorAll("tbody tr"));
        await operations.ReadAsync(Own, HttpStatusCode.NotFound);
        var auditor = await host.NewSignedInAsAsync(Role.Auditor);
        Assert.Equal(2, (await auditor.ReadAsync(Own)).QuerySelectorAll("#members tbody tr").Length);
    }

    [Fact]
    public async Task Members_come_and_go_as_a_file_and_by_form_and_the_log_has_no_amounts()
    {
        var admin = await host.SignedInAsync();
        using (var saved = await SaveAsync(admin, await admin.ReadAsync("/pay/plans/new"), ("from_day", "2026-01-01"), ("reason", "because"), ("yaml", SmallPlans.Text("crew")))) Assert.Equal(HttpStatusCode.Found, saved.StatusCode);
        var page = await UploadAsync(admin, "/pay/plans/crew/members-file", "staff_key,first_day,last_day,incentive\nhr:S1,2026-01-01,,777.50\nhr:S9,2026-01-01,,\nhr:S2,soon,,\nhr:S1,2026-03-01,,\n");
        Assert.Contains("1\u00a0person was taken in, 3\u00a0lines could not be used.", Notices(page), StringComparison.Ordinal);
        var said = page.QuerySelector(".problem")!.TextContent;
        foreach (var problem in (string[])["line 3: There is nobody with the key “hr:S9”", "line 4: first_day “soon” is no day", "line 5: Ada Byron is in the plan already from 2026-01-01 on"])
            Assert.Contains(problem, said, StringComparison.Ordinal);

        var end = page.QuerySelector("#members tbody form")!;
        using (var ended = await PostAsync(admin, end.GetAttribute("action")!, page, ("last", "2026-06-30"))) Assert.Equal(HttpStatusCode.Found, ended.StatusCode);
        using var file = await admin.GetAsync("/pay/plans/crew/members.csv");
        var lines = (await file.Content.ReadAsStringAsync(Ct)).TrimStart('\uFEFF').Split("\r\n", StringSplitOptions.RemoveEmptyEntries);
        Assert.Equal(["staff_key,name,first_day,last_day,incentive", "hr:S1,Ada Byron,2026-01-01,2026-06-30,777.50"], lines);
        Assert.Equal("0", await TextAsync("select count(*)::text from access_log where concat(subject, before, after) like '%777%'"));
        Assert.Equal("from 2026-01-01 to 2026-06-30, with an incentive of his own", await TextAsync("select after from access_log where action = 'pay_members_changed' order by access_log_id desc limit 1"));
    }

    [Fact]
    public async Task What_if_shows_each_and_all_before_and_after_and_saves_nothing()
    {
        var admin = await host.SignedInAsync();
        var page = await admin.ReadAsync(Own + "/what-if");
        Assert.Equal(["Q3 2026, running", "Q2 2026"], page.QuerySelectorAll("[name=on] option").Take(2).Select(o => o.TextContent));
        // Three of four in time are 75 %: 75 % of an incentive of 4,321. From 75 on all of it would be paid.
        using var tried = await PostAsync(admin, Own + "/what-if", page, ("on", "2026-Q3"), ("f.components.0.points.1.at", "75"), ("f.components.0.target", "75"));
        var result = Parse(await BodyAsync(tried, HttpStatusCode.OK));
        var ada = result.QuerySelectorAll("#trial tbody tr").Single(r => r.TextContent.Contains("Ada Byron", StringComparison.Ordinal));
        Assert.Equal(["3,240.75", "4,321.00", "+1,080.25"], ada.QuerySelectorAll("td").Take(3).Select(c => c.TextContent));
        Assert.Equal("1", await TextAsync("select max(version)::text from pay_plan where plan_id = 'own-plan'"));

        using var other = await PostAsync(admin, Own + "/what-if", page, ("yaml", SmallPlans.Text("another")));
        Assert.Contains("its id stays own-plan", await BodyAsync(other, HttpStatusCode.OK), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_back_test_goes_period_by_period_and_comes_to_the_same_at_once()
    {
        var admin = await host.SignedInAsync();
        var page = await admin.ReadAsync(Own + "/what-if");
        using var first = await PostAsync(admin, Own + "/back-test/1", page, ("f.incentive", "2000"));
        var part = Parse(await BodyAsync(first, HttpStatusCode.OK)).QuerySelector("#tested")!;
        Assert.Equal(Own + "/back-test/2", part.GetAttribute("hx-post"));
        Assert.Equal(["Q2 2026"], part.QuerySelectorAll("tbody th").Select(c => c.TextContent));
        using var last = await PostAsync(admin, Own + "/back-test/8", page, ("f.incentive", "2000"));
        var all = Parse(await BodyAsync(last, HttpStatusCode.OK)).QuerySelector("#tested")!;
        Assert.Null(all.GetAttribute("hx-post"));
        using var atOnce = await PostAsync(admin, Own + "/back-test", page, ("f.incentive", "2000"));
        Assert.Equal(all.QuerySelector("table")!.TextContent, Parse(await BodyAsync(atOnce, HttpStatusCode.OK)).QuerySelector("#tested table")!.TextContent);
        Assert.Equal(8, all.QuerySelectorAll("tbody tr").Length);
    }

    [Fact]
    public async Task Shares_that_do_not_add_up_are_refused_in_words_and_a_split_is_ended_from_a_day_on()
    {
        var admin = await host.SignedInAsync();
        var page = await admin.ReadAsync("/pay/splits");
        (string, string)[] usual = [("account", "crm:acme"), ("from", "2026-01-01"), ("staff0", "hr:S1"), ("share0", "60"), ("staff1", "hr:S2")];
        using (var refused = await PostAsync(admin, "/pay/splits", page, [.. usual, ("share1", "30")]))
            Assert.Contains("The shares add up to 90 %, not to 100: 60 + 30.", WebUtility.HtmlDecode(await BodyAsync(refused, HttpStatusCode.BadRequest)), StringComparison.Ordinal);
        using (var shared = await PostAsync(admin, "/pay/splits", page, [.. usual, ("share1", "40")])) Assert.Equal(HttpStatusCode.Found, shared.StatusCode);
        Assert.Contains("Ada Byron 60 %", (await admin.ReadAsync("/pay/splits")).QuerySelector("tbody")!.TextContent, StringComparison.Ordinal);
        using (var ended = await PostAsync(admin, "/pay/splits", page, ("account", "crm:acme"), ("from", "2026-07-01"), ("end", "yes"))) Assert.Equal(HttpStatusCode.Found, ended.StatusCode);
        Assert.Contains("30 Jun 2026", (await admin.ReadAsync("/pay/splits")).QuerySelector("tbody")!.TextContent, StringComparison.Ordinal);
        using var unknown = await PostAsync(admin, "/pay/splits", page, ("account", "crm:nobody"), ("from", "2026-01-01"), ("staff0", "hr:S1"), ("share0", "100"));
        Assert.Contains("There is no account with the key “crm:nobody”", WebUtility.HtmlDecode(await BodyAsync(unknown, HttpStatusCode.BadRequest)), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Editors_get_the_schema()
    {
        var admin = await host.SignedInAsync();
        using var schema = await admin.GetAsync("/pay/plans/schema.json");
        Assert.Equal((PlanFiles.Schema, "application/schema+json"), (await schema.Content.ReadAsStringAsync(Ct), schema.Content.Headers.ContentType!.MediaType));
    }

    private static Task<HttpResponseMessage> SaveAsync(Visitor visitor, IHtmlDocument draft, params (string Name, string Value)[] values) => PostAsync(visitor, "/pay/plans", draft, values);

    // As a browser sends the page's form, with other values in some of its fields.
    private static Task<HttpResponseMessage> PostAsync(Visitor visitor, string address, IHtmlDocument page, params (string Name, string Value)[] values)
    {
        var form = page.QuerySelectorAll("main form").OfType<IHtmlFormElement>().FirstOrDefault(f => f.QuerySelector("textarea") is not null) ?? page.QuerySelectorAll("main form").OfType<IHtmlFormElement>().First();
        var fields = form.QuerySelectorAll("input[name]:not([type=checkbox]):not([type=file]), textarea").ToDictionary(
            f => f.GetAttribute("name")!, f => f is IHtmlTextAreaElement area ? area.TextContent : f.GetAttribute("value") ?? "");
        foreach (var (name, value) in values) fields[name] = value;
        return visitor.PostAsync(address, fields);
    }

    private static async Task<IHtmlDocument> UploadAsync(Visitor visitor, string address, string csv)
    {
        using var content = new MultipartFormDataContent { { new StringContent(await visitor.FormTokenAsync()), "form_token" } };
        using var part = new ByteArrayContent(Encoding.UTF8.GetBytes(csv)) { Headers = { ContentType = new MediaTypeHeaderValue("text/csv") } };
        content.Add(part, "file", "crew.csv");
        using var answer = await visitor.UploadAsync(address, content);
        return Parse(await answer.Content.ReadAsStringAsync(Ct));
    }

    private static async Task<string> BodyAsync(HttpResponseMessage answer, HttpStatusCode expected)
    {
        Assert.Equal(expected, answer.StatusCode);
        return await answer.Content.ReadAsStringAsync(Ct);
    }

    private static string Notices(IHtmlDocument page) => string.Concat(page.QuerySelectorAll(".notice").Select(n => n.TextContent));

    private static IHtmlDocument Parse(string html) => new HtmlParser().ParseDocument(html);

    private async Task DoAsync(string sql)
    {
        await using var command = host.Database.DataSource.CreateCommand(sql);
        await command.ExecuteNonQueryAsync(Ct);
    }

    private async Task<string> TextAsync(string sql)
    {
        await using var command = host.Database.DataSource.CreateCommand(sql);
        return (await command.ExecuteScalarAsync(Ct))?.ToString() ?? "";
    }
}
