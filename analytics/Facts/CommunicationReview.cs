namespace Followthrough.Analytics.Facts;

/// <summary>Somebody looked at what one of us told a customer: a spot check of one communication.</summary>
[StoredAs("communication_review", Reach.FromOccurrence)]
public sealed record CommunicationReview : AccountFact
{
    /// <summary>The communication that was looked at.</summary>
    public required string InteractionKey { get; init; }

    /// <summary>Whose communication it was.</summary>
    public required string StaffKey { get; init; }

    /// <summary>Who looked at it; nobody checks himself.</summary>
    public required string ReviewerKey { get; init; }

    /// <summary>Whether it was as it should be; null when the reviewer did not say.</summary>
    public bool? Passed { get; init; }

    /// <summary>An interim answer without progress, date or finding; null when the reviewer did not say.</summary>
    public bool? EmptyInterim { get; init; }

    public string? Comment { get; init; }
}
