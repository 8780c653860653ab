using System.Globalization;
using Followthrough.Analytics.Facts;

namespace Followthrough.Tests.Support;

/// <summary>Facts about what was sold, with only what a test is about; 100 USD unless said otherwise. An order is numbered by its key.</summary>
internal static class GivenSales
{
    internal static SalesOrder Order(string account, string key, string at, decimal amount = 100, string? cancelled = null) => new()
    {
        SourceKey = key,
        Account = account,
        OccurredAt = Given.At(at),
        Number = key,
        Amount = amount,
        Currency = "USD",
        CancelledAt = AtOrNull(cancelled),
    };

    internal static Deal Deal(string account, string key, decimal? amount = 100, string? won = null, string? lost = null, string? owner = null) => new()
    {
        SourceKey = key,
        Account = account,
        OccurredAt = Given.At(Given.LongAgo),
        Name = $"Deal {key}",
        OwnerKey = owner,
        Amount = amount,
        Currency = "USD",
        WonAt = AtOrNull(won),
        LostAt = AtOrNull(lost),
    };

    /// <summary>What was believed at a moment: the deal closes on a day for an amount.</summary>
    internal static DealForecast Forecast(string account, string deal, string at, string? closes, decimal amount = 100, decimal? probability = null) => new()
    {
        SourceKey = $"{deal}/{at}",
        Account = account,
        OccurredAt = Given.At(at),
        DealKey = deal,
        Amount = amount,
        Currency = "USD",
        CloseOn = closes is null ? null : DateOnly.Parse(closes, CultureInfo.InvariantCulture),
        Probability = probability,
    };

    private static DateTimeOffset? AtOrNull(string? text) => text is null ? null : Given.At(text);
}
