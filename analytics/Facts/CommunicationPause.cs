namespace Followthrough.Analytics.Facts;

/// <summary>The customer asked in writing for silence during [<c>occurred_at</c>, <c>ended_at</c>): slots inside it are not owed.</summary>
[StoredAs("communication_pause", Reach.FromOccurrence)]
public sealed record CommunicationPause : AccountFact
{
    public required string PlanKey { get; init; }

    /// <summary>The contact who asked.</summary>
    public required string ContactKey { get; init; }

    public DateTimeOffset? EndedAt { get; init; }
}
