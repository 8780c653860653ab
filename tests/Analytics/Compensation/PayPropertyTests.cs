using Followthrough.Analytics.Compensation;
using Followthrough.Analytics.Metrics;
using Followthrough.Tests.Support;
using static Followthrough.Tests.Analytics.Compensation.Cases;

namespace Followthrough.Tests.Analytics.Compensation;

/// <summary>What holds for every plan and every input, tried on a hundred thousand random ones each.</summary>
public sealed class PayPropertyTests
{
    [Fact]
    public void A_better_figure_never_pays_less() => Try(1, (random, draw) =>
    {
        var (question, input) = Any(random, draw);
        if (input.Value is not { } x) return;
        var better = MetricCatalogue.Find(question.Metric)!.Better == Better.Lower ? -1 : 1;
        // The interval is a question of its own: whether to hold does not depend on how good a figure is.
        var (less, more) = (input with { Low = null, High = null }, input with { Value = x + better * (draw.One(2) ? RandomPlan.Hair : draw.Number(3_000) / 100m), Low = null, High = null });
        var (before, after) = (random.With(question, less), random.With(question, more));
        Assert.True(after.Earned >= before.Earned && after.Due >= before.Due, $"{question}: {x} pays {before.Due}, {more.Value} pays {after.Due}");
    });

    [Fact]
    public void Nobody_is_paid_more_than_the_cap_or_less_than_the_floor() => Try(2, (random, _) =>
    {
        var result = random.Result;
        Assert.InRange(result.Due, result.Floor is { } floor ? Rounded(floor) : 0, result.Cap is { } cap ? Rounded(cap) : decimal.MaxValue);
    });

    [Fact]
    public void A_hair_more_pays_a_hair_more_except_at_a_declared_cliff() => Try(3, (random, draw) =>
    {
        var (question, input) = Any(random, draw);
        if (input.Value is not { } x) return;
        var next = x + RandomPlan.Hair;
        if (random.Cliffs(question.Metric).Any(cliff => x.CompareTo(cliff) != next.CompareTo(cliff))) return;
        var (here, there) = (random.With(question, input with { Low = null, High = null }), random.With(question, input with { Value = next, Low = null, High = null }));
        // The steepest line there is: 80 % within a hundredth, of a million, by modifiers of together at most 200 %; each of at most eight places.
        Assert.InRange(Math.Abs(here.Earned - there.Earned), 0, 80 * 100 * 1_000_000m * 2 * 8 * RandomPlan.Hair);
    });

    [Fact]
    public void The_order_in_which_a_plan_is_written_and_inputs_arrive_pays_nobody_more() => Try(4, (random, draw) =>
    {
        var plan = random.Plan with
        {
            Components = [.. Shuffled(random.Plan.Components, draw)],
            Gates = [.. Shuffled(random.Plan.Gates, draw)],
            Modifiers = [.. Shuffled(random.Plan.Modifiers, draw)],
        };
        var (one, other) = (random.Result, PayCalculation.Of(plan, Shuffled(random.Inputs, draw).ToDictionary(), random.Terms));
        Assert.Equal(one.Due, other.Due);
        Assert.InRange(Math.Abs(one.Held - other.Held), 0, Nothing);
        Assert.Equal(one.Lines.OrderBy(l => l.Component.Id).Select(l => l.State), other.Lines.OrderBy(l => l.Component.Id).Select(l => l.State));
    });

    // As a payment is, which knows a third that comes to half a cent.
    private static decimal Rounded(decimal amount) => new Payment(2) { Floor = amount }.Of([]);

    private static (PayQuestion, PayInput) Any(RandomPlan random, RandomDraw draw)
    {
        var (question, input) = random.Inputs.ElementAt(draw.Number(random.Inputs.Count));
        return (question, input);
    }
}
