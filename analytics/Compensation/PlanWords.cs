using Followthrough.Analytics.Metrics;

namespace Followthrough.Analytics.Compensation;

/// <summary>A part of a plan in sentences.</summary>
/// <param name="Title">What it is about.</param>
/// <param name="Id">Of the component, gate or modifier; null for what holds for all of the plan.</param>
/// <param name="Sentences">In the order they are read.</param>
internal sealed record PlanPart(string Title, string? Id, IReadOnlyList<string> Sentences);

/// <summary>A plan in plain sentences, as it is told to whom it pays.</summary>
internal static class PlanWords
{
    /// <summary>What becomes of a held line, wherever one is shown.</summary>
    public const string WhatIsHeld = "What is held is paid when it can be judged, or when a person decides so and says why, and another one approves";

    public static IReadOnlyList<PlanPart> Of(PayPlan plan) =>
    [
        new("What it pays", null, Head(plan)),
        .. plan.Components.Select((c, i) => new PlanPart(Title(c), c.Id, [.. Component(c, plan, IsFirst(plan, i))])),
        .. plan.Gates.Select((g, i) => new PlanPart($"Gate: {Named(g.Metric)}", g.Id, [.. Gate(g, plan, IsFirst(plan, plan.Components.Count + i))])),
        .. plan.Modifiers.Select((m, i) => new PlanPart($"Modifier: {Named(m.Metric)}", m.Id, [.. Modifier(m, plan, IsFirst(plan, plan.Components.Count + plan.Gates.Count + i))])),
        new("When something cannot be judged", null, Held(plan)),
        new("From the lines to the payment", null, Payment(plan)),
        new("If you disagree", null,
        [
            PlanNode.Say($"Any line can be disputed within {plan.DisputeDays} business days of the statement, and the dispute is answered within 24 hours."),
            "It is decided by somebody else than who prepared the run and who raised it; what is granted is paid as a line of its own with the next run.",
            "A statement that was approved is never changed: what is learned later becomes a line of the next period that names its cause.",
        ]),
    ];

    /// <summary>Name of the metric, and for whom it is measured.</summary>
    public static string Title(PlanComponent component) => $"{Named(component.Metric)}, {Whose(component.For)}";

    public static string Whose(MeasuredFor measured) => measured switch
    {
        MeasuredFor.Person => "your own",
        MeasuredFor.Team => "your team's",
        MeasuredFor.Company => "the company's",
        _ => throw new ArgumentOutOfRangeException(nameof(measured), measured, "nobody"),
    };

    public static string Named(string metric) => Metric(metric).Name;

    public static string Every(PayFrequency every) => PlanKeys.Word(every);

    private static List<string> Head(PayPlan plan)
    {
        var curves = plan.Components.Count(c => c is CurveComponent);
        List<string> said = [$"{plan.Name} pays once a {Every(plan.Every)}, in {plan.Currency}."];
        if (curves > 0) said.Add($"Reaching every target in a whole {Every(plan.Every)} pays the target incentive: {Money(plan.Incentive, plan)}, unless another one was agreed with you.");
        if (curves < plan.Components.Count) said.Add("Commissions come on top, by what was sold.");
        if (plan.Pool is { } pool) said.Add($"A pool of {Money(pool, plan)} for each {Every(plan.Every)} is shared among all in the plan by what each has earned, to the last cent: shares are rounded down, and what is left goes to the largest remainders.");
        if (plan.Cumulative) said.Add("It is cumulative: each payment is what the year has earned so far, less what was paid before. When that is negative it is carried forward and not deducted.");
        return said;
    }

    // What a metric is, is said where it stands first.
    private static bool IsFirst(PayPlan plan, int at)
    {
        string[] metrics = [.. plan.Components.Select(c => c.Metric), .. plan.Gates.Select(g => g.Metric), .. plan.Modifiers.Select(m => m.Metric)];
        return Array.IndexOf(metrics, metrics[at]) == at;
    }

