using Followthrough.Analytics.Metrics;

namespace Followthrough.Tests.Analytics.Metrics;

public sealed class SameMixTests
{
    [Fact]
    public void A_kind_that_fell_due_less_often_is_no_improvement()
    {
        // Each kind as before, 90 % and 20 %; the second fell due ten times less often: 82.9 % instead of 55 %.
        var change = SameMix.Of([(Of(900, 1000), Of(900, 1000)), (Of(20, 100), Of(200, 1000))])!;
        Assert.Equal(0, change.Difference, 12);
        Assert.True(change.MayBeChance);
    }

    [Fact]
    public void Kinds_that_went_better_are_weighted_by_how_often_they_fell_due_now()
    {
        // 300 of 400 weigh +10 points, 100 of 400 -2: 7 points.
        var change = SameMix.Of([(Of(240, 300), Of(700, 1000)), (Of(48, 100), Of(500, 1000)), (Of(5, 5), Of(0, 0))])!;
        Assert.Equal(0.75 * 0.1 + 0.25 * -0.02, change.Difference, 12);
        Assert.False(change.MayBeChance);
        Assert.InRange(change.Interval.Low, 0.001, change.Difference);
    }

    [Fact]
    public void Without_a_kind_in_common_nothing_can_be_said() => Assert.Null(SameMix.Of([(Of(1, 1), Of(0, 0)), (Of(0, 0), Of(1, 2))]));

    private static CommitmentValue Of(long kept, long n) => new()
    {
        Metric = "any",
        Value = n == 0 ? null : (double)kept / n,
        Reason = null,
        N = n,
        Excluded = new Dictionary<string, long>(),
        Interval = Wilson.Of(kept, n),
        TooFew = false,
        DefinitionVersion = 1,
        DefinitionHash = "",
        AsOf = default,
        Kept = kept,
        Missed = n - kept,
        Pending = 0,
        NeverAnswered = 0,
        AnsweredOnly = new SideRate(null, null, 0, 0),
        NextBusinessDay = new SideRate(null, null, 0, 0),
        MedianHours = null,
        P90Hours = null,
        AnsweredOnlyMedianHours = null,
    };
}
