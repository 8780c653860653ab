using Followthrough.Analytics.Metrics;
using Followthrough.Analytics.Targets;

namespace Followthrough.Dashboard.Charts;

/// <summary>What is aimed at for what a page shows: its figure, the groups it is split into and the months of its trend each have their own target.</summary>
/// <param name="Book">All targets.</param>
/// <param name="Query">What the page is about: period, team, person and viewer count.</param>
public sealed record Aims(TargetBook Book, MetricQuery Query)
{
    internal static async Task<Aims> ReadAsync(MetricReader metrics, MetricQuery query, CancellationToken ct) => new(await metrics.TargetsAsync(query.AsOf, ct), query);

    /// <summary>The figure's target, in its unit; null where there is none.</summary>
    internal double? Of(MetricDefinition metric) => Book.Goal(metric, Query);

    /// <summary>The rate's target as a fraction.</summary>
    internal double Of(CommitmentMetric metric) => Book.Goal(metric, Query);

    /// <summary>A group's own target; null where there is none.</summary>
    internal double? Of(MetricDefinition metric, Dimension by, string? key) => Book.Goal(metric, Query, by, key);

    /// <summary>A group's own target as a fraction.</summary>
    internal double Of(CommitmentMetric metric, Dimension by, string? key) => Book.Goal(metric, Query, by, key);

    /// <summary>In words, for a sentence about several groups: “the line is the target of 95.0 %”, or each one's own where they differ.</summary>
    internal string Line(CommitmentMetric metric, Dimension by, IEnumerable<string?> keys) => keys.Select(key => Of(metric, by, key)).Distinct().ToList() switch
    {
        [] => $"the line is the target of {Wording.Figures.Rate(Of(metric))}",
        [var one] => $"the line is the target of {Wording.Figures.Rate(one)}",
        _ => "the line is each one's own target",
    };
}
