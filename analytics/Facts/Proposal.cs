namespace Followthrough.Analytics.Facts;

/// <summary>A proposal transmitted to the customer at <c>occurred_at</c>.</summary>
[StoredAs("proposal", Reach.WholeAccount)]
public sealed record Proposal : AccountFact
{
    /// <summary>The request it answers; null for an unsolicited offer.</summary>
    public string? RequestKey { get; init; }

    public string? DealKey { get; init; }

    /// <summary>0 for the first, then 1, 2, … each with a clock of its own.</summary>
    public int Revision { get; init; }

    /// <summary>Only a complete proposal keeps the commitment.</summary>
    public required bool Complete { get; init; }

    public decimal? Amount { get; init; }
    public string? Currency { get; init; }
    public string? SentByKey { get; init; }
}
