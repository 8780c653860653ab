using Followthrough.Analytics.Metrics;
using Followthrough.Dashboard.Layout;
using Followthrough.Dashboard.Wording;

namespace Followthrough.Dashboard.Commitments;

/// <summary>What the list of commitments draws.</summary>
public sealed record CommitmentsModel
{
    public required PageFrame Frame { get; init; }
    public required CommitmentPage Page { get; init; }

    /// <summary>The figure over the same filters but the status: what the counts by status come from.</summary>
    public required CommitmentValue Value { get; init; }

    public required FilterChoices Choices { get; init; }

    /// <summary>The way back to the statement the rows were come to from; null where they were not.</summary>
    public Compensation.StatementWay? Statement { get; init; }

    /// <summary>The metric whose commitments are listed.</summary>
    public CommitmentMetric Metric => MetricWords.OfKind(Frame.Query.Kind);

    /// <summary>Pages there are, at least 1.</summary>
    public int Pages => (int)Math.Max(1, (Page.Total + Frame.Query.Size - 1) / Frame.Query.Size);

    /// <summary>How many stand so.</summary>
    public long Count(CommitmentStatus status) => status switch
    {
        CommitmentStatus.Kept => Value.Kept,
        CommitmentStatus.Missed => Value.Missed,
        CommitmentStatus.Pending => Value.Pending,
        CommitmentStatus.Excused => Value.Excluded.Values.Sum(),
        _ => throw new ArgumentOutOfRangeException(nameof(status)),
    };
}
