namespace Followthrough.Analytics.Facts;

/// <summary>What we believed at <c>occurred_at</c> about a deal's amount and close.</summary>
[StoredAs("deal_forecast", Reach.FromOccurrence)]
public sealed record DealForecast : AccountFact
{
    public required string DealKey { get; init; }
    public required decimal Amount { get; init; }
    public required string Currency { get; init; }
    public DateOnly? CloseOn { get; init; }

    /// <summary>0 to 1.</summary>
    public decimal? Probability { get; init; }
}
