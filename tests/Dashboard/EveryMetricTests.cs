using AngleSharp.Dom;
using Followthrough.Analytics.Facts;
using Followthrough.Analytics.Metrics;
using Followthrough.Dashboard.Commitments;
using Followthrough.Tests.Support;

namespace Followthrough.Tests.Dashboard;

/// <summary>The pages speak of every kind of commitment in its own words, from the metric down to the records.</summary>
public sealed class EveryMetricTests(EveryMetricTests.Host shared) : IClassFixture<EveryMetricTests.Host>
{
    private const string Account = "crm:acme";

    public static TheoryData<string> Metrics => [.. MetricCatalogue.Commitments.Select(metric => metric.Id)];

    [Theory]
    [MemberData(nameof(Metrics))]
    public async Task From_the_catalogue_to_the_metric_to_its_rows_to_one_commitment(string id)
    {
        var metric = (CommitmentMetric)MetricCatalogue.Find(id)!;
        var visitor = await shared.Dashboard.SignedInAsync();
        var catalogue = await visitor.ReadAsync("/metrics?period=2026-Q3");
        var page = await visitor.ReadAsync(Address(catalogue.QuerySelectorAll("table a.cover").Single(link => link.TextContent == metric.Name)));
        var pairs = page.QuerySelector(".pairs")!.TextContent;
        Assert.Contains($"of them never {metric.Fulfilled}", pairs, StringComparison.Ordinal);
        Assert.Contains($"{Done(metric)}-only would say", pairs, StringComparison.Ordinal);
        Assert.Equal(metric.Kind == "respond", pairs.Contains("next business day", StringComparison.Ordinal));

        var list = await visitor.ReadAsync(Address(page.QuerySelector(".pairs a")!));
        Assert.Equal(metric.Name, list.QuerySelector("select[name=kind] option[selected]")!.TextContent.Trim());
        if (list.QuerySelector("table.cards") is not { } table)
        {
            // Nothing of this kind in the small world, which must then be said in the kind's words.
            Assert.DoesNotContain(metric.Kind, (string[])["respond", "invoice", "deliver", "deliver_current"]);
            Assert.Contains($"No {metric.Opens} in Q3 2026", list.QuerySelector(".nothing")!.TextContent, StringComparison.Ordinal);
            return;
        }
        Assert.Contains(Done(metric), table.QuerySelectorAll("thead th").Select(th => th.TextContent.Trim()));
        await HoldsAsync(visitor, metric, await visitor.ReadAsync(Address(table.QuerySelector("a.cover")!)));
    }

