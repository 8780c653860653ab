using Followthrough.Analytics.Metrics;

namespace Followthrough.Analytics.Compensation;

/// <summary>What has to hold for a plan as a whole.</summary>
internal static class PlanChecks
{
    /// <param name="plan">As far as it could be read.</param>
    /// <param name="root">Its text.</param>
    /// <param name="currency">In which the company states amounts; null where that is not known.</param>
    /// <param name="isWhole">Whether all of it could be read; sums are checked only then.</param>
    public static void Run(PayPlan plan, PlanNode root, string? currency, bool isWhole)
    {
        CheckIds(root);
        CheckLimits(plan, root);
        CheckCumulative(plan, root);
        CheckPool(plan, root);
        if (plan.Incentive == 0 && plan.Components.OfType<CurveComponent>().Any() && root.Has("incentive"))
            root.Fault("incentive", "“incentive” is 0, so no component with points pays anything; expected the target incentive of a whole period.");
        if (currency is not null && currency != plan.Currency && plan.Currency.Length > 0 && AsksForMoney(plan))
            root.Fault("currency", $"The plan pays in {plan.Currency} for amounts that the company states in {currency}, and amounts in plans are not converted; expected {currency}.");
        if (isWhole) CheckWeights(plan, root);
        if (isWhole) CheckReach(plan, root);
    }

    private static void CheckIds(PlanNode root)
    {
        foreach (var list in new[] { "components", "gates", "modifiers" })
            foreach (var twice in root.Blocks(list).Where(b => b.Text("id") is not null).GroupBy(b => b.Text("id")).SelectMany(g => g.Skip(1)))
                twice.Fault("id", $"There are two {list} “{twice.Text("id")}”; expected an id of its own for each.");
        var measured = root.Blocks("components").Where(b => b.Text("metric") is not null && !b.Has("tiers")).GroupBy(b => (b.Text("metric"), b.Text("for")));
        foreach (var twice in measured.SelectMany(g => g.Skip(1)))
            twice.Fault("metric", $"“{twice.Text("metric")}” for the same {twice.Text("for")} is in the plan already: the same figure would be paid twice.");
    }

    private static void CheckWeights(PayPlan plan, PlanNode root)
    {
        var curves = plan.Components.OfType<CurveComponent>().ToList();
        var sum = curves.Sum(c => c.Weight);
        if (curves.Count > 0 && sum != 100)
            root.Fault("components", PlanNode.Say($"The weights add up to {sum}, not to 100: {string.Join(" + ", curves.Select(c => PlanMetric.Number(c.Weight)))}."));
    }

    private static void CheckLimits(PayPlan plan, PlanNode root)
    {
        if (plan is { Incentive: 0, Cap.Percent: not null } && root.Has("incentive"))
            root.Fault("cap", "The cap is a percent of a target incentive of 0, so nothing would ever be paid; expected an amount.");
        if (plan is { Cap: { } cap, Floor: { } floor } && cap.Of(plan.Incentive, 1) < floor.Of(plan.Incentive, 1))
            root.Fault("cap", PlanNode.Say($"The cap of {cap.Of(plan.Incentive, 1)} {plan.Currency} is below the floor of {floor.Of(plan.Incentive, 1)} {plan.Currency}."));
        if (plan is { Cap: { } low, Incentive: > 0 } && low.Of(plan.Incentive, 1) < plan.Incentive && plan.Components.OfType<CurveComponent>().Any())
            root.Fault("cap", PlanNode.Say($"The cap of {low.Of(plan.Incentive, 1)} {plan.Currency} is below the target incentive of {plan.Incentive} {plan.Currency}: who reaches every target could not be paid for it."));
    }

    private static void CheckCumulative(PayPlan plan, PlanNode root)
    {
        if (plan is { Cumulative: true, Every: PayFrequency.Year } && root.Has("every"))
            root.Fault("cumulative", "A plan that pays once a year has nothing to add up; expected month or quarter, or not cumulative.");
    }

    private static void CheckPool(PayPlan plan, PlanNode root)
    {
        if (plan.Pool is not { } pool) return;
        if (plan.Floor is not null) root.Fault("floor", "A pool is shared by what was earned: nobody is sure of a floor in it; expected no floor, or no pool.");
        if (plan.Components.OfType<CommissionComponent>().Any()) root.Fault("pool", "A commission is due whatever others sell, so it cannot come out of a pool; expected no commission, or no pool.");
        if (plan.Cumulative) root.Fault("cumulative", "A pool is shared out once for each period; expected it not to be cumulative.");
        if (pool != Math.Round(pool, plan.Decimals)) root.Fault("pool", PlanNode.Say($"A pool of {pool} cannot be paid out with {plan.Decimals} decimals."));
    }

    // A corner beyond the cap is a promise that is never kept.
    private static void CheckReach(PayPlan plan, PlanNode root)
    {
        if (plan.Cap is not { } cap || plan.Incentive == 0) return;
        foreach (var (block, component) in root.Blocks("components").Zip(plan.Components))
            if (component is CurveComponent curve && curve.Curve.Points[^1] is var best && best.Percent * curve.Weight * plan.Incentive / 10_000 > cap.Of(plan.Incentive, 1))
                block.Fault("points", PlanNode.Say($"{best.X} would pay {best.Percent} % of {curve.Weight} %, more than the cap alone: nobody could ever reach it."));
    }

    private static bool AsksForMoney(PayPlan plan) =>
        plan.Components.Select(c => c.Metric).Concat(plan.Gates.Select(g => g.Metric)).Concat(plan.Modifiers.Select(m => m.Metric))
            .Any(id => MetricCatalogue.Find(id) is { Unit: Unit.Money });
}
