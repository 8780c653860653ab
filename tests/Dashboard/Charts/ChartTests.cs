using System.Text.Json;
using AngleSharp.Html.Dom;
using Followthrough.Analytics.Facts;
using Followthrough.Analytics.Metrics;
using Followthrough.Dashboard.Charts;
using Followthrough.Tests.Support;

namespace Followthrough.Tests.Dashboard.Charts;

/// <summary>What charts show is what the rows behind their points are.</summary>
public sealed class ChartTests(ChartTests.Host shared) : IClassFixture<ChartTests.Host>
{
    [Theory]
    [InlineData("/metrics/respond_24h?period=2026-Q3", "How long until answered", "Promised and answered, by month")]
    [InlineData("/metrics/deliver_b0?period=2026-Q3", "How long until delivered", "Promised and delivered, by month")]
    [InlineData("/metrics/slip_p50?period=2026-Q3", "Slip p50 against the first date: how the cases are spread", "Promised and delivered, by month")]
    public async Task A_bar_is_as_high_as_its_rows_are_many_and_the_table_beside_says_the_same(string address, params string[] titles)
    {
        var visitor = await shared.Dashboard.SignedInAsync();
        var page = await visitor.ReadAsync(address);
        foreach (var title in titles)
        {
            var figure = page.QuerySelectorAll("[data-figure]").Single(f => f.QuerySelector("h2")!.TextContent == title);
            var points = Points(figure.QuerySelector("[data-option]")!.GetAttribute("data-option")!).ToList();
            Assert.NotEmpty(points);
            foreach (var (value, href) in points.Where(p => p.Value > 0)) Assert.Equal(value, Total(await visitor.ReadAsync(href)));
            var table = figure.QuerySelectorAll(".twin a").ToDictionary(a => a.GetAttribute("href")!, a => long.Parse(a.TextContent));
            Assert.All(points, point => Assert.Equal(point.Value, table[point.Href]));
        }
    }

