using Followthrough.Analytics.Compensation;
using Followthrough.Analytics.Metrics;
using Followthrough.Tests.Support;
using static Followthrough.Tests.Analytics.Compensation.GivenPlan;

namespace Followthrough.Tests.Analytics.Compensation;

/// <summary>
/// A plan of everything a plan can have, and inputs for it, of which many lie exactly on a corner or a hair beside it. The same draw gives
/// the same.
/// </summary>
internal sealed class RandomPlan
{
    /// <summary>Nothing a plan says lies so close together.</summary>
    internal const decimal Hair = 0.000000000001m;

    private static readonly string[] Metrics = ["respond_24h", "call_back_1h", "promise_kept", "reopen_rate", "slip_p50", "time_to_full_resolution", "csat", "issues_raised", "net_revenue"];

    private readonly RandomDraw _draw;

    internal RandomPlan(RandomDraw draw)
    {
        _draw = draw;
        var metrics = Metrics.OrderBy(_ => draw.Number(1_000_000)).ToArray();
        var count = 1 + draw.Number(5);
        int[] cuts = [0, .. Enumerable.Range(0, count - 1).Select(_ => 1 + draw.Number(99)).Order(), 100];
        var curves = Enumerable.Range(0, count).Select(i => Curve($"c{i}", metrics[i], cuts[i + 1] - cuts[i])).Where(c => c.Weight > 0);
        PlanComponent[] components = draw.One(3) ? [.. curves, Tiers()] : [.. curves];
        var ids = components.Select(c => c.Id).ToArray();
        Plan = GivenPlan.Plan(components) with
        {
            Incentive = Amount(1_000_000),
            Cap = draw.One(2) ? Limit(100) : null,
            Floor = draw.One(4) ? Limit(0) : null,
            Gates = [.. Enumerable.Range(0, draw.Number(3)).Select(i => Gate($"g{i}", draw.Any(metrics), ids))],
            Modifiers = [.. Enumerable.Range(0, draw.Number(3)).Select(i => Modifier($"m{i}", draw.Any(metrics), ids))],
        };
        if (Plan is { Cap: { } cap, Floor: { } floor } && cap.Of(Plan.Incentive, 1) < floor.Of(Plan.Incentive, 1)) Plan = Plan with { Floor = null };
        Terms = GivenPlan.Terms(Plan.Incentive, draw.One(2) ? 1 : (1 + draw.Number(92)) / 92m);
        Inputs = PayCalculation.Questions(Plan).ToDictionary(q => q, InputFor);
    }

    /// <summary>The same plan with other inputs.</summary>
    internal RandomPlan Again()
    {
        Inputs = Inputs.Keys.ToDictionary(q => q, InputFor);
        return this;
    }

    internal PayPlan Plan { get; }

    internal PayTerms Terms { get; }

    internal Dictionary<PayQuestion, PayInput> Inputs { get; private set; }

    internal PayResult Result => PayCalculation.Of(Plan, Inputs, Terms);

    internal PayResult With(PayQuestion question, PayInput input) => PayCalculation.Of(Plan, new Dictionary<PayQuestion, PayInput>(Inputs) { [question] = input }, Terms);

    /// <summary>Values of a metric at which the plan says something.</summary>
    internal IEnumerable<decimal> Corners(string metric) =>
    [
        .. Plan.Components.OfType<CurveComponent>().Where(c => c.Metric == metric).SelectMany(c => c.Curve.Points).Select(p => p.X * Scale(metric)),
        .. Plan.Components.OfType<CommissionComponent>().Where(c => c.Metric == metric).SelectMany(c => c.Tiers.Tiers).Select(t => t.From * Terms.Proration),
        .. Plan.Gates.Where(g => g.Metric == metric).Select(g => g.Limit),
        .. Plan.Modifiers.Where(m => m.Metric == metric).SelectMany(m => m.Curve.Points).Select(p => p.X),
    ];

