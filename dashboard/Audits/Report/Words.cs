using System.Globalization;
using Followthrough.Analytics.Metrics;
using Followthrough.Dashboard.Wording;

namespace Followthrough.Dashboard.Audits.Report;

/// <summary>Numbers and lists as people write them in running text.</summary>
internal static class Words
{
    private const double Percent = 100;

    private static readonly string[] Small = ["none", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve"];

    /// <summary>Up to twelve in letters, above in digits.</summary>
    internal static string Number(long count) => count >= 0 && count < Small.Length ? Small[count] : Figures.Count(count);

    internal static string Capital(string words) => MetricWords.Capital(words);

    /// <summary>“one”, “one and two”, “one, two and three”.</summary>
    internal static string List(IReadOnlyList<string> words) => words.Count < 2 ? string.Concat(words) : $"{string.Join(", ", words.SkipLast(1))} and {words[^1]}";

    /// <summary>With one decimal, as the rates beside it: “2.1”, “12.0”.</summary>
    internal static string Tenths(double number) => Math.Round(number, 1, MidpointRounding.AwayFromZero).ToString("#,0.0", CultureInfo.InvariantCulture);

    /// <summary>The size of a difference of shares: “2.1 points”.</summary>
    internal static string Points(double difference)
    {
        var points = Math.Abs(difference) * Percent;
        var text = points < 0.05 ? points.ToString("0.00", CultureInfo.InvariantCulture) : Tenths(points);
        return $"{text} points";
    }

    /// <summary>A part of a difference: “11.2 of the 13.8 points”.</summary>
    internal static string Part(ReportFigure figure, double part, double whole) => figure.Metric.Unit is Unit.Share or Unit.Points
        ? $"{Size(figure, part).Split(' ')[0]} of the {Size(figure, whole)}" : $"{Size(figure, part)} of {Size(figure, whole)}";

    /// <summary>The size of a difference in the metric's unit.</summary>
    internal static string Size(ReportFigure figure, double difference) => figure.Metric.Unit switch
    {
        Unit.Share => Points(difference),
        Unit.Points => $"{Tenths(Math.Abs(difference))} points",
        _ => MeasureWords.Value(Math.Abs(difference), figure.Metric.Unit, figure.Currency),
    };

    /// <summary>A change in the metric's unit with its sign, as a table shows it: “−13.8 points”.</summary>
    internal static string Change(ReportFigure figure, double difference) => figure.Metric.Unit switch
    {
        Unit.Share => $"{Figures.Points(difference)}\u00a0points",
        _ when PlacesOf(figure, difference) is { } places => Signed(difference, places),
        _ => AuditWords.Difference((decimal)difference, figure.Metric.Unit, figure.Currency),
    };

    /// <summary>The same of the change's interval, the unit once and with as many decimals as the change.</summary>
    internal static string Reach(ReportFigure figure, Interval interval, double difference) => figure.Metric.Unit == Unit.Share
        ? $"{Figures.Points(interval.Low)} to {Figures.Points(interval.High)}"
        : PlacesOf(figure, difference) is { } places ? $"{Signed(interval.Low, places)} to {Signed(interval.High, places)}"
        : $"{Change(figure, interval.Low)} to {Change(figure, interval.High)}";

    /// <summary>Both ends of a change, with as many places as it takes to tell them apart.</summary>
    internal static (string To, string From) Ends(ReportFigure figure)
    {
        var (to, from) = (Value(figure, figure.Now), Value(figure, figure.Prior!));
        if (to != from || figure.Now.Value == figure.Prior!.Value || figure.Metric.Unit is Unit.Share or Unit.Money or Unit.Hours) return (to, from);
        var places = Enumerable.Range(2, 6).FirstOrDefault(n => Math.Round(figure.Now.Value!.Value, n) != Math.Round(figure.Prior.Value!.Value, n), 8);
        return (Exact(figure.Now.Value!.Value, places), Exact(figure.Prior.Value!.Value, places));
    }

    // Of what is counted in ones, the first two digits that are none of nought; null where the unit has decimals of its own.
    private static int? PlacesOf(ReportFigure figure, double difference) =>
        figure.Metric.Unit is Unit.Count or Unit.Points or Unit.Score or Unit.Index && Math.Abs(difference) is < 1 and > 0 ? 1 - (int)Math.Floor(Math.Log10(Math.Abs(difference))) : null;

    private static string Signed(double value, int places) => $"{(value < 0 ? "−" : "+")}{Exact(Math.Abs(value), places)}";

    private static string Exact(double value, int places) => value.ToString($"F{places}", CultureInfo.InvariantCulture).Replace('-', '−');

    internal static string Value(ReportFigure figure, MetricValue value) => MeasureWords.Value(value.Value, figure.Metric.Unit, (value as MeasureValue)?.Currency ?? figure.Currency);
}
