using Followthrough.Analytics.Store;

namespace Followthrough.Analytics.Metrics;

/// <summary>A figure that is no rate of commitments: revenue, retention, scores, durations, forecast error.</summary>
public sealed record MeasureMetric : MetricDefinition
{
    /// <summary>Its statement, which finds the rows of <c>observed</c>: a file of the Measures folder without the extension; several metrics may share one.</summary>
    public required string File { get; init; }

    /// <summary>What tells metrics of the same statement apart; bound as <c>@variant</c>.</summary>
    public string Variant { get; init; } = "";

    /// <summary>Why there is no figure when nothing falls under it: "no order in this period and selection".</summary>
    public required string Nothing { get; init; }

    /// <summary>Why there is no figure when the base adds up to zero; only ratios have one.</summary>
    public string? NoBase { get; init; }

    /// <summary>Whether what counts depends on where the period begins and ends, so that the months of a year are no parts of the year.</summary>
    public bool DependsOnPeriod { get; init; }

    /// <summary>Queries of Measures/Shared that its statement reads by their names.</summary>
    public IReadOnlyList<string> Uses { get; init; } = [];

    /// <summary>Kinds of commitments its statement reads from the ledger; empty when it reads facts alone.</summary>
    public IReadOnlyList<string> Kinds { get; init; } = [];

    /// <summary>Default target in <see cref="Unit"/>; null when it is watched without one.</summary>
    public double? Target { get; init; }

    /// <summary>Between what a ratio or a mean lies; the interval ends there. No part of the definition: the figure is the same.</summary>
    public Bounds Bounds { get; init; } = Bounds.None;

    /// <inheritdoc/>
    public override required Unit Unit { get; init; }

    /// <inheritdoc/>
    public override required Better Better { get; init; }

    /// <inheritdoc/>
    public override required Aggregation Aggregation { get; init; }

    /// <inheritdoc/>
    public override double? Goal => Target;

    /// <inheritdoc/>
    public override string Sql => string.Concat(Uses.Select(Shared)) + $"observed as (\n{Read(File)})\n";

    /// <inheritdoc/>
    protected override string Rules => $"{Variant} {DependsOnPeriod}";

    private static string Shared(string name) => $"{name} as (\n{Read($"Shared/{name}")}),\n";

    private static string Read(string file) => SqlText.Read(typeof(MeasureMetric), $"Measures/{file}.sql");
}
