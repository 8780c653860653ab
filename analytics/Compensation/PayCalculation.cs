using Followthrough.Analytics.Metrics;

namespace Followthrough.Analytics.Compensation;

/// <summary>
/// A plan, what was measured and somebody's terms become a statement, in the fixed order of <see cref="PayPlan.Operations"/>. Knows neither
/// database nor clock: the same inputs give the same statement.
/// </summary>
internal static class PayCalculation
{
    /// <summary>Everything the plan asks for one person: each metric for whom it is measured, and the team's where it may have to stand in.</summary>
    public static IReadOnlyList<PayQuestion> Questions(PayPlan plan) =>
    [
        .. plan.Components.Select(c => new PayQuestion(c.Metric, c.For))
            .Concat(plan.Components.OfType<CurveComponent>().Where(c => c.For == MeasuredFor.Person).Select(c => new PayQuestion(c.Metric, MeasuredFor.Team)))
            .Concat(plan.Gates.Select(g => new PayQuestion(g.Metric, g.For)))
            .Concat(plan.Modifiers.Select(m => new PayQuestion(m.Metric, m.For)))
            .Distinct(),
    ];

    /// <summary>What the plan pays.</summary>
    /// <param name="plan">Valid.</param>
    /// <param name="inputs">An answer to each of its questions; the team's may lack for who is in none.</param>
    /// <param name="terms">Of the person, for the period.</param>
    public static PayResult Of(PayPlan plan, IReadOnlyDictionary<PayQuestion, PayInput> inputs, PayTerms terms)
    {
        GateResult[] gates = [.. plan.Gates.Select(gate => Answer(gate, inputs[new(gate.Metric, gate.For)]))];
        ModifierResult[] modifiers = [.. plan.Modifiers.Select(modifier => Answer(modifier, inputs[new(modifier.Metric, modifier.For)]))];
        var lines = Redistribute([.. plan.Components.Select(c => Line(c, inputs, terms, gates, modifiers))]);
        var counted = lines.Where(line => line.State == LineState.Earned).Select(ComponentOf).ToList();
        var (cap, floor) = (plan.Cap?.Of(terms.Incentive, terms.Proration), plan.Floor?.Of(terms.Incentive, terms.Proration));
        return new PayResult
        {
            Lines = lines,
            Gates = gates,
            Modifiers = modifiers,
            Terms = terms,
            Earned = counted.Sum(component => component.Earned),
            Cap = cap,
            Floor = floor,
            Due = new Payment(plan.Decimals) { Cap = cap, Floor = floor, Paid = terms.Paid }.Of(counted),
        };
    }

    private static GateResult Answer(PlanGate gate, PayInput input)
    {
        if (Obstacle(input, gate.MinimumN) is { } why) return new(gate, input, GateState.NotEvaluable, why);
        var passes = gate.Better == Better.Lower ? input.Value <= gate.Limit : input.Value >= gate.Limit;
        return new(gate, input, passes ? GateState.Passed : GateState.Failed, null);
    }

    private static ModifierResult Answer(PlanModifier modifier, PayInput input) =>
        Obstacle(input, modifier.MinimumN) is { } why
            ? new(modifier, input, 100, why)
            : new(modifier, input, modifier.Curve.Clamped(input.Value!.Value), null);

    private static PayLine Line(
        PlanComponent component, IReadOnlyDictionary<PayQuestion, PayInput> inputs, PayTerms terms, GateResult[] gates, ModifierResult[] modifiers)
    {
        var (input, few, state, why) = Measured(component, inputs);
        var covering = gates.Where(gate => gate.Gate.Covers(component)).ToList();
        var modifier = modifiers.Where(m => m.Modifier.Covers(component)).Aggregate(1m, (product, m) => product * m.Percent / 100);
        if (state == LineState.Earned && covering.Find(gate => gate.State == GateState.NotEvaluable) is { } open)
            (state, why) = (LineState.Held, $"the gate “{PlanWords.Named(open.Gate.Metric)}” cannot be judged: {open.Why}");
        if (covering.Any(gate => gate.State == GateState.Failed)) modifier = 0;
        return component switch
        {
            CurveComponent curve => new PayLine
            {
                Component = component,
                Input = input,
                TooFew = few,
                State = state,
                Why = why,
                Modifier = modifier,
                Percent = input.Value is { } x ? CurveOf(curve, terms.Proration).Percent(x) : null,
                Weight = curve.Weight / 100,
                Incentive = terms.Incentive,
                Proration = terms.Proration,
            },
            CommissionComponent commission => new PayLine
            {
                Component = component,
                Input = input,
                State = state,
                Why = why,
                Modifier = modifier,
                Percent = 100,
                Weight = 1,
                Incentive = input.Value is { } volume ? commission.Tiers.Prorated(terms.Proration).Earned(volume) : null,
                Proration = 1,
            },
            _ => throw new ArgumentOutOfRangeException(nameof(component), component, "no such component"),
        };
    }

