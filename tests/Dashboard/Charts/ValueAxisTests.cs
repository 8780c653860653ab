using Followthrough.Analytics.Metrics;
using Followthrough.Dashboard.Charts;

namespace Followthrough.Tests.Dashboard.Charts;

public sealed class ValueAxisTests
{
    [Theory]
    // Money from nought, shares as close as tens allow, marks in halves on their scale, points below nought.
    [InlineData("net_revenue", new[] { 0, 5_277_937.0 }, "0 2,000,000 4,000,000 6,000,000")]
    [InlineData("csat", new[] { 0.46, 0.97 }, "40 % 60 % 80 % 100 %")]
    [InlineData("csat", new[] { 0.925, 0.975 }, "92 % 93 % 94 % 95 % 96 % 97 % 98 %")]
    [InlineData("ces", new[] { 4.7, 6.1 }, "4.5 5.0 5.5 6.0 6.5")]
    [InlineData("ces", new[] { 5.2, 7 }, "5.0 5.5 6.0 6.5 7.0")]
    [InlineData("nps_relational", new[] { -12.0, 43 }, "−20 0 20 40 60")]
    [InlineData("ces", new[] { 6.0 }, "6.0 6.2 6.4 6.6 6.8 7.0")]
    // Hours in hours while they are few, in whole days or halves of them where they are many.
    [InlineData("our_wait", new[] { 98.9, 144.6 }, "4.0 days 4.5 days 5.0 days 5.5 days 6.0 days 6.5 days")]
    [InlineData("our_wait", new[] { 0, 40.0 }, "0 10.0 h 20.0 h 30.0 h 40.0 h")]
    public void An_axis_steps_through_round_numbers_with_equally_many_decimals_and_stays_on_the_scale(string metric, double[] shown, string labels)
    {
        var definition = MetricCatalogue.Find(metric)!;
        var axis = ValueAxis.Around(shown, definition);
        Assert.Equal(labels, string.Join(' ', axis.Ticks.Select(tick => axis.Label(tick, definition.Unit).Replace('\u00a0', ' '))));
        Assert.All(shown, value => Assert.InRange(value, axis.Low, axis.High));
    }

    [Theory]
    [InlineData(76.4, 100, 0, 100, "75 80 85 90 95 100")]
    [InlineData(-3, 27, 0, 100, "-10 0 10 20 30")]
    [InlineData(0, 130_000, 0, 1e12, "0 50000 100000 150000")]
    public void Two_ends_move_out_to_round_numbers_within_what_can_be(double low, double high, double least, double most, string ticks) =>
        Assert.Equal(ticks, string.Join(' ', ValueAxis.Between(low, high, new Bounds(least, most)).Ticks));

    [Fact]
    public void Dots_of_a_score_stand_on_its_whole_scale()
    {
        var axis = ValueAxis.For([], [], MetricCatalogue.Find("ces")!);
        Assert.Equal((1, 7), (axis.Low, axis.High));
        Assert.Equal(0.5, axis.Place(4));
    }
}
