using Followthrough.Analytics.Metrics;

namespace Followthrough.Analytics.Compensation;

/// <summary>Reads what a plan pays for, and what decides over it.</summary>
internal static class PlanComponents
{
    private const decimal MostRate = 100;
    private static readonly string[] OfCurves = ["weight", "points", "target", "straddling"];
    private static readonly string[] OfCommissions = ["tiers", "rates"];

    /// <summary>A component; null, with faults, when it is none.</summary>
    public static PlanComponent? Read(PlanNode node)
    {
        var asking = PlanAsking.Read(node, PlanKeys.Component);
        var (curve, commission) = (OfCurves.Where(node.Has).ToList(), OfCommissions.Where(node.Has).ToList());
        if (curve.Count > 0 && commission.Count > 0)
            node.Fault($"It has {string.Join(" and ", curve)} of a component that pays by points, and {string.Join(" and ", commission)} of a commission; expected the one or the other.");
        else if (commission.Count > 0)
            return Commission(node, asking);
        else
            return Curve(node, asking);
        return null;
    }

    /// <summary>A gate; null, with faults, when it is none.</summary>
    public static PlanGate? ReadGate(PlanNode node, IReadOnlySet<string> components)
    {
        var asking = PlanAsking.Read(node, PlanKeys.Gate);
        Require(node, "limit");
        var (least, most) = asking is null ? (decimal.MinValue, decimal.MaxValue) : PlanMetric.Bounds(asking.Metric);
        var limit = node.Number("limit", least, most);
        var before = Named(node, "before", components);
        if (asking is null || limit is not { } number) return null;
        if (asking.Metric is { Unit: Unit.Share, Better: Better.Higher } && number <= 1)
            node.Fault("limit", $"{asking.Metric.Name} is a share, and shares are in percent: “limit” is {PlanMetric.Number(number)}; expected 95 for 95 %.");
        return new PlanGate { Id = asking.Id, Metric = asking.Metric.Id, For = asking.For, Better = asking.Metric.Better, Limit = number, MinimumN = asking.MinimumN, Before = before };
    }

    /// <summary>A modifier; null, with faults, when it is none.</summary>
    public static PlanModifier? ReadModifier(PlanNode node, IReadOnlySet<string> components)
    {
        var asking = PlanAsking.Read(node, PlanKeys.Modifier);
        Require(node, "points");
        var of = Named(node, "of", components);
        if (asking?.Curve(node) is not { } curve) return null;
        return new PlanModifier { Id = asking.Id, Metric = asking.Metric.Id, For = asking.For, Curve = curve, MinimumN = asking.MinimumN, Of = of };
    }

    private static CurveComponent? Curve(PlanNode node, PlanAsking? asking)
    {
        foreach (var name in new[] { "weight", "points", "target" }) Require(node, name);
        var weight = node.Number("weight", 0, 100);
        if (weight == 0) node.Fault("weight", "“weight” is 0: a component that pays nothing is none; expected more, or leave it out.");
        var straddling = node.Has("straddling") ? node.Word<Straddling>("straddling") : Straddling.Hold;
        if (asking is null || asking.Curve(node) is not { } curve) return null;
        var (least, most) = PlanMetric.Bounds(asking.Metric);
        if (node.Number("target", least, most) is not { } target || weight is not { } part || straddling is not { } hold) return null;
        if (FaultOf(target, curve) is { } fault) node.Fault("target", fault);
        return new CurveComponent
        {
            Id = asking.Id,
            Metric = asking.Metric.Id,
            For = asking.For,
            MinimumN = asking.MinimumN,
            Weight = part,
            Curve = curve,
            Target = target,
            Straddling = hold,
        };
    }

    private static string? FaultOf(decimal target, PayoutCurve curve) => curve.Points.FirstOrDefault(p => p.X == target) switch
    {
        null => PlanNode.Say($"The target {target} is none of the points; expected a point at {target} that pays 100."),
        { Percent: not 100 } point => PlanNode.Say($"The target {target} pays {point.Percent} %; reaching the target pays 100 %."),
        _ => null,
    };

    private static CommissionComponent? Commission(PlanNode node, PlanAsking? asking)
    {
        var rule = node.Word<TierRule>("tiers");
        if (!node.Has("tiers"))
            node.Fault($"“tiers” is missing: {PlanKeys.Word(TierRule.Marginal)} (each slice at its own rate) or {PlanKeys.Word(TierRule.Retroactive)} (all of it at the rate that was reached) differ by thousands at an edge, so the plan says which.");
        Require(node, "rates");
        var tiers = node.Blocks("rates").Select(Tier).ToList();
        if (asking is not null && !PlanMetric.IsVolume(asking.Metric))
            node.Fault("metric", $"A commission is a rate of a volume in money, of which more is better; {asking.Metric.Name} is none ({string.Join(", ", MetricCatalogue.All.Where(PlanMetric.IsVolume).Select(m => m.Id))} are).");
        if (node.Has("rates") && tiers.Count == 0) node.Fault("rates", "A commission has at least one rate.");
        var sound = tiers.OfType<RateTier>().OrderBy(t => t.From).ToList();
        foreach (var (one, next) in sound.Zip(sound.Skip(1)))
            if (one.From == next.From) node.Fault("rates", PlanNode.Say($"Two rates begin at {one.From}."));
            else if (next.Rate < one.Rate) node.Fault("rates", PlanNode.Say($"From {next.From} on the rate falls from {one.Rate * 100} % to {next.Rate * 100} %: who sells more would be paid less for it."));
        if (asking is null || rule is not { } said || sound.Count < tiers.Count || sound.Count == 0 || sound.DistinctBy(t => t.From).Count() < sound.Count) return null;
        return new CommissionComponent { Id = asking.Id, Metric = asking.Metric.Id, For = asking.For, MinimumN = asking.MinimumN, Tiers = new RateTiers(said, sound) };
    }

    private static RateTier? Tier(PlanNode node)
    {
        node.Only(PlanKeys.Rate, PlanKeys.Rate);
        var rate = node.Number("rate", 0, MostRate);
        return node.Number("from", 0, decimal.MaxValue) is { } from && rate is { } percent ? new RateTier(from, percent / 100) : null;
    }

    private static IReadOnlyList<string> Named(PlanNode node, string name, IReadOnlySet<string> components)
    {
        var named = node.Texts(name);
        foreach (var (text, _) in named.Where(n => !components.Contains(n.Text)))
            node.Fault(name, $"“{name}” names the component “{text}”, which the plan does not have{Facts.Nearest.Hint(text, components)}; it has {string.Join(", ", components)}.");
        if (named.DistinctBy(n => n.Text).Count() < named.Count) node.Fault(name, $"“{name}” names a component twice.");
        return [.. named.Select(n => n.Text)];
    }

    private static void Require(PlanNode node, string name)
    {
        if (!node.Has(name)) node.Fault($"“{name}” is missing.");
    }
}
