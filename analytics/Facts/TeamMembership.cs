namespace Followthrough.Analytics.Facts;

/// <summary>Who belonged to which team during [<c>occurred_at</c>, <c>ended_at</c>). The team at an obligation's opening is judged by it.</summary>
[StoredAs("team_membership", Reach.EveryAccount)]
public sealed record TeamMembership : Fact
{
    public required string StaffKey { get; init; }
    public required string TeamKey { get; init; }

    /// <summary>Exclusive end; null while it lasts.</summary>
    public DateTimeOffset? EndedAt { get; init; }
}
