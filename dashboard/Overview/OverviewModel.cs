using Followthrough.Analytics.Metrics;
using Followthrough.Dashboard.Layout;
using Followthrough.Dashboard.Wording;

namespace Followthrough.Dashboard.Overview;

/// <summary>What the Overview draws.</summary>
public sealed record OverviewModel
{
    public required PageFrame Frame { get; init; }
    public required CommitmentMetric Metric { get; init; }

    /// <summary>The period's figure.</summary>
    public required CommitmentValue Value { get; init; }

    /// <summary>The figure it is compared with; null when there is none.</summary>
    public required CommitmentValue? Prior { get; init; }

    /// <summary>The period before, to the same day while this one runs; null when there is none.</summary>
    public required Period? PriorPeriod { get; init; }

    /// <summary>The same in words.</summary>
    internal string? ComparedWith => PriorPeriod is null ? null : PeriodNames.Compared(Frame.Query.Period, PriorPeriod);

    /// <summary>Twelve months up to the period's end, in order, without gaps.</summary>
    public required IReadOnlyList<CommitmentGroup> Months { get; init; }

    /// <summary>Teams, best first; those with too few cases last.</summary>
    public required IReadOnlyList<CommitmentGroup> Teams { get; init; }

    /// <summary>Every other metric, in the order of the catalogue.</summary>
    public required IReadOnlyList<OtherPromise> Others { get; init; }

    public required WaitingModel Waiting { get; init; }
}

/// <summary>Another metric's figure in the period, and in the one it is compared with (null when there is none).</summary>
public sealed record OtherPromise(CommitmentMetric Metric, CommitmentValue Value, CommitmentValue? Prior);

/// <summary>Who is waiting for us right now.</summary>
/// <param name="Frame">The page it stands on.</param>
/// <param name="Rows">Most urgent first, not always all.</param>
/// <param name="Total">How many wait in all, however long.</param>
/// <param name="NotYetDue">How many of them are not overdue.</param>
/// <param name="Since">The days in which those turned to us.</param>
public sealed record WaitingModel(PageFrame Frame, IReadOnlyList<CommitmentRow> Rows, long Total, long NotYetDue, Period Since);
