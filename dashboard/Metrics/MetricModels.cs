using Followthrough.Analytics.Metrics;
using Followthrough.Dashboard.Charts;
using Followthrough.Dashboard.Layout;

namespace Followthrough.Dashboard.Metrics;

/// <summary>A metric and its figure in the period.</summary>
public sealed record CatalogueEntry(MetricDefinition Metric, MetricValue Value);

/// <summary>What the catalogue draws.</summary>
/// <param name="Frame">The page it stands on.</param>
/// <param name="Entries">Metrics with their values.</param>
/// <param name="Aims">What is aimed at.</param>
public sealed record CatalogueModel(PageFrame Frame, IReadOnlyList<CatalogueEntry> Entries, Aims Aims);

/// <summary>What is said when there is no such metric.</summary>
/// <param name="Frame">The page it stands on.</param>
/// <param name="Id">What was asked for.</param>
/// <param name="Alike">What may have been meant; none when nothing is alike.</param>
public sealed record UnknownMetricModel(PageFrame Frame, string Id, IReadOnlyList<MetricDefinition> Alike);

/// <summary>What a metric's page draws.</summary>
public sealed record MetricModel
{
    /// <summary>Groups on a page of the table.</summary>
    public const int GroupsOnPage = 100;

    public required PageFrame Frame { get; init; }
    public required CommitmentMetric Metric { get; init; }

    /// <summary>What is aimed at.</summary>
    public required Aims Aims { get; init; }

    /// <summary>The period's figure.</summary>
    public required CommitmentValue Value { get; init; }

    /// <summary>Twelve months up to the period's end.</summary>
    public required IReadOnlyList<CommitmentGroup> Months { get; init; }

    /// <summary>How long it took; null when nothing is over.</summary>
    public required SpreadModel? Spread { get; init; }

    /// <summary>Every group of the chosen split, in the order shown.</summary>
    public required IReadOnlyList<CommitmentGroup> Groups { get; init; }

    public int Pages => Math.Max(1, (Groups.Count + GroupsOnPage - 1) / GroupsOnPage);

    public int Page => Math.Min(Frame.Query.Page, Pages);

    public IReadOnlyList<CommitmentGroup> Shown => [.. Groups.Skip((Page - 1) * GroupsOnPage).Take(GroupsOnPage)];
}
