using Followthrough.Analytics.Compensation;
using Followthrough.Analytics.Metrics;
using static Followthrough.Tests.Analytics.Compensation.Cases;

namespace Followthrough.Tests.Analytics.Compensation;

/// <summary>What is divided, held or shared stays whole, tried on a hundred thousand random cases each.</summary>
public sealed class PaySumPropertyTests
{
    [Fact]
    public void What_is_held_is_kept_aside_whole_and_its_weight_given_to_nobody() => Try(5, (random, draw) =>
    {
        var result = random.Result;
        var curves = result.Lines.Where(line => line.Component is CurveComponent).ToList();
        Assert.InRange(Math.Abs(curves.Sum(line => line.Weight) - 1), 0, Nothing);
        Assert.Equal(result.Lines.Where(l => l.State == LineState.Earned).Sum(l => l.Amount!.Value), result.Earned);
        Assert.All(result.Lines.Where(l => l.State == LineState.Redistributed), l => Assert.Equal(0, l.Weight));
        // A doubt about one figure moves what it earned aside, and not a cent of the others.
        var line = result.Lines[draw.Number(result.Lines.Count)];
        if (line.State != LineState.Earned || line.TooFew is not null || Answers(random, line)) return;
        var doubted = random.With(new(line.Input.Metric, line.Input.For), line.Input with { Doubt = "does not tie out" });
        Assert.InRange(Math.Abs(result.Earned - line.Amount!.Value - doubted.Earned), 0, Nothing);
        Assert.InRange(Math.Abs(result.Held + line.Amount.Value - doubted.Held), 0, Nothing);
    });

    [Fact]
    public void Shared_credit_is_the_whole_volume_and_nothing_else_is_taken() => Try(6, draw =>
    {
        var parts = 1 + draw.Number(6);
        int[] cuts = [0, .. Enumerable.Range(0, parts - 1).Select(_ => draw.Number(10_001)).Order(), 10_000];
        var shares = Enumerable.Range(0, parts).Select(i => new CreditShare($"s{i}", (cuts[i + 1] - cuts[i]) / 10_000m, false)).Where(s => s.Share > 0).ToList();
        var volume = draw.Number(2_000_000_000) / 100m;
        Assert.Null(CreditSplits.FaultOf([.. Shuffled(shares, draw), new("boss", 1, true)]));
        Assert.Equal(volume, Shuffled(shares, draw).Sum(s => s.Share * volume));
        var wrong = shares[0] with { Share = shares[0].Share - (draw.One(2) ? 0.0001m : -0.0001m) };
        Assert.NotNull(CreditSplits.FaultOf([wrong, .. shares.Skip(1)]));
    });

    [Fact]
    public void A_pool_is_paid_out_to_the_last_cent_and_nobody_is_a_cent_off() => Try(7, draw =>
    {
        decimal[] earned = [.. Enumerable.Range(0, 1 + draw.Number(12)).Select(_ => draw.One(5) ? 0 : draw.Number(2_000_000) / 100m), 0.01m + draw.Number(1_000)];
        var decimals = draw.Number(3);
        var pool = Math.Round((draw.Number(2_000_000) - 200_000) / 100m, decimals);
        var shares = LargestRemainder.Share(pool, earned, decimals);
        Assert.Equal(pool, shares.Sum());
        var (unit, whole) = (new decimal(1, 0, 0, false, (byte)decimals), earned.Sum());
        Assert.All(shares.Zip(earned), s => Assert.InRange(Math.Abs(s.First - pool * s.Second / whole), 0, unit - Nothing));
        // Who earned more gets no less.
        var sign = Math.Sign(pool);
        Assert.Equal(shares.Select(s => s * sign).Order(), shares.Zip(earned).OrderBy(s => s.Second).ThenBy(s => s.First * sign).Select(s => s.First * sign));
    });

    [Fact]
    public void Shorter_terms_never_pay_more_and_halves_of_a_rate_add_up() => Try(8, (random, draw) =>
    {
        if (random.Plan.Components.Any(c => MetricCatalogue.Find(c.Metric)!.Aggregation == Aggregation.Sum)) return;
        var days = 1 + draw.Number(91);
        PayResult Of(int from) => PayCalculation.Of(random.Plan, random.Inputs, random.Terms with { Proration = from / 92m });
        var (whole, first, second) = (Of(92), Of(days), Of(92 - days));
        Assert.InRange(Math.Abs(first.Earned + second.Earned - whole.Earned), 0, Nothing * 1_000);
        Assert.True(first.Due <= whole.Due);
    });

    // Whether the figure of a line decides elsewhere too.
    private static bool Answers(RandomPlan random, PayLine line) =>
        random.Plan.Gates.Any(g => (g.Metric, g.For) == (line.Input.Metric, line.Input.For)) || random.Plan.Modifiers.Any(m => (m.Metric, m.For) == (line.Input.Metric, line.Input.For));
}
