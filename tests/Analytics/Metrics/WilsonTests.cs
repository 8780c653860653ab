using Followthrough.Analytics.Metrics;

namespace Followthrough.Tests.Analytics.Metrics;

public sealed class WilsonTests
{
    [Theory]
    [InlineData(18, 20, 0.6990, 0.9721)]
    [InlineData(0, 5, 0.0, 0.4345)]
    [InlineData(45, 60, 0.6277, 0.8422)]
    public void The_interval_has_its_published_bounds(long kept, long n, double low, double high)
    {
        var interval = Wilson.Of(kept, n)!;
        Assert.Equal(low, interval.Low, 4);
        Assert.Equal(high, interval.High, 4);
    }

    [Fact]
    public void Nothing_has_no_interval() => Assert.Null(Wilson.Of(0, 0));
}
