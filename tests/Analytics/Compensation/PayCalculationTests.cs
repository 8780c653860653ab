using Followthrough.Analytics.Compensation;
using static Followthrough.Tests.Analytics.Compensation.GivenPlan;

namespace Followthrough.Tests.Analytics.Compensation;

/// <summary>Small plans, counted by hand.</summary>
public sealed class PayCalculationTests
{
    private const string Calls = "call_back_1h", Promises = "promise_kept", Invoices = "invoice_14d", Reopened = "reopen_rate";
    private static readonly PayoutPoint[] Volume = [new(80, 50), new(100, 100), new(120, 150)];

    [Theory]
    [InlineData(79.99, 0)]
    [InlineData(80, 5_000)]
    [InlineData(90, 7_500)]
    [InlineData(100, 10_000)]
    [InlineData(110, 12_500)]
    [InlineData(120, 15_000)]
    [InlineData(150, 15_000)]
    public void What_is_measured_is_paid_by_points(decimal x, decimal due) => Assert.Equal(due, Pays(Plan(Component("a", 100, Volume)), Terms(), Input(Rate, x)).Due);

    [Theory]
    [InlineData(15, 0)]
    [InlineData(14, 5_000)]
    [InlineData(12, 7_500)]
    [InlineData(10, 10_000)]
    [InlineData(8.5, 12_500)]
    [InlineData(3, 15_000)]
    public void Fewer_days_pay_more(decimal x, decimal due) =>
        Assert.Equal(due, Pays(Plan(Component("a", Days, 100, new(14, 50), new(10, 100), new(7, 150))), Terms(), Input(Days, x)).Due);

    [Theory]
    [InlineData("marginal", 120_000, 6_600)]
    [InlineData("retroactive", 120_000, 9_600)]
    [InlineData("marginal", 100_000, 5_000)]
    [InlineData("retroactive", 100_000, 8_000)]
    [InlineData("retroactive", 99_999.99, 5_000)]
    public void Tiers_pay_each_slice_or_all_of_it(string rule, decimal volume, decimal due) =>
        Assert.Equal(due, Pays(Plan(Commission("a", Enum.Parse<TierRule>(rule, ignoreCase: true), new(0, 0.05m), new(100_000, 0.08m))), Terms(), Input(Won, volume)).Due);

    [Fact]
    public void A_third_that_comes_to_half_a_cent_is_half_a_cent()
    {
        // A third of 30 % of 1,000.15 is 100.015.
        var plan = Plan(Component("a", 30, new(0, 0), new(3, 100)), Component("b", Calls, 70, new(0, 0), new(3, 100)));
        Assert.Equal(100.02m, Pays(plan, Terms(1_000.15m), Input(Rate, 1), Input(Calls, 0)).Due);
    }

    [Fact]
    public void A_failed_gate_pays_nothing_for_what_stands_behind_it_and_one_that_cannot_be_judged_holds_it()
    {
        var plan = Plan(Component("a", 60, Volume), Component("b", Calls, 40, Volume)) with { Gates = [Gate("a")] };
        Assert.Equal(10_000, Pays(plan, Terms(), Input(Rate, 100), Input(Calls, 100), Input(Promises, 90)).Due);
        var failed = Pays(plan, Terms(), Input(Rate, 100), Input(Calls, 100), Input(Promises, 89.999m));
        Assert.Equal((4_000, 0, GateState.Failed), (failed.Due, failed.Held, failed.Gates[0].State));
        var open = Pays(plan, Terms(), Input(Rate, 100), Input(Calls, 100), Input(Promises, null));
        Assert.Equal((4_000, 6_000, GateState.NotEvaluable), (open.Due, open.Held, open.Gates[0].State));
        Assert.Equal($"the gate “{PlanWords.Named(open.Lines[0].Input.Metric == Promises ? Rate : Promises)}” cannot be judged: nothing in this period", open.Lines[0].Why);
        var doubtful = Pays(plan, Terms(), Input(Rate, 100), Input(Calls, 100), Input(Promises, 90) with { Doubt = "does not tie out" });
        Assert.Equal((4_000, 6_000), (doubtful.Due, doubtful.Held));
    }

    [Fact]
    public void A_modifier_multiplies_and_confirms_when_it_cannot_be_judged()
    {
        var plan = Plan(Component("a", 100, Volume)) with { Modifiers = [Modifier(new(70, 90), new(85, 100), new(95, 110))] };
        Assert.Equal([9_000m, 9_000m, 10_500m, 11_000m], new[] { 10m, 70m, 90m, 99m }.Select(x => Pays(plan, Terms(), Input(Rate, 100), Input(Promises, x)).Due));
        Assert.Equal(10_000, Pays(plan, Terms(), Input(Rate, 100), Input(Promises, 10, n: 9)).Due);
    }

    [Fact]
    public void With_too_few_cases_the_teams_figure_stands_in_and_else_the_weight_goes_to_the_others()
    {
        var plan = Plan(Component("a", 60, Volume), Component("b", Calls, 30, Volume), Component("c", Invoices, 10, Volume));
        var team = Pays(plan, Terms(), Input(Rate, 120, n: 9), Input(Calls, 100), Input(Invoices, 80), Input(Rate, 100, measured: MeasuredFor.Team));
        Assert.Equal((6_000 + 3_000 + 500, MeasuredFor.Team, 9), (team.Due, team.Lines[0].Input.For, team.Lines[0].TooFew!.N));

        var alone = Pays(plan, Terms(), Input(Rate, 120, n: 9), Input(Calls, 100), Input(Invoices, 80), Input(Rate, 100, n: 9, measured: MeasuredFor.Team));
        // 60 of 100 go to 30 and 10: three quarters and one.
        Assert.Equal([0m, 0.75m, 0.25m], alone.Lines.Select(line => line.Weight));
        Assert.Equal(7_500 + 1_250, alone.Due);
    }

