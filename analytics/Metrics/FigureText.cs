using System.Globalization;

namespace Followthrough.Analytics.Metrics;

/// <summary>Figures as the command line writes them, in columns that line up; to the last digit they are in its JSON.</summary>
internal static class FigureText
{
    private const int Thousand = 1000;
    private const string Whole = "#,0";
    private const string Cents = "#,0.00";
    private static readonly CultureInfo Culture = CultureInfo.InvariantCulture;

    /// <summary>With its unit.</summary>
    public static string Of(double value, Unit unit, string? currency = null) => unit switch
    {
        Unit.Share => (100 * value).ToString("0.0000", Culture) + " %",
        Unit.Money => value.ToString(Math.Abs(value) >= Thousand ? Whole : Cents, Culture) + (currency is null ? "" : " " + currency),
        Unit.Hours => value.ToString("0.######", Culture) + " h",
        Unit.Days => value.ToString("0.####", Culture) + " days",
        Unit.Points => value.ToString("0.0000", Culture) + " points",
        Unit.Count => value.ToString("#,0.####", Culture),
        _ => value.ToString("0.0000", Culture),
    };

    /// <summary>Money with its currency, or a plain number where there is none.</summary>
    public static string Of(decimal amount, string? currency) => currency is null ? amount.ToString("#,0.####", Culture) : $"{Money(amount)} {currency}";

    /// <summary>Without cents from a thousand on.</summary>
    public static string Money(decimal amount) => amount.ToString(Math.Abs(amount) >= Thousand ? Whole : Cents, Culture);

    /// <summary>With its unit, or a dash and why there is none.</summary>
    public static string Of(double? value, string? reason, Unit unit, string? currency = null) => value is { } v ? Of(v, unit, currency) : $"— {reason}";

    public static string Of(Interval interval, Unit unit, string? currency = null) => $"{Of(interval.Low, unit, currency)} to {Of(interval.High, unit, currency)}";

    public static string Hours(double? hours) => hours is { } h ? h.ToString("0.######", Culture) : "not reached";

    public static string N(long n) => n.ToString("N0", Culture);
}
