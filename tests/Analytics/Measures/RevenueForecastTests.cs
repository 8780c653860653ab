using Followthrough.Analytics.Facts;
using Followthrough.Analytics.Metrics;
using Followthrough.Tests.Support;
using static Followthrough.Tests.Support.GivenSales;

namespace Followthrough.Tests.Analytics.Measures;

public sealed class RevenueForecastTests : MeasureTests
{
    private const string A = "crm:A", InTime = "2026-01-01T00:00Z", Won = "2026-03-31T23:59Z";

    [Fact]
    public async Task The_worked_example_is_off_by_38_8_percent_and_10_2_too_high()
    {
        await LoadAsync(
            Given.Account(A),
            Deal(A, "1", 125, won: Won), Forecast(A, "1", InTime, "2026-02-01", 100),
            Deal(A, "2", 60, won: Won), Forecast(A, "2", InTime, "2026-02-01", 160, 0.5m),
            Deal(A, "3", 50, won: Won), Forecast(A, "3", InTime, "2026-03-31", 50),
            Deal(A, "4", 10, won: Won),
            Deal(A, "5", 999, lost: "2026-02-01T08:00Z"), Forecast(A, "5", InTime, "2026-01-01", 40));
        var (wape, bias, mape) = (await FigureAsync("revenue_wape", "2026-Q1"), await FigureAsync("revenue_forecast_bias", "2026-Q1"), await FigureAsync("revenue_mape", "2026-Q1"));
        Assert.Equal((0.388, 0.102, 0.383), (Round(wape), Round(bias), Round(mape)));
        Assert.Equal((95m, 245m, 25m, 4L, 1L), (wape.Amount, wape.Base, bias.Amount, mape.N, mape.Excluded["with nothing won"]));
        Assert.Equal(
            ["deal 1 | -25 / 125", "deal 2 | 20 / 60", "deal 3 | 0 / 50", "deal 4 | -10 / 10", "deal 5 | 40 / 0"], await RowsAsync("revenue_forecast_bias", "2026-Q1"));
    }

    [Fact]
    public async Task What_was_believed_at_the_first_instant_counts_and_nothing_later()
    {
        await LoadAsync(
            Given.Account(A), Deal(A, "1", 100, won: Won),
            Forecast(A, "1", "2025-11-01T08:00Z", "2026-02-01", 500), Forecast(A, "1", InTime, "2026-02-01", 80), Forecast(A, "1", "2026-01-01T00:00:01Z", "2026-02-01", 100));
        Assert.Equal(["deal 1 | -20 / 100"], await RowsAsync("revenue_forecast_bias", "2026-Q1"));
    }

    [Fact]
    public async Task A_deal_put_off_before_the_period_is_not_forecast_and_one_that_slips_in_it_is()
    {
        await LoadAsync(
            Given.Account(A), Deal(A, "off"), Forecast(A, "off", "2025-12-01T08:00Z", "2026-02-01"), Forecast(A, "off", "2025-12-20T08:00Z", "2026-05-01"),
            Deal(A, "slip", won: "2026-04-01T00:00Z"), Forecast(A, "slip", "2025-12-01T08:00Z", "2026-02-01"), Forecast(A, "slip", "2026-02-01T08:00Z", "2026-05-01"),
            Deal(A, "dead", lost: "2025-12-31T08:00Z"), Forecast(A, "dead", "2025-12-01T08:00Z", "2026-02-01"),
            Deal(A, "early", won: "2025-12-31T08:00Z"), Forecast(A, "early", "2025-12-01T08:00Z", "2026-02-01"),
            Deal(A, "undated"), Forecast(A, "undated", "2025-12-01T08:00Z", null));
        Assert.Equal(["deal slip | 100 / 0"], await RowsAsync("revenue_forecast_bias", "2026-Q1"));
        var value = await FigureAsync("revenue_wape", "2026-Q1");
        Assert.Equal((null, "what came of it adds up to nothing, so there is nothing to hold the forecast against", 1L), (value.Value, value.Reason, value.N));
    }

