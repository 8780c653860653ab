namespace Followthrough.Analytics.Facts;

/// <summary>A milestone or delivery of a project. Its dates are in <see cref="MilestoneBaseline"/> and <see cref="MilestoneForecast"/>.</summary>
[StoredAs("milestone", Reach.WholeAccount)]
public sealed record Milestone : AccountFact
{
    public required string ProjectKey { get; init; }
    public required string Name { get; init; }

    /// <summary>When the customer accepted it; null while open.</summary>
    public DateTimeOffset? AcceptedAt { get; init; }

    public DateTimeOffset? CancelledAt { get; init; }
    public Party? CancelledBy { get; init; }

    /// <summary>Who caused the delay; null counts as ours.</summary>
    public Party? DelayCause { get; init; }

    /// <summary>Source key of the evidence for <see cref="DelayCause"/>.</summary>
    public string? CauseEvidenceKey { get; init; }
}

/// <summary>Whose doing something was.</summary>
public enum Party { Ours, Customer, ThirdParty }
