namespace Followthrough.Analytics.Facts;

/// <summary>Money received, or returned when negative.</summary>
[StoredAs("payment", Reach.WholeAccount)]
public sealed record Payment : AccountFact
{
    public string? InvoiceKey { get; init; }
    public required decimal Amount { get; init; }
    public required string Currency { get; init; }
}
