using Followthrough.Analytics.Compensation;
using Followthrough.Analytics.Metrics;
using Followthrough.Dashboard.Compensation;

namespace Followthrough.Tests.Dashboard.Compensation;

public sealed class CurveStepsTests
{
    private static readonly PayoutCurve Share = Curve(Better.Higher, (80, 50), (92, 100), (98, 150));
    private static readonly PayoutCurve Days = Curve(Better.Lower, (14, 50), (10, 100), (7, 150));

    [Fact]
    public void A_value_between_two_points_is_walked_from_one_to_the_other() => Assert.Equal(
        [
            "88.89 % lies between 80 %, which pays 50 %, and 92 %, which pays 100 %.",
            "Of the 12 from the one to the other it has come 8.89: 74.07 % of the way.",
            "So it pays 50 %, and 74.07 % of the 50 % between them: 87.04 %.",
        ],
        CurveSteps.Of(Share, 800m / 9, "88.89 %", 2, x => $"{x} %"));

    [Fact]
    public void Fewer_days_are_better_and_the_way_is_counted_downwards() => Assert.Equal(
        [
            "12 days lies between 14 days, which pays 50 %, and 10 days, which pays 100 %.",
            "Of the 4 from the one to the other it has come 2: 50 % of the way.",
            "So it pays 50 %, and 50 % of the 50 % between them: 75 %.",
        ],
        CurveSteps.Of(Days, 12, "12 days", 2, x => $"{x} days"));

    [Theory]
    [InlineData("79.99", "79.99 % is below the threshold, 80 %: it pays nothing.")]
    [InlineData("80", "80 % is exactly the point that pays 50 %.")]
    [InlineData("98", "98 % is exactly the point that pays 150 %.")]
    [InlineData("121.03", "121.03 % is beyond the last point, 98 %, which pays 150 %: more is not paid.")]
    public void Bounds_are_said_as_they_are_kept(string value, string says) => Assert.Equal(
        [says], CurveSteps.Of(Share, decimal.Parse(value, System.Globalization.CultureInfo.InvariantCulture), $"{value} %", 2, x => $"{x} %"));

    [Fact]
    public void Too_many_days_are_above_the_threshold() =>
        Assert.Equal(["15 days is above the threshold, 14 days: it pays nothing."], CurveSteps.Of(Days, 15, "15 days", 2, x => $"{x} days"));

    private static PayoutCurve Curve(Better better, params (decimal X, decimal Percent)[] points)
    {
        Assert.True(PayoutCurve.TryCreate(better, points.Select(p => new PayoutPoint(p.X, p.Percent)), out var curve, out _));
        return curve;
    }
}
