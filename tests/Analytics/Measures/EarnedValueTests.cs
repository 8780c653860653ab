using Followthrough.Analytics.Facts;
using Followthrough.Analytics.Measures;
using Followthrough.Tests.Support;

namespace Followthrough.Tests.Analytics.Measures;

public sealed class EarnedValueTests : MeasureTests
{
    private const string A = "crm:A";

    [Fact]
    public void The_formulas_give_the_published_example()
    {
        var v = new EarnedValue(120, 65, 52, 68);
        Assert.Equal((0.765m, 0.800m, -16, -13), (Rounded(v.CostPerformance, 3), Rounded(v.SchedulePerformance, 3), v.CostVariance, v.ScheduleVariance));
        Assert.Equal((156.9m, 136.0m, 179.2m), (Rounded(v.EstimateAtCompletion, 1), Rounded(v.EstimateIfAtypical, 1), Rounded(v.EstimateIfLateToo, 1)));
        Assert.Equal((1.308m, -36.9m), (Rounded(v.ToComplete, 3), Rounded(v.VarianceAtCompletion, 1)));
    }

    [Theory]
    [InlineData(120, 65, 52, 0, "SPI SV")]
    [InlineData(120, 0, 52, 68, "CPI CV EAC ATYPICAL TCPI VAC")]
    [InlineData(120, 65, 0, 68, "CPI SPI CV SV ATYPICAL TCPI")]
    [InlineData(120, 65, 52, 120, "CPI SPI CV SV EAC ATYPICAL COMBINED VAC")]
    public void What_lacks_a_base_is_undefined(decimal budget, decimal planned, decimal earned, decimal actual, string defined)
    {
        var v = new EarnedValue(budget, planned, earned, actual);
        (string Name, decimal? Value)[] all =
        [
            ("CPI", v.CostPerformance), ("SPI", v.SchedulePerformance), ("CV", v.CostVariance), ("SV", v.ScheduleVariance), ("EAC", v.EstimateAtCompletion),
            ("ATYPICAL", v.EstimateIfAtypical), ("COMBINED", v.EstimateIfLateToo), ("TCPI", v.ToComplete), ("VAC", v.VarianceAtCompletion),
        ];
        Assert.Equal(defined, string.Join(' ', all.Where(x => x.Value is not null).Select(x => x.Name)));
    }

    [Theory]
    [InlineData(120, 65, 52, 68)]
    [InlineData(100, 40, 70, 30)]
    [InlineData(50, 25, 10, 60)]
    [InlineData(90, 0, 0, 5)]
    [InlineData(90, 20, 30, 0)]
    public async Task Every_figure_of_one_project_is_the_formulas(int budget, int planned, int earned, int actual)
    {
        // Four milestones: due and accepted, due only, accepted only, neither.
        var both = Math.Min(planned, earned) / 2;
        await LoadAsync(
            [Given.Account(A), Project("P"), .. Milestone("P", "both", both, "2026-02-28", "2026-02-01T08:00Z"), .. Milestone("P", "due", planned - both, "2026-03-31"),
                .. Milestone("P", "early", earned - both, "2026-05-01", "2026-03-31T20:00Z"), .. Milestone("P", "rest", budget - planned - earned + both, "2026-05-01"),
                .. actual == 0 ? [] : new[] { Cost("P", actual - 1, "2026-02-01T08:00Z"), Cost("P", 1, "2026-03-31T20:00Z"), Cost("P", 1000, "2026-04-01T00:00Z") }]);
        var v = new EarnedValue(budget, planned, earned, actual);
        (string Metric, decimal? Expected)[] all =
        [
            ("cpi", v.CostPerformance), ("spi", v.SchedulePerformance), ("cost_variance", v.CostVariance), ("schedule_variance", v.ScheduleVariance), ("eac", v.EstimateAtCompletion),
            ("eac_atypical", v.EstimateIfAtypical), ("eac_combined", v.EstimateIfLateToo), ("tcpi", v.ToComplete), ("variance_at_completion", v.VarianceAtCompletion),
        ];
        foreach (var (metric, expected) in all)
        {
            var figure = await FigureAsync(metric, "2026-03");
            Assert.Equal((metric, expected is null, expected is null ? 1 : 0), (metric, figure.Value is null, figure.Excluded.Count));
            if (expected is { } defined) Assert.Equal((double)defined, figure.Value!.Value, 9);
        }
    }

    [Fact]
    public async Task Projects_add_up_and_those_without_a_plan_are_excluded_with_the_reason()
    {
        await LoadAsync(
            [Given.Account(A), Project("1"), .. Milestone("1", "a", 60, "2026-01-31", "2026-01-31T08:00Z"), Cost("1", 40, "2026-01-20T08:00Z"),
                Project("2"), .. Milestone("2", "b", 40, "2026-01-31", "2026-01-31T08:00Z"), Cost("2", 80, "2026-01-20T08:00Z"),
                Project("bare"), Project("budget only") with { BudgetCost = 10 }, Project("gap"), .. Milestone("gap", "c", 10, "2026-01-31"), .. Milestone("gap", "d", null, "2026-01-31"),
                Project("done") with { AcceptedAt = Given.At("2026-01-31T08:00Z") }, Project("off") with { CancelledAt = Given.At("2026-01-31T08:00Z") },
                Project("future") with { OccurredAt = Given.At("2026-02-01T00:00Z") }]);
        Assert.Equal(
            ["project 1 | 60 / 40", "project 2 | 40 / 80", "project bare | ? / 0 | without a budget", "project budget only | ? / 0 | without planned costs of its milestones",
                "project gap | 0 / 0 | with a milestone without planned cost"],
            await RowsAsync("cpi", "2026-01"));
        Assert.Equal(100 / 120.0, (await FigureAsync("cpi", "2026-01")).Value!.Value, 12);
        Assert.Equal((40 + 80.0, "USD"), ((await FigureAsync("eac", "2026-01")).Value!.Value, (await FigureAsync("eac", "2026-01")).Currency));
        Assert.Equal("no project was under way by then in this selection", (await FigureAsync("spi", "2019-12")).Reason);
    }