    private static string Meaning(MetricDefinition metric, bool isFirst) => isFirst ? $": {metric.InWords}" : ".";

    private static IEnumerable<string> Component(PlanComponent component, PayPlan plan, bool isFirst)
    {
        var metric = Metric(component.Metric);
        yield return $"Measured is {Whose(component.For)} figure of “{metric.Name}”{Meaning(metric, isFirst)}";
        if (component is CurveComponent curve)
        {
            yield return PlanNode.Say($"It weighs {PlanMetric.Number(curve.Weight)} % of the target incentive ({Money(plan.Incentive * curve.Weight / 100, plan)}). The target is {PlanMetric.InWords(curve.Target, metric, plan.Currency)}.");
            foreach (var sentence in Curve(curve.Curve, metric, plan, "pays")) yield return sentence;
            if (metric.Aggregation == Aggregation.Sum) yield return "For a part of the period the values count for as many days as you were in the plan.";
        }
        else if (component is CommissionComponent commission)
        {
            foreach (var sentence in Commission(commission.Tiers, plan)) yield return sentence;
        }
        yield return Few(component);
        if (component is CurveComponent { Straddling: var straddling } && HasInterval(metric))
            yield return straddling == Straddling.Hold
                ? "When the 95 % interval of the figure has the target inside, the line is held: it may have been met or missed by chance."
                : "It is paid as measured, also when the 95 % interval of the figure has the target inside.";
    }

    private static IEnumerable<string> Curve(PayoutCurve curve, MetricDefinition metric, PayPlan plan, string pays)
    {
        string Value(decimal x) => PlanMetric.InWords(x, metric, plan.Currency);
        var (points, lower) = (curve.Points, curve.Better == Better.Lower);
        var (short_, beyond) = lower ? ("Above", "or less") : ("Below", "or more");
        if (pays == "pays") yield return $"{short_} {Value(points[0].X)} it pays nothing; exactly {Value(points[0].X)} pays {PlanMetric.Number(points[0].Percent)} %.";
        else yield return $"At {Value(points[0].X)} {(lower ? "or more" : "or less")} the factor is {PlanMetric.Number(points[0].Percent)} %.";
        if (points.Count > 1) yield return $"From there in straight lines to {string.Join(", to ", points.Skip(1).Select(p => $"{PlanMetric.Number(p.Percent)} % at {Value(p.X)}"))}.";
        yield return $"{Value(points[^1].X)} {beyond} {pays} {PlanMetric.Number(points[^1].Percent)} %.";
    }

    private static IEnumerable<string> Commission(RateTiers tiers, PayPlan plan)
    {
        var steps = tiers.Tiers;
        yield return tiers.Rule == TierRule.Marginal
            ? "Each slice of the volume is paid at its own rate (marginal)."
            : "The whole volume, from the first unit, is paid at the rate that was reached (retroactive).";
        if (steps[0].From > 0) yield return $"Below {Money(steps[0].From, plan)} it pays nothing.";
        yield return $"The rate is {string.Join(", ", steps.Select(t => $"{PlanMetric.Number(t.Rate * 100)} % from {Money(t.From, plan)} on"))}. The volume at which a rate begins has it already.";
        // Just beyond the last edge, where the two rules differ most.
        var example = steps[^1].From == 0 ? 10_000 : steps[^1].From * 1.2m;
        yield return $"For example: {Money(example, plan)} pays {Money(tiers.Earned(example), plan)}.";
        yield return "For a part of the period the volumes at which rates begin count for as many days as you were in the plan. Volumes shared with others count by your share.";
    }

    private static IEnumerable<string> Gate(PlanGate gate, PayPlan plan, bool isFirst)
    {
        var metric = Metric(gate.Metric);
        var limit = PlanMetric.InWords(gate.Limit, metric, plan.Currency);
        yield return $"It is passed when {Whose(gate.For)} figure of “{metric.Name}” is {limit} or {(gate.Better == Better.Lower ? "less" : "more")}{Meaning(metric, isFirst)}";
        yield return $"When it is failed, {Covered(gate.Before, plan)} nothing. When it cannot be judged, for n below {PlanMetric.Number(gate.MinimumN)} or any other reason, what stands behind it is held, not lost.";
    }

