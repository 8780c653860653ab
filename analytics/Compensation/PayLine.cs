namespace Followthrough.Analytics.Compensation;

/// <summary>Where a line of a statement stands.</summary>
public enum LineState
{
    /// <summary>Counted, with what it earned, which may be nothing.</summary>
    Earned,

    /// <summary>Not evaluable: kept aside, never counted as nothing.</summary>
    Held,

    /// <summary>Too few cases: its weight went to the other components.</summary>
    Redistributed,
}

/// <summary>How a gate answered.</summary>
public enum GateState { Passed, Failed, NotEvaluable }

/// <summary>A gate with what it was asked of.</summary>
internal sealed record GateResult(PlanGate Gate, PayInput Input, GateState State, string? Why);

/// <summary>A modifier with what it was asked of; <paramref name="Percent"/> is 100 when it confirms.</summary>
internal sealed record ModifierResult(PlanModifier Modifier, PayInput Input, decimal Percent, string? Why);

/// <summary>One component of a statement with every factor of its arithmetic, unrounded.</summary>
internal sealed record PayLine
{
    public required PlanComponent Component { get; init; }

    /// <summary>What it was measured by: the component's own metric, or the team's where the person has too few cases.</summary>
    public required PayInput Input { get; init; }

    /// <summary>The person's own figure, where the team's stands in; null otherwise.</summary>
    public PayInput? TooFew { get; init; }

    public required LineState State { get; init; }

    /// <summary>Why it is held or redistributed, or measured by the team; null when nothing is unusual.</summary>
    public string? Why { get; init; }

    /// <summary>What the value pays, in percent; null when it is not known, and for commissions.</summary>
    public decimal? Percent { get; init; }

    /// <summary>As a fraction, after redistribution; 1 for commissions.</summary>
    public required decimal Weight { get; init; }

    /// <summary>Target incentive of a whole period; for commissions what the tiers give.</summary>
    public required decimal? Incentive { get; init; }

    /// <summary>Product of gates and modifiers.</summary>
    public required decimal Modifier { get; init; }

    /// <summary>Days in the plan by days in the period; 1 for commissions, whose tiers are prorated.</summary>
    public required decimal Proration { get; init; }

    /// <summary>What it comes to by its factors; null when they are not all known. Counted only when <see cref="State"/> is Earned.</summary>
    public decimal? Amount => Incentive is { } incentive && Percent is { } percent
        ? new PayComponent { Percent = percent, Weight = Weight, Incentive = incentive, Modifier = Modifier, Proration = Proration }.Earned
        : null;
}
