using Followthrough.Analytics.Churn;

namespace Followthrough.Tests.Analytics.Churn;

public sealed class ModelJudgeTests
{
    [Fact]
    public void Of_twenty_customers_and_five_leavers_three_in_the_first_four_are_a_lift_of_three()
    {
        // The worked example of the definition.
        var figures = Judge(Enumerable.Range(0, 20).Select(i => Row(i, 0.9 - 0.04 * i, i is 0 or 1 or 3 or 9 or 15)), 4);
        Assert.Equal(0.75, figures.Precision!.Value);
        Assert.Equal(3, figures.Lift!.Value, 1e-12);
        Assert.Equal(0.6, figures.Recall!.Value, 1e-12);
        Assert.Equal(0.25, figures.BaseRate!.Value);
        Assert.True(figures.Lift.Interval!.Low < 3 && figures.Lift.Interval.High >= 3);
    }

    [Fact]
    public void Equal_scores_count_by_expectation_and_not_by_their_order()
    {
        var rows = Enumerable.Range(0, 100).Select(i => Row(i, 0.5, i < 20)).ToList();
        foreach (var order in new[] { rows, rows.AsEnumerable().Reverse().ToList() })
        {
            Assert.Equal(1, Judge(order, 10).Lift!.Value, 1e-12);
            Assert.Equal(0.5, Judge(order, 10).RocAuc!.Value);
        }
    }

    [Fact]
    public void A_model_is_shipped_only_where_the_lower_bound_of_its_lift_beats_recency()
    {
        var random = new Random(5);
        var rows = Enumerable.Range(0, 800).Select(i =>
        {
            var risk = random.NextDouble();
            return Row(i, 0.05 + 0.9 * risk, random.NextDouble() < 0.6 * risk) with { Recency = 100 * random.NextDouble() };
        }).ToList();
        var better = Judge(rows, 80);
        Assert.True(better.BeatsRecency);
        Assert.Equal(better.LiftOverRecency!.Value, better.Lift!.Value - better.RecencyLift!.Value, 1e-12);
        // The same ranking as recency has beats it by nothing.
        Assert.False(Judge(rows.ConvertAll(r => r with { Recency = r.Probability }), 80).BeatsRecency);
        Assert.False(Judge(rows.ConvertAll(r => r with { Recency = null }), 80).BeatsRecency);
    }

    [Fact]
    public void Rows_of_one_customer_are_drawn_together_so_copies_make_no_interval_narrower()
    {
        var random = new Random(6);
        var rows = Enumerable.Range(0, 200).Select(i => Row(i, random.NextDouble(), random.NextDouble() < 0.4)).ToList();
        var (once, tenfold) = (Judge(rows, 20), Judge([.. Enumerable.Range(0, 10).SelectMany(_ => rows)], 200));
        Assert.Equal(once.RocAuc!.Value, tenfold.RocAuc!.Value, 1e-12);
        Assert.Equal(once.RocAuc.Interval!.High - once.RocAuc.Interval.Low, tenfold.RocAuc.Interval!.High - tenfold.RocAuc.Interval.Low, 1e-9);
    }

    [Fact]
    public void Without_rows_or_with_one_outcome_figures_are_undefined_and_not_zero()
    {
        var none = Judge([], 10);
        Assert.Null(none.RocAuc ?? none.Lift ?? none.Brier ?? none.CalibrationError);
        var stayed = Judge(Enumerable.Range(0, 50).Select(i => Row(i, 0.2, false)), 10);
        Assert.Null(stayed.RocAuc ?? stayed.Lift ?? stayed.PrAuc);
        Assert.Equal(0.04, stayed.Brier!.Value, 1e-12);
    }

    [Fact]
    public void Every_bin_of_the_calibration_says_how_many_it_holds()
    {
        var random = new Random(7);
        var figures = Judge(Enumerable.Range(0, 1000).Select(i => random.NextDouble()).Select((p, i) => Row(i, p, random.NextDouble() < p)), 50);
        Assert.Equal(1000, figures.Calibration.Sum(b => b.N));
        Assert.True(figures.CalibrationError!.Value < 0.06);
        Assert.InRange(figures.CalibrationSlope!.Value, 0.8, 1.2);
        Assert.Equal(1, figures.Gain[^1].Found);
        // Twice as sure as is right.
        var sure = Judge(Enumerable.Range(0, 2000).Select(i => random.NextDouble()).Select((p, i) => Row(i, Platt.Sigmoid(2 * Math.Log(p / (1 - p))), random.NextDouble() < p)), 50);
        Assert.InRange(sure.CalibrationSlope!.Value, 0.4, 0.6);
    }

    private static TestRow Row(int customer, double probability, bool left) => new(customer, "one", null, probability, null, left, null);

    private static ModelFigures Judge(IEnumerable<TestRow> rows, int capacity) => new ModelJudge([.. rows], capacity).Judge([], null);
}
