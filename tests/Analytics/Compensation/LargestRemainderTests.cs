using Followthrough.Analytics.Compensation;

namespace Followthrough.Tests.Analytics.Compensation;

public sealed class LargestRemainderTests
{
    [Fact]
    public void A_pool_is_shared_to_the_last_cent()
    {
        Assert.Equal([33.34m, 33.33m, 33.33m], LargestRemainder.Share(100, [1, 1, 1], 2));
        Assert.Equal([16.67m, 33.33m, 50.00m], LargestRemainder.Share(100, [1, 2, 3], 2));
        Assert.Equal([0m, 100m], LargestRemainder.Share(100, [0, 7], 2));
        Assert.Equal([34m, 33m, 33m], LargestRemainder.Share(100, [1, 1, 1], 0));
    }

    [Fact]
    public void What_is_taken_back_is_shared_as_what_was_given() =>
        Assert.Equal(LargestRemainder.Share(100, [1, 2, 3], 2).Select(s => -s), LargestRemainder.Share(-100, [1, 2, 3], 2));

    [Theory]
    [InlineData(1)]
    [InlineData(2026)]
    public void Shares_add_up_to_the_pool_and_none_is_a_cent_off(int seed)
    {
        var random = new Random(seed);
        for (var i = 0; i < 500; i++)
        {
            decimal[] weights = [.. Enumerable.Range(0, random.Next(1, 40)).Select(_ => random.Next(1, 100_000) / 100m)];
            var pool = random.Next(-1_000_000, 1_000_000) / 100m;
            var shares = LargestRemainder.Share(pool, weights, 2);
            Assert.Equal(pool, shares.Sum());
            Assert.All(shares.Zip(weights), s => Assert.True(Math.Abs(s.First - pool * s.Second / weights.Sum()) < 0.01m));
        }
    }

    [Fact]
    public void What_cannot_be_shared_is_refused()
    {
        Assert.Throws<ArgumentException>(() => LargestRemainder.Share(100, [0, 0], 2));
        Assert.Throws<ArgumentException>(() => LargestRemainder.Share(100, [2, -1], 2));
        Assert.Throws<ArgumentException>(() => LargestRemainder.Share(0.005m, [1], 2));
    }
}
