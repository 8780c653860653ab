namespace Followthrough.Analytics.Facts;

/// <summary>One line of an invoice, dated as the invoice.</summary>
[StoredAs("invoice_line", Reach.WholeAccount)]
public sealed record InvoiceLine : AccountFact
{
    public required string InvoiceKey { get; init; }

    /// <summary>The billing event it covers; null for lines without one.</summary>
    public string? BillingEventKey { get; init; }

    public string? OrderKey { get; init; }
    public RevenueClass? RevenueClass { get; init; }
    public string? Description { get; init; }
    public required decimal Amount { get; init; }
    public required string Currency { get; init; }

    /// <summary>Passed on at cost (permits, freight): no revenue of ours.</summary>
    public bool PassThrough { get; init; }
}
