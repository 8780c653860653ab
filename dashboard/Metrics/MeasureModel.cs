using Followthrough.Analytics.Metrics;
using Followthrough.Dashboard.Charts;
using Followthrough.Dashboard.Layout;

namespace Followthrough.Dashboard.Metrics;

/// <summary>What a measure's page draws.</summary>
public sealed record MeasureModel
{
    public required PageFrame Frame { get; init; }
    public required MeasureMetric Metric { get; init; }

    /// <summary>What is aimed at.</summary>
    public required Aims Aims { get; init; }

    /// <summary>The period's figure.</summary>
    public required MeasureValue Value { get; init; }

    /// <summary>Twelve months up to the period's end.</summary>
    public required IReadOnlyList<MeasureGroup> Months { get; init; }

    /// <summary>How the durations are spread; null for what is none, and when nothing is over.</summary>
    public required SpreadModel? Spread { get; init; }

    /// <summary>What was promised by month and what became of it, for figures about one kind of commitment; null for others.</summary>
    public required (CommitmentMetric Metric, IReadOnlyList<CommitmentGroup> Months)? Promised { get; init; }

    /// <summary>Every group of the chosen split, in the order shown.</summary>
    public required IReadOnlyList<MeasureGroup> Groups { get; init; }

    public int Pages => Math.Max(1, (Groups.Count + MetricModel.GroupsOnPage - 1) / MetricModel.GroupsOnPage);

    public int Page => Math.Min(Frame.Query.Page, Pages);

    public IReadOnlyList<MeasureGroup> Shown => [.. Groups.Skip((Page - 1) * MetricModel.GroupsOnPage).Take(MetricModel.GroupsOnPage)];
}

/// <summary>What the list of a measure's rows draws.</summary>
public sealed record MeasureRowsModel
{
    public required PageFrame Frame { get; init; }
    public required MeasureMetric Metric { get; init; }
    public required MeasureValue Value { get; init; }
    public required MeasurePage Page { get; init; }
    public required MeasureSort Order { get; init; }

    /// <summary>The way back to the statement the rows were come to from; null where they were not.</summary>
    public Compensation.StatementWay? Statement { get; init; }

    /// <summary>Whether the rows are of 12 months each that begin on one day, and not of the moments when something happened.</summary>
    internal bool IsOfYears => Metric.File == "RevenueRetention";

    public int Pages => (int)Math.Max(1, (Page.Total + Frame.Query.Size - 1) / Frame.Query.Size);
}
