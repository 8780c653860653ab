using System.Globalization;
using System.Net;
using System.Text;
using System.Text.Json;
using AngleSharp.Dom;
using DocumentFormat.OpenXml.Packaging;
using DocumentFormat.OpenXml.Spreadsheet;
using Followthrough.Analytics.Editions;
using Followthrough.Analytics.Jobs;
using Followthrough.Analytics.Metrics;
using Followthrough.Analytics.Store;
using Followthrough.Dashboard.Exports;

namespace Followthrough.Tests.Dashboard.Audits;

/// <summary>The pack of a closed quarter says what was closed, on the page, on paper and in the workbook; that of an open one calls itself a draft.</summary>
public sealed class AuditPackTests(ClosedQuarter quarter) : IClassFixture<ClosedQuarter>
{
    private const string Base = "/audits/quarters/2026-Q2";

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task The_report_of_a_closed_quarter_is_its_edition_with_signatures_and_hash()
    {
        var page = await ReportAsync($"{Base}/report");
        var edition = (await EditionList.ReadAsync(quarter.Host.Database.DataSource, Ct)).Of("2026-Q2")!;
        var cover = page.QuerySelector("#cover")!.TextContent;
        Assert.Contains(edition.Hash, cover, StringComparison.Ordinal);
        Assert.Contains(edition.FirstBy, cover, StringComparison.Ordinal);
        Assert.Contains(edition.SecondBy, cover, StringComparison.Ordinal);
        Assert.Null(page.QuerySelector(".stamp"));
        Assert.StartsWith("We kept ", page.QuerySelector("#summary .lead")!.TextContent, StringComparison.Ordinal);
        // One of the three was answered in time when the quarter was closed.
        Assert.Contains("33.3", page.QuerySelectorAll("#figures tbody tr")[0].TextContent, StringComparison.Ordinal);
        Assert.NotEmpty(page.QuerySelectorAll("#metrics .trend-drawing .dot"));
        Assert.Contains("came in late", page.QuerySelector("#restatements")!.TextContent, StringComparison.Ordinal);
        Assert.NotEmpty(page.QuerySelectorAll("#method .definitions tbody tr"));
        Assert.All(page.QuerySelectorAll("#metrics article, #teams article"), article => Assert.NotEmpty(article.QuerySelectorAll("svg, tbody tr")));
    }

    [Fact]
    public async Task A_quarter_that_is_open_is_reported_as_a_draft()
    {
        var page = await ReportAsync("/audits/quarters/2026-Q3/report");
        Assert.Equal("Draft, not closed", page.QuerySelector(".stamp")!.TextContent);
        Assert.Null(page.QuerySelector("#restatements"));
        Assert.Null(page.QuerySelector(".report-bar a[href$=bundle]"));
    }

    // While it is read, the page says how far it is.
    private async Task<IDocument> ReportAsync(string address)
    {
        var visitor = await quarter.ExecutiveAsync();
        while (true)
        {
            var page = await visitor.ReadAsync(address);
            if (page.QuerySelector("main progress") is not { } progress) return page;
            Assert.InRange(double.Parse(progress.GetAttribute("value")!, CultureInfo.InvariantCulture), 0, 1);
        }
    }

    [Fact]
    public async Task Who_sees_a_part_of_the_company_finds_no_pack()
    {
        var manager = await quarter.Host.NewSignedInAsAsync(Role.Manager, null, "hr:T1");
        foreach (var file in new[] { "/report", "/pack.pdf", "/pack.xlsx" })
            using (var answer = await manager.GetAsync(Base + file)) Assert.Equal(HttpStatusCode.NotFound, answer.StatusCode);
        Assert.Null((await manager.ReadAsync(Base)).QuerySelector("a[href$='pack.pdf']"));
    }

