using Followthrough.Analytics.Metrics;
using Followthrough.Dashboard.People;

namespace Followthrough.Tests.Dashboard.People;

public sealed class TogetherTests
{
    [Fact]
    public void Kinds_add_up_and_what_is_expected_has_the_same_mix_of_them()
    {
        var one = Together.Of("hr:A", "Ann", [(Kind(18, 20), 0.9), (Kind(2, 20), 0.3), (Kind(0, 0), null)]);
        Assert.Equal((20, 40, 0.5), (((CommitmentTotal)one.Value).Kept, one.Value.N, one.Value.Value!.Value));
        // 18 and 6 of 40.
        Assert.Equal(0.6, one.Expected!.Value, 12);
        Assert.Equal(0, one.AgainstExpected);
        Assert.Equal(1, Together.Of("hr:A", "Ann", [(Kind(195, 200), 0.9)]).AgainstExpected);
    }

    [Fact]
    public void Few_are_not_judged_and_nobody_is_held_against_what_nobody_knows()
    {
        Assert.True(Together.Of("hr:A", "Ann", [(Kind(4, 4), 0.9), (Kind(5, 5), 0.9)]).Value.TooFew);
        Assert.Null(Together.Of("hr:A", "Ann", [(Kind(40, 40), null)]).Expected);
        Assert.Null(Together.Of("hr:A", "Ann", [(Kind(0, 0), 0.9)]).Value.Value);
    }

    private static CommitmentValue Kind(long kept, long n) => new()
    {
        Metric = "respond_24h",
        Value = n == 0 ? null : (double)kept / n,
        Reason = n == 0 ? "nothing" : null,
        N = n,
        Kept = kept,
        Missed = n - kept,
        Pending = 0,
        NeverAnswered = 0,
        Excluded = new Dictionary<string, long>(),
        Interval = Wilson.Of(kept, n),
        AnsweredOnly = new SideRate(null, null, 0, 0),
        NextBusinessDay = new SideRate(null, null, 0, 0),
        MedianHours = null,
        P90Hours = null,
        AnsweredOnlyMedianHours = null,
        TooFew = n < 10,
        DefinitionVersion = 1,
        DefinitionHash = "",
        AsOf = default,
    };
}
