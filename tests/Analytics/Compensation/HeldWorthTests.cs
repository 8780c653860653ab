using Followthrough.Analytics.Compensation;
using static Followthrough.Tests.Analytics.Compensation.GivenPlan;

namespace Followthrough.Tests.Analytics.Compensation;

/// <summary>What can be decided for a held line: no more than it can come to, of a pool no more than its share.</summary>
public sealed class HeldWorthTests
{
    [Fact]
    public void A_line_whose_factors_are_known_pays_them_when_nothing_else_is_said_and_never_more()
    {
        var worth = HeldWorth.Of(Statement(Line("a", 333.335m)), "a", 0);
        Assert.Equal(333.34m, worth.Decided(null, 2));
        Assert.Equal(333.34m, worth.Decided(333.34m, 2));
        Assert.Contains("at most 333.34,", Refused(() => worth.Decided(333.35m, 2)), StringComparison.Ordinal);
    }

    [Fact]
    public void A_line_that_is_not_known_is_bounded_by_its_weight_and_wants_an_amount()
    {
        var worth = HeldWorth.Of(Statement(Line("a", null)), "a", 0);
        Assert.Contains("not known", Refused(() => worth.Decided(null, 2)), StringComparison.Ordinal);
        Assert.Equal(500, worth.Decided(500, 2));
        Assert.Contains("at most 500,", Refused(() => worth.Decided(500.01m, 2)), StringComparison.Ordinal);
    }

    [Fact]
    public void A_line_of_a_pool_is_bounded_by_its_share_and_not_by_what_it_weighs_in_it()
    {
        var statement = Statement(Line("a", 9_000), Line("b", 1_000)) with { Pool = new StatementPool(600, 0, 300) };
        var worth = HeldWorth.Of(statement, "a", 0);
        Assert.Contains("not known", Refused(() => worth.Decided(null, 2)), StringComparison.Ordinal);
        Assert.Equal(300, worth.Decided(300, 2));
        Assert.Contains("at most 300,", Refused(() => worth.Decided(300.01m, 2)), StringComparison.Ordinal);
        // The share is of all held lines together.
        Assert.Contains("at most 50,", Refused(() => HeldWorth.Of(statement, "b", 250).Decided(60, 2)), StringComparison.Ordinal);
    }

    [Fact]
    public void Nothing_is_an_amount_and_less_than_nothing_is_none()
    {
        var worth = HeldWorth.Of(Statement(Line("a", 100)), "a", 0);
        Assert.Equal(0, worth.Decided(0, 2));
        Assert.Contains("above zero", Refused(() => worth.Decided(-1, 2)), StringComparison.Ordinal);
    }

    [Fact]
    public void What_is_not_held_is_worth_nothing_to_decide() =>
        Assert.Equal("That line is not held.", Refused(() => HeldWorth.Of(Statement(Line("a", 100) with { State = LineState.Earned }), "a", 0)));

    private static string Refused(Func<object> attempt) => Assert.Throws<PayException>(() => { attempt(); }).Message;

    private static StatementLine Line(string component, decimal? amount) => new()
    {
        Component = component,
        IsCommission = false,
        Input = Input(Rate, amount is null ? null : 90),
        State = LineState.Held,
        Percent = amount is null ? null : 100,
        Weight = 0.5m,
        Incentive = 1000,
        Modifier = 1,
        Proration = 1,
        Amount = amount,
    };

    private static PayStatement Statement(params StatementLine[] lines)
    {
        var segment = new StatementSegment
        {
            From = new DateOnly(2026, 7, 1),
            To = new DateOnly(2026, 10, 1),
            Version = 1,
            PlanHash = "",
            Team = null,
            Incentive = 1000,
            Proration = 1,
            Inputs = [],
            Gates = [],
            Modifiers = [],
            Lines = lines,
            Earned = 0,
            Cap = null,
            Floor = null,
            Limited = 0,
        };
        return new PayStatement
        {
            Operations = PayPlan.Operations,
            Plan = "plan",
            PlanName = "Plan",
            Period = "2026-Q3",
            AsOf = default,
            Currency = "EUR",
            Decimals = 2,
            DisputeDays = 10,
            Staff = "hr:S1",
            StaffName = "Ada",
            Segments = [segment],
            Earned = 0,
            Paid = 0,
            Own = 0,
            Held = 0,
        };
    }
}
