using System.Net;
using System.Net.Http.Headers;
using AngleSharp.Dom;
using AngleSharp.Html.Dom;
using Followthrough.Analytics.Store;
using Followthrough.Tests.Dashboard.Mine;
using static Followthrough.Tests.Dashboard.Mine.WorkingDayHost;

namespace Followthrough.Tests.Dashboard.Churn;

/// <summary>Call lists over the working day: made, worked, taken along and brought back, and by whom.</summary>
public sealed class CallListPageTests(WorkingDayHost day) : IClassFixture<WorkingDayHost>
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Ada_makes_a_list_of_her_customers_works_it_and_takes_a_click_back()
    {
        var (ada, address) = await ListAsync();
        var page = await ada.ReadAsync(address);
        var row = Assert.Single(page.QuerySelectorAll(".call-row"));
        Assert.Contains("Acme Heating", row.TextContent, StringComparison.Ordinal);
        Assert.Contains("Grace Hopper", row.TextContent, StringComparison.Ordinal);
        Assert.Contains("Say where we are with “Boiler cold”", row.QuerySelector(".opening")!.TextContent, StringComparison.Ordinal);
        Assert.Equal("tel:+4930555001", row.QuerySelector("a[href^='tel:']")!.GetAttribute("href"));

        page = await ClickAsync(ada, Button(page, "no_answer"));
        Assert.Contains("No answer", page.QuerySelector(".outcome")!.TextContent, StringComparison.Ordinal);
        page = await ClickAsync(ada, Button(page, "called"));
        Assert.StartsWith("Called", page.QuerySelector(".outcome")!.TextContent, StringComparison.Ordinal);
        Assert.Empty(page.QuerySelectorAll(".call-row form"));
        Assert.Equal("phone outbound call t 30 hr:S1", await TextAsync(
            "select concat_ws(' ', channel, direction, kind, connected, duration_seconds, staff_key) from interaction where connected and source_key like 'followthrough:%' and not deleted"));

        page = await ClickAsync(ada, page.QuerySelectorAll(".done").Single(done => done.TextContent.Contains("Called", StringComparison.Ordinal)).QuerySelector(".undo")!);
        Assert.Contains("No answer", page.QuerySelector(".outcome")!.TextContent, StringComparison.Ordinal);
        Assert.NotNull(Button(page, "called"));
    }

    [Fact]
    public async Task The_file_is_taken_along_filled_in_and_brought_back_and_what_is_wrong_in_it_is_named()
    {
        var (ada, address) = await ListAsync();
        using var file = await ada.GetAsync(address + ".csv");
        var csv = (await file.Content.ReadAsStringAsync(Ct)).TrimStart('\uFEFF');
        Assert.Equal("1", Assert.Single(file.Headers.GetValues("X-Row-Count")));
        var lines = csv.Split("\r\n", StringSplitOptions.RemoveEmptyEntries);
        Assert.EndsWith(",outcome,outcome_reason,outcome_at_utc", lines[0], StringComparison.Ordinal);
        Assert.Contains("crm:acme,Acme Heating,Grace Hopper", lines[1], StringComparison.Ordinal);

        var back = string.Join('\n', lines[0], lines[1][..^2] + "excused,,", lines[1][..^2] + "left_message,,", "9,crm:other" + new string(',', 20) + "called,,");
        using var content = new MultipartFormDataContent { { new StringContent(await ada.FormTokenAsync()), "form_token" } };
        using var part = new ByteArrayContent(System.Text.Encoding.UTF8.GetBytes(back)) { Headers = { ContentType = new MediaTypeHeaderValue("text/csv") } };
        content.Add(part, "file", "back.csv");
        using var answer = await ada.UploadAsync(address + "/outcomes-file", content);
        var page = await ParseAsync(answer);

        Assert.Contains("1\u00a0outcome recorded, 2\u00a0lines could not be used.", page.QuerySelector(".said")!.TextContent, StringComparison.Ordinal);
        Assert.Contains("back.csv line 2: outcome “excused” is none of", page.Body!.TextContent, StringComparison.Ordinal);
        Assert.Contains("back.csv line 4: account “crm:other” is not on this list.", page.Body.TextContent, StringComparison.Ordinal);
        Assert.Contains("Left a message", page.QuerySelector(".outcome")!.TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Contacts_go_to_a_phone_and_no_name_breaks_out_of_its_card()
    {
        var (ada, address) = await ListAsync();
        using var answer = await ada.GetAsync(address + ".vcf");
        var card = await answer.Content.ReadAsStringAsync(Ct);
        Assert.StartsWith("BEGIN:VCARD\r\nVERSION:4.0\r\nFN:Grace Hopper\r\nORG:Acme Heating\r\n", card, StringComparison.Ordinal);
        Assert.Contains("TEL;TYPE=work;VALUE=text:+4930555001\r\nEMAIL;PREF=1:grace@acme.example\r\n", card, StringComparison.Ordinal);
        Assert.All(card.Split("\r\n"), line => Assert.InRange(System.Text.Encoding.UTF8.GetByteCount(line), 0, 75));
        Assert.Equal("exported", await TextAsync("select action from access_log where subject like 'call list%.vcf%' order by at desc limit 1"));
    }

    [Fact]
    public async Task Another_teams_list_is_absent_and_nobody_makes_one_of_foreign_customers()
    {
        var (ada, address) = await ListAsync();
        var bob = await day.Host.NewSignedInAsAsync(Role.Staff, "hr:S2");
        foreach (var end in new[] { "", ".csv", ".xlsx", ".vcf" })
        {
            using var refused = await bob.GetAsync(address + end);
            using var absent = await bob.GetAsync("/churn/lists/999999" + end);
            Assert.Equal((HttpStatusCode.NotFound, HttpStatusCode.NotFound), (refused.StatusCode, absent.StatusCode));
        }
        Assert.Empty((await bob.ReadAsync("/churn/lists")).QuerySelectorAll("tbody tr"));
        using var foreign = await bob.FillInAsync("/churn/lists", ("whose", "person:hr:S1"), ("capacity", "5"), ("quiet", "0"));
        Assert.Equal(HttpStatusCode.BadRequest, foreign.StatusCode);
        using var everybody = await bob.FillInAsync("/churn/lists", ("whose", ""), ("capacity", "5"), ("quiet", "0"));
        Assert.Equal(HttpStatusCode.BadRequest, everybody.StatusCode);

        var manager = await day.Host.NewSignedInAsAsync(Role.Manager, "hr:S9", "hr:T1");
        Assert.NotEmpty((await manager.ReadAsync(address)).QuerySelectorAll(".call-row"));
        var auditor = await day.Host.NewSignedInAsAsync(Role.Auditor);
        Assert.Empty((await auditor.ReadAsync(address)).QuerySelectorAll(".call-row form"));
        using var made = await auditor.PostAsync("/churn/lists", new() { ["form_token"] = await auditor.FormTokenAsync(), ["capacity"] = "5", ["quiet"] = "0" });
        Assert.Equal(HttpStatusCode.NotFound, made.StatusCode);
    }

    [Fact]
    public async Task A_teams_list_is_worked_by_its_people_each_his_own_customers()
    {
        var (ada, own) = await ListAsync();
        using (await ada.PostAsync(own + "/close", new() { ["form_token"] = await ada.FormTokenAsync() })) { }
        var executive = await day.Host.NewSignedInAsAsync(Role.Executive);
        using var made = await executive.FillInAsync("/churn/lists", ("whose", ""), ("capacity", "5"), ("quiet", "0"));
        var address = made.Headers.Location!.PathAndQuery();
        // The other customer has no number, and would be held out by chance.
        await ExecuteAsync($"update call_list_account set fate = 'call', reason = null, place = 2 where account_id = (select account_id from account where source_key = '{WorkingDay.Other}')");
        Assert.Equal(2, (await executive.ReadAsync(address)).QuerySelectorAll(".call-row").Length);

        var hers = await ada.ReadAsync(address);
        Assert.Contains("Acme Heating", Assert.Single(hers.QuerySelectorAll(".call-row")).TextContent, StringComparison.Ordinal);
        Assert.Contains("Of this list you see the customers you answer for.", hers.QuerySelector(".finding")!.TextContent, StringComparison.Ordinal);
        Assert.DoesNotContain("Other & Sons", hers.Body!.TextContent, StringComparison.Ordinal);
        Assert.Contains("1\u00a0customer of call list", (await ada.ReadAsync("/mine")).Body!.TextContent, StringComparison.Ordinal);
        using var file = await ada.GetAsync(address + ".csv");
        Assert.Equal("1", Assert.Single(file.Headers.GetValues("X-Row-Count")));
        await ClickAsync(ada, Button(hers, "called"));
        using var foreign = await ada.PostAsync(address + "/outcomes", new() { ["form_token"] = await ada.FormTokenAsync(), ["account"] = WorkingDay.Other, ["outcome"] = "called" });
        Assert.Equal(HttpStatusCode.BadRequest, foreign.StatusCode);
        using var close = await ada.PostAsync(address + "/close", new() { ["form_token"] = await ada.FormTokenAsync() });
        Assert.Equal(HttpStatusCode.NotFound, close.StatusCode);
        await ExecuteAsync("update call_list_account set fate = 'held_out', place = null where place = 2");
    }

    [Fact]
    public async Task A_form_that_is_wrong_says_what_and_makes_nothing()
    {
        var (ada, _) = await ListAsync();
        var before = await TextAsync("select count(*)::text from call_list");
        using var answer = await ada.FillInAsync("/churn/lists", ("whose", "person:hr:S1"), ("capacity", "0"), ("quiet", "many"));
        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
        var text = await answer.Content.ReadAsStringAsync(Ct);
        Assert.Contains("must be a whole number from 1 to 1000", text, StringComparison.Ordinal);
        Assert.Contains("must be a whole number from 0 to 365", text, StringComparison.Ordinal);
        Assert.Equal(before, await TextAsync("select count(*)::text from call_list"));
    }

    [Fact]
    public async Task A_closed_list_records_nothing_more_and_the_effect_says_that_it_is_too_early()
    {
        var (ada, address) = await ListAsync();
        using var closed = await ada.PostAsync(address + "/close", new() { ["form_token"] = await ada.FormTokenAsync() });
        Assert.Equal(HttpStatusCode.Found, closed.StatusCode);
        var page = await ada.ReadAsync(address);
        Assert.Empty(page.QuerySelectorAll(".call-row form"));
        using var late = await ada.PostAsync(address + "/outcomes", new() { ["form_token"] = await ada.FormTokenAsync(), ["account"] = WorkingDay.Acme, ["outcome"] = "called" });
        Assert.Equal(HttpStatusCode.BadRequest, late.StatusCode);
        Assert.StartsWith("Not enough yet:", (await ada.ReadAsync("/churn/effect")).QuerySelector(".finding")!.TextContent, StringComparison.Ordinal);
    }

    // A list of Ada's own, with nobody on another one.
    private async Task<(Visitor Ada, string Address)> ListAsync()
    {
        var ada = await day.AdaAsync();
        if (await TextAsync("select count(*)::text from churn_scoring") == "0") await ScoreAsync();
        // The clock stands still, so what another test recorded would count for this list too.
        await ExecuteAsync("""
            update call_list set closed_at = now(), closed_by = 'test' where closed_at is null;
            delete from recorded_outcome; delete from interaction where source_key like 'followthrough:%'; delete from disposition where source_key like 'followthrough:%'
            """);
        using var made = await ada.FillInAsync("/churn/lists", ("whose", "person:hr:S1"), ("capacity", "5"), ("quiet", "0"));
        Assert.Equal(HttpStatusCode.Found, made.StatusCode);
        return (ada, made.Headers.Location!.PathAndQuery());
    }

    private Task ScoreAsync() => Analytics.CallLists.Scored.WriteAsync(ExecuteAsync, "model", (WorkingDay.Acme, 0.4, 12000), (WorkingDay.Other, 0.3, 8000));

    private async Task ExecuteAsync(string sql)
    {
        await using var command = day.Host.Database.DataSource.CreateCommand(sql);
        await command.ExecuteNonQueryAsync(Ct);
    }

    private async Task<string> TextAsync(string sql)
    {
        await using var command = day.Host.Database.DataSource.CreateCommand(sql);
        return (string)(await command.ExecuteScalarAsync(Ct))!;
    }

    private static IElement Button(IHtmlDocument page, string outcome) => page.QuerySelector($".call-row input[name=outcome][value={outcome}]")!.Closest("form")!.QuerySelector("button")!;
}
