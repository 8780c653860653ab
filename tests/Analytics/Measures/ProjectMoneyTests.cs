using Followthrough.Analytics.Facts;
using Followthrough.Analytics.Metrics;
using Followthrough.Tests.Support;

namespace Followthrough.Tests.Analytics.Measures;

public sealed class ProjectMoneyTests : MeasureTests
{
    private const string A = "crm:A";

    [Fact]
    public async Task A_margin_is_what_projects_accepted_in_the_period_leave_over_their_whole_life()
    {
        await LoadAsync(
            [Given.Account(A), Accepted("P1"), .. Sent("1", "P1", 1000, "2025-10-01T00:00Z"), Cost("P1", 500, "a"), Cost("P1", 200, "b"),
                Accepted("P2"), .. Sent("2", "P2", 500, "2026-03-20T00:00Z"), Cost("P2", 500, "a"), Accepted("P3"), Cost("P3", 30, "a"), Accepted("P4"), .. Sent("4", "P4", 70, "2026-03-20T00:00Z"),
                Accepted("later", "2026-04-01T00:00Z"), .. Sent("5", "later", 9000, "2026-03-20T00:00Z"), Cost("later", 1, "a")]);
        var value = await FigureAsync("project_margin", "2026-03");
        Assert.Equal((270 / 1500.0, 270m, 1500m, "USD"), (value.Value!.Value, value.Amount, value.Base, value.Currency));
        Assert.Equal(
            ["project P1 | 300 / 1000", "project P2 | 0 / 500", "project P3 | -30 / 0", "project P4 | 70 / 70 | without recorded costs"],
            await RowsAsync("project_margin", "2026-03"));
        Assert.Equal("no project was accepted in this period and selection", (await FigureAsync("project_margin", "2026-02")).Reason);
    }

    [Fact]
    public async Task Rework_is_no_revenue_and_nothing_invoiced_is_nothing_to_take_a_share_of()
    {
        var repair = Sent("1", "P1", 100, "2026-03-02T00:00Z");
        await LoadAsync([Given.Account(A), Accepted("P1"), repair[0], (InvoiceLine)repair[1] with { RevenueClass = RevenueClass.Rework }, Cost("P1", 40, "a")]);
        Assert.Equal("nothing was invoiced for the projects accepted, so there is nothing to take a share of", (await FigureAsync("project_margin")).Reason);
    }

    [Fact]
    public async Task Several_currencies_need_rates()
    {
        await LoadAsync([Given.Account(A), Accepted("P1"), .. Sent("1", "P1", 100, "2026-03-02T00:00Z"), Cost("P1", 40, "a") with { Currency = "EUR" }]);
        Assert.Equal("1 with amounts in several currencies", (await FigureAsync("project_margin")).Reason);
        await World.TextsAsync("update company set currency = 'USD' returning 'x'");
        Assert.Equal("1 with amounts in a currency without an exchange rate", (await FigureAsync("project_margin")).Reason);
        await LoadAsync(new FxRate { SourceKey = "r", OccurredAt = Given.At("2026-01-01T00:00Z"), Currency = "EUR", QuoteCurrency = "USD", Rate = 1.5m, Day = new DateOnly(2026, 1, 1) });
        Assert.Equal(0.4, (await FigureAsync("project_margin")).Value!.Value, 12);
    }

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
        await LoadAsync([Given.Account(A), Accepted("P1") with { BudgetCost = 50 }, .. Sent("1", "P1", 100, "2026-03-02T00:00Z"), Cost("P1", 40, "a")]);
        World.Clock.Now = Given.At("2026-03-21T00:00Z");
        await LoadAsync(Cost("P1", 20, "late"));
        await LoadAsync(Cost("P1", 20, "late"));
        Assert.Equal((0.4, 1.0), ((await FigureAsync("project_margin")).Value!.Value, (await FigureAsync("over_budget_share")).Value!.Value));
        Assert.Equal((0.6, 0.0), ((await FigureAsync("project_margin", asOf: "2026-03-20T00:00Z")).Value!.Value, (await FigureAsync("over_budget_share", asOf: "2026-03-20T00:00Z")).Value!.Value));
        await LoadAsync(Cost("P1", 20, "late") with { Deleted = true });
        Assert.Equal(0.6, (await FigureAsync("project_margin")).Value!.Value, 12);
    }

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

    private static Project Accepted(string key, string at = "2026-03-10T08:00Z") => GivenProject.Project(A, key, "2026-01-01T00:00Z", at) with { Currency = "USD" };

    private static Fact[] Sent(string key, string project, decimal amount, string at)
    {
        var facts = GivenMoney.Invoice(A, key, at, null, amount);
        return [(Invoice)facts[0] with { ProjectKey = project }, facts[1]];
    }

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
