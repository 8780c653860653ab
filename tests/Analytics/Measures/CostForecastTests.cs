using Followthrough.Analytics.Facts;
using Followthrough.Analytics.Metrics;
using Followthrough.Tests.Support;

namespace Followthrough.Tests.Analytics.Measures;

public sealed class CostForecastTests : MeasureTests
{
    private const string A = "crm:A";

    [Fact]
    public async Task Budgets_are_held_against_all_that_the_projects_cost()
    {
        await LoadAsync(
            Given.Account(A), Accepted("1", 80), Cost("1", "a", 70), Cost("1", "b", 40, "2026-05-20T08:00Z"), Cost("1", "c", -10), Accepted("2", 50), Cost("2", "a", 40),
            Cost("2", "gone", 99) with { Deleted = true });
        Assert.Equal(["project 1 | -20 / 100", "project 2 | 10 / 40"], await RowsAsync("cost_bias", "2026-Q2"));
        Assert.Equal((-10 / 140.0, 30 / 140.0), ((await FigureAsync("cost_bias", "2026-Q2")).Value, (await FigureAsync("cost_wape", "2026-Q2")).Value));
    }

    [Fact]
    public async Task A_budget_raised_on_the_way_changes_nothing()
    {
        World.Clock.Now = Given.At("2025-12-01T00:00Z");
        await LoadAsync(Given.Account(A), Accepted("1", 70) with { AcceptedAt = null }, Accepted("2", null) with { AcceptedAt = null });
        World.Clock.Now = Given.At("2025-12-20T00:00Z");
        await LoadAsync(Accepted("1", 80) with { AcceptedAt = null });
        World.Clock.Now = Given.At("2026-02-01T00:00Z");
        await LoadAsync(Accepted("1", 150) with { AcceptedAt = null }, Accepted("2", 60) with { AcceptedAt = null });
        World.Clock.Now = Given.At("2026-06-01T12:00Z");
        await LoadAsync(Accepted("1", 160), Accepted("2", 65), Cost("1", "a", 100), Cost("2", "a", 100));
        Assert.Equal(["project 1 | -20 / 100", "project 2 | -40 / 100"], await RowsAsync("cost_bias", "2026-Q2"));
        Assert.Equal(["project 1 | -20 / 100", "project 2 | -40 / 100"], await RowsAsync("cost_bias", "2026-Q2", "2026-06-01T12:00Z"));
    }

    [Fact]
    public async Task No_budget_counts_as_a_forecast_of_nothing_and_no_recorded_cost_is_unknown()
    {
        await LoadAsync(Given.Account(A), Accepted("1", null), Cost("1", "a", 100), Accepted("2", 50), Accepted("3", 40) with { Deleted = true }, Cost("3", "a", 1));
        Assert.Equal(["project 1 | -100 / 100", "project 2 | ? / ? | without a recorded cost"], await RowsAsync("cost_bias", "2026-Q2"));
        Assert.Equal("no project was accepted in this period and selection", (await FigureAsync("cost_wape", "2026-Q1")).Reason);
    }

    [Fact]
    public async Task Costs_that_were_taken_back_leave_nothing_to_hold_against()
    {
        await LoadAsync(Given.Account(A), Accepted("1", 50), Cost("1", "a", 30), Cost("1", "b", -30));
        Assert.Equal("what came of it adds up to nothing, so there is nothing to hold the forecast against", (await FigureAsync("cost_bias", "2026-Q2")).Reason);
    }

    [Fact]
    public async Task Budget_and_costs_are_stated_by_the_rate_of_the_first_day()
    {
        await World.TextsAsync("update company set currency = 'USD' returning 'x'");
        await LoadAsync(Given.Account(A), Accepted("1", 50) with { Currency = "EUR" }, Cost("1", "a", 40) with { Currency = "EUR" }, Cost("1", "b", 20));
        Assert.Equal("1 without an exchange rate to USD", (await FigureAsync("cost_wape", "2026-Q2")).Reason);
        await LoadAsync(Rate("r1", 2, new DateOnly(2026, 1, 1)), Rate("r2", 5, new DateOnly(2026, 1, 2)));
        Assert.Equal(["project 1 | 0 / 100"], await RowsAsync("cost_bias", "2026-Q2"));
        Assert.Equal("USD", (await FigureAsync("cost_bias", "2026-Q2")).Currency);
    }

    [Fact]
    public async Task Acceptance_counts_by_the_reporting_zones_day_and_late_costs_from_when_they_are_known()
    {
        await World.TextsAsync("update company set reporting_zone = 'America/New_York' returning 'x'");
        World.Clock.Now = Given.At("2026-05-01T00:00Z");
        await LoadAsync(Given.Account(A), Given.Staff("hr:Ann"), Accepted("1", 80, "2026-04-01T03:59Z") with { ManagerKey = "hr:Ann" }, Cost("1", "a", 100));
        World.Clock.Now = Given.At("2026-05-10T00:00Z");
        await LoadAsync(Cost("1", "b", 60));
        await LoadAsync(Cost("1", "b", 60));
        Assert.Empty(await RowsAsync("cost_bias", "2026-Q2"));
        Assert.Equal((-0.2, -0.5), ((await FigureAsync("cost_bias", "2026-Q1", "2026-05-02T00:00Z")).Value, (await FigureAsync("cost_bias", "2026-Q1")).Value));
        Assert.Equal("hr:Ann", Assert.Single(await GroupsAsync("cost_bias", Dimension.Staff, "2026-Q1")).Key);
    }

    private static Project Accepted(string key, decimal? budget, string at = "2026-04-10T08:00Z") =>
        GivenWork.Project(A, key, "2026-01-01T08:00Z") with { AcceptedAt = Given.At(at), BudgetCost = budget, Currency = "USD" };

    private static CostEntry Cost(string project, string key, decimal amount, string at = "2026-02-01T08:00Z") => new()
    {
        SourceKey = $"{project}/{key}",
        Account = A,
        OccurredAt = Given.At(at),
        ProjectKey = project,
        Amount = amount,
        Currency = "USD",
    };

    private static FxRate Rate(string key, decimal rate, DateOnly day) =>
        new() { SourceKey = key, OccurredAt = Given.At("2025-01-01T00:00Z"), Currency = "EUR", QuoteCurrency = "USD", Rate = rate, Day = day };
}
