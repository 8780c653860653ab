namespace Followthrough.Analytics.Facts;

/// <summary>How often the customer was promised to hear from us, by stakeholder tier, during [<c>occurred_at</c>, <c>ended_at</c>).</summary>
[StoredAs("communication_plan", Reach.FromOccurrence)]
public sealed record CommunicationPlan : AccountFact
{
    public required Tier Tier { get; init; }

    /// <summary>Length of one slot in days.</summary>
    public required int IntervalDays { get; init; }

    public Channel? Channel { get; init; }

    /// <summary>The proposal in which it was promised.</summary>
    public string? ProposalKey { get; init; }

    public DateTimeOffset? EndedAt { get; init; }
}
