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

    /// <summary>One decimal where there is one: “2.1”, “12”.</summary>
    internal static string Trimmed(double number) => Math.Round(number, 1, MidpointRounding.AwayFromZero).ToString("#,0.#", CultureInfo.InvariantCulture);

    /// <summary>The size of a difference of shares: “2.1 points”, “one point”.</summary>
    internal static string Points(double difference)
    {
        var points = Math.Abs(difference) * Percent;
        var text = points < 0.05 ? points.ToString("0.00", CultureInfo.InvariantCulture) : Trimmed(points);
        return text == "1" ? "one point" : $"{text} points";
    }

    /// <summary>A part of a difference: “11.2 of the 13.8 points”.</summary>
    internal static string Part(ReportFigure figure, double part, double whole) => figure.Metric.Unit is Unit.Share or Unit.Points
        ? $"{Size(figure, part).Split(' ')[0]} of the {Size(figure, whole)}" : $"{Size(figure, part)} of {Size(figure, whole)}";

    /// <summary>The size of a difference in the metric's unit.</summary>
    internal static string Size(ReportFigure figure, double difference) => figure.Metric.Unit switch
    {
        Unit.Share => Points(difference),
        Unit.Points => $"{Trimmed(Math.Abs(difference))} points",
        _ => MeasureWords.Value(Math.Abs(difference), figure.Metric.Unit, figure.Currency),
    };

    /// <summary>A change in the metric's unit with its sign, as a table shows it: “−13.8 points”.</summary>
    internal static string Change(ReportFigure figure, double difference) => figure.Metric.Unit switch
    {
        Unit.Share => $"{Figures.Points(difference)}\u00a0points",
        // Of what is counted in ones, the first two digits that are none of nought.
        Unit.Count or Unit.Points or Unit.Score or Unit.Index when Math.Abs(difference) < 1 => $"{(difference < 0 ? "−" : "+")}{(decimal)double.Parse(Math.Abs(difference).ToString("G2", CultureInfo.InvariantCulture), CultureInfo.InvariantCulture)}",
        _ => AuditWords.Difference((decimal)difference, figure.Metric.Unit, figure.Currency),
    };

    /// <summary>The same of an interval, the unit once.</summary>
    internal static string Reach(ReportFigure figure, Interval interval) => figure.Metric.Unit == Unit.Share
        ? $"{Figures.Points(interval.Low)} to {Figures.Points(interval.High)}" : $"{Change(figure, interval.Low)} to {Change(figure, interval.High)}";

    /// <summary>Both ends of a change, with as many places as it takes to tell them apart.</summary>
    internal static (string To, string From) Ends(ReportFigure figure)
    {
        var (to, from) = (Value(figure, figure.Now), Value(figure, figure.Prior!));
        if (to != from || figure.Now.Value == figure.Prior!.Value || figure.Metric.Unit is Unit.Share or Unit.Money or Unit.Hours) return (to, from);
        var places = Enumerable.Range(2, 6).FirstOrDefault(n => Math.Round(figure.Now.Value!.Value, n) != Math.Round(figure.Prior.Value!.Value, n), 8);
        return (Exact(figure.Now.Value!.Value, places), Exact(figure.Prior.Value!.Value, places));
    }

    private static string Exact(double value, int places) => value.ToString($"F{places}", CultureInfo.InvariantCulture).Replace('-', '−');

    internal static string Value(ReportFigure figure, MetricValue value) => MeasureWords.Value(value.Value, figure.Metric.Unit, (value as MeasureValue)?.Currency ?? figure.Currency);
}
