using Followthrough.Analytics.Metrics;
using Followthrough.Analytics.Store;
using DocumentFormat.OpenXml.Packaging;
using DocumentFormat.OpenXml.Spreadsheet;

namespace Followthrough.Tests.Dashboard.Exports;

/// <summary>The figures of a page as files say what the page says.</summary>
public sealed class FigureExportTests(DashboardHost host) : IClassFixture<DashboardHost>
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_metric_leaves_with_its_groups_its_intervals_and_its_definition()
    {
        var lines = await LinesAsync(await host.SignedInAsync(), "/metrics/respond_24h.csv?period=2026-Q3&by=team");
        Assert.Equal(3, lines.Count);
        Assert.Equal(("0.5", "6", "3", "3", "1"), (lines[0]["value"], lines[0]["n"], lines[0]["kept"], lines[0]["missed"], lines[0]["pending"]));
        Assert.Equal(["", "team", "team"], lines.Select(line => line["by"]));
        Assert.Equal(("hr:T1", "Service North", "0.75", "4"), (lines[1]["key"], lines[1]["name"], lines[1]["value"], lines[1]["n"]));
        Assert.StartsWith("0.30", lines[1]["interval_low"], StringComparison.Ordinal);
        Assert.All(lines, line => Assert.Equal($"respond_24h v{MetricCatalogue.Respond24H.Version} {MetricCatalogue.Respond24H.Hash}", line["definition"]));
    }

    [Fact]
    public async Task All_figures_leave_together_and_what_is_undefined_says_why()
    {
        var lines = await LinesAsync(await host.SignedInAsync(), "/metrics.csv?period=2026-Q3");
        Assert.Equal(MetricCatalogue.All.Select(metric => metric.Id), lines.Select(line => line["metric"]));
        Assert.All(lines.Where(line => line["value"].Length == 0), line => Assert.NotEqual("", line["reason"]));
        Assert.All(lines.Where(line => line["value"].Length > 0), line => Assert.Equal("", line["reason"]));
    }

    [Fact]
    public async Task People_leave_in_the_order_of_the_page_and_a_manager_takes_his_own_alone()
    {
        var all = await LinesAsync(await host.SignedInAsync(), "/people.csv?period=2026-Q3");
        Assert.Contains(all, line => line["key"] == "hr:S2");
        var manager = await host.NewSignedInAsAsync(Role.Manager, null, "hr:T1");
        Assert.Equal(["hr:S1"], (await LinesAsync(manager, "/people.csv?period=2026-Q3")).Select(line => line["key"]).Where(key => key.Length > 0));
    }

    [Fact]
    public async Task A_sheet_has_the_same_figures()
    {
        using var answer = await (await host.SignedInAsync()).GetAsync("/metrics/respond_24h.xlsx?period=2026-Q3&by=team");
        using var book = SpreadsheetDocument.Open(await answer.Content.ReadAsStreamAsync(Ct), false);
        var rows = ((WorksheetPart)book.WorkbookPart!.GetPartById("r1")).Worksheet.Descendants<Row>().ToList();
        Assert.Equal(4, rows.Count);
        Assert.Equal("0.5", rows[1].Elements<Cell>().Single(cell => cell.CellReference == "G2").InnerText);
    }

    private static async Task<IReadOnlyList<IReadOnlyDictionary<string, string>>> LinesAsync(Visitor visitor, string address)
    {
        using var answer = await visitor.GetAsync(address);
        Assert.True(answer.IsSuccessStatusCode, $"{address}: {answer.StatusCode}");
        using var text = new StreamReader(await answer.Content.ReadAsStreamAsync(Ct));
        using var csv = CsvHelper.CsvReader.Create(text, new CsvHelper.CsvReaderOptions { Separator = ',' });
        csv.ReadHeader();
        var names = csv.Headers.ToArray();
        var lines = new List<IReadOnlyDictionary<string, string>>();
        while (csv.Read()) lines.Add(Enumerable.Range(0, names.Length).ToDictionary(i => names[i], csv.GetString));
        return lines;
    }
}
