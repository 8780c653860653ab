using Followthrough.Analytics.Editions;
using Followthrough.Analytics.Measures;
using Followthrough.Analytics.Metrics;
using Followthrough.Analytics.ProjectAudits;
using Followthrough.Analytics.Targets;
using Followthrough.Dashboard.Layout;
using Followthrough.Dashboard.Wording;

namespace Followthrough.Dashboard.Audits.Report;

/// <summary>What the report of a quarter draws: from its edition where it is closed, else from what is known now, and then it is stamped a draft.</summary>
public sealed record ReportModel
{
    public required PageFrame Frame { get; init; }
    public required QuarterLine Quarter { get; init; }

    /// <summary>The edition that stands; null for a draft.</summary>
    public Edition? Edition => Quarter.Editions.Count == 0 ? null : Quarter.Editions[^1];

    /// <summary>As it stood at the first signature, or stands.</summary>
    public required IReadOnlyList<CheckItem> Checklist { get; init; }

    public required ReportFigures Figures { get; init; }

    /// <summary>From as first reported to as now known, for each figure that differs; none of a draft.</summary>
    public required IReadOnlyList<Bridge> Restated { get; init; }

    /// <summary>Projects that are owed an audit of the quarter, as <see cref="AuditsAt"/> says; none for who may not see them.</summary>
    public required IReadOnlyList<AuditedProject> Projects { get; init; }

    /// <summary>What their audits found so far; none for who may not see them.</summary>
    public required IReadOnlyList<AuditFinding> Findings { get; init; }

    /// <summary>The moment whose knowledge it states.</summary>
    public DateTimeOffset KnownAt => Edition?.CutOff ?? ReadAt;

    /// <summary>When audits and findings stood so: at the cut-off of an edition that keeps them, else now.</summary>
    public DateTimeOffset AuditsAt => Edition is { KeepsAudits: true } ? Edition.CutOff : Frame.Now;

    /// <summary>When its figures were read.</summary>
    public required DateTimeOffset ReadAt { get; init; }
}

/// <summary>All figures of a report, of one snapshot.</summary>
public sealed record ReportFigures
{
    public required Period Period { get; init; }

    /// <summary>What it is compared with: the quarter before, to the same day while this one runs; null when there is none.</summary>
    public required Period? Prior { get; init; }

    /// <summary>Every metric, in the order of the catalogue.</summary>
    public required IReadOnlyList<ReportFigure> All { get; init; }

    /// <summary>At most five that moved furthest of those that moved by more than chance; one of each family.</summary>
    public required IReadOnlyList<Mover> Movers { get; init; }

    /// <summary>Metrics that have a chart of their own.</summary>
    public required IReadOnlyList<MetricSheet> Sheets { get; init; }

    /// <summary>Teams by name.</summary>
    public required IReadOnlyList<TeamSheet> Teams { get; init; }

    /// <summary>What was aimed at.</summary>
    public required TargetBook Targets { get; init; }

    /// <summary>When customers come back, by the quarter of their first order.</summary>
    public required CohortTriangle Cohorts { get; init; }

    /// <summary>All kinds of commitments together.</summary>
    public CommitmentTotal Total => CommitmentTotal.Of([.. Kinds.Select(f => (CommitmentValue)f.Now)]);

    /// <summary>The same before; null where there is nothing to compare with.</summary>
    public CommitmentTotal? PriorTotal => Prior is null || Kinds.All(f => f.Prior is null or { N: 0 }) ? null : CommitmentTotal.Of([.. Kinds.Select(f => (CommitmentValue)f.Prior!)]);

    /// <summary>The change with the mix of kinds held still; null where there is none.</summary>
    public SameMix? SameMix => SameMix.Of(Kinds.Where(f => f.Prior is not null).Select(f => ((CommitmentValue)f.Now, (CommitmentValue)f.Prior!)));

    /// <summary>Of those that can be compared, how many.</summary>
    public int Compared => All.Count(f => f.IsCompared);

    private IEnumerable<ReportFigure> Kinds => All.Where(f => f.Metric is CommitmentMetric rate && CommitmentTotal.Includes(rate));
}