    [Fact]
    public async Task The_pack_is_printed_here_or_sent_as_a_page_that_says_why_not()
    {
        using var answer = await (await quarter.ExecutiveAsync()).GetAsync($"{Base}/pack.pdf");
        var text = Encoding.Latin1.GetString(await answer.Content.ReadAsByteArrayAsync(Ct));
        if ((await quarter.Host.PartAsync<PdfPrinter>()).Browser is null)
        {
            Assert.Contains("chromium is not installed", text, StringComparison.Ordinal);
            Assert.Contains("<svg", text, StringComparison.Ordinal);
            return;
        }
        Assert.Equal("application/pdf", answer.Content.Headers.ContentType!.MediaType);
        Assert.StartsWith("%PDF-", text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_workbook_has_the_closed_values_of_the_page_the_file_and_the_api()
    {
        using var answer = await (await quarter.ExecutiveAsync()).GetAsync($"{Base}/pack.xlsx");
        using var book = SpreadsheetDocument.Open(await answer.Content.ReadAsStreamAsync(Ct), false);
        Assert.Equal(
            ["Summary", "Figures", "By team", "Trend", "Targets", "Scorecards", "Cohorts", "Restatements", "Projects", "Findings", "Commitments", "About"],
            book.WorkbookPart!.Workbook.Descendants<Sheet>().Select(s => s.Name!.Value));
        var figures = Rows(book, "Figures").Skip(1).ToDictionary(row => row[0]!, row => row[6]);
        var csv = (await quarter.TextAsync("/metrics.csv?period=2026-Q2", Ct)).Split("\r\n").Skip(1).Where(l => l.Length > 0).ToDictionary(l => l.Split(',')[0], l => l);
        foreach (var metric in new[] { "respond_24h", "net_revenue", "invoice_14d", "existing_customer_share" })
        {
            using var said = JsonDocument.Parse(await quarter.TextAsync($"/api/v1/metrics/{metric}?period=2026-Q2", Ct));
            var value = said.RootElement.GetProperty("figure").GetProperty("value");
            Assert.Equal(value.ValueKind == JsonValueKind.Null ? null : ((decimal)value.GetDouble()).ToString(CultureInfo.InvariantCulture), figures[metric]);
            Assert.Contains($",{figures[metric]},", csv[metric], StringComparison.Ordinal);
        }
        using var listed = await (await quarter.ExecutiveAsync()).GetAsync("/commitments.csv?period=2026-Q2&kind=respond");
        Assert.Equal(listed.Headers.GetValues("X-Row-Count").Single(), $"{Rows(book, "Commitments").Count(row => row[0] == "respond")}");
        Assert.Contains(Rows(book, "Restatements"), row => row[0] == "net_revenue");
        Assert.Contains(Rows(book, "Scorecards"), row => row[0] == "hr:S1" && row[4] == "respond_24h");
        Assert.Contains(Rows(book, "About"), row => row[0] == "edition_sha256" && row[1]!.Length == 64);
    }

    [Fact]
    public async Task Closed_figures_are_held_against_the_targets_and_scorecards_that_were_closed_with_them()
    {
        Assert.Equal(0.95, await TargetAsync("/api/v1/metrics/respond_24h?period=2026-Q2"));
        Assert.Equal(0.95, await TargetAsync("/api/v1/metrics/respond_24h?period=2026-05"));
        Assert.Equal(0.5, await TargetAsync("/api/v1/metrics/respond_24h?period=2026-Q2&asof=now"));
        Assert.Equal(0.5, await TargetAsync("/api/v1/metrics/respond_24h?period=2026-Q3"));
        using var before = JsonDocument.Parse(quarter.ScoreBefore);
        using var now = JsonDocument.Parse(await quarter.TextAsync("/api/v1/people/hr:S1/scorecard?period=2026-Q2", Ct));
        foreach (var part in new[] { "total", "low", "high", "reason", "judged_weight", "lines" })
            Assert.Equal(before.RootElement.GetProperty(part).GetRawText(), now.RootElement.GetProperty(part).GetRawText());
    }

    [Theory]
    [InlineData("invoice/crm:acme/inv:1", "came in after that")]
    [InlineData("interaction/crm:acme/mail:5", "came in after that")]
    [InlineData("interaction/crm:acme/mail:1", "has not changed since")]
    public async Task A_record_says_what_a_closed_quarter_rests_on(string record, string said)
    {
        var page = await (await quarter.ExecutiveAsync()).ReadAsync($"/data/record/{record}?period=2026-Q2");
        Assert.Contains(said, page.QuerySelector("#closed")!.TextContent, StringComparison.Ordinal);
        Assert.Null((await (await quarter.ExecutiveAsync()).ReadAsync($"/data/record/{record}?period=2026-Q3")).QuerySelector("#closed"));
    }

    [Fact]
    public async Task Rows_of_a_closed_quarter_leave_with_the_definition_that_made_them()
    {
        using var closed = await (await quarter.ExecutiveAsync()).GetAsync($"/metrics/{ClosedQuarter.Redefined}/rows.csv?period=2026-Q2");
        Assert.EndsWith(quarter.Then.Hash, closed.Headers.GetValues("X-Definition").Single(), StringComparison.Ordinal);
        using var open = await (await quarter.ExecutiveAsync()).GetAsync($"/metrics/{ClosedQuarter.Redefined}/rows.csv?period=2026-Q3");
        Assert.EndsWith(MetricCatalogue.Find(ClosedQuarter.Redefined)!.Hash, open.Headers.GetValues("X-Definition").Single(), StringComparison.Ordinal);
        Assert.NotEqual(quarter.Then.Hash, MetricCatalogue.Find(ClosedQuarter.Redefined)!.Hash);
    }

    [Fact]
    public async Task Targets_members_scorecards_and_cohorts_are_sealed_with_the_edition()
    {
        var db = quarter.Host.Database.DataSource;
        var edition = (await EditionList.ReadAsync(db, Ct)).Of("2026-Q2")!;
        Assert.Empty(await EditionCheck.FindAsync(db, Ct));
        using var bundle = new MemoryStream();
        await new BundleWriter(db).WriteAsync(edition, bundle, Ct);
        bundle.Position = 0;
        Assert.Empty((await BundleVerifier.VerifyAsync(bundle, Ct)).Problems);
        await using (var change = db.CreateCommand("alter table edition_target disable trigger user; update edition_target set target = 94 where metric = 'respond_24h' and scope = 'company'")) await change.ExecuteNonQueryAsync(Ct);
        Assert.Equal(["The targets of 2026-Q2 are not what was sealed."], await EditionCheck.FindAsync(db, Ct));
        await using (var back = db.CreateCommand("update edition_target set target = 95 where metric = 'respond_24h' and scope = 'company'; alter table edition_target enable trigger user")) await back.ExecuteNonQueryAsync(Ct);
        Assert.Empty(await EditionCheck.FindAsync(db, Ct));
    }

    [Fact]
    public async Task History_that_moved_is_told_to_monitors_until_it_stands_again()
    {
        Assert.Contains("\"history\":\"not looked at yet\"", await quarter.TextAsync("/health", Ct), StringComparison.Ordinal);
        var runs = await quarter.Host.PartAsync<JobRuns>();
        await Assert.ThrowsAsync<InvalidOperationException>(() => runs.RecordAsync(JobCatalogue.Stability, RunCause.Schedule, (_, _) => throw new InvalidOperationException("moved"), Ct));
        Assert.Contains("\"status\":\"warning\"", await quarter.TextAsync("/health", Ct), StringComparison.Ordinal);
        await runs.RecordAsync(JobCatalogue.Stability, RunCause.Schedule, (_, _) => Task.FromResult(new RunResult(0, 0, null)), Ct);
        Assert.Contains("\"history\":\"as it was\"", await quarter.TextAsync("/health", Ct), StringComparison.Ordinal);
    }

    private async Task<double> TargetAsync(string address)
    {
        using var said = JsonDocument.Parse(await quarter.TextAsync(address, Ct));
        return said.RootElement.GetProperty("figure").GetProperty("target").GetDouble();
    }

    // Cells by their columns; null where there is none.
    private static List<string?[]> Rows(SpreadsheetDocument book, string sheet)
    {
        var id = book.WorkbookPart!.Workbook.Descendants<Sheet>().Single(s => s.Name == sheet).Id!.Value!;
        return [.. ((WorksheetPart)book.WorkbookPart.GetPartById(id)).Worksheet.Descendants<Row>().Select(row =>
        {
            var cells = new string?[30];
            foreach (var cell in row.Elements<Cell>()) cells[cell.CellReference!.Value![0] - 'A'] = cell.InnerText;
            return cells;
        })];
    }
}
