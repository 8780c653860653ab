namespace Followthrough.Analytics.Facts;

/// <summary>A distinct commercial commitment of the customer (signed order, contract, job). Progress invoices of one job are one order.</summary>
[StoredAs("sales_order", Reach.WholeAccount)]
public sealed record SalesOrder : AccountFact
{
    public string? Number { get; init; }
    public string? ContactKey { get; init; }
    public string? ProjectKey { get; init; }
    public string? DealKey { get; init; }
    public RevenueClass? RevenueClass { get; init; }

    /// <summary>Net of tax, in <see cref="Currency"/>.</summary>
    public required decimal Amount { get; init; }

    public required string Currency { get; init; }
    public DateTimeOffset? CancelledAt { get; init; }
}

/// <summary>Why the revenue came. Rework is our fault and counts nowhere.</summary>
public enum RevenueClass { NewCustomer, Repeat, AddOn, Renewal, Rework }
