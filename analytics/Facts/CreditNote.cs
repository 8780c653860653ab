namespace Followthrough.Analytics.Facts;

/// <summary>A credit issued to the customer; <see cref="Amount"/> is positive and reduces revenue in the period it is issued.</summary>
[StoredAs("credit_note", Reach.WholeAccount)]
public sealed record CreditNote : AccountFact
{
    public string? InvoiceKey { get; init; }
    public required decimal Amount { get; init; }
    public required string Currency { get; init; }
    public string? Reason { get; init; }
}