    private static IEnumerable<string> Modifier(PlanModifier modifier, PayPlan plan, bool isFirst)
    {
        var metric = Metric(modifier.Metric);
        yield return $"What {Covered(modifier.Of, plan)} is multiplied by a factor that depends on {Whose(modifier.For)} figure of “{metric.Name}”{Meaning(metric, isFirst)}";
        foreach (var sentence in Curve(modifier.Curve, metric, plan, "gives")) yield return sentence;
        yield return $"When it cannot be judged, for n below {PlanMetric.Number(modifier.MinimumN)} or any other reason, the factor is 100 %.";
    }

    private static IReadOnlyList<string> Held(PayPlan plan) =>
    [
        "A figure whose source does not agree with its own control totals, or that does not exist, is not evaluable: its line is held and never counted as zero.",
        $"{WhatIsHeld}, and not before: it is in no sum until then.",
        .. plan.Components.Any(c => c is CurveComponent) ? ["When nothing is left that could take a component's weight, it is held."] : (string[])[],
    ];

    private static List<string> Payment(PayPlan plan)
    {
        List<string> said =
        [
            PlanNode.Say($"In this order (version {PayPlan.Operations} of it): what the figure pays in percent, times weight and target incentive, times gates and modifiers, times the days you were in the plan by the days of the {Every(plan.Every)}, first and last day included; then the sum, cap and floor{(plan.Cumulative ? ", less what was paid before" : "")}."),
        ];
        said.Add("Values are compared with points and limits as they are, unrounded: short of one by the smallest fraction is short of it.");
        said.Add(plan.Cap is { } cap ? $"It never pays more than {Limit(cap, plan)}." : "There is no cap.");
        if (plan.Floor is { } floor) said.Add($"It never pays less than {Limit(floor, plan)}.");
        said.Add($"The result is rounded once, at the very end, to {(plan.Decimals == 0 ? $"whole {plan.Currency}" : $"{PlanMetric.Number(plan.Decimals)} decimals")}, halves away from zero.");
        said.Add("When the plan or your place in it changes within the period, each part is measured by itself, over its own days.");
        return said;
    }

    private static string Few(PlanComponent component)
    {
        var few = $"With n below {PlanMetric.Number(component.MinimumN)} it is not judged";
        return component switch
        {
            CommissionComponent => component.MinimumN > 1 ? $"{few}: the line is held. Without any it pays nothing." : "Without any volume it pays nothing.",
            { For: MeasuredFor.Person } => $"{few}: your team's figure of the same metric stands in, and where that has too few cases as well, the weight goes to the other components in proportion.",
            _ => $"{few}: the weight goes to the other components in proportion.",
        };
    }

    private static string Covered(IReadOnlyList<string> ids, PayPlan plan) =>
        ids.Count == 0 ? "the whole plan pays" : string.Join(" and ", ids.Select(id => $"“{Title(plan.Components.First(c => c.Id == id))}”")) + (ids.Count == 1 ? " pays" : " pay");

    private static string Limit(PayLimit limit, PayPlan plan) => limit.Percent is { } percent
        ? $"{PlanMetric.Number(percent)} % of the target incentive for your days in the plan"
        : $"{Money(limit.Amount!.Value, plan)} for a whole {Every(plan.Every)}, and for a part of it by the days";

    private static string Money(decimal amount, PayPlan plan) => $"{PlanMetric.Number(amount)} {plan.Currency}";

    private static bool HasInterval(MetricDefinition metric) =>
        metric.Aggregation is Aggregation.KeptShare or Aggregation.Share or Aggregation.Ratio or Aggregation.AccountMean;

    private static MetricDefinition Metric(string id) => MetricCatalogue.Find(id) ?? throw new ArgumentException($"There is no metric {id}.", nameof(id));
}
