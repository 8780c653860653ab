using Followthrough.Analytics.Metrics;
using Followthrough.Analytics.ProjectAudits;
using Followthrough.Dashboard.Churn;
using Followthrough.Dashboard.Layout;
using Followthrough.Dashboard.Mine;
using Followthrough.Dashboard.Wording;

namespace Followthrough.Dashboard.Accounts;

/// <summary>What the page of one account draws.</summary>
public sealed record AccountModel
{
    public required PageFrame Frame { get; init; }
    public required AccountFacts Account { get; init; }

    /// <summary>Rate of kept commitments of the chosen kind in the period.</summary>
    public required CommitmentValue Kept { get; init; }

    /// <summary>The same in the period before, to the same day while this one runs; null when there is none.</summary>
    public required CommitmentValue? Prior { get; init; }

    public required Period? PriorPeriod { get; init; }

    /// <summary>What is still owed to it now.</summary>
    public required Owed Owed { get; init; }

    /// <summary>Net revenue of the twelve months to the period's end.</summary>
    public required MeasureValue Revenue { get; init; }

    /// <summary>The same by month, without gaps.</summary>
    public required IReadOnlyList<MeasureGroup> Months { get; init; }

    /// <summary>What the customer said when asked, of the same twelve months: each score there is.</summary>
    public required IReadOnlyList<(MeasureMetric Metric, MeasureValue Value)> Scores { get; init; }

    /// <summary>What the newest scoring says of it; null before the first.</summary>
    public required RiskOfAccount? Risk { get; init; }

    /// <summary>What is or was owed of audits of its projects; empty for who may not audit.</summary>
    public required IReadOnlyList<AuditedProject> Audits { get; init; }

    /// <summary>The part of the timeline that is listed.</summary>
    public required TimelineModel Timeline { get; init; }

    /// <summary>The latest events of all sorts, for the chart.</summary>
    public required TimelineModel Drawn { get; init; }

    /// <summary>The metric whose rate is shown.</summary>
    public CommitmentMetric Metric => MetricWords.OfKind(Frame.Query.Kind);
}
