using Followthrough.Analytics.Facts;
using Followthrough.Tests.Support;
using static Followthrough.Tests.Support.GivenSales;

namespace Followthrough.Tests.Analytics.Measures;

public sealed class RepeatRevenueTests : MeasureTests
{
    private const string A = "crm:A", B = "crm:B";

    [Fact]
    public async Task All_but_the_first_order_of_each_customer_is_repeat_revenue()
    {
        await LoadAsync(
            Given.Account(A), Given.Account(B), Order(A, "1", "2026-01-05T08:00Z", 200), Order(A, "2", "2026-02-05T08:00Z", 600),
            Order(B, "3", "2026-02-06T08:00Z", 100), Order(B, "4", "2026-02-07T08:00Z", 100), Order(B, "5", "2026-02-08T08:00Z", 50, "2026-02-09T08:00Z"));
        Assert.Equal(0.7, (await FigureAsync("repeat_revenue_share")).Value);
        var february = await FigureAsync("repeat_revenue_share", "2026-02");
        Assert.Equal((700m, 800m, 1L), (february.Amount, february.Base, february.Excluded["cancelled"]));
        Assert.Equal(
            ["sales_order 2 | 600 / 600", "sales_order 3 | 0 / 100", "sales_order 4 | 100 / 100", "sales_order 5 | 50 / 50 | cancelled"],
            await RowsAsync("repeat_revenue_share", "2026-02"));
    }

    [Fact]
    public async Task Orders_of_the_same_instant_come_by_their_number()
    {
        await LoadAsync(Given.Account(A), Order(A, "y", "2026-01-05T08:00Z", 300) with { Number = "1" }, Order(A, "x", "2026-01-05T08:00Z", 700) with { Number = "2" });
        Assert.Equal(0.7, (await FigureAsync("repeat_revenue_share")).Value);
    }

    [Fact]
    public async Task A_cancelled_first_order_makes_the_next_one_the_first()
    {
        await LoadAsync(Given.Account(A), Order(A, "1", "2026-01-05T08:00Z", 300, "2026-01-06T08:00Z"), Order(A, "2", "2026-01-07T08:00Z", 700));
        Assert.Equal(0, (await FigureAsync("repeat_revenue_share")).Value);
    }

    [Fact]
    public async Task No_orders_and_orders_that_add_up_to_nothing_have_no_share()
    {
        await LoadAsync(Given.Account(A));
        Assert.Equal("nobody ordered in this period and selection", (await FigureAsync("repeat_revenue_share")).Reason);
        await LoadAsync(Order(A, "1", "2026-01-05T08:00Z", 300), Order(A, "2", "2026-01-07T08:00Z", -300));
        var none = await FigureAsync("repeat_revenue_share");
        Assert.Equal((null, "the orders add up to nothing, so there is nothing to take a share of"), (none.Value, none.Reason));
    }

    [Fact]
    public async Task Orders_in_another_currency_count_by_the_rate_of_their_day()
    {
        await World.TextsAsync("update company set currency = 'USD' returning 'x'");
        await LoadAsync(Given.Account(A), Order(A, "1", "2026-01-05T08:00Z", 100), Order(A, "2", "2026-01-07T08:00Z", 50) with { Currency = "EUR" });
        var without = await FigureAsync("repeat_revenue_share");
        Assert.Equal((0.0, 1L), (without.Value!.Value, without.Excluded["without an exchange rate from EUR to USD"]));
        await LoadAsync(new FxRate { SourceKey = "r", OccurredAt = Given.At("2026-01-01T00:00Z"), Currency = "EUR", QuoteCurrency = "USD", Rate = 2m, Day = new DateOnly(2026, 1, 7) });
        Assert.Equal(0.5, (await FigureAsync("repeat_revenue_share")).Value);
    }
}
