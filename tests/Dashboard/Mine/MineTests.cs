using System.Net;
using AngleSharp.Dom;
using Followthrough.Analytics.Store;
using static Followthrough.Tests.Dashboard.Mine.WorkingDayHost;

namespace Followthrough.Tests.Dashboard.Mine;

/// <summary>My commitments of Ada Byron: what stands there, what a click does to facts and ledger, and who may click.</summary>
public sealed class MineTests(WorkingDayHost day) : IClassFixture<WorkingDayHost>
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task What_is_owed_stands_by_urgency_with_whom_to_reach_and_how()
    {
        var ada = await AdaAsync();
        var page = await ada.ReadAsync("/mine");
        string[] expected =
        [
            "Due today 1: respond mail:today",
            "Overdue 3: call_back call:missed, respond mail:overdue, survey prj:1",
            "Next seven days 4: respond call:missed, acknowledge_issue iss:1, promise prom:1, resolve_issue iss:1",
            "Later 2: next_offer prj:1, follow_up mail:today",
        ];
        Assert.Equal(expected, page.QuerySelectorAll(".owed-group").Select(Group));
        var row = Row(page, "respond", WorkingDay.DueToday);
        Assert.Contains("Where is the valve?", row.TextContent, StringComparison.Ordinal);
        Assert.Equal("tel:+4930555001", row.QuerySelector("a[href^='tel:']")!.GetAttribute("href"));
        Assert.Equal("mailto:grace@acme.example?subject=Re%3A%20Where%20is%20the%20valve%3F", row.QuerySelector("a.preferred")!.GetAttribute("href"));
        Assert.Equal("tel:+4930777", Row(page, "call_back", "call:missed").QuerySelector("a[href^='tel:']")!.GetAttribute("href"));
        Assert.DoesNotContain("Secret matter", page.Body!.TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Every_click_that_is_offered_settles_what_it_stands_beside_and_can_be_taken_back()
    {
        var ada = await AdaAsync();
        var page = await ada.ReadAsync("/mine");
        var offered = page.QuerySelectorAll(".todo-row").SelectMany(row => row.QuerySelectorAll("form").Select(form => (Row: row.GetAttribute("data-owed")!, Fields: Fields(form)))).ToList();
        Assert.Equal(
            ["acknowledge_issue called", "acknowledge_issue mailed", "call_back called", "follow_up called", "follow_up mailed", "next_offer nothing_to_offer", "respond called", "respond mailed"],
            offered.Where(o => o.Fields["outcome"] != "excused").Select(o => $"{o.Row.Split('/')[0]} {o.Fields["outcome"]}").Distinct().Order(StringComparer.Ordinal));
        foreach (var (row, fields) in offered.Where(o => o.Fields["outcome"] != "excused" || o.Fields.GetValueOrDefault("reason") == "no response needed"))
        {
            using var answer = await ada.PostAsync("/mine/outcomes", fields);
            var after = await ada.ReadAsync("/mine");
            Assert.DoesNotContain(row, after.QuerySelectorAll(".todo-row").Select(r => r.GetAttribute("data-owed")));
            after = await ClickAsync(ada, after.QuerySelector(".undo")!);
            Assert.Contains(row, after.QuerySelectorAll(".todo-row").Select(r => r.GetAttribute("data-owed")));
        }
        var end = await ada.ReadAsync("/mine");
        Assert.Equal(page.QuerySelectorAll(".owed-group").Select(Group), end.QuerySelectorAll(".owed-group").Select(Group));
    }

    [Fact]
    public async Task An_outcome_is_a_fact_of_its_person_with_a_batch_of_its_own_and_moves_the_figure()
    {
        var ada = await AdaAsync();
        var page = await ada.ReadAsync("/mine");
        var after = await ClickAsync(ada, Row(page, "respond", WorkingDay.DueToday).QuerySelector("[data-outcome=called]")!);
        Assert.Equal(
            "followthrough outbound call phone hr:S1 crm:c1 t1 t 30 f desk:staff jsonl",
            await TextAsync("""
                select concat_ws(' ', split_part(i.source_key, ':', 1), direction, kind, channel, staff_key, contact_key, thread_key, connected, duration_seconds,
                  deleted, split_part(b.source, '-', 1), split_part(b.name, '.', 2))
                from interaction i join batch b using (batch_id) where i.source_key like 'followthrough:%' order by i.known_at desc, i.batch_id desc limit 1
                """));
        var commitment = await ada.ReadAsync("/commitments/respond/crm:acme/mail:today");
        Assert.StartsWith("We answered after 16.0", commitment.QuerySelector(".finding")!.TextContent, StringComparison.Ordinal);
        await ClickAsync(ada, after.QuerySelector(".undo")!);
        Assert.Equal("internal note t", await TextAsync(
            "select concat_ws(' ', direction, kind, deleted) from interaction where source_key like 'followthrough:%' order by batch_id desc limit 1"));
        Assert.StartsWith("The customer is waiting", (await ada.ReadAsync("/commitments/respond/crm:acme/mail:today")).QuerySelector(".finding")!.TextContent, StringComparison.Ordinal);
        Assert.Equal("record outcome -> Called, undo outcome Called ->", await TextAsync("""
            select string_agg(concat_ws(' ', action, before, '->', after), ', ' order by access_log_id)
            from (select * from access_log where subject = 'respond of crm:acme, mail:today' order by access_log_id desc limit 2) l
            """));
    }

    [Fact]
    public async Task An_excuse_leaves_the_rates_with_its_reason_and_comes_back_when_taken_back()
    {
        var ada = await AdaAsync();
        var page = await ada.ReadAsync("/mine");
        var form = Row(page, "respond", WorkingDay.Overdue).QuerySelector("form.other")!;
        using var answer = await ada.PostAsync(form.GetAttribute("action")!, new(Fields(form)) { ["reason"] = "answered at the fair" });
        var excused = await ada.ReadAsync("/commitments/respond/crm:acme/mail:overdue");
        Assert.Equal("Excused by a person: answered at the fair. Not counted in any rate.", excused.QuerySelector(".finding")!.TextContent);
        await ClickAsync(ada, (await ada.ReadAsync("/mine")).QuerySelector(".undo")!);
        Assert.StartsWith("We never answered", (await ada.ReadAsync("/commitments/respond/crm:acme/mail:overdue")).QuerySelector(".finding")!.TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Two_clicks_at_once_are_one_fact()
    {
        var ada = await AdaAsync();
        var form = Row(await ada.ReadAsync("/mine"), "acknowledge_issue", "iss:1").QuerySelector("[data-outcome=mailed]")!.Closest("form")!;
        var before = await TextAsync("select count(*)::text from interaction where source_key like 'followthrough:%'");
        var answers = await Task.WhenAll(Enumerable.Range(0, 3).Select(_ => ada.PostAsync("/mine/outcomes", Fields(form))));
        foreach (var answer in answers)
        {
            Assert.Equal(HttpStatusCode.Found, answer.StatusCode);
            answer.Dispose();
        }
        Assert.Equal((int.Parse(before) + 1).ToString(), await TextAsync("select count(*)::text from interaction where source_key like 'followthrough:%'"));
        await ClickAsync(ada, (await ada.ReadAsync("/mine")).QuerySelector(".undo")!);
    }

    [Fact]
    public async Task The_list_is_drawn_anew_only_when_it_has_changed()
    {
        var ada = await AdaAsync();
        var page = await ada.ReadAsync("/mine");
        var address = page.QuerySelector("#mine")!.GetAttribute("hx-get")!;
        using var same = await ada.GetPartAsync(address);
        Assert.Equal(HttpStatusCode.NoContent, same.StatusCode);
        var after = await ClickAsync(ada, Row(page, "respond", WorkingDay.Overdue).QuerySelector("[data-outcome=mailed]")!);
        using var changed = await ada.GetPartAsync(address);
        Assert.False(Has(await ParseAsync(changed), "respond", WorkingDay.Overdue));
        await ClickAsync(ada, after.QuerySelector(".undo")!);
    }

    [Fact]
    public async Task A_manager_keeps_the_lists_of_his_people_and_nobody_elses()
    {
        var mona = await day.Host.NewSignedInAsAsync(Role.Manager, "hr:S9", "hr:T1");
        var page = await mona.ReadAsync("/mine?person=hr%3AS1");
        Assert.Equal(["hr:S1", "hr:S9"], page.QuerySelectorAll("select[name=person] option").Select(o => o.GetAttribute("value")));
        var after = await ClickAsync(mona, Row(page, "respond", WorkingDay.Overdue).QuerySelector("[data-outcome=called]")!);
        Assert.False(Has(after, "respond", WorkingDay.Overdue));
        Assert.Equal("hr:S9", await TextAsync("select staff_key from recorded_outcome order by batch_id desc limit 1"));
        // What she did is hers to take back, not Ada's.
        var undo = after.QuerySelector("form.done")!;
        var ada = await AdaAsync();
        var mine = await ada.ReadAsync("/mine");
        Assert.Null(mine.QuerySelector("form.done"));
        var fields = Fields(mine.QuerySelector(".todo-row form")!);
        using var refused = await ada.PostAsync(undo.GetAttribute("action")!, fields);
        Assert.False(Has(await ada.ReadAsync("/mine"), "respond", WorkingDay.Overdue));
        await ClickAsync(mona, undo.QuerySelector("button")!);
        Assert.True(Has(await ada.ReadAsync("/mine"), "respond", WorkingDay.Overdue));
        await mona.ReadAsync("/mine?person=hr%3AS2", HttpStatusCode.NotFound);
    }

    [Fact]
    public async Task Whoever_is_not_the_person_or_his_manager_can_record_nothing()
    {
        var form = Fields(Row(await (await AdaAsync()).ReadAsync("/mine"), "respond", WorkingDay.DueToday).QuerySelector("form")!);
        var executive = await day.Host.NewSignedInAsAsync(Role.Executive);
        var seen = await executive.ReadAsync("/mine?person=hr%3AS1");
        Assert.True(Has(seen, "respond", WorkingDay.DueToday));
        Assert.Null(seen.QuerySelector(".clicks"));
        var token = Fields(seen.QuerySelector("form[action='/sign-out']")!);
        using var refused = await executive.PostAsync("/mine/outcomes?person=hr%3AS1", new(form) { ["form_token"] = token["form_token"] });
        Assert.Equal(HttpStatusCode.NotFound, refused.StatusCode);
        var bob = await day.Host.NewSignedInAsAsync(Role.Staff, "hr:S2");
        var bobs = Fields((await bob.ReadAsync("/mine")).QuerySelector(".todo-row form")!);
        using var foreign = await bob.PostAsync("/mine/outcomes", new(form) { ["form_token"] = bobs["form_token"] });
        // His own list is there, Ada's commitment is not on it.
        Assert.True(Has(await (await AdaAsync()).ReadAsync("/mine"), "respond", WorkingDay.DueToday));
        using var forged = await bob.PostAsync("/mine/outcomes", new(bobs) { ["form_token"] = "forged" });
        Assert.Equal(HttpStatusCode.BadRequest, forged.StatusCode);
    }

    [Fact]
    public async Task What_cannot_be_understood_is_refused()
    {
        var ada = await AdaAsync();
        var promise = Fields(Row(await ada.ReadAsync("/mine"), "promise", "prom:1").QuerySelector("form")!);
        foreach (var (name, value) in new[] { ("outcome", "called"), ("outcome", "vanished"), ("reason", ""), ("reason", new string('x', 200)), ("reason", "a\u0001b") })
        {
            using var answer = await ada.PostAsync("/mine/outcomes", new(promise) { [name] = value });
            Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
        }
    }

    [Fact]
    public async Task After_a_quarter_of_an_hour_nothing_is_taken_back_here()
    {
        var ada = await AdaAsync();
        var after = await ClickAsync(ada, Row(await ada.ReadAsync("/mine"), "next_offer", "prj:1").QuerySelector("[data-outcome=nothing_to_offer]")!);
        var undo = after.QuerySelector("form.done")!;
        await TextAsync("update recorded_outcome set recorded_at = recorded_at - interval '16 minutes' where kind = 'next_offer' and undone_at is null returning kind");
        using var late = await ada.PostAsync(undo.GetAttribute("action")!, Fields(undo));
        var page = await ada.ReadAsync("/mine");
        Assert.Null(page.QuerySelector("form.done"));
        Assert.False(Has(page, "next_offer", "prj:1"));
        await TextAsync("update recorded_outcome set recorded_at = recorded_at + interval '16 minutes' where kind = 'next_offer' and undone_at is null returning kind");
        await ClickAsync(ada, (await ada.ReadAsync("/mine")).QuerySelector(".undo")!);
    }

    private Task<Visitor> AdaAsync() => day.AdaAsync();

    private static string Group(IElement group)
    {
        var rows = group.QuerySelectorAll(".todo-row").Select(row => row.GetAttribute("data-owed")!.Split('/')).Select(id => $"{id[0]} {id[^1]}");
        return $"{group.QuerySelector("h2")!.TextContent} {group.QuerySelector("header .quiet, summary .quiet")!.TextContent}: {string.Join(", ", rows)}";
    }

    private async Task<string> TextAsync(string sql)
    {
        await using var command = day.Host.Database.DataSource.CreateCommand(sql);
        return (string)(await command.ExecuteScalarAsync(Cancellation))!;
    }
}