/// <summary>A figure of the quarter.</summary>
/// <param name="Metric">Of what.</param>
/// <param name="Now">In the quarter.</param>
/// <param name="Prior">In the one before; null when there is none.</param>
/// <param name="Target">What was aimed at, in its unit; null for nothing.</param>
public sealed record ReportFigure(MetricDefinition Metric, MetricValue Now, MetricValue? Prior, double? Target)
{
    /// <summary>The change; null where one of the two is undefined.</summary>
    public FigureChange? Change => Prior is null ? null : FigureChange.Of(Metric, Now, Prior);

    /// <summary>Whether it can be told from chance how it changed: both are defined, of enough cases, and have intervals.</summary>
    public bool IsCompared => Change?.Interval is not null && !Now.TooFew && Prior is { TooFew: false };

    /// <summary>How far it moved, so that figures can be told apart by it: a share on its own scale, anything else as a part of what it was; null without a change.</summary>
    public double? Moved => Change is { } change ? Distance(change.Difference, Prior!.Value!.Value) : null;

    /// <summary>How far it is from its target, measured alike; null where it reaches it, has none, or cannot be judged.</summary>
    public double? Missing => Target is { } target && !Now.TooFew && MeasureWords.OnTarget(Metric, Now.Value, target) == false ? Distance(Now.Value!.Value - target, target) : null;

    /// <summary>True when it changed for the better; null when it did not, or neither way is better.</summary>
    public bool? IsBetter => Change is null or { Difference: 0 } || Metric.Better == Better.Neither ? null : Change.Difference > 0 == (Metric.Better == Better.Higher);

    /// <summary>Currency of amounts; null for what is no money.</summary>
    public string? Currency => (Now as MeasureValue)?.Currency;

    /// <summary>Whether it rests on so few cases that, shared among teams and held against the quarter before, they tell nothing.</summary>
    internal bool IsOnFew => Now.N < 100;

    // Nothing is a part of nought.
    private double Distance(double difference, double from) => Math.Abs(Metric.Unit switch
    {
        Unit.Share => difference,
        Unit.Points => difference / 100,
        _ => from == 0 ? double.PositiveInfinity : difference / from,
    });

    /// <summary>Metrics of one family say much the same; of the movers there is one of each.</summary>
    internal string Family => Metric switch
    {
        CommitmentMetric { Kind: "deliver_current" } => "deliver",
        CommitmentMetric rate => rate.Kind,
        MeasureMetric { File: "CallBacks" or "Sides", Kinds: [var kind, ..] } => kind,
        MeasureMetric { File: "SurveyScores" } => Metric.Id,
        MeasureMetric measure => measure.File,
        _ => Metric.Id,
    };
}

/// <summary>A figure that moved by more than chance.</summary>
/// <param name="Figure">Which.</param>
/// <param name="Splits">How its change is split by teams, segments, regions and channels, where it can be.</param>
public sealed record Mover(ReportFigure Figure, IReadOnlyList<MixSplit> Splits)
{
    /// <summary>The change; of a mover there always is one.</summary>
    public FigureChange Change => Figure.Change!;
}

/// <summary>A metric with its trend and its teams.</summary>
/// <param name="Figure">Of the quarter.</param>
/// <param name="Quarters">Eight quarters, the oldest first.</param>
/// <param name="Teams">By team, the most cases first.</param>
public sealed record MetricSheet(ReportFigure Figure, IReadOnlyList<QuarterPoint> Quarters, IReadOnlyList<TeamPoint> Teams);

/// <summary>A quarter of a trend.</summary>
/// <param name="Period">Which.</param>
/// <param name="Value">The figure.</param>
/// <param name="Target">What was aimed at then; null for nothing.</param>
public sealed record QuarterPoint(Period Period, MetricValue Value, double? Target);

/// <summary>A team's figure.</summary>
/// <param name="Key">Null for those without a team.</param>
/// <param name="Name">As it was called.</param>
/// <param name="Value">The figure.</param>
/// <param name="Target">The team's target; null for nothing.</param>
public sealed record TeamPoint(string? Key, string Name, MetricValue Value, double? Target);

/// <summary>A team with its main figures.</summary>
/// <param name="Name">As it was called.</param>
/// <param name="Total">All its commitments together.</param>
/// <param name="Figures">Main figures, each with the company's.</param>
public sealed record TeamSheet(string Name, CommitmentTotal Total, IReadOnlyList<(ReportFigure Company, TeamPoint Team)> Figures);
