using System.Globalization;
using System.Text.RegularExpressions;
using Followthrough.Analytics.Compensation;
using Followthrough.Analytics.Metrics;
using Followthrough.Dashboard.Compensation;
using Followthrough.Tests.Analytics.Compensation;

namespace Followthrough.Tests.Dashboard.Compensation;

/// <summary>Who follows the arithmetic of a line with a calculator comes to its amount.</summary>
public sealed partial class LineStepsTests
{
    private static readonly PayoutCurve Share = Curve((80, 50), (92, 100), (98, 150));

    [Fact]
    public void Factors_have_the_digits_they_take_and_no_more()
    {
        Assert.Equal(
            ["100 % is exactly the point that pays 100 %.", "100 % × weight 50 % × target incentive 6,000.00 EUR", "= 3,000.00 EUR"],
            Steps(Line(100, 0.5m, 6_000, Curve((50, 50), (100, 100))), Curve((50, 50), (100, 100))).Select(s => s.Replace("100.00 %", "100 %", StringComparison.Ordinal)));
        Assert.Contains("98.122 % × weight 50 % × target incentive 6,000.00 EUR", Steps(Line(92 - 12 * 1.878m / 50, 0.5m, 6_000, Share), Share));
    }

    [Fact]
    public void What_is_written_multiplies_to_the_cent_for_whatever_was_measured()
    {
        var draw = new Random(1);
        for (var i = 0; i < 5_000; i++)
        {
            var (n, days) = (draw.Next(20, 400), draw.Next(1, 93));
            var value = 100m * draw.Next((int)(n * 0.7), n + 1) / n;
            var line = Line(value, draw.Next(1, 101) / 100m, draw.Next(100, 20_000), Share) with { Modifier = 1 + draw.Next(-10, 11) / 60m, Proration = days / 92m };
            line = line with { Amount = line.Percent * line.Weight * line.Incentive * line.Modifier * line.Proration / 100 };
            var steps = Steps(line, Share);
            var product = 1m;
            foreach (var step in steps.SkipLast(1).Where(s => s.Contains('×')))
                foreach (var factor in Numbers().Matches(step.Split(": ")[0]).Select(m => decimal.Parse(m.Groups[1].Value, CultureInfo.InvariantCulture) / (m.Groups[2].Success ? 100 : 1)))
                    product *= factor;
            Assert.Equal(steps[^1], Plain($"= {PayWording.Money(product, "EUR")}"));
        }
    }

    [Fact]
    public void What_the_rates_give_has_its_digits_where_it_goes_on()
    {
        var line = Line(1, 1, 1_234.5678m, Share) with { IsCommission = true, Percent = 100, Modifier = 0.9m, Amount = 1_234.5678m * 0.9m, Input = GivenPlan.Input(GivenPlan.Won, 61_728.39m) };
        Assert.Equal(["The rates give 1,234.57 EUR for 61,728.39 EUR.", "× 90 % by gates and modifiers", "= 1,111.11 EUR"], LineSteps.Of(line, null, "EUR", "", "").Select(Plain));
        line = line with { Modifier = 9, Amount = 1_234.5678m * 9 };
        Assert.Equal("The rates give 1,234.568 EUR for 61,728.39 EUR.", Plain(LineSteps.Of(line, null, "EUR", "", "")[0]));
    }

    private static IReadOnlyList<string> Steps(StatementLine line, PayoutCurve curve) => [.. LineSteps.Of(line, curve, "EUR", "", "some of the days").Select(Plain)];

    private static string Plain(string text) => text.Replace('\u00a0', ' ');

    private static StatementLine Line(decimal value, decimal weight, decimal incentive, PayoutCurve curve) => new()
    {
        Component = "answered",
        IsCommission = false,
        Input = GivenPlan.Input(GivenPlan.Rate, value),
        State = LineState.Earned,
        Percent = curve.Percent(value),
        Weight = weight,
        Incentive = incentive,
        Modifier = 1,
        Proration = 1,
        Amount = curve.Percent(value) * weight * incentive / 100,
    };

    private static PayoutCurve Curve(params (decimal X, decimal Percent)[] points)
    {
        Assert.True(PayoutCurve.TryCreate(Better.Higher, points.Select(p => new PayoutPoint(p.X, p.Percent)), out var curve, out _));
        return curve;
    }

    [GeneratedRegex(@"(\d[\d,]*(?:\.\d+)?)( %)?")]
    private static partial Regex Numbers();
}
