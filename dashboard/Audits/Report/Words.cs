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

    /// <summary>The size of a difference in the metric's unit.</summary>
    internal static string Size(ReportFigure figure, double difference) => figure.Metric.Unit switch
    {
        Unit.Share => Points(difference),
        Unit.Points => $"{Trimmed(Math.Abs(difference))} points",
        _ => MeasureWords.Value(Math.Abs(difference), figure.Metric.Unit, figure.Currency),
    };

    internal static string Value(ReportFigure figure, MetricValue value) => MeasureWords.Value(value.Value, figure.Metric.Unit, (value as MeasureValue)?.Currency ?? figure.Currency);
}
