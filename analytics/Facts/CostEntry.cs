namespace Followthrough.Analytics.Facts;

/// <summary>Actual cost of a project; <c>occurred_at</c> is when the work was done or the expense incurred.</summary>
[StoredAs("cost_entry", Reach.FromOccurrence)]
public sealed record CostEntry : AccountFact
{
    public required string ProjectKey { get; init; }

    /// <summary>The milestone it was spent on; null when the source keeps costs by project only.</summary>
    public string? MilestoneKey { get; init; }

    /// <summary>Whose work it was; null for material and expenses.</summary>
    public string? StaffKey { get; init; }

    /// <summary>Hours worked; null for material and expenses.</summary>
    public decimal? Hours { get; init; }

    /// <summary>What it cost us, in <see cref="Currency"/>; negative when an earlier entry is taken back.</summary>
    public required decimal Amount { get; init; }

    public required string Currency { get; init; }
    public string? Description { get; init; }
}