    [Fact]
    public async Task Only_the_first_plan_counts_cancelled_milestones_are_none_and_the_past_stays_as_it_was_known()
    {
        World.Clock.Now = Given.At("2026-02-10T00:00Z");
        await LoadAsync(
            [Given.Account(A), Project("P"), .. Milestone("P", "a", 60, "2026-01-31", "2026-01-31T08:00Z"),
                GivenWork.Baseline(A, "a", 1, "2026-01-20T08:00Z", "2026-03-31", "more", "hr:Ann", "2026-01-20T08:00Z") with { PlannedCost = 600 },
                .. Milestone("P", "b", 40, "2026-01-31"), Cost("P", 50, "2026-01-20T08:00Z")]);
        Assert.Equal(0.6, (await FigureAsync("spi", "2026-01")).Value!.Value, 12);
        World.Clock.Now = Given.At("2026-02-11T00:00Z");
        Fact[] later = [Cost("P", 10, "2026-01-21T08:00Z"), (Milestone)Milestone("P", "b", 40, "2026-01-31")[0] with { CancelledAt = Given.At("2026-01-15T08:00Z") }];
        await LoadAsync(later);
        await LoadAsync(later);
        Assert.Equal((1.0, 1.0), ((await FigureAsync("spi", "2026-01")).Value!.Value, (await FigureAsync("cpi", "2026-01")).Value!.Value));
        Assert.Equal(1.2, (await FigureAsync("cpi", "2026-01", "2026-02-10T00:00Z")).Value!.Value, 12);
        await LoadAsync(Cost("P", 10, "2026-01-21T08:00Z") with { Deleted = true });
        Assert.Equal(1.2, (await FigureAsync("cpi", "2026-01")).Value!.Value, 12);
    }

    [Fact]
    public async Task Costs_count_in_the_currency_of_the_project_and_figures_in_that_of_the_company()
    {
        await World.TextsAsync("update company set currency = 'USD' returning 'x'");
        await LoadAsync(
            [Given.Account(A), Project("P") with { Currency = "EUR" }, .. Milestone("P", "a", 100, "2026-01-31", "2026-01-31T08:00Z"), Cost("P", 100, "2026-01-20T08:00Z"), 
                Rate("1", 2m, new DateOnly(2026, 1, 1)), Rate("2", 4m, new DateOnly(2026, 1, 31)), Project("Q") with { Currency = "GBP" }, .. Milestone("Q", "b", 1, "2026-01-31", "2026-01-31T08:00Z")]);
        // 100 USD were 50 EUR on their day; 50 EUR are 200 USD at the end of the month.
        Assert.Equal((2.0, 400m, 200m), ((await FigureAsync("cpi", "2026-01")).Value!.Value, (await FigureAsync("cpi", "2026-01")).Amount, (await FigureAsync("cpi", "2026-01")).Base));
        Assert.Equal(1, (await FigureAsync("cpi", "2026-01")).Excluded["without an exchange rate from GBP to USD"]);
    }

    [Fact]
    public async Task The_end_of_a_day_is_the_customers_also_when_the_clocks_change()
    {
        World.Clock.Now = Given.At("2026-03-29T21:59Z");
        await LoadAsync(
            [.. Given.WorkingWeek("cal:B", "Europe/Berlin"), Given.Account(A, calendar: "cal:B"), Project("P"), .. Milestone("P", "a", 10, "2026-03-29"), Cost("P", 1, "2026-03-01T08:00Z")]);
        Assert.Equal("1 with nothing due by then", (await FigureAsync("spi")).Reason);
        World.Clock.Now = Given.At("2026-03-29T22:00Z");
        Assert.Equal(0, (await FigureAsync("spi")).Value);
    }

    private static Project Project(string key) => GivenWork.Project(A, key) with { Currency = "USD" };

    private static Fact[] Milestone(string project, string key, decimal? cost, string due, string? accepted = null) =>
        [GivenWork.Milestone(A, key, accepted, project: project), GivenWork.Baseline(A, key, 0, Given.LongAgo, due) with { PlannedCost = cost }];

    private static CostEntry Cost(string project, decimal amount, string at) => new()
    {
        SourceKey = $"{project}/{at}",
        Account = A,
        OccurredAt = Given.At(at),
        ProjectKey = project,
        Amount = amount,
        Currency = "USD",
    };

    private static FxRate Rate(string key, decimal rate, DateOnly day) =>
        new() { SourceKey = key, OccurredAt = Given.At("2026-01-01T00:00Z"), Currency = "EUR", QuoteCurrency = "USD", Rate = rate, Day = day };

    private static decimal? Rounded(decimal? value, int digits) => value is { } v ? Math.Round(v, digits) : null;
}
