using System.IO.Compression;
using System.Net;
using System.Text;
using Followthrough.Analytics.Store;
using Followthrough.Dashboard.Mappings;

namespace Followthrough.Tests.Dashboard.Mappings;

/// <summary>From an uploaded file to facts, by what the pages send alone.</summary>
public sealed class ConnectPageTests(DashboardHost host) : IClassFixture<DashboardHost>
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_file_nobody_described_becomes_facts()
    {
        var desk = await Connecting.NewAsync(host);
        var sample = await desk.UploadAsync("calls-2026.csv", Connecting.Calls);
        var first = await desk.Visitor.ReadAsync(sample);
        Assert.Equal("interaction", first.QuerySelector("input[name=fact][checked]")!.GetAttribute("value"));
        Assert.Contains("CSV, fields separated by semicolons, utf-8", first.DocumentElement.TextContent, StringComparison.Ordinal);

        var columns = await desk.GoOnAsync(sample, sample, ("name", "journey"));
        Assert.Equal(sample + "/columns", columns);
        // The thirteenth of April says which of the numbers is the day; the word nobody knows waits.
        var form = await desk.Visitor.ReadAsync(columns);
        Assert.Equal("d/M/yyyy H:mm", form.QuerySelector("[name='date.occurred_at'] option[selected]")!.GetAttribute("value"));
        Assert.Contains("direction: 1 word of Way has no meaning yet, and 1 records would be rejected.", form.DocumentElement.TextContent, StringComparison.Ordinal);
        Assert.Contains("When it happened in the world", form.DocumentElement.TextContent, StringComparison.Ordinal);

        var check = await desk.GoOnAsync(columns, columns, ("accounts", "on"), ("account_name", "3"), ("go", "check"));
        Assert.Equal(sample + "/check", check);
        var checkedPage = await desk.Visitor.ReadAsync(check);
        Assert.Equal("3 records make 2 account and 2 interaction facts; 1 would be rejected. Nothing is written yet.", checkedPage.QuerySelector(".finding")!.TextContent);
        Assert.Contains("line 4: field direction: 'sideways' is not known", checkedPage.QuerySelector("table.problems")!.TextContent, StringComparison.Ordinal);
        Assert.Contains("2026-04-03 10:15:00", checkedPage.DocumentElement.TextContent, StringComparison.Ordinal);
        Assert.Equal(0, await desk.CountAsync("select count(*) from interaction where source_key like 'journey:%'"));

        // What a word means is said after all.
        var words = form.QuerySelectorAll("[name^='ours.direction.']").Select(s => s.GetAttribute("name")!).ToList();
        Assert.Equal(3, words.Count);
        await desk.GoOnAsync(columns, columns, [.. words.Where((_, i) => ValueAt(i) == "sideways").Select(w => (w, "internal")), ("go", "check")]);
        Assert.Contains("none would be rejected", (await desk.Visitor.ReadAsync(check)).QuerySelector(".finding")!.TextContent, StringComparison.Ordinal);

        var load = await desk.GoOnAsync(check, sample + "/save");
        Assert.Equal(sample + "/load", load);
        Assert.Contains("--mapping journey", (await desk.Visitor.ReadAsync(load)).DocumentElement.TextContent, StringComparison.Ordinal);
        await desk.GoOnAsync(load, load);
        var loaded = await desk.LoadedAsync(load);
        Assert.Equal(["5", "5", "0", "0", "0"], loaded.QuerySelectorAll("dl.facts dd").Select(d => d.TextContent.Trim()));
        Assert.Equal(3, await desk.CountAsync("select count(*) from interaction where source_key like 'journey:%' and duration_seconds is not null"));
        Assert.Equal(1, await desk.CountAsync("select count(*) from account where source_key = 'journey:K2' and name = 'Böl & Co'"));
        Assert.Equal(1, await desk.CountAsync("select count(*) from batch where name = 'calls-2026.csv' and mapping = 'journey'"));
        // The sample itself is gone, and what became of it can still be seen.
        await desk.Visitor.ReadAsync(sample, HttpStatusCode.NotFound);
        await desk.Visitor.ReadAsync(load);
        Assert.Contains("journey", (await desk.Visitor.ReadAsync("/data/sources")).QuerySelector("table.own-mappings")!.TextContent, StringComparison.Ordinal);

        // Whoever sends the same by webhook is offered the mapping, too.
        Assert.NotNull((await desk.Visitor.ReadAsync("/data/sources/new")).QuerySelector("select[name=mapping] option[value=journey]"));

        static string ValueAt(int i) => new[] { "in", "out", "sideways" }[i];
    }

    [Fact]
    public async Task Day_and_month_are_asked_for_before_anything_is_checked()
    {
        var desk = await Connecting.NewAsync(host);
        var sample = await desk.UploadAsync("calls.csv", Connecting.Calls.Replace("13/04", "11/04", StringComparison.Ordinal));
        var columns = await desk.GoOnAsync(sample, sample, ("name", "swapped"));

        Assert.Equal(columns, await desk.GoOnAsync(columns, columns, ("go", "check")));
        var asked = (await desk.Visitor.ReadAsync(columns)).QuerySelector("[role=alert]")!.TextContent;
        Assert.Contains("d/M/yyyy H:mm: 03/04/2026 10:15 is 2026-04-03; M/d/yyyy H:mm: 03/04/2026 10:15 is 2026-03-04", asked, StringComparison.Ordinal);

        Assert.Equal(sample + "/check", await desk.GoOnAsync(columns, columns, ("date.occurred_at", "M/d/yyyy H:mm"), ("go", "check")));
        Assert.Contains("2026-03-04 10:15:00", (await desk.Visitor.ReadAsync(sample + "/check")).DocumentElement.TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_text_can_be_changed_by_hand_and_what_is_wrong_in_it_is_told_with_its_line()
    {
        var desk = await Connecting.NewAsync(host);
        var sample = await desk.UploadAsync("calls.csv", Connecting.Calls);
        var columns = await desk.GoOnAsync(sample, sample, ("name", "byhand"));
        var text = ((AngleSharp.Html.Dom.IHtmlTextAreaElement)(await desk.Visitor.ReadAsync(columns)).QuerySelector("textarea[name=yaml]")!).Value;

        var check = await desk.GoOnAsync(columns, sample + "/check", ("yaml", text.Replace("kind:", "knid:", StringComparison.Ordinal)));
        var wrong = await desk.Visitor.ReadAsync(check);
        Assert.Matches(@"byhand\.yaml line \d+: interaction has no column 'knid' \(did you mean 'kind'\?\)", wrong.QuerySelector("[role=alert]")!.TextContent);
        Assert.DoesNotContain(wrong.QuerySelectorAll("form"), f => f.GetAttribute("action") == sample + "/save");

        await desk.GoOnAsync(check, sample + "/check", ("yaml", text.Replace("    columns:", "    when: { Way: in }\n    columns:", StringComparison.Ordinal)));
        Assert.StartsWith("3 records make 1 interaction facts", (await desk.Visitor.ReadAsync(check)).QuerySelector(".finding")!.TextContent, StringComparison.Ordinal);
        await desk.GoOnAsync(check, sample + "/save");
        Assert.Contains("when: { Way: in }", await File.ReadAllTextAsync(Path.Combine(host.Folder.Mappings, "byhand.yaml"), Ct), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Accounts_nobody_knows_and_what_the_figures_would_miss_are_told_before_anything_is_loaded()
    {
        var desk = await Connecting.NewAsync(host);
        var sample = await desk.UploadAsync("calls.csv", Connecting.Calls.Replace(";K", ";unheard-of-", StringComparison.Ordinal));
        var columns = await desk.GoOnAsync(sample, sample, ("name", "unknowns"));
        var check = await desk.GoOnAsync(columns, columns, ("go", "check"));
        var told = string.Concat((await desk.Visitor.ReadAsync(check)).QuerySelectorAll(".notice.warn").Select(notice => notice.TextContent));
        Assert.Contains("nobody knows yet (unknowns:", told, StringComparison.Ordinal);
        Assert.Contains("Known accounts begin with crm:", told, StringComparison.Ordinal);
        await desk.GoOnAsync(sample, sample + "/discard");
    }

    [Theory]
    [InlineData("stripe", "ships with the product")]
    [InlineData("salesforce_case", "ships with the product")]
    [InlineData("../../evil", "The name")]
    [InlineData("taken", "there is a mapping “taken” already")]
    public async Task A_name_that_is_taken_is_refused(string name, string said)
    {
        var desk = await Connecting.NewAsync(host);
        await File.WriteAllTextAsync(Path.Combine(Directory.CreateDirectory(host.Folder.Mappings).FullName, "taken.yaml"), "name: taken", Ct);
        var sample = await desk.UploadAsync("calls.csv", Connecting.Calls);
        using var answer = await desk.SendAsync(sample, sample, ("name", name));
        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
        Assert.Contains(said, (await Connecting.ReadAsync(answer)).QuerySelector("[role=alert]")!.TextContent, StringComparison.Ordinal);

        // Nor can the text give it such a name in the end.
        var columns = await desk.GoOnAsync(sample, sample, ("name", "fine-name"));
        var text = ((AngleSharp.Html.Dom.IHtmlTextAreaElement)(await desk.Visitor.ReadAsync(columns)).QuerySelector("textarea[name=yaml]")!).Value;
        var check = await desk.GoOnAsync(columns, sample + "/check", ("yaml", text.Replace("name: \"fine-name\"", $"name: \"{name}\"", StringComparison.Ordinal)));
        using var saved = await desk.SendAsync(check, sample + "/save");
        Assert.Equal(HttpStatusCode.BadRequest, saved.StatusCode);
        Assert.Equal("name: taken", await File.ReadAllTextAsync(Path.Combine(host.Folder.Mappings, "taken.yaml"), Ct));
        await desk.GoOnAsync(sample, sample + "/discard");
    }

    [Fact]
    public async Task A_shipped_mapping_that_reads_the_file_is_offered_and_loads_it()
    {
        var desk = await Connecting.NewAsync(host);
        var sample = await desk.UploadAsync("customers-page-1.json", """{"object":"list","data":[{"id":"cus_offered","object":"customer","created":1775000000,"name":"Offered","email":"o@x.example","currency":"usd","address":{"city":"Berlin","country":"DE","line1":"Weg 1","postal_code":"10115"},"phone":null}]}""");
        var page = await desk.Visitor.ReadAsync(sample);
        Assert.Contains("stripe_customer", page.QuerySelectorAll("button[name=mapping]").Select(b => b.GetAttribute("value")));

        var load = await desk.GoOnAsync(sample, sample + "/use", ("mapping", "stripe_customer"));
        await desk.GoOnAsync(load, load);
        await desk.LoadedAsync(load);
        Assert.Equal(1, await desk.CountAsync("select count(*) from account where source_key = 'stripe:cus_offered'"));
    }

    [Theory]
    [InlineData("notes.txt")]
    [InlineData("image.png")]
    [InlineData("archive.tar.gz")]
    [InlineData("calls")]
    public async Task A_file_of_another_kind_is_refused(string name)
    {
        var desk = await Connecting.NewAsync(host);
        using var answer = await desk.SendFileAsync(name, "x");
        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
        Assert.Contains("Expected a .csv", (await Connecting.ReadAsync(answer)).QuerySelector("[role=alert]")!.TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_is_no_file_of_its_kind_says_so_on_its_page()
    {
        var desk = await Connecting.NewAsync(host);
        foreach (var (name, content) in new[] { ("a.xlsx", "no workbook"), ("a.json", "{\"a\":"), ("a.csv", "a,a\n1,2\n"), ("a.csv.gz", "no gzip"), ("a.zip", "no zip") })
        {
            var sample = await desk.UploadAsync(name, content);
            var page = await desk.Visitor.ReadAsync(sample, HttpStatusCode.BadRequest);
            Assert.Contains(name, page.QuerySelector("[role=alert]")!.TextContent, StringComparison.Ordinal);
            await desk.GoOnAsync(sample, sample + "/discard");
        }
    }

    [Fact]
    public async Task A_file_that_is_too_large_is_refused_with_what_to_do()
    {
        var desk = await Connecting.NewAsync(host);
        using var answer = await desk.SendFileAsync("calls.csv", new byte[UploadedSamples.Largest + 1]);
        Assert.Equal(HttpStatusCode.RequestEntityTooLarge, answer.StatusCode);
        Assert.Contains("larger than 20 MB", (await Connecting.ReadAsync(answer)).QuerySelector("[role=alert]")!.TextContent, StringComparison.Ordinal);
        using var far = await desk.SendFileAsync("calls.csv", new byte[UploadedSamples.Largest + (1 << 20)]);
        Assert.Equal(HttpStatusCode.RequestEntityTooLarge, far.StatusCode);
    }

    [Theory]
    [InlineData("../../../etc/cron.d/evil.csv", "evil.csv")]
    [InlineData("..\\..\\evil.csv", "evil.csv")]
    [InlineData("<script>alert('x')<b>.csv", "<script>alert('x')<b>.csv")]
    [InlineData("a\u202Egpj.csv", "agpj.csv")]
    public async Task A_hostile_name_is_shown_harmlessly_and_leads_nowhere(string name, string shown)
    {
        var desk = await Connecting.NewAsync(host);
        const string content = "id,<img src=x onerror=alert(1)>,=HYPERLINK(\"a\"),when\n1,<script>,'; drop table batch; --,2026-04-13\n";
        var sample = await desk.UploadAsync(name, content.Replace("=HYPERLINK(\"a\")", "\"=HYPERLINK(\"\"a\"\")\"", StringComparison.Ordinal));
        var page = await desk.Visitor.ReadAsync(sample);
        Assert.Equal(shown, page.QuerySelector("h1")!.TextContent);
        Assert.Empty(page.QuerySelectorAll("main script, main img"));
        var columns = await desk.GoOnAsync(sample, sample, ("name", "hostile"));
        Assert.Empty((await desk.Visitor.ReadAsync(columns)).QuerySelectorAll("main script, main img"));
        Assert.All(Directory.EnumerateDirectories(host.Folder.Samples), d => Assert.Equal(["content", "state.json"], Directory.EnumerateFileSystemEntries(d).Select(Path.GetFileName).Order()));
        await desk.GoOnAsync(sample, sample + "/discard");
    }

    [Fact]
    public async Task A_packed_file_that_unpacks_without_end_is_stopped()
    {
        var desk = await Connecting.NewAsync(host);
        using var packed = new MemoryStream();
        await using (var gzip = new GZipStream(packed, CompressionLevel.SmallestSize, leaveOpen: true))
        {
            await gzip.WriteAsync(Encoding.UTF8.GetBytes("id,when\n\""), Ct);
            var blank = new byte[1 << 20];
            blank.AsSpan().Fill((byte)'x');
            for (var i = 0; i < 100; i++) await gzip.WriteAsync(blank, Ct);
        }
        using var answer = await desk.SendFileAsync("calls.csv.gz", packed.ToArray());
        var page = await desk.Visitor.ReadAsync(answer.Headers.Location!.ToString(), HttpStatusCode.BadRequest);
        Assert.NotEmpty(page.QuerySelector("[role=alert]")!.TextContent.Trim());
        (await host.PartAsync<UploadedSamples>()).RemoveOld(SmallCompany.Now.AddDays(2));
    }

    [Fact]
    public async Task Samples_end_after_a_day()
    {
        var desk = await Connecting.NewAsync(host);
        var sample = await desk.UploadAsync("calls.csv", Connecting.Calls);
        var samples = await host.PartAsync<UploadedSamples>();
        samples.RemoveOld(SmallCompany.Now.AddHours(23));
        await desk.Visitor.ReadAsync(sample);
        samples.RemoveOld(SmallCompany.Now.AddHours(25));
        await desk.Visitor.ReadAsync(sample, HttpStatusCode.NotFound);
    }

    [Fact]
    public async Task To_whoever_is_no_administrator_it_is_not_there_and_a_foreign_form_is_refused()
    {
        await using var own = new DashboardHost { Empty = true };
        await own.InitializeAsync();
        var desk = new Connecting(own, await own.NewSignedInAsync());
        var sample = await desk.UploadAsync("calls.csv", Connecting.Calls);
        using var withoutToken = new MultipartFormDataContent { { new ByteArrayContent("a\n1\n"u8.ToArray()), "file", "a.csv" } };
        using var foreign = await desk.Visitor.UploadAsync("/data/mappings/new", withoutToken);
        Assert.Equal(HttpStatusCode.BadRequest, foreign.StatusCode);
        using var foreignStep = await desk.Visitor.PostAsync(sample + "/discard", new Dictionary<string, string>());
        Assert.Equal(HttpStatusCode.BadRequest, foreignStep.StatusCode);
        Assert.Single(Directory.EnumerateDirectories(own.Folder.Samples));

        await using (var demote = own.Database.DataSource.CreateCommand($"delete from app_user_role where role_id in (select role_id from app_role where name = '{Role.Administrator}')"))
            await demote.ExecuteNonQueryAsync(Ct);
        var other = await own.NewSignedInAsync();
        foreach (var page in (string[])["/data/mappings/new", sample, sample + "/columns", sample + "/check", sample + "/load", "/data/mappings/own/any", "/data/mappings/own/any/yaml"])
        {
            using var answer = await other.GetAsync(page);
            using var absent = await other.GetAsync("/data/no-such-page");
            Assert.Equal(HttpStatusCode.NotFound, answer.StatusCode);
            Assert.Equal(await MainAsync(absent), await MainAsync(answer));
        }
        using var upload = new MultipartFormDataContent { { new ByteArrayContent("a\n1\n"u8.ToArray()), "file", "a.csv" } };
        using var refused = await other.UploadAsync("/data/mappings/new", upload);
        Assert.Equal(HttpStatusCode.NotFound, refused.StatusCode);
    }

    [Theory]
    [InlineData("../../../../etc/passwd")]
    [InlineData("0123456789abcdef0123456789abcdef")]
    [InlineData("..%2f..%2fpostgres")]
    public async Task An_id_that_is_none_leads_nowhere(string id) =>
        await (await Connecting.NewAsync(host)).Visitor.ReadAsync($"/data/mappings/samples/{id}", HttpStatusCode.NotFound);

    private static async Task<string> MainAsync(HttpResponseMessage answer) =>
        string.Join('\n', (await Connecting.ReadAsync(answer)).QuerySelectorAll("h1, .finding").Select(e => e.TextContent.Trim()));
}
