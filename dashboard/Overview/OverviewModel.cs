using Followthrough.Analytics.Editions;
using Followthrough.Analytics.Metrics;
using Followthrough.Dashboard.Charts;
using Followthrough.Dashboard.Layout;
using Followthrough.Dashboard.Wording;

namespace Followthrough.Dashboard.Overview;

/// <summary>What the Overview draws.</summary>
public sealed record OverviewModel
{
    private const int BrokenShown = 6;

    public required PageFrame Frame { get; init; }

    /// <summary>Every kind's figure, in the order of the catalogue; the first is the answer within 24 hours.</summary>
    public required IReadOnlyList<Promise> Promises { get; init; }

    /// <summary>Measures beside the promises.</summary>
    public required IReadOnlyList<MeasureFigure> Measures { get; init; }

    /// <summary>The period before, to the same day while this one runs; null when there is none.</summary>
    public required Period? PriorPeriod { get; init; }

    /// <summary>Twelve months of answers within 24 hours up to the period's end, in order, without gaps.</summary>
    public required IReadOnlyList<CommitmentGroup> Months { get; init; }

    /// <summary>Teams by answers within 24 hours, best first; those with too few cases last.</summary>
    public required IReadOnlyList<CommitmentGroup> Teams { get; init; }

    public required WaitingModel Waiting { get; init; }

    /// <summary>What is aimed at.</summary>
    public required Aims Aims { get; init; }

    /// <summary>The quarter with the latest data, where the period has none; null where it has some, or there is none before it.</summary>
    public Period? Latest { get; init; }

    /// <summary>When the figures were worked out, where newer ones are on their way; null where they are of now.</summary>
    public required DateTimeOffset? Earlier { get; init; }

    /// <summary>Quarters that wait for the reader's signature.</summary>
    public IReadOnlyList<Closing> ToSign { get; init; } = [];

    /// <summary>Whether the company was just set up on an empty start.</summary>
    public bool CompanySaved { get; init; }

    /// <summary>The answer within 24 hours.</summary>
    public Promise Answer => Promises[0];

    /// <summary>All kinds together.</summary>
    public CommitmentTotal Total => CommitmentTotal.Of([.. Promises.Where(p => CommitmentTotal.Includes(p.Metric)).Select(p => p.Value)]);

    /// <summary>All kinds together in the period before; null when there is none.</summary>
    public CommitmentTotal? PriorTotal =>
        PriorPeriod is null ? null : CommitmentTotal.Of([.. Promises.Where(p => CommitmentTotal.Includes(p.Metric)).Select(p => p.Prior).OfType<CommitmentValue>()]);

    /// <summary>The change against the period before with the mix of kinds held still; null when there is none.</summary>
    public SameMix? SameMix =>
        SameMix.Of(Promises.Where(p => CommitmentTotal.Includes(p.Metric) && p.Prior is not null).Select(p => (p.Value, p.Prior!)));

    /// <summary>Those of which the most were missed, the most first.</summary>
    public IReadOnlyList<Promise> Broken =>
        [.. Promises.Where(p => p.Value.Missed > 0 && CommitmentTotal.Includes(p.Metric)).OrderByDescending(p => p.Value.Missed).Take(BrokenShown)];

    /// <summary>The figures on a page.</summary>
    internal static OverviewModel Of(PageFrame frame, Whole<OverviewFigures> figures, Aims aims) => new()
    {
        Frame = frame,
        Promises = figures.Value.Promises,
        Measures = figures.Value.Measures,
        PriorPeriod = figures.Value.PriorPeriod,
        Months = Charts.Months.Complete(figures.Value.Months, figures.Value.TwelveMonths, figures.Value.Promises[0].Metric, frame.KnownAt),
        Teams = figures.Value.Teams,
        Waiting = WaitingModel.Of(frame, figures.Value),
        Aims = aims,
        Earlier = figures.Earlier,
    };

    /// <summary>What it is compared with, in words; null when there is nothing.</summary>
    internal string? ComparedWith => PriorPeriod is null ? null : PeriodNames.Compared(Frame.Query.Period, PriorPeriod);

    /// <summary>The figure of a kind.</summary>
    internal Promise Of(string metric) => Promises.Single(p => p.Metric.Id == metric);
}

/// <summary>A metric's figure in the period, and in the one it is compared with (null when there is none).</summary>
public sealed record Promise(CommitmentMetric Metric, CommitmentValue Value, CommitmentValue? Prior);

/// <summary>A measure's figure in the period, and in the one it is compared with (null when there is none).</summary>
public sealed record MeasureFigure(MeasureMetric Metric, MeasureValue Value, MeasureValue? Prior);

/// <summary>Who is waiting for us right now.</summary>
/// <param name="Frame">The page it stands on.</param>
/// <param name="Rows">Most urgent first, not always all.</param>
/// <param name="Total">How many wait in all, however long.</param>
/// <param name="NotYetDue">How many of them are not overdue.</param>
/// <param name="Since">The days in which those turned to us.</param>
public sealed record WaitingModel(PageFrame Frame, IReadOnlyList<CommitmentRow> Rows, long Total, long NotYetDue, Period Since)
{
    internal static WaitingModel Of(PageFrame frame, OverviewFigures figures) =>
        new(frame, figures.Waiting.Rows, figures.Waiting.Total, figures.LastDays.Pending, figures.LastDaysPeriod);
}
