using Followthrough.Analytics.Metrics;

namespace Followthrough.Dashboard.Overview;

/// <summary>The figures of the Overview, all of one snapshot: the same for everybody who sees the same.</summary>
internal sealed record OverviewFigures
{
    public required IReadOnlyList<Promise> Promises { get; init; }
    public required IReadOnlyList<MeasureFigure> Measures { get; init; }
    public required Period? PriorPeriod { get; init; }
    public required Period TwelveMonths { get; init; }

    /// <summary>Of the twelve months those with any case.</summary>
    public required IReadOnlyList<CommitmentGroup> Months { get; init; }

    public required IReadOnlyList<CommitmentGroup> Teams { get; init; }

    /// <summary>The most urgent of those who wait, and how many wait.</summary>
    public required CommitmentPage Waiting { get; init; }

    /// <summary>Yesterday and today, in which those turned to us who are not yet due.</summary>
    public required CommitmentValue LastDays { get; init; }

    public required Period LastDaysPeriod { get; init; }
}
