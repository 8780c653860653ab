namespace Followthrough.Analytics.Facts;

/// <summary>One unit of <see cref="Currency"/> is worth <see cref="Rate"/> units of <see cref="QuoteCurrency"/> on <see cref="Day"/>.</summary>
[StoredAs("fx_rate", Reach.Everything)]
public sealed record FxRate : Fact
{
    /// <summary>ISO 4217 code that is converted.</summary>
    public required string Currency { get; init; }

    /// <summary>ISO 4217 code it is converted to.</summary>
    public required string QuoteCurrency { get; init; }

    public required decimal Rate { get; init; }
    public required DateOnly Day { get; init; }
}
