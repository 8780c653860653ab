namespace Followthrough.Analytics.Facts;

/// <summary>A problem the customer has with us or our work, opened at <c>occurred_at</c>.</summary>
[StoredAs("issue", Reach.WholeAccount)]
public sealed record Issue : AccountFact
{
    public required string Title { get; init; }

    /// <summary>Priority at opening: it decides the deadlines, later edits do not.</summary>
    public required Priority Priority { get; init; }

    public Channel? Channel { get; init; }
    public string? ContactKey { get; init; }
    public string? ProjectKey { get; init; }
    public string? ThreadKey { get; init; }
    public string? OwnerKey { get; init; }

    /// <summary>Whether it is our doing; null when not decided.</summary>
    public bool? ChargeableToUs { get; init; }
}

/// <summary>How urgent an issue is.</summary>
public enum Priority { Low, Normal, High, Urgent }
