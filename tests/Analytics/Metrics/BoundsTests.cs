using Followthrough.Analytics.Metrics;
using Followthrough.Dashboard.Wording;

namespace Followthrough.Tests.Analytics.Metrics;

public sealed class BoundsTests
{
    [Theory]
    [InlineData(0.02, -0.03, 0.07, 0, 0.07)]
    [InlineData(0.97, 0.90, 1.04, 0.90, 1)]
    // A credit note took the figure beyond: the interval reaches as far as the figure.
    [InlineData(1.02, 0.95, 1.09, 0.95, 1.02)]
    public void The_interval_of_a_part_of_a_whole_ends_where_the_part_does(double value, double low, double high, double expectedLow, double expectedHigh) =>
        Assert.Equal(new Interval(expectedLow, expectedHigh), Bounds.Part.Of(new Interval(low, high), value));

    [Fact]
    public void What_can_pass_a_hundred_percent_keeps_its_upper_end() =>
        Assert.Equal(new Interval(0, 2.5), Bounds.NotNegative.Of(new Interval(-0.1, 2.5), 1.2));

    [Fact]
    public void An_error_in_either_direction_has_no_bounds() =>
        Assert.Equal(new Interval(-1.4, 2.5), Bounds.None.Of(new Interval(-1.4, 2.5), 0.5));

    [Fact]
    public void A_mean_of_marks_has_an_interval_that_stays_on_their_scale()
    {
        // Seven, seven, seven and a six: 6.75 and a normal interval from 6.26 to 7.24.
        var ces = (MeasureMetric)MetricCatalogue.Find("ces")!;
        var interval = RespondentMeans.Of(ces, [new AccountScores(4, 27, 183, 0, 0)]).Interval!;
        Assert.Equal(6.26, interval.Low, 2);
        Assert.Equal(7, interval.High);
    }

    [Theory]
    [InlineData("respond_24h", "95 %, Wilson's score interval; it ends at 0 and 100 %")]
    [InlineData("ttm_gross_revenue_retention", "95 %, Taylor linearisation over the rows; it ends at 0 and 100 %")]
    [InlineData("ttm_revenue_retention", "95 %, Taylor linearisation over the rows; it ends at 0 and has no upper bound: the figure itself may pass 100 %")]
    [InlineData("project_margin", "95 %, Taylor linearisation over the rows; it ends at 100 %, and a loss takes it below 0")]
    [InlineData("revenue_forecast_bias", "95 %, Taylor linearisation over the rows; it has no bounds: the figure itself may be negative or pass 100 %")]
    [InlineData("nps_relational", "95 %, bootstrap over accounts; it ends at −100 and 100")]
    [InlineData("csat", "95 %, bootstrap over accounts; it ends at 0 and 100 %")]
    [InlineData("ces", "95 %, bootstrap over accounts; it ends at 1 and 7")]
    [InlineData("net_revenue", "none: a sum is all there is")]
    public void A_metric_says_how_its_interval_is_made_and_where_it_ends(string metric, string expected) =>
        Assert.Equal(expected, MeasureWords.Interval(MetricCatalogue.Find(metric)!));
}
