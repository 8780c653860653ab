using System.Net;
using AngleSharp.Dom;
using AngleSharp.Html.Dom;
using AngleSharp.Html.Parser;

namespace Followthrough.Tests.Dashboard;

/// <summary>Rejected records on their pages: counted, corrected, tried again.</summary>
public sealed class QuarantinePageTests
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Counts_by_reason_lead_to_the_records_of_that_reason()
    {
        await using var host = await GivenAsync();
        var visitor = await host.NewSignedInAsync();

        var page = await visitor.ReadAsync("/data/quarantine");

        Assert.Equal(["Any reason 6", "not a choice 2", "unknown account 2", "bad instant 1", "ragged 1"], page.QuerySelectorAll("nav[aria-label='By reason'] a").Select(Words));
        var narrowed = await visitor.ReadAsync(page.QuerySelectorAll("nav[aria-label='By reason'] a")[1].GetAttribute("href")!);
        Assert.Equal(["contact.csv, line 5", "contact.csv, line 4"], narrowed.QuerySelectorAll("tbody th a").Select(Words));
        var batch = await visitor.ReadAsync((await visitor.ReadAsync("/data")).QuerySelector("tbody a.bad")!.GetAttribute("href")!);
        Assert.Equal(5, batch.QuerySelectorAll("tbody tr").Length);
    }

    [Fact]
    public async Task A_record_is_shown_with_its_bytes_and_goes_in_when_its_fields_are_corrected()
    {
        await using var host = await GivenAsync();
        var visitor = await host.NewSignedInAsync();
        var address = $"/data/quarantine/{await RejectedCompany.IdAsync(host, "bad_instant")}";

        var page = await visitor.ReadAsync(address);
        Assert.Equal("<b>Bob</b> & Co", page.QuerySelector("[name='f.name']")!.GetAttribute("value"));
        Assert.Equal("occurred_at (here)", Words(page.QuerySelector(".record-fields .bad")!));
        var raw = await visitor.ReadAsync(page.QuerySelector(".raw")!.GetAttribute("hx-get")!);
        Assert.StartsWith("crm:c12,yesterday,,crm:acme,<b>Bob</b> & Co,", raw.QuerySelector(".record")!.TextContent, StringComparison.Ordinal);

        var again = await SendAsync(visitor, address, page, ("f.occurred_at", "tomorrow"));
        Assert.Contains("'tomorrow' is no date and time", Words(again.QuerySelector(".problem")!), StringComparison.Ordinal);
        Assert.Equal("tomorrow", again.QuerySelector("[name='f.occurred_at']")!.GetAttribute("value"));
        Assert.Contains("came as “yesterday”", Words(again.QuerySelector(".record-fields")!), StringComparison.Ordinal);

        var done = await SendAsync(visitor, address, again, ("f.occurred_at", "2026-03-02T10:00Z"));
        Assert.Contains("It is in, as batch", Words(done.QuerySelector(".notice.done")!), StringComparison.Ordinal);
        Assert.Contains("1 new, 0 changed, 0 unchanged facts", Words(done.QuerySelector(".notice.done")!), StringComparison.Ordinal);
        Assert.Null(done.QuerySelector("main form button"));
        Assert.Contains("by admin", Words(done.QuerySelector(".facts")!), StringComparison.Ordinal);
        var record = await visitor.ReadAsync("/data/record/contact/crm:acme/crm:c12");
        Assert.Contains("<b>Bob</b> & Co", Words(record.QuerySelector(".facts")!), StringComparison.Ordinal);
        var source = await visitor.ReadAsync(record.QuerySelector(".source summary")!.GetAttribute("hx-get")!);
        Assert.StartsWith("crm:c12,yesterday", source.QuerySelector(".record")!.TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_malformed_record_is_put_right_field_by_field()
    {
        await using var host = await GivenAsync();
        var visitor = await host.NewSignedInAsync();
        var address = $"/data/quarantine/{await RejectedCompany.IdAsync(host, "ragged")}";
        var page = await visitor.ReadAsync(address);
        Assert.Equal("crm:acme", page.QuerySelector("[name='f.source_modified_at']")!.GetAttribute("value"));

        var done = await SendAsync(visitor, address, page, ("f.source_modified_at", ""), ("f.account", "crm:acme"), ("f.name", "Eve"));

        Assert.Contains("It is in", Words(done.QuerySelector(".notice.done")!), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Many_are_tried_again_only_after_being_asked()
    {
        await using var host = await GivenAsync();
        var visitor = await host.NewSignedInAsync();

        var none = await visitor.ReadAsync("/data/quarantine/replay");
        Assert.Null(none.QuerySelector("main form"));
        Assert.Contains("Nothing of this is open", Words(none.QuerySelector("main")!), StringComparison.Ordinal);
        var asked = await visitor.ReadAsync("/data/quarantine/replay?all=true&reason=not_a_choice");
        Assert.Equal("Replay 2 records", Words(asked.QuerySelector("main form button")!));
        Assert.Equal(6, await OpenAsync(host));

        var done = await SendAsync(visitor, "/data/quarantine/replay", asked);
        Assert.Contains("0 records are settled, 2 still rejected", Words(done.QuerySelector("main .card")!), StringComparison.Ordinal);
        Assert.Equal(2, done.QuerySelectorAll(".problem p").Length);
        // The account that two records name arrives under the loader; nothing is left of them to try.
        await RejectedCompany.LoadAsync(host, "account.csv", "source_key,occurred_at,name\ncrm:nowhere,2026-01-01T00:00Z,Nowhere\n");
        var one = await visitor.ReadAsync($"/data/quarantine/replay?id={await RejectedCompany.IdAsync(host, "not_a_choice")}");
        Assert.Equal("Replay 1 record", Words(one.QuerySelector("main form button")!));
        Assert.Equal(5, await OpenAsync(host));
    }

    [Fact]
    public async Task Without_the_token_of_a_form_of_ours_nothing_is_replayed()
    {
        await using var host = await GivenAsync();
        var visitor = await host.NewSignedInAsync();

        using var all = await visitor.PostAsync("/data/quarantine/replay", new() { ["all"] = "true" });
        using var one = await visitor.PostAsync($"/data/quarantine/{await RejectedCompany.IdAsync(host, "bad_instant")}", new() { ["f.occurred_at"] = "2026-03-02T10:00Z" });

        Assert.Equal((HttpStatusCode.BadRequest, HttpStatusCode.BadRequest), (all.StatusCode, one.StatusCode));
        Assert.Equal(6, await OpenAsync(host));
    }

    [Theory]
    [InlineData("/data/quarantine/999999", HttpStatusCode.NotFound)]
    [InlineData("/data/quarantine/replay?id=x", HttpStatusCode.BadRequest)]
    public async Task What_is_not_there_or_not_understood_says_so(string address, HttpStatusCode status)
    {
        await using var host = await GivenAsync();
        await (await host.NewSignedInAsync()).ReadAsync(address, status);
    }

    private static async Task<DashboardHost> GivenAsync()
    {
        var host = new DashboardHost();
        await host.InitializeAsync();
        await host.NewVisitorAsync();
        var report = await RejectedCompany.LoadAsync(host, "contact.csv", RejectedCompany.Contacts);
        Assert.Equal((6, 1, 5), (report.Read, report.Added, report.Rejected));
        return host;
    }

    private static async Task<IHtmlDocument> SendAsync(Visitor visitor, string address, IHtmlDocument page, params (string Name, string Value)[] values)
    {
        var fields = page.QuerySelectorAll("main form input, main form textarea")
            .ToDictionary(i => i.GetAttribute("name")!, i => i is IHtmlTextAreaElement area ? area.Value : i.GetAttribute("value") ?? "");
        foreach (var (name, value) in values)
        {
            // Nobody can fill in a field that is not there.
            Assert.Contains(name, fields.Keys);
            fields[name] = value;
        }
        using var answer = await visitor.PostAsync(address, fields);
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        return await new HtmlParser().ParseDocumentAsync(await answer.Content.ReadAsStringAsync(Ct), Ct);
    }

    private static async Task<long> OpenAsync(DashboardHost host)
    {
        await using var command = host.Database.DataSource.CreateCommand("select count(*) from quarantine where resolved_at is null");
        return (long)(await command.ExecuteScalarAsync(Ct))!;
    }

    private static string Words(IElement element) => string.Join(' ', element.TextContent.Split((char[]?)[' ', '\n', '\r', '\t', '\u00a0'], StringSplitOptions.RemoveEmptyEntries));
}
