namespace Followthrough.Analytics.Facts;

/// <summary>A date agreed with the customer at <c>occurred_at</c>. Version 0 is the first agreement and never changes.</summary>
[StoredAs("milestone_baseline", Reach.WholeAccount)]
public sealed record MilestoneBaseline : AccountFact
{
    public required string MilestoneKey { get; init; }

    /// <summary>0 for the first agreement, then 1, 2, …</summary>
    public required int Version { get; init; }

    public required DateOnly DueOn { get; init; }
    public string? Reason { get; init; }

    /// <summary>Staff key of who approved the change.</summary>
    public string? ApprovedByKey { get; init; }

    /// <summary>When the customer acknowledged it; null when never.</summary>
    public DateTimeOffset? AcknowledgedAt { get; init; }

    /// <summary>What the milestone is to cost as of this version (its budget at completion), in the project's currency; null when not planned.</summary>
    public decimal? PlannedCost { get; init; }
}
