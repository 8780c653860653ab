using System.Globalization;

namespace Followthrough.Analytics.Metrics;

/// <summary>Figures as the command line writes them: exact to the digits that tests and outsiders compare.</summary>
internal static class FigureText
{
    private static readonly CultureInfo Culture = CultureInfo.InvariantCulture;

    /// <summary>With its unit.</summary>
    public static string Of(double value, Unit unit, string? currency = null) => unit switch
    {
        Unit.Share => (100 * value).ToString("0.0000", Culture) + " %",
        Unit.Money => value.ToString("#,0.00##", Culture) + (currency is null ? "" : " " + currency),
        Unit.Hours => value.ToString("0.######", Culture) + " h",
        Unit.Days => value.ToString("0.####", Culture) + " days",
        Unit.Points => value.ToString("0.0###", Culture) + " points",
        Unit.Count => value.ToString("#,0.####", Culture),
        _ => value.ToString("0.0000", Culture),
    };

    public static string Of(decimal amount, string? currency) => amount.ToString("#,0.00##########", Culture) + (currency is null ? "" : " " + currency);

    /// <summary>With its unit, or a dash and why there is none.</summary>
    public static string Of(double? value, string? reason, Unit unit, string? currency = null) => value is { } v ? Of(v, unit, currency) : $"— {reason}";

    public static string Of(Interval interval, Unit unit, string? currency = null) => $"{Of(interval.Low, unit, currency)} to {Of(interval.High, unit, currency)}";

    public static string Hours(double? hours) => hours is { } h ? h.ToString("0.######", Culture) : "not reached";

    public static string N(long n) => n.ToString("N0", Culture);
}
