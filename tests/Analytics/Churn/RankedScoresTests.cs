using Followthrough.Analytics.Churn;

namespace Followthrough.Tests.Analytics.Churn;

public sealed class RankedScoresTests
{
    // Twenty customers from the likeliest to leave, five of whom did.
    private static readonly int[] Left = [1, 0, 1, 1, 0, 0, 1, 0, 0, 0, 0, 0, 1, 0, 0, 0, 0, 0, 0, 0];

    [Theory]
    [InlineData(4, 0.75, 3.0, 0.6)]
    [InlineData(5, 0.6, 2.4, 0.6)]
    [InlineData(10, 0.4, 1.6, 0.8)]
    [InlineData(20, 0.25, 1.0, 1.0)]
    public void The_first_k_are_as_good_as_by_hand(int k, double precision, double lift, double recall)
    {
        var top = Ranked(Left.Select((left, place) => (-(double)place, left))).Top(k);
        Assert.Equal((precision, lift, recall), (top.Precision!.Value, Math.Round(top.Lift!.Value, 12), top.Recall!.Value));
    }

    [Fact]
    public void Equal_scores_count_by_expectation_in_whatever_order_they_come()
    {
        // One place is left for three of the same score, one of whom left: a third of a hit.
        (double, int)[] customers = [(0.9, 1), (0.5, 0), (0.5, 1), (0.5, 0), (0.1, 1)];
        var top = Ranked(customers).Top(2);
        Assert.Equal((2, 4 / 3.0, 4 / 9.0), (top.Listed, top.Hits, top.Recall!.Value));
        Assert.Equal(top, Ranked(customers.Reverse()).Top(2));
    }

    [Fact]
    public void A_ranking_that_tells_nobody_apart_is_no_better_than_chance()
    {
        var same = Ranked(Left.Select(left => (0.5, left)));
        Assert.All(Enumerable.Range(1, 20), k => Assert.Equal(1, same.Top(k).Lift!.Value, 12));
    }

    [Fact]
    public void What_has_no_base_is_undefined()
    {
        Assert.Equal(new TopOfList(0, 0, null, null, null), Ranked([]).Top(4));
        Assert.Equal(new TopOfList(2, 0, 0, null, null), Ranked([(1, 0), (2, 0)]).Top(4));
        Assert.Equal(new TopOfList(0, 0, null, 0, null), Ranked([(1, 1)]).Top(0));
        Assert.Null(Ranked([]).BaseRate);
        Assert.Throws<ArgumentOutOfRangeException>(() => Ranked([(1, 1)]).Top(-1));
    }

    private static RankedScores Ranked(IEnumerable<(double Score, int Left)> customers) => new(customers.Select(c => new RankedCustomer(c.Score, c.Left == 1)));
}