    [Fact]
    public async Task A_period_that_runs_is_not_judged_and_one_without_ends_never_is()
    {
        World.Clock.Now = Given.At("2026-03-31T23:59:59Z");
        await LoadAsync(Given.Account(A), Deal(A, "1", won: Won), Forecast(A, "1", InTime, "2026-02-01"));
        Assert.Equal("1 with the period not over yet", (await FigureAsync("revenue_wape", "2026-Q1")).Reason);
        World.Clock.Now = Given.At("2026-04-01T00:00Z");
        Assert.Equal(0, (await FigureAsync("revenue_wape", "2026-Q1")).Value);
        Assert.Equal("1 with the period not over yet", (await FigureAsync("revenue_wape")).Reason);
        Assert.Equal("nothing was forecast for this period and nothing won in it", (await FigureAsync("revenue_wape", "2025-Q1")).Reason);
    }

    [Fact]
    public async Task Deleting_a_deal_does_not_make_the_forecast_better_in_silence()
    {
        await LoadAsync(
            Given.Account(A), Deal(A, "1") with { Deleted = true }, Forecast(A, "1", InTime, "2026-02-01"), Deal(A, "2", won: Won),
            Forecast(A, "2", InTime, "2026-02-01") with { Deleted = true }, Deal(A, "3", null, won: Won));
        Assert.Equal(
            ["deal 1 | 100 / 0 | deleted in the source", "deal 2 | -100 / 100", "deal 3 | ? / ? | won without an amount"], await RowsAsync("revenue_forecast_bias", "2026-Q1"));
    }

    [Fact]
    public async Task Both_sides_are_stated_by_the_rate_of_the_first_day()
    {
        await World.TextsAsync("update company set currency = 'USD' returning 'x'");
        await LoadAsync(Given.Account(A), Deal(A, "1", won: Won) with { Currency = "EUR" }, Forecast(A, "1", InTime, "2026-02-01", 50) with { Currency = "EUR" });
        Assert.Equal("1 without an exchange rate to USD", (await FigureAsync("revenue_wape", "2026-Q1")).Reason);
        await LoadAsync(Rate("r1", 2, new DateOnly(2026, 1, 1)), Rate("r2", 5, new DateOnly(2026, 3, 31)));
        Assert.Equal(["deal 1 | -100 / 200"], await RowsAsync("revenue_forecast_bias", "2026-Q1"));
    }

    [Fact]
    public async Task A_quarter_begins_at_midnight_of_the_reporting_zone_and_the_deals_owner_answers()
    {
        await World.TextsAsync("update company set reporting_zone = 'America/New_York' returning 'x'");
        // The second quarter begins there at 04:00Z, in summer time.
        await LoadAsync(
            Given.Account(A), Given.Staff("hr:Ann"), Given.Assignment(A, "hr:Bob"), Given.Staff("hr:Bob"),
            Deal(A, "1", won: "2026-04-01T03:59Z", owner: "hr:Ann"), Forecast(A, "1", "2026-01-01T05:00Z", "2026-03-31", 60));
        var groups = await GroupsAsync("revenue_wape", Dimension.Staff, "2026-Q1");
        Assert.Equal(("hr:Ann", 0.4), (groups[0].Key, groups[0].Value.Value!.Value));
        Assert.Empty(await RowsAsync("revenue_wape", "2026-01-01..2026-03-30"));
    }

    [Fact]
    public async Task A_forecast_learned_of_late_counts_from_when_it_is_known_and_loading_twice_changes_nothing()
    {
        World.Clock.Now = Given.At("2026-04-02T00:00Z");
        await LoadAsync(Given.Account(A), Deal(A, "1", won: Won));
        World.Clock.Now = Given.At("2026-04-05T00:00Z");
        await LoadAsync(Forecast(A, "1", InTime, "2026-02-01", 90));
        await LoadAsync(Forecast(A, "1", InTime, "2026-02-01", 90));
        Assert.Equal((1.0, 0.1), ((await FigureAsync("revenue_wape", "2026-Q1", "2026-04-03T00:00Z")).Value, (await FigureAsync("revenue_wape", "2026-Q1")).Value));
    }

    private static double Round(MeasureValue value) => Math.Round(value.Value!.Value, 3);

    private static FxRate Rate(string key, decimal rate, DateOnly day) =>
        new() { SourceKey = key, OccurredAt = Given.At("2025-01-01T00:00Z"), Currency = "EUR", QuoteCurrency = "USD", Rate = rate, Day = day };
}
