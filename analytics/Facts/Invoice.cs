namespace Followthrough.Analytics.Facts;

/// <summary>An invoice, issued at <c>occurred_at</c>.</summary>
[StoredAs("invoice", Reach.WholeAccount)]
public sealed record Invoice : AccountFact
{
    public required string Number { get; init; }
    public string? ProjectKey { get; init; }

    /// <summary>When it was transmitted to the customer; null while it was not.</summary>
    public DateTimeOffset? SentAt { get; init; }

    public DateOnly? DueOn { get; init; }

    /// <summary>Net of tax, in <see cref="Currency"/>.</summary>
    public required decimal Amount { get; init; }

    public decimal? Tax { get; init; }
    public required string Currency { get; init; }
    public DateTimeOffset? VoidedAt { get; init; }
}
