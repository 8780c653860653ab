using System.Globalization;
using Followthrough.Analytics.Metrics;

namespace Followthrough.Dashboard.Wording;

/// <summary>Figures of any metric in their unit, as a reader expects them.</summary>
internal static class MeasureWords
{
    private const char Tie = '\u00a0';
    private const double Thousand = 1_000;

    /// <summary>With the unit; a dash when undefined.</summary>
    internal static string Value(double? value, Unit unit, string? currency = null) => value is not { } v ? Figures.Undefined : unit switch
    {
        Unit.Share => Minus(Figures.Rate(v)),
        Unit.Money => $"{Money(v)}{(currency is null ? "" : Tie + currency)}",
        Unit.Hours => Figures.Hours(v),
        Unit.Days => $"{Minus(v.ToString("#,0.#", CultureInfo.InvariantCulture))}{Tie}{(Math.Abs(v) == 1 ? "day" : "days")}",
        Unit.Points => Minus(v.ToString("0.0", CultureInfo.InvariantCulture)),
        Unit.Count => Minus(v.ToString("#,0.#", CultureInfo.InvariantCulture)),
        _ => Minus(v.ToString("0.00", CultureInfo.InvariantCulture)),
    };

    /// <summary>An interval with the unit once; a dash when there is none.</summary>
    internal static string Range(Interval? interval, Unit unit, string? currency = null) => interval is null ? Figures.Undefined
        : unit == Unit.Share ? $"{Signed(interval.Low)} to {Signed(interval.High)}{Tie}%"
        : $"{Value(interval.Low, unit)} to {Value(interval.High, unit, currency)}";

    /// <summary>The amount of a row: money to the cent, other numbers to two places where they have them.</summary>
    internal static string Amount(decimal? amount, string? currency) => amount is not { } a ? Figures.Undefined
        : Minus(a.ToString(currency is null ? "#,0.##" : "#,0.00", CultureInfo.InvariantCulture)) + (currency is null ? "" : $"{Tie}{currency}");

    /// <summary>The same to its last digit, for hovering; null when it has no more of them.</summary>
    internal static string? Exact(decimal? amount, string? currency) => amount is { } a && a != Math.Round(a, 2)
        ? Minus(a.ToString("#,0.##########", CultureInfo.InvariantCulture)) + (currency is null ? "" : $"{Tie}{currency}")
        : null;

    /// <summary>What an axis or a column counts: “%”, “days”, a currency; empty for plain numbers.</summary>
    internal static string Sign(Unit unit, string? currency = null) => unit switch
    {
        Unit.Share => "%",
        Unit.Money => currency ?? "",
        Unit.Hours => "hours",
        Unit.Days => "days",
        Unit.Points => "points",
        _ => "",
    };

    /// <summary>In words: “percent”, “money in the reporting currency” and so on.</summary>
    internal static string Name(Unit unit) => unit switch
    {
        Unit.Share => "percent",
        Unit.Money => "money",
        Unit.Hours => "elapsed hours",
        Unit.Days => "calendar days",
        Unit.Points => "points from −100 to 100",
        Unit.Score => "mark on the instrument's scale",
        Unit.Index => "quotient around 1",
        Unit.Count => "number",
        _ => throw new ArgumentOutOfRangeException(nameof(unit)),
    };

    internal static string Name(Better better) => better switch
    {
        Better.Higher => "higher",
        Better.Lower => "lower",
        Better.Neither => "neither, it is watched",
        _ => throw new ArgumentOutOfRangeException(nameof(better)),
    };

    /// <summary>How the interval was made, in a few words; empty where there is none.</summary>
    internal static string IntervalMethod(Aggregation aggregation) => aggregation switch
    {
        Aggregation.KeptShare or Aggregation.Share => "Wilson's score interval",
        Aggregation.Ratio => "Taylor linearisation over the rows",
        Aggregation.AccountMean => "bootstrap over accounts",
        _ => "",
    };

    /// <summary>The interval of a metric, by which method it is made and where it ends, for who reads a figure.</summary>
    internal static string Interval(MetricDefinition metric) => IntervalMethod(metric.Aggregation) is { Length: > 0 } method
        ? $"95 %, {method}{Ends(metric)}"
        : "none: " + metric.Aggregation switch
        {
            Aggregation.Sum => "a sum is all there is",
            Aggregation.Triangle => "each cohort is all there is",
            _ => "the spread is shown beside it",
        };

    /// <summary>The same of the mean over respondents.</summary>
    internal static string RespondentInterval(MetricDefinition metric) => metric.Unit switch
    {
        Unit.Points => "95 %, adjusted Wald; it ends at −100 and 100 points",
        Unit.Share => "95 %, Wilson's score interval; it ends at 0 and 100 %",
        _ => $"95 %, normal, each answer counting once{Ends(metric)}",
    };

    private static string Ends(MetricDefinition metric) => metric switch
    {
        { Aggregation: Aggregation.KeptShare or Aggregation.Share } or MeasureMetric { Bounds: { Least: 0, Most: 1 } } => "; it ends at 0 and 100 %",
        MeasureMetric { Aggregation: Aggregation.AccountMean, Bounds: { Least: { } least, Most: { } most } } => Minus($"; it ends at {least} and {most}"),
        MeasureMetric { Aggregation: Aggregation.Ratio, Bounds: { Least: 0, Most: null } } => $"; it ends at 0 and has no upper bound{(metric.Unit == Unit.Share ? ": the figure itself may pass 100 %" : "")}",
        MeasureMetric { Aggregation: Aggregation.Ratio, Bounds: { Least: null, Most: 1 } } => "; it ends at 100 %, and a loss takes it below 0",
        MeasureMetric { Aggregation: Aggregation.Ratio } => "; it has no bounds: the figure itself may be negative or pass 100 %",
        _ => "",
    };

    /// <summary>True when the figure is at least as good as the target; null without a figure or a target.</summary>
    internal static bool? OnTarget(MetricDefinition metric, double? value, double? target) => (value, target) is ({ } v, { } aim)
        ? metric.Better == Better.Lower ? v <= aim : v >= aim
        : null;

    private static string Money(double value) => Minus(value.ToString(Math.Abs(value) >= Thousand ? "#,0" : "#,0.00", CultureInfo.InvariantCulture));

    private static string Signed(double fraction) => Minus(Figures.Percent(fraction));

    // A true minus sign is as wide as the digits.
    private static string Minus(string number) => number.Replace('-', '−');
}
