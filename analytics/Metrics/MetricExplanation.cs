using Followthrough.Analytics.Facts;
using Followthrough.Analytics.Store;

namespace Followthrough.Analytics.Metrics;

/// <summary>What a metric means and how it is computed, to the last statement.</summary>
internal static class MetricExplanation
{
    public static void Write(MetricDefinition metric, TextWriter to)
    {
        foreach (var (name, text) in Lines(metric)) to.WriteLine($"{name,-14}{text}");
        to.WriteLine();
        to.WriteLine($"-- the rows: what {metric.Id} counts");
        to.WriteLine(metric.Sql.TrimEnd());
        foreach (var file in Files(metric))
        {
            to.WriteLine();
            to.WriteLine($"-- {file}");
            to.WriteLine(SqlText.Read(typeof(MetricExplanation), file).TrimEnd());
        }
    }

    private static IEnumerable<(string, string)> Lines(MetricDefinition metric)
    {
        yield return ("metric", $"{metric.Id}: {metric.Name}");
        yield return ("in words", metric.InWords);
        yield return ("formula", metric.Formula);
        if (metric.Example is { } example) yield return ("example", example);
        yield return ("unit", Word(metric.Unit));
        yield return ("better", Word(metric.Better));
        yield return ("aggregation", Word(metric.Aggregation));
        yield return ("usual target", metric.Goal is { } goal ? FigureText.Of(goal, metric.Unit) : "none");
        yield return ("minimum n", FigureText.N(metric.MinimumN));
        yield return ("source", metric.Source);
        yield return ("definition", $"version {metric.Version}, hash {metric.Hash}");
    }

    private static string[] Files(MetricDefinition metric) => metric switch
    {
        CommitmentMetric => ["Commitments/Attribution.sql", "Metrics/Scoped.sql", "Metrics/Values.sql"],
        { Aggregation: Aggregation.Triangle } => ["Metrics/MeasureScope.sql", "Measures/CohortSizes.sql"],
        _ => ["Metrics/MeasureScope.sql", metric.Aggregation switch
        {
            Aggregation.Median or Aggregation.NinetiethPercentile => "Metrics/MeasureDurations.sql",
            Aggregation.AccountMean => "Metrics/MeasureScores.sql",
            _ => "Metrics/MeasureSums.sql",
        }],
    };

    private static string Word<T>(T value) where T : Enum => FactTable.Snake(value.ToString()).Replace('_', ' ');
}