    [Fact]
    public void When_nobody_is_left_to_take_the_weight_it_is_held_and_not_counted_as_zero()
    {
        var result = Pays(Plan(Component("a", 60, Volume), Component("b", Calls, 40, Volume)), Terms(), Input(Rate, 100, n: 1), Input(Calls, 80, n: 1));
        Assert.All(result.Lines, line => Assert.Equal(LineState.Held, line.State));
        Assert.Equal((0, 6_000 + 2_000), (result.Due, result.Held));
        Assert.Equal([0.6m, 0.4m], result.Lines.Select(line => line.Weight));
    }

    [Fact]
    public void An_interval_with_the_target_inside_holds_unless_the_plan_says_pay()
    {
        var held = Component("a", 100, Volume) with { Straddling = Straddling.Hold };
        var input = Input(Rate, 101) with { Low = 99, High = 103 };
        var result = Pays(Plan(held), Terms(), input);
        Assert.Equal((LineState.Held, 0, 10_250), (result.Lines[0].State, result.Due, result.Held));
        Assert.Equal(10_250, Pays(Plan(held), Terms(), input with { Low = 100 }).Due);
        Assert.Equal(10_250, Pays(Plan(held with { Straddling = Straddling.Pay }), Terms(), input).Due);
    }

    [Fact]
    public void What_does_not_tie_out_is_held_whatever_its_value()
    {
        var result = Pays(Plan(Component("a", 100, Volume)), Terms(), Input(Rate, 120) with { Doubt = "invoices do not tie out" });
        Assert.Equal((LineState.Held, "invoices do not tie out", 0), (result.Lines[0].State, result.Lines[0].Why, result.Due));
    }

    [Fact]
    public void Days_in_the_plan_shorten_incentive_and_goals_of_volume_but_no_rate()
    {
        var rate = Plan(Component("a", 100, Volume));
        Assert.Equal(3_750, Pays(rate, Terms(proration: 0.5m), Input(Rate, 90)).Due);
        var volume = Plan(Component("a", Won, 100, new(80_000, 50), new(100_000, 100), new(120_000, 150)));
        Assert.Equal(5_000, Pays(volume, Terms(proration: 0.5m), Input(Won, 50_000)).Due);
        Assert.Equal(3_300, Pays(Plan(Commission("a", TierRule.Marginal, new(0, 0.05m), new(100_000, 0.08m))), Terms(proration: 0.5m), Input(Won, 60_000)).Due);
    }

    [Fact]
    public void Cap_floor_and_what_was_paid_come_after_the_sum()
    {
        var plan = Plan(Component("a", 100, Volume)) with { Cap = new(120, null), Floor = new(null, 2_000), Cumulative = true };
        Assert.Equal(12_000, Pays(plan, Terms(), Input(Rate, 130)).Due);
        Assert.Equal(6_000, Pays(plan, Terms(proration: 0.5m), Input(Rate, 130)).Due);
        Assert.Equal(2_000, Pays(plan, Terms(), Input(Rate, 1)).Due);
        var over = Pays(plan, Terms(paid: 3_000), Input(Rate, 1));
        Assert.Equal((-1_000, 0), (over.Due, over.Payable));
    }

    [Fact]
    public void Whoever_sold_nothing_earns_nothing_and_nothing_is_held_for_it()
    {
        var result = Pays(Plan(Commission("a", TierRule.Retroactive, new RateTier(0, 0.05m))), Terms(), Input(Won, null, n: 0));
        Assert.Equal((LineState.Earned, 0, 0), (result.Lines[0].State, result.Due, result.Held));
        var doubtful = Pays(Plan(Commission("a", TierRule.Retroactive, new RateTier(0, 0.05m))), Terms(), Input(Won, null, n: 0) with { Doubt = "does not tie out" });
        Assert.Equal(LineState.Held, doubtful.Lines[0].State);
    }

    [Fact]
    public void A_plan_asks_for_each_figure_once_and_for_the_teams_where_it_may_stand_in()
    {
        var plan = Plan(Component("a", 60, Volume), Component("b", Calls, 40, Volume) with { For = MeasuredFor.Company }) with { Gates = [Gate()], Modifiers = [Modifier(new PayoutPoint(1, 100))] };
        Assert.Equal([new(Rate, MeasuredFor.Person), new(Calls, MeasuredFor.Company), new(Rate, MeasuredFor.Team), new(Promises, MeasuredFor.Person)], PayCalculation.Questions(plan));
    }

    [Fact]
    public void A_gate_of_which_less_is_better_is_met_at_its_limit()
    {
        var plan = Plan(Component("a", 100, Volume)) with { Gates = [new PlanGate { Id = "g", Metric = Reopened, Better = Followthrough.Analytics.Metrics.Better.Lower, Limit = 5, MinimumN = 10 }] };
        Assert.Equal([10_000m, 0m], new[] { 5m, 5.001m }.Select(x => Pays(plan, Terms(), Input(Rate, 100), Input(Reopened, x)).Due));
    }

    private static PlanGate Gate(params string[] before) =>
        new() { Id = "gate", Metric = Promises, Better = Followthrough.Analytics.Metrics.Better.Higher, Limit = 90, MinimumN = 10, Before = before };

    private static PlanModifier Modifier(params PayoutPoint[] points)
    {
        Assert.True(PayoutCurve.TryCreate(Followthrough.Analytics.Metrics.Better.Higher, points, out var curve, out var fault), fault);
        return new PlanModifier { Id = "modifier", Metric = Promises, Curve = curve, MinimumN = 10 };
    }
}