    /// <summary>Those at which what is paid may jump: where a curve begins, where a retroactive rate begins, where a gate opens.</summary>
    internal IEnumerable<decimal> Cliffs(string metric) =>
    [
        .. Plan.Components.OfType<CurveComponent>().Where(c => c.Metric == metric).Select(c => c.Curve.Points[0].X * Scale(metric)),
        .. Plan.Components.OfType<CommissionComponent>().Where(c => c.Metric == metric && c.Tiers.Rule == TierRule.Retroactive).SelectMany(c => c.Tiers.Tiers).Select(t => t.From * Terms.Proration),
        .. Plan.Gates.Where(g => g.Metric == metric).Select(g => g.Limit),
    ];

    private decimal Scale(string metric) => MetricCatalogue.Find(metric)!.Aggregation == Aggregation.Sum ? Terms.Proration : 1;

    private decimal Amount(int most) => (1 + _draw.Number(most * 100)) / 100m;

    private PayLimit Limit(int least) => _draw.One(2) ? new PayLimit(least + _draw.Number(100), null) : new PayLimit(null, Amount(1_000_000));

    private MeasuredFor Whom() => _draw.One<MeasuredFor>(3);

    private PayoutPoint[] Points(string metric, int least, int step)
    {
        // Better by at least a hundredth, and never paying less.
        var better = MetricCatalogue.Find(metric)!.Better == Better.Lower ? -1 : 1;
        var (x, pays) = (50m + _draw.Number(2_000) / 100m, (decimal)(least + _draw.Number(step)));
        var points = new List<PayoutPoint> { new(x, pays) };
        for (var i = _draw.Number(4); i > 0; i--)
            points.Add(new PayoutPoint(x += better * (1 + _draw.Number(1_000)) / 100m, pays += _draw.Number(step)));
        return [.. points];
    }

    private CurveComponent Curve(string id, string metric, decimal weight)
    {
        Assert.True(PayoutCurve.TryCreate(MetricCatalogue.Find(metric)!.Better, Points(metric, 0, 80), out var curve, out var fault), fault);
        return new CurveComponent { Id = id, Metric = metric, For = Whom(), Weight = weight, MinimumN = 10, Curve = curve, Target = curve.Points[^1].X, Straddling = _draw.One<Straddling>(2) };
    }

    private CommissionComponent Tiers()
    {
        var (from, rate) = (_draw.Number(50), _draw.Number(10));
        var tiers = new List<RateTier> { new(from, rate / 100m) };
        for (var i = _draw.Number(3); i > 0; i--) tiers.Add(new RateTier(from += 1 + _draw.Number(50), (rate += _draw.Number(5)) / 100m));
        return Commission("volume", _draw.One<TierRule>(2), [.. tiers]);
    }

    private PlanGate Gate(string id, string metric, string[] ids) =>
        new() { Id = id, Metric = metric, For = Whom(), Better = MetricCatalogue.Find(metric)!.Better, Limit = 50 + _draw.Number(20), MinimumN = 10, Before = _draw.One(3) ? [] : [_draw.Any(ids)] };

    private PlanModifier Modifier(string id, string metric, string[] ids)
    {
        Assert.True(PayoutCurve.TryCreate(MetricCatalogue.Find(metric)!.Better, Points(metric, 60, 20), out var curve, out var fault), fault);
        return new PlanModifier { Id = id, Metric = metric, For = Whom(), Curve = curve, MinimumN = 10, Of = _draw.One(3) ? [] : [_draw.Any(ids)] };
    }

    private PayInput InputFor(PayQuestion question)
    {
        var corners = Corners(question.Metric).ToArray();
        var value = _draw.One(2) ? _draw.Number(12_000) / 100m : corners[_draw.Number(corners.Length)] + (_draw.Number(3) - 1) * Hair;
        var input = Input(question.Metric, _draw.One(12) ? null : value, _draw.One(6) ? _draw.Number(10) : 10 + _draw.Number(500), question.For);
        if (_draw.One(15)) input = input with { Doubt = "does not tie out" };
        return _draw.One(3) && input.Value is { } x ? input with { Low = x - _draw.Number(10), High = x + _draw.Number(10) } : input;
    }
}
