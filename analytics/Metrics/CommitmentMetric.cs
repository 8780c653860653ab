using Followthrough.Analytics.Commitments;

namespace Followthrough.Analytics.Metrics;

/// <summary>The rate at which one kind of commitment is kept.</summary>
public sealed record CommitmentMetric : MetricDefinition
{
    /// <summary>Commitment kind it counts.</summary>
    public required string Kind { get; init; }

    /// <summary>What happens when one opens, as it reads after "no": "customer turned to us".</summary>
    public required string Opens { get; init; }

    /// <summary>What has been done when one is fulfilled: "answered", "invoiced".</summary>
    public required string Fulfilled { get; init; }

    /// <summary>Whether it counts in the period in which it falls due; otherwise in that in which it was opened.</summary>
    public bool CountsWhenDue { get; init; }

    /// <summary>Whether one counts only once its due time has passed: with weeks to go, the early ones alone would flatter the rate.</summary>
    public bool OnlyMatured { get; init; }

    /// <summary>Default target as a fraction.</summary>
    public required double Target { get; init; }

    /// <inheritdoc/>
    public override Unit Unit { get; init; } = Unit.Share;

    /// <inheritdoc/>
    public override Better Better { get; init; } = Better.Higher;

    /// <inheritdoc/>
    public override Aggregation Aggregation { get; init; } = Aggregation.KeptShare;

    /// <inheritdoc/>
    public override double? Goal => Target;

    /// <inheritdoc/>
    public override string Sql => CommitmentRule.Of(Kind).Sql;

    /// <inheritdoc/>
    protected override string Rules => $"{Kind} {CountsWhenDue} {OnlyMatured}";
}