    [Fact]
    public async Task A_cohorts_cell_leads_to_its_customers()
    {
        var visitor = await shared.Dashboard.SignedInAsync();
        var page = await visitor.ReadAsync("/metrics/cohort_repurchase");
        var first = page.QuerySelectorAll(".triangle tbody tr")[0];
        Assert.Equal("Q4 2025", first.QuerySelector("th")!.TextContent);
        // Ann's second order came after two months, Bert's after five, Carl has none.
        Assert.Equal(["3", "33.3", "66.7"], first.QuerySelectorAll("td a").Select(a => a.TextContent.Trim()).Take(3));
        var rows = await Task.WhenAll(first.QuerySelectorAll("td a").Take(3).Select(async a => Total(await visitor.ReadAsync(a.GetAttribute("href")!))));
        Assert.Equal([3L, 1L, 2L], rows);
        var months = await visitor.ReadAsync("/metrics/cohort_repurchase?cohort=month");
        Assert.Equal("October 2025", months.QuerySelector(".triangle tbody th")!.TextContent);
        Assert.Contains("cohort_repurchase", (await visitor.ReadAsync("/metrics")).QuerySelector("main")!.InnerHtml, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_accounts_timeline_has_a_mark_for_every_event_of_its_list()
    {
        var visitor = await shared.Dashboard.SignedInAsync();
        var page = await visitor.ReadAsync("/accounts/crm:ann?period=2026-Q3");
        var figure = page.QuerySelector("#timeline [data-figure]")!;
        var listed = page.QuerySelectorAll(".events .head a").Select(a => a.GetAttribute("href")!).Order(StringComparer.Ordinal).ToList();
        using var option = JsonDocument.Parse(figure.QuerySelector("[data-option]")!.GetAttribute("data-option")!);
        var drawn = option.RootElement.GetProperty("series").EnumerateArray()
            .SelectMany(s => s.GetProperty("data").EnumerateArray()).Select(p => p.GetProperty("href").GetString()!).Order(StringComparer.Ordinal).ToList();
        Assert.Subset(drawn.ToHashSet(), listed.ToHashSet());
        Assert.InRange(drawn.Count, listed.Count + 1, 400);
        Assert.Equal(drawn, figure.QuerySelectorAll(".twin a").Select(a => a.GetAttribute("href")!).Order(StringComparer.Ordinal));
        Assert.Equal(["Contacts", "Commitments", "Orders", "Deliveries"], option.RootElement.GetProperty("yAxis").GetProperty("data").EnumerateArray().Select(l => l.GetString()));
    }

    [Fact]
    public async Task What_has_no_team_is_followed_to_its_rows()
    {
        var visitor = await shared.Dashboard.SignedInAsync();
        var page = await visitor.ReadAsync("/metrics/respond_24h?period=2026-Q3&by=team");
        var nobody = page.QuerySelectorAll(".groups tbody tr").Single(row => row.QuerySelector("th")!.TextContent == "no team").QuerySelector("a")!;
        var rows = await visitor.ReadAsync(nobody.GetAttribute("href")!);
        Assert.Equal(long.Parse(nobody.TextContent), Total(rows));
        Assert.All(rows.QuerySelectorAll("td[data-label=Team]"), cell => Assert.Equal("no team", cell.TextContent));
    }

    [Theory]
    [InlineData(FiscalKind.Shifted, 2, "2026-02", "Feb\nFY2027 Q1")]
    [InlineData(FiscalKind.Shifted, 2, "2026-03", "Mar")]
    [InlineData(FiscalKind.FourFourFive, 2, "2026-02", "Feb\nFY2027 Q1")]
    [InlineData(FiscalKind.FourFourFive, 2, "2026-08", "Aug\nFY2027 Q3")]
    [InlineData(FiscalKind.FourFourFive, 2, "2026-07", "Jul")]
    [InlineData(FiscalKind.Calendar, 1, "2026-07", "Jul\nFY2026 Q3")]
    public void A_fiscal_quarter_stands_under_the_month_it_begins_with(FiscalKind kind, int start, string month, string label) =>
        Assert.Equal(label, new MonthAxis(new FiscalCalendar(kind, start, DayOfWeek.Sunday)).Label(month, month));

    [Fact]
    public void A_calendar_quarter_stands_under_its_first_month() =>
        Assert.Equal(["Sep", "Oct\nQ4 2026", "Nov"], new[] { "2026-09", "2026-10", "2026-11" }.Select(month => new MonthAxis(null).Label(month, month)));

    private static IEnumerable<(long Value, string Href)> Points(string option)
    {
        using var chart = JsonDocument.Parse(option);
        foreach (var series in chart.RootElement.GetProperty("series").EnumerateArray())
            foreach (var point in series.GetProperty("data").EnumerateArray().Where(p => p.ValueKind == JsonValueKind.Object))
                yield return (point.GetProperty("value").GetInt64(), point.GetProperty("href").GetString()!);
    }

    private static long Total(IHtmlDocument rows) => long.Parse(rows.QuerySelector(".pager .total b")!.TextContent, System.Globalization.NumberStyles.AllowThousands, null);

    /// <summary>Questions, deliveries and orders of three customers, served.</summary>
    public sealed class Host : IAsyncLifetime
    {
        internal DashboardHost Dashboard { get; } = new() { Facts = World() };

        public ValueTask InitializeAsync() => Dashboard.InitializeAsync();

        public ValueTask DisposeAsync() => Dashboard.DisposeAsync();

        private static Fact[] World() =>
        [
            Given.Team("hr:T1"), Given.Staff("hr:S1"), Given.Membership("hr:S1", "hr:T1"),
            Given.Account("crm:ann"), Given.Account("crm:bert"), Given.Account("crm:carl"), Given.Assignment("crm:ann", "hr:S1"),
            Given.Inbound("crm:ann", "2026-07-06T08:00Z", key: "a1"), Given.Outbound("crm:ann", "2026-07-06T09:00Z", staff: "hr:S1", key: "a2"),
            Given.Inbound("crm:ann", "2026-08-06T08:00Z", key: "a3"), Given.Outbound("crm:ann", "2026-08-08T09:00Z", staff: "hr:S1", key: "a4"),
            Given.Inbound("crm:bert", "2026-08-06T08:00Z", key: "b1"),
            Given.Inbound("crm:carl", "2026-09-10T08:00Z", key: "c1"),
            GivenWork.Project("crm:ann", "pm:P", manager: "hr:S1"),
            .. Delivery(1, "2026-07-30T08:00Z", "2026-08-05"), .. Delivery(2, "2026-08-20T08:00Z", "2026-08-05"), .. Delivery(3, null, "2026-09-01"),
            GivenSales.Order("crm:ann", "so:1", "2025-10-10T08:00Z"), GivenSales.Order("crm:ann", "so:2", "2025-12-05T08:00Z"),
            GivenSales.Order("crm:bert", "so:3", "2025-11-10T08:00Z"), GivenSales.Order("crm:bert", "so:4", "2026-04-05T08:00Z"),
            GivenSales.Order("crm:carl", "so:5", "2025-12-10T08:00Z"),
        ];

        private static Fact[] Delivery(int n, string? accepted, string due) =>
            [GivenWork.Milestone("crm:ann", $"pm:M{n}", accepted: accepted), GivenWork.Baseline("crm:ann", $"pm:M{n}", 0, "2026-07-01T08:00Z", due)];
    }
}