    [Theory]
    [InlineData("invoice", "pm:E1", "Invoiced after 4.0\u00a0days, in time.", new[] { "Billing event pm:E1", "Invoice fi:I1" })]
    [InlineData("invoice", "pm:E2", "Never invoiced: overdue 30\u00a0days.", new[] { "Billing event pm:E2" })]
    [InlineData("deliver", "pm:M1", "Delivered after 31.0\u00a0days, in time.", new[] { "Milestone pm:M1" })]
    public async Task A_commitment_rests_on_its_records(string kind, string key, string verdict, string[] facts)
    {
        var visitor = await shared.Dashboard.SignedInAsync();
        var page = await visitor.ReadAsync(CommitmentPath.Of(kind, Account, key));
        Assert.Equal(verdict, page.QuerySelector(".finding")!.TextContent);
        Assert.Equal(facts, page.QuerySelectorAll(".timeline .head").Select(head => head.TextContent.Split('·')[0].Trim()));
        Assert.DoesNotContain("nswer", page.QuerySelector("main")!.TextContent, StringComparison.Ordinal);
        if (kind == "invoice") Assert.Contains("USD", page.QuerySelector(".timeline .opens .facts")!.TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Overview_lists_every_metric_and_leads_to_it()
    {
        var visitor = await shared.Dashboard.SignedInAsync();
        var page = await visitor.ReadAsync("/?period=2026-Q3");
        var rows = page.QuerySelectorAll("#promises tbody tr");
        Assert.Equal(MetricCatalogue.Commitments.Select(metric => metric.Name), rows.Select(row => row.QuerySelector("a")!.TextContent));
        var invoice = rows.Single(row => row.QuerySelector("a")!.TextContent == "Invoiced within 14 days");
        // One in time, one never.
        Assert.Equal(["50.0", "2", "1"], invoice.QuerySelectorAll("td.num:not(.wide)").Select(cell => cell.TextContent.Trim()));
        Assert.Equal("90.0", invoice.QuerySelectorAll("td.num.wide")[^1].TextContent.Trim());
        Assert.Equal("Invoiced within 14 days", (await visitor.ReadAsync(Address(invoice.QuerySelector("a")!))).QuerySelector("h1")!.TextContent);
    }

    [Fact]
    public async Task A_list_says_in_the_kinds_own_words_that_it_is_empty()
    {
        var visitor = await shared.Dashboard.SignedInAsync();
        var deliveries = await visitor.ReadAsync("/commitments?kind=deliver&period=2026-02");
        Assert.Contains("No delivery fell due in February 2026", deliveries.QuerySelector(".nothing")!.TextContent, StringComparison.Ordinal);
        var invoices = await visitor.ReadAsync("/commitments?kind=invoice&period=2026-Q3");
        Assert.Contains("1\u00a0was never invoiced", invoices.QuerySelector(".finding")!.TextContent, StringComparison.Ordinal);
        Assert.Empty(invoices.QuerySelectorAll("td[data-label=Reminders]"));
        using var csv = await visitor.GetAsync("/commitments.csv?kind=invoice&period=2026-Q3");
        Assert.Equal(3, (await csv.Content.ReadAsStringAsync(TestContext.Current.CancellationToken)).TrimEnd().Split('\n').Length);
    }

    private static async Task HoldsAsync(Visitor visitor, CommitmentMetric metric, AngleSharp.Html.Dom.IHtmlDocument commitment)
    {
        Assert.Equal(metric.Kind == "respond" ? "24 hours" : metric.Name, commitment.QuerySelector(".clocks tbody th")!.TextContent);
        Assert.NotNull(commitment.QuerySelector(".timeline .opens"));
        foreach (var source in commitment.QuerySelectorAll(".timeline .source summary"))
        {
            var record = await visitor.ReadAsync(source.GetAttribute("hx-get")!);
            Assert.NotEmpty(record.QuerySelector(".record")!.TextContent);
        }
        var back = await visitor.ReadAsync(Address(commitment.QuerySelectorAll("main a, nav a").First(link => link.TextContent.Trim() == "The account")));
        Assert.NotNull(back.QuerySelector("#timeline"));
    }

    private static string Done(CommitmentMetric metric) => char.ToUpperInvariant(metric.Fulfilled[0]) + metric.Fulfilled[1..];

    private static string Address(IElement link) => link.GetAttribute("href")!;

    /// <summary>A world with something of each kind, served.</summary>
    public sealed class Host : IAsyncLifetime
    {
        internal DashboardHost Dashboard { get; } = new() { Facts = World() };

        public ValueTask InitializeAsync() => Dashboard.InitializeAsync();

        public ValueTask DisposeAsync() => Dashboard.DisposeAsync();

        private static Fact[] World() =>
        [
            Given.Team("hr:T1"), Given.Staff("hr:Ann"), Given.Membership("hr:Ann", "hr:T1"),
            Given.Account(Account), Given.Assignment(Account, "hr:Ann"), Given.Contact(Account, "crm:Pat"),
            Given.Inbound(Account, "2026-07-06T08:00Z", "crm:Pat", key: "mail:1"),
            Given.Outbound(Account, "2026-07-06T09:00Z", "crm:Pat", staff: "hr:Ann", key: "mail:2"),
            GivenWork.Project(Account, "pm:P", manager: "hr:Ann"),
            GivenWork.Milestone(Account, "pm:M1", accepted: "2026-08-01T08:00Z"),
            GivenWork.Baseline(Account, "pm:M1", 0, "2026-07-01T08:00Z", "2026-08-05"),
            GivenMoney.BillingEvent(Account, "pm:E1", "2026-07-06T08:00Z"),
            .. GivenMoney.Invoice(Account, "fi:I1", "2026-07-10T08:00Z", "pm:E1"),
            GivenMoney.BillingEvent(Account, "pm:E2", "2026-08-01T08:00Z"),
            GivenWork.Promise(Account, "pm:W1", "2026-07-13T08:00Z", "2026-07-20T08:00Z", "2026-07-17T08:00Z"),
            GivenWork.Request(Account, "crm:R1", "2026-07-14T08:00Z"),
            GivenWork.Proposal(Account, "crm:O1", "2026-07-15T08:00Z", "crm:R1"),
        ];
    }
}