    // Too few cases: the team's figure of the same metric stands in, and where there is none either the weight goes to the others.
    private static (PayInput Input, PayInput? Few, LineState State, string? Why) Measured(PlanComponent component, IReadOnlyDictionary<PayQuestion, PayInput> inputs)
    {
        var own = inputs[new(component.Metric, component.For)];
        // Of nothing sold the volume is known: it is nothing, and no figure that somebody could still learn.
        if (component is CommissionComponent && own is { N: 0, Value: null, Doubt: null }) return (own with { Value = 0 }, null, LineState.Earned, null);
        if (!IsTooFew(own, component.MinimumN)) return Judged(component, own, null, null);
        var words = $"n = {own.N}, fewer than {component.MinimumN}";
        if (component is not CurveComponent) return (own, null, LineState.Held, words);
        return component.For == MeasuredFor.Person && inputs.TryGetValue(new(component.Metric, MeasuredFor.Team), out var team) && !IsTooFew(team, component.MinimumN)
            ? Judged(component, team, own, $"{words}: the team's figure stands in")
            : (own, null, LineState.Redistributed, words);
    }

    private static (PayInput, PayInput?, LineState, string?) Judged(PlanComponent component, PayInput input, PayInput? few, string? why)
    {
        if (Obstacle(input, component.MinimumN) is { } obstacle) return (input, few, LineState.Held, obstacle);
        if (component is CurveComponent { Straddling: Straddling.Hold } curve && input.Low < curve.Target && curve.Target < input.High)
            return (input, few, LineState.Held, "the interval has the target inside: it may have been met or missed by chance");
        return (input, few, LineState.Earned, why);
    }

    private static string? Obstacle(PayInput input, int minimum) =>
        input.Doubt ?? (IsTooFew(input, minimum) ? $"n = {input.N}, fewer than {minimum}" : input.Value is null ? input.Reason : null);

    private static bool IsTooFew(PayInput input, int minimum) => input.N < minimum;

    /// <summary>The curve a value is held against: a goal of volume is for the days somebody was in the plan; a rate is the same for one day as for ninety.</summary>
    internal static PayoutCurve CurveOf(CurveComponent component, decimal proration) =>
        MetricCatalogue.Find(component.Metric) is { Aggregation: Aggregation.Sum } ? component.Curve.Scaled(proration) : component.Curve;

    private static PayLine[] Redistribute(PayLine[] lines)
    {
        var lost = lines.Where(line => line.State == LineState.Redistributed).Sum(line => line.Weight);
        var left = lines.Where(line => line is { Component: CurveComponent } and not { State: LineState.Redistributed }).Sum(line => line.Weight);
        if (lost == 0) return lines;
        // Nobody is left to take the weight: what cannot be judged is held.
        if (left == 0) return [.. lines.Select(line => line.State == LineState.Redistributed ? line with { State = LineState.Held } : line)];
        return [.. lines.Select(line => line switch
        {
            { State: LineState.Redistributed } => line with { Weight = 0 },
            { Component: CurveComponent } => line with { Weight = line.Weight * (left + lost) / left },
            _ => line,
        })];
    }

    private static PayComponent ComponentOf(PayLine line) => new()
    {
        Percent = line.Percent!.Value,
        Weight = line.Weight,
        Incentive = line.Incentive!.Value,
        Modifier = line.Modifier,
        Proration = line.Proration,
    };
}
