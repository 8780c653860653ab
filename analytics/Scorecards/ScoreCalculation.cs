using Followthrough.Analytics.Metrics;
using Followthrough.Analytics.Targets;

namespace Followthrough.Analytics.Scorecards;

/// <summary>
/// Turns measured figures into points and a total. Knows neither database nor clock. A line with too few cases takes the team's figure of the
/// same metric; where there is none either, its weight goes to the other lines in proportion.
/// </summary>
internal static class ScoreCalculation
{
    /// <summary>The least weight, in percent, that has to be judged for there to be a total.</summary>
    public const decimal LeastJudged = 50;

    /// <param name="inputs">One for each line; weights add up to 100.</param>
    public static ScoreResult Of(IReadOnlyList<ScoreInput> inputs)
    {
        var lines = inputs.Select(Line).ToList();
        var judged = lines.Where(line => line.Points is not null).Sum(line => line.Input.Weight);
        lines = [.. lines.Select(line => line with { Counted = line.Points is null ? 0 : line.Input.Weight * 100 / judged })];
        var why = judged < LeastJudged ? $"too few to judge: {WrittenUnit.Text(judged)} of 100 of the weight can be judged, and it takes {LeastJudged}"
            : lines.TrueForAll(line => line.By != JudgedBy.Own) ? "too few to judge: every line rests on the team's figures, none on own ones"
            : null;
        return new ScoreResult
        {
            Lines = lines,
            Judged = judged,
            Why = why,
            Total = why is null ? Sum(lines, judged, line => line.Points!.Value) : null,
            Low = why is null ? Sum(lines, judged, line => line.LowPoints ?? line.Points!.Value) : null,
            High = why is null ? Sum(lines, judged, line => line.HighPoints ?? line.Points!.Value) : null,
        };
    }

    // Multiplied before it is divided, so that thirds keep their last digit.
    private static decimal Sum(List<ScoreLine> lines, decimal judged, Func<ScoreLine, decimal> points) =>
        lines.Where(line => line.Points is not null).Sum(line => points(line) * line.Input.Weight) / judged;

    private static ScoreLine Line(ScoreInput input)
    {
        var (by, why) = JudgedOf(input);
        var figure = by switch { JudgedBy.Own => input.Own, JudgedBy.Team => input.Team!, _ => null };
        var curve = figure is null ? null : input.Target!.Points.Curve(input.Metric)!;
        // Points never fall as the figure gets better, so the ends of one interval are the ends of the other.
        decimal[] ends = figure is { Low: { } low, High: { } high } ? [curve!.Percent(low), curve.Percent(high)] : [];
        return new ScoreLine
        {
            Input = input,
            By = by,
            Why = why,
            Points = figure is null ? null : curve!.Percent(figure.Value!.Value),
            LowPoints = ends.Length == 0 ? null : ends.Min(),
            HighPoints = ends.Length == 0 ? null : ends.Max(),
            Counted = 0,
        };
    }

    private static (JudgedBy By, string? Why) JudgedOf(ScoreInput input)
    {
        if (input.Target?.Points.Curve(input.Metric) is null)
            return (JudgedBy.Nothing, input.Metric.Aggregation == Aggregation.Sum ? "no target is set for a period of this length; those of sums are a quarter's" : "no target is set");
        if (input.Own.N >= input.Metric.MinimumN) return input.Own.Value is null ? (JudgedBy.Nothing, input.Own.Reason) : (JudgedBy.Own, null);
        var few = $"n = {input.Own.N}, fewer than {input.Metric.MinimumN}";
        return input.Team is { Value: not null } team && team.N >= input.Metric.MinimumN
            ? (JudgedBy.Team, $"{few}: the team's figure stands in")
            : (JudgedBy.Nothing, few);
    }
}
