using Followthrough.Analytics.Facts;
using Followthrough.Analytics.Metrics;
using Followthrough.Tests.Support;
using static Followthrough.Tests.Support.GivenSales;

namespace Followthrough.Tests.Analytics.Measures;

public sealed class WonTests : MeasureTests
{
    private const string A = "crm:A";

    [Fact]
    public async Task What_was_won_in_the_period_counts_for_the_deals_owner_else_the_accounts()
    {
        await LoadAsync(
            Given.Account(A), Given.Staff("hr:Ann"), Given.Staff("hr:Bob"), Given.Assignment(A, "hr:Bob"),
            Deal(A, "1", 500, won: "2026-03-01T00:00Z", owner: "hr:Ann"), Deal(A, "2", 300, won: "2026-03-31T23:59Z"), Deal(A, "3", 900, lost: "2026-03-02T08:00Z"),
            Deal(A, "4", 70, won: "2026-04-01T00:00Z"), Deal(A, "5", null, won: "2026-03-05T08:00Z"), Deal(A, "6", 40, won: "2026-03-05T08:00Z") with { Deleted = true });
        var value = await FigureAsync("won_amount", "2026-03");
        Assert.Equal((800.0, "USD", 1L), (value.Value!.Value, value.Currency, value.Excluded["without an amount"]));
        Assert.Equal(["hr:Ann 500", "hr:Bob 300"], (await GroupsAsync("won_amount", Dimension.Staff, "2026-03")).Select(g => $"{g.Key} {g.Value.Value}").Order(StringComparer.Ordinal));
        Assert.Equal((null, "nothing was won in this period and selection"), ((await FigureAsync("won_amount", "2026-05")).Value, (await FigureAsync("won_amount", "2026-05")).Reason));
    }

    [Fact]
    public async Task A_deal_is_won_on_the_reporting_zones_day_and_by_the_rate_of_that_day()
    {
        await World.TextsAsync("update company set currency = 'USD', reporting_zone = 'America/New_York' returning 'x'");
        await LoadAsync(Given.Account(A), Deal(A, "1", 100, won: "2026-03-09T03:30Z") with { Currency = "EUR" }, Deal(A, "2", 10, won: "2026-03-08T12:00Z") with { Currency = null });
        Assert.Equal(1, (await FigureAsync("won_amount", "2026-03-08..2026-03-08")).Excluded["without an exchange rate from EUR to USD"]);
        await LoadAsync(Rate("r1", 2, new DateOnly(2026, 3, 8)), Rate("r2", 5, new DateOnly(2026, 3, 9)));
        Assert.Equal((210.0, "USD"), ((await FigureAsync("won_amount", "2026-03-08..2026-03-08")).Value, (await FigureAsync("won_amount")).Currency));
    }

    [Fact]
    public async Task Late_knowledge_counts_from_when_it_came_and_loading_twice_changes_nothing()
    {
        World.Clock.Now = Given.At("2026-04-02T00:00Z");
        await LoadAsync(Given.Account(A), Deal(A, "1", 100, won: "2026-03-09T08:00Z"));
        World.Clock.Now = Given.At("2026-04-05T00:00Z");
        await LoadAsync(Deal(A, "1", 120, won: "2026-03-09T08:00Z"));
        await LoadAsync(Deal(A, "1", 120, won: "2026-03-09T08:00Z"));
        Assert.Equal((100.0, 120.0), ((await FigureAsync("won_amount", "2026-Q1", "2026-04-03T00:00Z")).Value, (await FigureAsync("won_amount", "2026-Q1")).Value));
    }

    private static FxRate Rate(string key, decimal rate, DateOnly day) =>
        new() { SourceKey = key, OccurredAt = Given.At("2025-01-01T00:00Z"), Currency = "EUR", QuoteCurrency = "USD", Rate = rate, Day = day };
}
