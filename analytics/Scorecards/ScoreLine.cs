using Followthrough.Analytics.Metrics;
using Followthrough.Analytics.Targets;

namespace Followthrough.Analytics.Scorecards;

/// <summary>What was measured, in the unit people write: shares in percent.</summary>
/// <param name="Value">Unrounded; null with <paramref name="Reason"/>.</param>
/// <param name="Reason">Why there is no value, in words; null when there is one.</param>
/// <param name="N">How many rows it rests on.</param>
/// <param name="Low">Lower end of the 95 % interval; null where there is none.</param>
/// <param name="High">Upper end of it; null where there is none.</param>
/// <param name="Currency">Of amounts; null for what is no money.</param>
public sealed record ScoreFigure(decimal? Value, string? Reason, long N, decimal? Low, decimal? High, string? Currency = null)
{
    internal static ScoreFigure Of(MetricDefinition metric, MetricValue value) => new(
        WrittenUnit.Of(metric, value), value.Reason, value.N,
        WrittenUnit.Of(metric.Unit, value.Interval?.Low), WrittenUnit.Of(metric.Unit, value.Interval?.High),
        (value as MeasureValue)?.Currency);
}

/// <summary>What a line of a scorecard is worked out from.</summary>
/// <param name="Metric">The metric.</param>
/// <param name="Weight">In percent.</param>
/// <param name="Own">The person's or team's figure.</param>
/// <param name="Team">The figure of the person's team, where it may stand in; null where there is none, and for teams.</param>
/// <param name="Target">What is aimed at; null where nothing is.</param>
public sealed record ScoreInput(MetricDefinition Metric, decimal Weight, ScoreFigure Own, ScoreFigure? Team, TargetInForce? Target);

/// <summary>Whose figure a line is judged by.</summary>
public enum JudgedBy
{
    /// <summary>The own one.</summary>
    Own,

    /// <summary>The team's: the own one rests on too few cases.</summary>
    Team,

    /// <summary>None: its weight went to the other lines.</summary>
    Nothing,
}

/// <summary>A line of a scorecard with all its arithmetic, unrounded.</summary>
public sealed record ScoreLine
{
    public required ScoreInput Input { get; init; }

    public required JudgedBy By { get; init; }

    /// <summary>Why the team's figure stands in, or none; null when the own one counts.</summary>
    public required string? Why { get; init; }

    /// <summary>0 to 150; null when it is not judged.</summary>
    public required decimal? Points { get; init; }

    /// <summary>Points at the worse end of the interval; null where there is no interval.</summary>
    public required decimal? LowPoints { get; init; }

    /// <summary>Points at the better end of the interval; null where there is no interval.</summary>
    public required decimal? HighPoints { get; init; }

    /// <summary>Weight after redistribution, in percent; 0 when it is not judged.</summary>
    public required decimal Counted { get; init; }

    /// <summary>The figure it is judged by; the own one when it is not judged.</summary>
    public ScoreFigure Figure => By == JudgedBy.Team ? Input.Team! : Input.Own;

    /// <summary>What it adds to the total; null when it is not judged.</summary>
    public decimal? Contribution => Points * Counted / 100;
}

/// <summary>A scorecard worked out for somebody and a period.</summary>
public sealed record ScoreResult
{
    public required IReadOnlyList<ScoreLine> Lines { get; init; }

    /// <summary>0 to 150; null with <see cref="Why"/>.</summary>
    public required decimal? Total { get; init; }

    /// <summary>The total with every line at the worse end of its 95 % interval, so the least it may be; null with the total.</summary>
    public required decimal? Low { get; init; }

    /// <summary>The total with every line at the better end of its 95 % interval, so the most it may be; null with the total.</summary>
    public required decimal? High { get; init; }

    /// <summary>Why there is no total, in words; null when there is one.</summary>
    public required string? Why { get; init; }

    /// <summary>Weight that can be judged, before redistribution, in percent.</summary>
    public required decimal Judged { get; init; }

    /// <summary>Part of <see cref="Judged"/> that rests on the team's figures.</summary>
    public decimal ByTeam => Lines.Where(line => line.By == JudgedBy.Team).Sum(line => line.Input.Weight);

    /// <summary>Lines that are judged and have no interval: by these the total's is too narrow.</summary>
    public IEnumerable<ScoreLine> WithoutInterval => Lines.Where(line => line is { Points: not null, LowPoints: null });
}
