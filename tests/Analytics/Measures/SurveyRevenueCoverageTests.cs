using Followthrough.Analytics.Facts;
using Followthrough.Tests.Support;

namespace Followthrough.Tests.Analytics.Measures;

public sealed class SurveyRevenueCoverageTests : MeasureTests
{
    [Fact]
    public async Task Coverage_is_of_what_customers_brought_in_the_twelve_months_before()
    {
        await LoadAsync(
            [Given.Account("A"), Given.Account("B"), Given.Account("C"), Given.Account("gone") with { ClosedAt = Given.At("2026-02-01T00:00Z") },
                GivenSurvey.Nps("A", 9), GivenSurvey.Nps("A", 3), GivenSurvey.Nps("gone", 9), GivenSurvey.Nps("B", 9) with { Source = SurveySource.ThirdParty },
                .. Sent("A", "1", "2025-04-01T00:00Z", 900), .. Sent("A", "2", "2025-03-31T23:59Z", 5000), .. Sent("B", "3", "2026-03-31T23:59Z", 100),
                .. Sent("B", "4", "2026-04-01T00:00Z", 7000), .. Sent("gone", "5", "2026-01-01T00:00Z", 3000)]);
        var revenue = await FigureAsync("survey_revenue_coverage", "2026-03");
        Assert.Equal((0.9, 900m, 1000m, "USD"), (revenue.Value!.Value, revenue.Amount, revenue.Base, revenue.Currency));
        Assert.Equal(["account A | 900 / 900", "account B | 0 / 100", "account C | 0 | without revenue in the twelve months"], await RowsAsync("survey_revenue_coverage", "2026-03"));
    }

    [Fact]
    public async Task Nobody_there_and_nothing_earned_are_no_coverage()
    {
        await LoadAsync([Given.Account("A", "2026-04-01T00:00Z"), .. Sent("A", "1", "2026-04-02T00:00Z", 10), .. Sent("A", "2", "2026-04-03T00:00Z", -10)]);
        Assert.Equal("there was no customer by then in this selection", (await FigureAsync("survey_revenue_coverage", "2026-03")).Reason);
        Assert.Equal("invoices and credits cancel out, so there is nothing to take a share of", (await FigureAsync("survey_revenue_coverage", "2026-04")).Reason);
    }

    [Fact]
    public async Task Twelve_months_begin_at_a_midnight_of_the_company_and_the_past_stays_as_it_was_known()
    {
        await World.TextsAsync("update company set reporting_zone = 'Europe/Berlin' returning 'x'");
        World.Clock.Now = Given.At("2026-04-10T00:00Z");
        // The twelve months up to the end of March begin in summer time, those up to the end of October in winter time.
        await LoadAsync([Given.Account("A"), GivenSurvey.Nps("A", 9), .. Sent("A", "1", "2025-03-31T21:59Z", 1), .. Sent("A", "2", "2025-03-31T22:00Z", 20), .. Sent("A", "3", "2026-03-31T22:00Z", 300)]);
        Assert.Equal(20m, (await FigureAsync("survey_revenue_coverage", "2026-03")).Base);
        World.Clock.Now = Given.At("2026-04-11T00:00Z");
        var late = Sent("A", "4", "2026-02-01T00:00Z", 4000);
        await LoadAsync(late);
        await LoadAsync(late);
        Assert.Equal((4020m, 20m), ((await FigureAsync("survey_revenue_coverage", "2026-03")).Base, (await FigureAsync("survey_revenue_coverage", "2026-03", "2026-04-10T00:00Z")).Base));
        await LoadAsync((InvoiceLine)late[1] with { Deleted = true });
        Assert.Equal(20m, (await FigureAsync("survey_revenue_coverage", "2026-03")).Base);
    }

    private static Fact[] Sent(string account, string key, string at, decimal amount) => GivenMoney.Invoice(account, key, at, null, amount);
}
