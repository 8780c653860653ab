using AngleSharp.Dom;
using Followthrough.Analytics.Facts;
using Followthrough.Analytics.Metrics;
using Followthrough.Tests.Support;

namespace Followthrough.Tests.Dashboard;

/// <summary>Every measure can be followed from the catalogue to its page, its rows and the record of the source.</summary>
public sealed class EveryMeasureTests(EveryMeasureTests.Host shared) : IClassFixture<EveryMeasureTests.Host>
{
    private const string Account = "crm:acme";

    public static TheoryData<string> Measures => [.. MetricCatalogue.Measures.Select(metric => metric.Id)];

    [Theory]
    [MemberData(nameof(Measures))]
    public async Task From_the_catalogue_to_the_measure_to_its_rows(string id)
    {
        var metric = MetricCatalogue.Find(id)!;
        var visitor = await shared.Dashboard.SignedInAsync();
        var page = await visitor.ReadAsync($"/metrics/{id}?period=2026-Q3");
        Assert.Equal(metric.Name, page.QuerySelector("h1")!.TextContent);
        Assert.Contains(metric.Hash, page.QuerySelector(".definition")!.TextContent, StringComparison.Ordinal);
        // Drawn, or said why there is nothing to draw.
        Assert.NotNull(page.QuerySelector("[data-option]") ?? page.QuerySelector(".chart .nothing"));

        var rows = await visitor.ReadAsync(Address(page.QuerySelector(".pairs a")!));
        Assert.Equal(metric.Name, rows.QuerySelector("h1")!.TextContent);
        Assert.NotNull(rows.QuerySelector("table.cards") ?? rows.QuerySelector(".nothing"));
        using var csv = await visitor.GetAsync($"/metrics/{id}/rows.csv?period=2026-Q3");
        var lines = (await csv.Content.ReadAsStringAsync(TestContext.Current.CancellationToken)).TrimEnd().Split('\n');
        Assert.Equal(csv.Headers.GetValues("X-Row-Count").Single(), $"{lines.Length - 1}");
    }

    [Fact]
    public async Task The_catalogue_lists_every_metric_with_its_unit()
    {
        var visitor = await shared.Dashboard.SignedInAsync();
        var catalogue = await visitor.ReadAsync("/metrics?period=2026-Q3");
        Assert.Equal(MetricCatalogue.Definitions.Select(m => m.Name), catalogue.QuerySelectorAll("table a.cover").Select(a => a.TextContent));
        var values = await visitor.ReadAsync(catalogue.QuerySelector("#measures")!.GetAttribute("hx-get")!);
        Assert.Contains("1,500\u00a0USD", values.Body!.TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_row_leads_to_its_record_and_to_the_source()
    {
        var visitor = await shared.Dashboard.SignedInAsync();
        var rows = await visitor.ReadAsync("/metrics/net_revenue/rows?period=2026-Q3&order=amount");
        Assert.Equal(["1,000.00\u00a0USD", "500.00\u00a0USD"], rows.QuerySelectorAll("td[data-label=Amount]").Select(td => td.TextContent));
        var record = await visitor.ReadAsync(Address(rows.QuerySelector("table a.cover")!));
        Assert.Equal("Invoice line fi:I1/1", record.QuerySelector("h1")!.TextContent);
        var source = await visitor.ReadAsync(record.QuerySelector(".source summary")!.GetAttribute("hx-get")!);
        Assert.Contains("fi:I1/1", source.QuerySelector(".record")!.TextContent, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("/metrics/net_revenue/rows?order=colour")]
    [InlineData("/metrics/respond_24h/rows")]
    [InlineData("/metrics/nothing/rows.csv")]
    [InlineData("/data/record/invoice/crm~3Aacme/fi:none")]
    [InlineData("/data/record/staff/crm:acme/hr:Ann")]
    public async Task What_is_not_there_is_not_found(string address)
    {
        var visitor = await shared.Dashboard.SignedInAsync();
        using var answer = await visitor.GetAsync(address);
        Assert.Equal(System.Net.HttpStatusCode.NotFound, answer.StatusCode);
    }

    private static string Address(IElement link) => link.GetAttribute("href")!;

    /// <summary>A world with some revenue, served.</summary>
    public sealed class Host : IAsyncLifetime
    {
        internal DashboardHost Dashboard { get; } = new() { Facts = World() };

        public ValueTask InitializeAsync() => Dashboard.InitializeAsync();

        public ValueTask DisposeAsync() => Dashboard.DisposeAsync();

        private static Fact[] World() =>
        [
            Given.Team("hr:T1"), Given.Staff("hr:Ann"), Given.Membership("hr:Ann", "hr:T1"),
            Given.Account(Account), Given.Assignment(Account, "hr:Ann"),
            .. GivenMoney.Invoice(Account, "fi:I1", "2026-07-10T08:00Z", null),
            .. GivenMoney.Invoice(Account, "fi:I2", "2026-08-10T08:00Z", null, 500),
        ];
    }
}
