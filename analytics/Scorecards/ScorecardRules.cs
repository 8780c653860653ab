using Followthrough.Analytics.Metrics;
using Followthrough.Analytics.Targets;

namespace Followthrough.Analytics.Scorecards;

/// <summary>What is wrong with a scorecard, in sentences.</summary>
internal static class ScorecardRules
{
    public const int MostLines = 12, LongestName = 100, LongestReason = 400;

    private const decimal Whole = 100;

    private static readonly DateOnly Earliest = new(1900, 1, 1), Latest = new(9000, 1, 1);

    /// <summary>Metrics that may stand in one: a person can be judged by them, and one way is better.</summary>
    public static IReadOnlyList<MetricDefinition> Metrics { get; } = [.. MetricCatalogue.All.Where(metric => metric.JudgesPeople && metric.Better != Better.Neither)];

    /// <summary>Everything that is wrong; none when it can be taken.</summary>
    /// <param name="scorecard">The version that is to be made.</param>
    /// <param name="others">Those in force on its first day or on a later one.</param>
    public static IEnumerable<string> Faults(Scorecard scorecard, IEnumerable<Scorecard> others)
    {
        if (scorecard.Name.Length is 0 or > LongestName) yield return $"The name: expected one of at most {LongestName} characters.";
        if (scorecard.Reason.Length is 0 or > LongestReason) yield return $"The reason: expected why, in at most {LongestReason} characters; it stays with the version.";
        if (scorecard.From < Earliest || scorecard.From > Latest) yield return "The first day: expected one of the years 1900 to 9000.";
        if (scorecard is { Team: not null, Title: not null }) yield return "For whom: expected a team or a position, or neither.";
        if (others.FirstOrDefault(other => other.Id != scorecard.Id && other.Team == scorecard.Team && other.Title == scorecard.Title) is { } same && !scorecard.Ended)
            yield return $"For whom: “{same.Name}” is for the same on some of these days, and each is judged by one. Expected another choice, or that one changed or ended.";
        foreach (var fault in OfLines(scorecard.Lines)) yield return fault;
    }

    private static IEnumerable<string> OfLines(IReadOnlyList<WeightedMetric> lines)
    {
        if (lines.Count is 0 or > MostLines)
        {
            yield return $"The metrics: expected 1 to {MostLines}.";
            yield break;
        }
        foreach (var line in lines)
        {
            if (MetricCatalogue.Find(line.Metric) is not { } metric) yield return $"“{line.Metric}” is no metric of the catalogue.";
            else if (!metric.JudgesPeople) yield return $"{metric.Name}: speaks of teams and never of one person, so nobody is judged by it.";
            else if (metric.Better == Better.Neither) yield return $"{metric.Name}: neither more nor less of it is better, so nobody is judged by it.";
            if (line.Weight is <= 0 or > Whole) yield return $"The weight of {Name(line.Metric)}: expected more than 0 and at most 100, not {WrittenUnit.Text(line.Weight)}.";
        }
        foreach (var twice in lines.GroupBy(line => line.Metric).Where(g => g.Count() > 1)) yield return $"{Name(twice.Key)} stands there twice; expected each metric once.";
        if (lines.Sum(line => line.Weight) is var sum && sum != Whole) yield return $"The weights add up to {WrittenUnit.Text(sum)}; expected 100.";
    }

    private static string Name(string metric) => MetricCatalogue.Find(metric)?.Name ?? metric;
}
