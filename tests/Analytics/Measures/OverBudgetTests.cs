using Followthrough.Analytics.Facts;
using Followthrough.Tests.Support;

namespace Followthrough.Tests.Analytics.Measures;

public sealed class OverBudgetTests : MeasureTests
{
    private const string A = "crm:A";

    [Fact]
    public async Task A_project_is_over_budget_by_its_recorded_costs_in_its_own_currency()
    {
        await LoadAsync(
            Given.Account(A), Accepted("even") with { BudgetCost = 100 }, Cost("even", 60, "a"), Cost("even", 40, "b"), Accepted("over") with { BudgetCost = 100 }, Cost("over", 100.01m, "a"),
            Accepted("unbudgeted"), Cost("unbudgeted", 1, "a"), Accepted("unknown") with { BudgetCost = 1 },
            Accepted("euros") with { BudgetCost = 90, Currency = "EUR" }, Cost("euros", 100, "a"));
        Assert.Equal(
            ["project euros | ? / 1 | with costs in a currency without an exchange rate", "project even | 0 / 1", "project over | 1 / 1", "project unbudgeted | ? / 1 | without a budget",
                "project unknown | ? / 1 | without recorded costs"],
            await RowsAsync("over_budget_share"));
        await LoadAsync(new FxRate { SourceKey = "r", OccurredAt = Given.At("2026-01-01T00:00Z"), Currency = "EUR", QuoteCurrency = "USD", Rate = 1.25m, Day = new DateOnly(2026, 1, 1) });
        Assert.Equal(1 / 3.0, (await FigureAsync("over_budget_share", "2026-03")).Value!.Value, 12);
        Assert.Equal("no project was accepted in this period and selection", (await FigureAsync("over_budget_share", "2026-02")).Reason);
    }

    [Fact]
    public async Task Costs_count_from_when_they_are_known_until_they_are_deleted()
    {
        World.Clock.Now = Given.At("2026-03-20T00:00Z");
        await LoadAsync(Given.Account(A), Accepted("P1") with { BudgetCost = 50 }, Cost("P1", 40, "a"));
        World.Clock.Now = Given.At("2026-03-21T00:00Z");
        await LoadAsync(Cost("P1", 20, "late"));
        await LoadAsync(Cost("P1", 20, "late"));
        Assert.Equal((1.0, 0.0), ((await FigureAsync("over_budget_share")).Value!.Value, (await FigureAsync("over_budget_share", asOf: "2026-03-20T00:00Z")).Value!.Value));
        await LoadAsync(Cost("P1", 20, "late") with { Deleted = true });
        Assert.Equal(0.0, (await FigureAsync("over_budget_share")).Value!.Value, 12);
    }

    [Fact]
    public async Task A_project_belongs_to_the_day_of_the_company_on_which_it_was_accepted()
    {
        await World.TextsAsync("update company set reporting_zone = 'Europe/Berlin' returning 'x'");
        await LoadAsync(
            Given.Account(A), Accepted("P1", "2026-03-31T21:59Z") with { BudgetCost = 1 }, Cost("P1", 100, "a"),
            Accepted("P2", "2026-03-31T22:00Z") with { BudgetCost = 50 }, Cost("P2", 50, "a"));
        Assert.Equal((1.0, 0.0), ((await FigureAsync("over_budget_share", "2026-03")).Value!.Value, (await FigureAsync("over_budget_share", "2026-04")).Value!.Value));
    }

    private static Project Accepted(string key, string at = "2026-03-10T08:00Z") => GivenProject.Project(A, key, "2026-01-01T00:00Z", at) with { Currency = "USD" };

    private static CostEntry Cost(string project, decimal amount, string key) => new()
    {
        SourceKey = $"{project}/{key}",
        Account = A,
        OccurredAt = Given.At("2026-02-01T00:00Z"),
        ProjectKey = project,
        Amount = amount,
        Currency = "USD",
    };
}
