using Followthrough.Analytics.Facts;
using Followthrough.Analytics.Metrics;
using Followthrough.Tests.Support;

namespace Followthrough.Tests.Analytics.Measures;

public sealed class UnbilledWorkTests : MeasureTests
{
    private const string A = "crm:A";

    [Fact]
    public async Task Unbilled_is_what_was_finished_and_not_invoiced_at_the_end_of_the_period()
    {
        await World.TextsAsync("update company set reporting_zone = 'Europe/Berlin' returning 'x'");
        await LoadAsync(
            [Given.Account(A), GivenWork.Project(A, "pm:P"), GivenMoney.BillingEvent(A, "E1", "2026-01-10T08:00Z"), .. GivenMoney.Invoice(A, "I1", "2026-02-10T08:00Z", "E1"),
                GivenMoney.BillingEvent(A, "E2", "2026-01-31T22:59Z", 400), GivenMoney.BillingEvent(A, "E3", "2026-01-31T23:00Z", 70),
                GivenMoney.BillingEvent(A, "E4", "2026-01-10T08:00Z", 600), .. GivenMoney.Invoice(A, "I4", "2026-01-11T08:00Z", "E4", 300),
                GivenMoney.BillingEvent(A, "E5", "2026-01-10T08:00Z", 5000, BillingTrigger.Deposit)]);
        var january = await FigureAsync("unbilled_work", "2026-01");
        Assert.Equal((2000.0, 3L, "USD", 1L), (january.Value!.Value, january.N, january.Currency, january.Excluded["deposit"]));
        Assert.Equal(["2026-01 2000", "2026-02 1070"], (await GroupsAsync("unbilled_work", Dimension.Month, "2026-01-01..2026-02-28")).Select(g => $"{g.Key} {g.Value.Value}"));
        Assert.Equal("nothing was finished and not invoiced by then in this selection", (await FigureAsync("unbilled_work", "2025-12")).Reason);
    }

    [Fact]
    public async Task Amounts_are_stated_in_the_currency_of_the_company_by_the_rate_of_their_day()
    {
        await LoadAsync(
            Given.Account(A), GivenMoney.BillingEvent(A, "E1", "2026-01-10T08:00Z", 10) with { Currency = "EUR" }, GivenMoney.BillingEvent(A, "E2", "2026-01-10T08:00Z", 5));
        Assert.Equal("2 currencies and no reporting currency to state them in", (await FigureAsync("unbilled_work")).Reason);
        await World.TextsAsync("update company set currency = 'USD' returning 'x'");
        Assert.Equal((5.0, 1L), ((await FigureAsync("unbilled_work")).Value!.Value, (await FigureAsync("unbilled_work")).Excluded["without an exchange rate from EUR to USD"]));
        await LoadAsync(
            new FxRate { SourceKey = "r", OccurredAt = Given.At("2026-01-01T00:00Z"), Currency = "EUR", QuoteCurrency = "USD", Rate = 1.5m, Day = new DateOnly(2026, 1, 1) },
            new FxRate { SourceKey = "s", OccurredAt = Given.At("2026-01-01T00:00Z"), Currency = "EUR", QuoteCurrency = "USD", Rate = 9m, Day = new DateOnly(2026, 1, 11) });
        Assert.Equal(20, (await FigureAsync("unbilled_work")).Value);
    }

    [Fact]
    public async Task Events_and_invoices_count_from_when_they_are_known_and_deleted_events_not_at_all()
    {
        World.Clock.Now = Given.At("2026-02-10T00:00Z");
        await LoadAsync(Given.Account(A), GivenMoney.BillingEvent(A, "E1", "2026-01-10T08:00Z", 10), GivenMoney.BillingEvent(A, "E2", "2026-01-10T08:00Z", 5));
        World.Clock.Now = Given.At("2026-02-11T00:00Z");
        Fact[] later = [.. GivenMoney.Invoice(A, "I1", "2026-01-20T08:00Z", "E1", 10), GivenMoney.BillingEvent(A, "E3", "2026-01-10T08:00Z", 700)];
        await LoadAsync(later);
        await LoadAsync(later);
        Assert.Equal((705.0, 15.0), ((await FigureAsync("unbilled_work", "2026-01")).Value, (await FigureAsync("unbilled_work", "2026-01", "2026-02-10T00:00Z")).Value));
        await LoadAsync(GivenMoney.BillingEvent(A, "E3", "2026-01-10T08:00Z", 700) with { Deleted = true });
        Assert.Equal(["billing_event E2 | 5", "billing_event E3 | 700 | deleted in the source"], await RowsAsync("unbilled_work", "2026-01"));
    }
}
