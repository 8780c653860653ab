using Followthrough.Analytics.Compensation;

namespace Followthrough.Tests.Analytics.Compensation;

public sealed class RateTiersTests
{
    private static readonly RateTier[] Steps = [new(0, 0.05m), new(150_000, 0.10m), new(100_000, 0.08m)];

    [Theory]
    [InlineData(99_999, 4_999.95, 4_999.95)]
    [InlineData(100_000, 5_000, 8_000)]
    [InlineData(120_000, 6_600, 9_600)]
    [InlineData(160_000, 10_000, 16_000)]
    [InlineData(0, 0, 0)]
    public void A_volume_earns_by_slices_or_all_at_the_rate_reached(decimal volume, decimal marginal, decimal retroactive) =>
        Assert.Equal((marginal, retroactive), (By(TierRule.Marginal).Earned(volume), By(TierRule.Retroactive).Earned(volume)));

    [Fact]
    public void At_an_edge_only_the_retroactive_rate_jumps()
    {
        decimal Jump(TierRule rule) => By(rule).Earned(100_000) - By(rule).Earned(99_999.99m);
        Assert.Equal((0.0005m, 3_000.0005m), (Jump(TierRule.Marginal), Jump(TierRule.Retroactive)));
    }

    [Fact]
    public void However_often_it_is_settled_the_settlements_add_up_to_what_is_earned()
    {
        // The last volume is less than the one before: a credit note, whose excess is carried forward.
        decimal[] volumes = [40_000, 99_000, 120_000, 160_000, 155_000];
        foreach (var tiers in Enum.GetValues<TierRule>().Select(By))
        {
            var settled = 0m;
            foreach (var volume in volumes) settled += tiers.Due(volume, settled);
            Assert.Equal(tiers.Earned(155_000), settled);
            Assert.True(tiers.Due(155_000, tiers.Earned(160_000)) < 0);
        }
    }

    [Fact]
    public void Below_the_first_tier_nothing_is_earned()
    {
        var late = new RateTiers(TierRule.Retroactive, [new(10_000, 0.05m)]);
        Assert.Equal([0m, 500m], [late.Earned(9_999), late.Earned(10_000)]);
        Assert.Equal([0m, 0m], [new RateTiers(TierRule.Marginal, [new(10_000, 0.05m)]).Earned(9_999), By(TierRule.Marginal).Earned(-1)]);
    }

    [Fact]
    public void Tiers_that_are_none_are_refused()
    {
        Assert.Throws<ArgumentException>(() => new RateTiers(TierRule.Marginal, []));
        Assert.Throws<ArgumentException>(() => new RateTiers(TierRule.Marginal, [new(0, 0.05m), new(0, 0.08m)]));
    }

    private static RateTiers By(TierRule rule) => new(rule, Steps);
}
