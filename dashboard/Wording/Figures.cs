using System.Globalization;
using Followthrough.Analytics.Metrics;

namespace Followthrough.Dashboard.Wording;

/// <summary>Numbers as a reader expects them: one decimal for rates, thousands apart, a dash for what is undefined.</summary>
internal static class Figures
{
    internal const string Undefined = "—";

    // Keeps a value and its unit on one line.
    private const char Tie = '\u00a0';

    /// <summary>From here on hours are read in days.</summary>
    internal const double HoursInDays = 48;

    internal const double HoursOfDay = 24;

    private const double Whole = 100;

    // What is left of a calculation that comes out even.
    private const double Rest = 1e-9;

    internal static string Rate(double? fraction) => fraction is { } value ? $"{Percent(value)}{Tie}%" : Undefined;

    /// <summary>A fraction as a number of percent without the sign. Never rounds across 100 or 0: 99.96 % is not 100.0 %.</summary>
    internal static string Percent(double fraction)
    {
        var percent = fraction * Whole;
        var rounded = Math.Round(percent, 1, MidpointRounding.AwayFromZero);
        var crosses = (rounded is 100 && percent < 100 - Rest) || (rounded is 0 && percent > Rest);
        return percent.ToString(crosses ? "0.00" : "0.0", CultureInfo.InvariantCulture);
    }

    internal static string Range(Interval? interval) =>
        interval is null ? Undefined : $"{Percent(interval.Low)} to {Percent(interval.High)}{Tie}%";

    internal static string Count(long count) => count.ToString("#,0", CultureInfo.InvariantCulture);

    internal static string Count(long count, string one, string many) => $"{Count(count)}{Tie}{(count == 1 ? one : many)}";

    /// <summary>The difference of two fractions in points of a percent, with its sign.</summary>
    internal static string Points(double difference)
    {
        var points = Math.Round(difference * Whole, 1, MidpointRounding.AwayFromZero);
        var sign = points > 0 ? "+" : points < 0 ? "−" : "±";
        return $"{sign}{Math.Abs(points).ToString("0.0", CultureInfo.InvariantCulture)}";
    }

    /// <summary>Hours below two days, days above.</summary>
    internal static string Hours(double? hours) => hours switch
    {
        null => Undefined,
        < 1 => $"{(hours.Value * 60).ToString("0", CultureInfo.InvariantCulture)}{Tie}min",
        < HoursInDays => $"{hours.Value.ToString("0.0", CultureInfo.InvariantCulture)}{Tie}h",
        _ => $"{(hours.Value / HoursOfDay).ToString("#,0.0", CultureInfo.InvariantCulture)}{Tie}days",
    };

    /// <summary>A length of up to minutes, in seconds.</summary>
    internal static string Seconds(TimeSpan length) => $"{length.TotalSeconds.ToString("0.0", CultureInfo.InvariantCulture)}{Tie}s";

    internal static string ExactHours(double? hours) =>
        hours is { } value ? $"{value.ToString("0.######", CultureInfo.InvariantCulture)} hours" : "";

    internal static string Bytes(long bytes) => bytes switch
    {
        < 1_000 => $"{bytes}{Tie}B",
        < 1_000_000 => $"{(bytes / 1e3).ToString("0.#", CultureInfo.InvariantCulture)}{Tie}kB",
        < 10_000_000_000 => $"{(bytes / 1e6).ToString("#,0.#", CultureInfo.InvariantCulture)}{Tie}MB",
        _ => $"{(bytes / 1e9).ToString("#,0.#", CultureInfo.InvariantCulture)}{Tie}GB",
    };
}
