using Followthrough.Analytics.Metrics;

namespace Followthrough.Dashboard.Exports;

/// <summary>What rows that leave the house were made by.</summary>
/// <param name="Id">Of the metric, or of what else it is.</param>
/// <param name="Name">In words.</param>
/// <param name="Version">Of its definition; of a model its number.</param>
/// <param name="Hash">Changes with whatever changes the rows.</param>
/// <param name="Formula">How they are made, in a sentence.</param>
internal sealed record RowsDefinition(string Id, string Name, long Version, string Hash, string Formula)
{
    internal static RowsDefinition Of(MetricDefinition metric) => Of(metric, (metric.Version, metric.Hash));

    /// <summary>Of rows that a metric's definition made, perhaps an earlier one.</summary>
    internal static RowsDefinition Of(MetricDefinition metric, (int Version, string Hash) by) =>
        new(metric.Id, metric.Name, by.Version, by.Hash, by.Hash == metric.Hash ? metric.Formula : "as it was defined when the quarter was closed; its bundle has the definition");

    /// <summary>Of groups of a figure.</summary>
    internal static RowsDefinition Of(MetricDefinition metric, MetricValue value) => Of(metric, (value.DefinitionVersion, value.DefinitionHash));

    /// <summary>Of commitments of every kind together.</summary>
    internal static RowsDefinition Of(CommitmentTotal total) =>
        new(total.Metric, CommitmentTotal.Name, total.DefinitionVersion, total.DefinitionHash, CommitmentTotal.Formula);
}
