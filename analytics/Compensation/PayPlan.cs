using Followthrough.Analytics.Metrics;

namespace Followthrough.Analytics.Compensation;

/// <summary>For whom a component's metric is measured.</summary>
public enum MeasuredFor
{
    /// <summary>Who is paid.</summary>
    Person,

    /// <summary>The team he is in.</summary>
    Team,

    Company,
}

/// <summary>What becomes of a component whose interval has the target inside: by chance alone it may be on either side.</summary>
public enum Straddling
{
    /// <summary>Held until somebody decides.</summary>
    Hold,

    /// <summary>Paid as measured; the plan says so beforehand.</summary>
    Pay,
}

/// <summary>How often a plan pays.</summary>
public enum PayFrequency { Month, Quarter, Year }

/// <summary>A pay plan as everybody it pays can read it.</summary>
public sealed record PayPlan
{
    /// <summary>
    /// Version of the order of operations: metric, percent, weight times target incentive, gates and modifiers, proration, sum, cap and floor,
    /// less what was paid, rounded once.
    /// </summary>
    public const int Operations = 1;

    /// <summary>Stable, of lower-case letters, digits and hyphens.</summary>
    public required string Id { get; init; }

    public required string Name { get; init; }

    /// <summary>ISO 4217.</summary>
    public required string Currency { get; init; }

    /// <summary>Decimals of the currency's payments.</summary>
    public int Decimals { get; init; } = 2;

    public required PayFrequency Every { get; init; }

    /// <summary>Whether each period pays what the year has earned so far, less what was paid before.</summary>
    public bool Cumulative { get; init; }

    /// <summary>Target incentive of a whole period, for whoever has none of his own.</summary>
    public required decimal Incentive { get; init; }

    /// <summary>The most and the least it pays; null for no limit.</summary>
    public PayLimit? Cap { get; init; }

    /// <inheritdoc cref="Cap"/>
    public PayLimit? Floor { get; init; }

    /// <summary>An amount that is shared out by what each earned; null where each is paid what he earned.</summary>
    public decimal? Pool { get; init; }

    /// <summary>Business days, from the statement on, in which a line can be disputed.</summary>
    public int DisputeDays { get; init; } = 10;

    public required IReadOnlyList<PlanComponent> Components { get; init; }

    public IReadOnlyList<PlanGate> Gates { get; init; } = [];

    public IReadOnlyList<PlanModifier> Modifiers { get; init; } = [];
}

/// <summary>A limit in percent of the prorated target incentive, or as an amount of a whole period that is prorated.</summary>
public sealed record PayLimit(decimal? Percent, decimal? Amount)
{
    /// <param name="incentive">Target incentive of the whole period.</param>
    /// <param name="proration">Days in the plan by days in the period.</param>
    public decimal Of(decimal incentive, decimal proration) => (Amount ?? Percent!.Value * incentive / 100) * proration;
}

/// <summary>One thing a plan pays for.</summary>
public abstract record PlanComponent
{
    /// <summary>Stable within the plan.</summary>
    public required string Id { get; init; }

    /// <summary>Id of the catalogue.</summary>
    public required string Metric { get; init; }

    public MeasuredFor For { get; init; }

    /// <summary>Below this n it is not evaluable.</summary>
    public required int MinimumN { get; init; }
}

/// <summary>Pays a percentage of its part of the target incentive, by points in the metric's unit.</summary>
public sealed record CurveComponent : PlanComponent
{
    /// <summary>In percent of the target incentive; those of a plan add up to 100.</summary>
    public required decimal Weight { get; init; }

    public required PayoutCurve Curve { get; init; }

    /// <summary>The value that pays 100 %, with which the interval is compared.</summary>
    public required decimal Target { get; init; }

    public Straddling Straddling { get; init; }
}

/// <summary>Pays a rate of a volume, beside the target incentive.</summary>
public sealed record CommissionComponent : PlanComponent
{
    public required RateTiers Tiers { get; init; }
}

/// <summary>Must be met for the components it stands before; not evaluable, it holds them.</summary>
public sealed record PlanGate
{
    public required string Id { get; init; }

    public required string Metric { get; init; }

    public MeasuredFor For { get; init; }

    public required Better Better { get; init; }

    /// <summary>Value that passes, itself included.</summary>
    public required decimal Limit { get; init; }

    public required int MinimumN { get; init; }

    /// <summary>Components it stands before; empty for all.</summary>
    public IReadOnlyList<string> Before { get; init; } = [];

    public bool Covers(PlanComponent component) => Before.Count == 0 || Before.Contains(component.Id);
}

/// <summary>Confirms or modifies what components earn by another metric's value; not evaluable, it confirms.</summary>
public sealed record PlanModifier
{
    public required string Id { get; init; }

    public required string Metric { get; init; }

    public MeasuredFor For { get; init; }

    /// <summary>Factor in percent; short of the first point that of the first.</summary>
    public required PayoutCurve Curve { get; init; }

    public required int MinimumN { get; init; }

    /// <summary>Components it modifies; empty for all.</summary>
    public IReadOnlyList<string> Of { get; init; } = [];

    public bool Covers(PlanComponent component) => Of.Count == 0 || Of.Contains(component.Id);
}
