using Followthrough.Analytics.Compensation;
using Followthrough.Analytics.Metrics;

namespace Followthrough.Tests.Analytics.Compensation;

public sealed class PayoutCurveTests
{
    private static readonly PayoutCurve Volume = Curve(Better.Higher, new(80, 50), new(100, 100), new(120, 150));
    private static readonly PayoutCurve Rate = Curve(Better.Higher, new(0.85m, 50), new(0.95m, 100), new(0.99m, 150));
    private static readonly PayoutCurve InvoiceDays = Curve(Better.Lower, new(14, 50), new(10, 100), new(7, 150));

    [Theory]
    [InlineData(79.99, 0)]
    [InlineData(80, 50)]
    [InlineData(90, 75)]
    [InlineData(100, 100)]
    [InlineData(110, 125)]
    [InlineData(120, 150)]
    [InlineData(150, 150)]
    public void More_is_paid_for_more(decimal x, decimal percent) => Assert.Equal(percent, Volume.Percent(x));

    [Theory]
    [InlineData(0.84, 0)]
    [InlineData(0.85, 50)]
    [InlineData(0.90, 75)]
    [InlineData(0.95, 100)]
    [InlineData(0.97, 125)]
    [InlineData(0.99, 150)]
    [InlineData(1.0, 150)]
    public void A_rate_is_paid_for_in_its_own_unit(decimal x, decimal percent) => Assert.Equal(percent, Rate.Percent(x));

    [Theory]
    [InlineData(15, 0)]
    [InlineData(14, 50)]
    [InlineData(12, 75)]
    [InlineData(10, 100)]
    [InlineData(8.5, 125)]
    [InlineData(7, 150)]
    [InlineData(3, 150)]
    public void More_is_paid_for_fewer_days(decimal x, decimal percent) => Assert.Equal(percent, InvoiceDays.Percent(x));

    [Fact]
    public void A_target_of_zero_pays_and_a_single_point_is_a_step()
    {
        var complaints = Curve(Better.Lower, new(4, 0), new(0, 100));
        Assert.Equal([0m, 25m, 100m], [complaints.Percent(4), complaints.Percent(3), complaints.Percent(0)]);
        var step = Curve(Better.Higher, new PayoutPoint(0.95m, 100));
        Assert.Equal([0m, 100m, 100m], [step.Percent(0.9499m), step.Percent(0.95m), step.Percent(1)]);
    }

    [Theory]
    [InlineData("79.96", 0, "79.96")]
    [InlineData("79.96", 1, "79.96")]
    [InlineData("79.4", 0, "79")]
    [InlineData("80", 0, "80")]
    [InlineData("80.04", 1, "80.04")]
    [InlineData("119.9999", 2, "119.9999")]
    [InlineData("100.26", 1, "100.3")]
    public void No_figure_is_shown_on_the_other_side_of_a_point(string x, int decimals, string shown) =>
        Assert.Equal(shown, Volume.Show(decimal.Parse(x), decimals));

    [Fact]
    public void Getting_better_never_pays_less_and_never_leaves_the_points_payouts()
    {
        var random = new Random(7);
        foreach (var curve in new[] { Volume, Rate, InvoiceDays })
        {
            var (first, last) = (curve.Points[0], curve.Points[^1]);
            decimal[] xs = [.. Enumerable.Range(0, 500).Select(_ => first.X + (last.X - first.X) * (decimal)(random.NextDouble() * 1.4 - 0.2))];
            decimal[] paid = [.. (curve.Better == Better.Higher ? xs.Order() : xs.OrderDescending()).Select(curve.Percent)];
            Assert.Equal(paid.Order(), paid);
            Assert.All(paid, p => Assert.True(p == 0 || (p >= first.Percent && p <= last.Percent)));
        }
    }

    [Theory]
    [InlineData(Better.Higher, "80:50 80:60", "80 cannot pay both 50 % and 60 %.")]
    [InlineData(Better.Higher, "80:50 100:40", "100 is better than 80 and pays less: 40 % instead of 50 %.")]
    [InlineData(Better.Lower, "7:50 14:100", "7 is better than 14 and pays less: 50 % instead of 100 %.")]
    [InlineData(Better.Higher, "80:-1", "No value costs anybody money: the least a point pays is 0 %.")]
    [InlineData(Better.Higher, "", "A curve has at least one point.")]
    [InlineData(Better.Neither, "80:50", "A metric of which neither more nor less is better pays nothing.")]
    public void What_is_no_curve_is_refused_with_the_reason(Better better, string points, string reason)
    {
        var given = points.Split(' ', StringSplitOptions.RemoveEmptyEntries).Select(p => p.Split(':')).Select(p => new PayoutPoint(decimal.Parse(p[0]), decimal.Parse(p[1])));
        Assert.False(PayoutCurve.TryCreate(better, given, out var curve, out var fault));
        Assert.Equal((null, reason), (curve, fault));
    }

    private static PayoutCurve Curve(Better better, params PayoutPoint[] points) =>
        PayoutCurve.TryCreate(better, points, out var curve, out var fault) ? curve : throw new InvalidOperationException(fault);
}
