namespace Followthrough.Analytics.Facts;

/// <summary>A sales opportunity.</summary>
[StoredAs("deal", Reach.WholeAccount)]
public sealed record Deal : AccountFact
{
    public required string Name { get; init; }
    public string? Stage { get; init; }
    public string? OwnerKey { get; init; }
    public string? ContactKey { get; init; }

    /// <summary>Net of tax, in <see cref="Currency"/>; null when not estimated.</summary>
    public decimal? Amount { get; init; }

    public string? Currency { get; init; }
    public DateOnly? ExpectedCloseOn { get; init; }
    public DateTimeOffset? WonAt { get; init; }
    public DateTimeOffset? LostAt { get; init; }
    public string? LostReason { get; init; }
}
