namespace Followthrough.Analytics.Facts;

/// <summary>The customer asked for a proposal; the clock starts at <c>occurred_at</c>, not when a deal was created.</summary>
[StoredAs("proposal_request", Reach.WholeAccount)]
public sealed record ProposalRequest : AccountFact
{
    public string? ContactKey { get; init; }
    public string? DealKey { get; init; }
    public string? OwnerKey { get; init; }

    /// <summary>The contact in which it was asked.</summary>
    public string? InteractionKey { get; init; }

    /// <summary>The date we promised; null when none was given.</summary>
    public DateOnly? PromisedOn { get; init; }

    /// <summary>When we decided not to bid and said so.</summary>
    public DateTimeOffset? NoBidAt { get; init; }

    /// <summary>When the customer withdrew the request.</summary>
    public DateTimeOffset? WithdrawnAt { get; init; }
}
