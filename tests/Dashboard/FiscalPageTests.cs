using Followthrough.Analytics.Metrics;
using Followthrough.Dashboard.Wording;

namespace Followthrough.Tests.Dashboard;

/// <summary>The small company with a fiscal year of its own: whole weeks from the Sunday nearest to the first of February.</summary>
public sealed class FiscalPageTests(DashboardHost host) : IClassFixture<DashboardHost>
{
    private static readonly FiscalCalendar Fiscal = new(FiscalKind.FourFourFive, 2, DayOfWeek.Sunday);

    [Fact]
    public async Task The_current_fiscal_quarter_is_shown_first_and_compared_to_the_same_day_of_the_prior_one()
    {
        var visitor = await FiscalAsync();
        var page = await visitor.ReadAsync("/");
        Assert.Equal("FY2027 Q3", page.QuerySelector(".menu.period summary span")!.TextContent);
        Assert.Contains("In FY2027 Q3 so far", page.QuerySelector(".finding")!.TextContent, StringComparison.Ordinal);
        Assert.Contains("changes against FY2027 Q2 to the same day of the quarter", page.QuerySelector("#promises")!.TextContent, StringComparison.Ordinal);
        Assert.Contains("nothing to compare with", page.QuerySelector(".headline")!.TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_picker_offers_fiscal_periods_and_weeks_and_each_leads_to_its_own_days()
    {
        var visitor = await FiscalAsync();
        var page = await visitor.ReadAsync("/commitments");
        Assert.Equal(
            ["Fiscal quarters", "Fiscal periods", "Fiscal years", "Quarters", "Months", "Weeks", "Years", "From, to"],
            page.QuerySelectorAll(".period-grid h2").Select(h => h.TextContent));
        foreach (var (name, days, rows) in new[] { ("FY2027 Q3", "2 Aug 2026 to 31 Oct 2026", 5), ("FY2027 P08", "30 Aug 2026 to 26 Sep 2026", 4), ("week 36 of 2026", "6 Sep 2026 to 12 Sep 2026", 1) })
        {
            var link = page.QuerySelectorAll(".period-grid a").Single(a => a.TextContent == name);
            Assert.Equal(days, link.GetAttribute("title"));
            var list = await visitor.ReadAsync(link.GetAttribute("href")!);
            Assert.Equal(name, list.QuerySelector(".menu.period summary span")!.TextContent);
            Assert.Equal(rows, list.QuerySelectorAll("table.cards tbody tr").Length);
        }
    }

    [Fact]
    public async Task Links_keep_the_fiscal_label()
    {
        var visitor = await FiscalAsync();
        var page = await visitor.ReadAsync("/?period=FY2027-P08");
        Assert.All(
            page.QuerySelectorAll(".sidebar a").Concat(page.QuerySelectorAll(".tile a:not([href^='#'])")),
            link => Assert.Contains("period=FY2027-P08", link.GetAttribute("href"), StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("2026-07-01", "2026-Q3", "Q2 2026 to the same day of the quarter")]
    [InlineData("2026-12-31", "2026-Q3", "Q2 2026")]
    [InlineData("2026-03-10", "2026-03", "February 2026 to the same day of the month")]
    [InlineData("2026-06-15", "2026", "2025 to the same day of the year")]
    [InlineData("2026-09-08", "2026-W36", "week 35 of 2026 to the same day of the week")]
    [InlineData("2026-09-01", "FY2027-P08", "FY2027 P07 to the same day of the period")]
    [InlineData("2026-06-15", "FY2027", "FY2026 to the same day of the year")]
    [InlineData("2026-07-03", "2026-07-01..2026-07-10", "21 Jun 2026 to 23 Jun 2026")]
    public void A_running_period_says_what_it_is_compared_with(string today, string label, string expected)
    {
        Assert.True(Period.TryParse(label, Fiscal, out var period));
        Assert.Equal(expected, PeriodNames.Compared(period, period.SamePoint(DateOnly.Parse(today))!));
    }

    [Theory]
    [InlineData("FY2027", "FY2027")]
    [InlineData("FY2027-Q3", "FY2027 Q3")]
    [InlineData("FY2027-P08", "FY2027 P08")]
    [InlineData("2026-W04", "week 4 of 2026")]
    [InlineData("2026-Q3", "Q3 2026")]
    [InlineData("2026-07", "July 2026")]
    [InlineData("2026", "2026")]
    [InlineData("2026-07-01..2026-08-09", "1 Jul 2026 to 9 Aug 2026")]
    public void A_period_is_called_as_people_say_it(string label, string name)
    {
        Assert.True(Period.TryParse(label, Fiscal, out var period));
        Assert.Equal(name, PeriodNames.Name(period));
    }

    private async Task<Visitor> FiscalAsync()
    {
        var visitor = await host.SignedInAsync();
        var ct = TestContext.Current.CancellationToken;
        await (await Company.ReadAsync(host.Database.DataSource, ct) with { Fiscal = Fiscal }).WriteAsync(host.Database.DataSource, ct);
        return visitor;
    }
}
