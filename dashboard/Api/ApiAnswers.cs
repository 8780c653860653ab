using Followthrough.Analytics.Metrics;

namespace Followthrough.Dashboard.Api;

/// <summary>A page of a list.</summary>
/// <param name="Items">In the order of their keys.</param>
/// <param name="Total">How many there are in all, exactly.</param>
/// <param name="NextCursor">For the page that follows; null on the last.</param>
/// <param name="Next">The address of the page that follows; null on the last.</param>
internal sealed record Listing<T>(IReadOnlyList<T> Items, long Total, string? NextCursor, string? Next);

/// <summary>The rows behind a figure, a page of them, with what they rest on.</summary>
internal sealed record RowsAnswer
{
    public required string Metric { get; init; }
    public required int DefinitionVersion { get; init; }
    public required string DefinitionHash { get; init; }
    public required PeriodAnswer Period { get; init; }
    public required DateTimeOffset AsOf { get; init; }
    public required IReadOnlyList<IReadOnlyDictionary<string, object?>> Items { get; init; }

    /// <summary>How many there are in all, exactly.</summary>
    public required long Total { get; init; }

    public required string? NextCursor { get; init; }
    public required string? Next { get; init; }
}

/// <summary>A span of days of the company.</summary>
/// <param name="Label">As addresses write it.</param>
/// <param name="From">First day.</param>
/// <param name="To">The day after the last.</param>
internal sealed record PeriodAnswer(string Label, DateOnly From, DateOnly To)
{
    internal static PeriodAnswer Of(Period period) => new(period.Label, period.Start, period.End);
}

/// <summary>A metric as the catalogue has it.</summary>
internal sealed record MetricAnswer(
    string Id, string Name, string InWords, string Formula, string? Example, string Source, Unit Unit, Better Better, Aggregation Aggregation, double? Target, int MinimumN,
    int DefinitionVersion, string DefinitionHash, string? CommitmentKind, string Figure, string Rows)
{
    internal static MetricAnswer Of(MetricDefinition metric, double? target) => new(
        metric.Id, metric.Name, metric.InWords, metric.Formula, metric.Example, metric.Source, metric.Unit, metric.Better, metric.Aggregation, target, metric.MinimumN,
        metric.Version, metric.Hash, (metric as CommitmentMetric)?.Kind, $"{ApiEndpoint.Path}/metrics/{metric.Id}", $"{ApiEndpoint.Path}/metrics/{metric.Id}/rows");
}

/// <summary>An account.</summary>
/// <param name="Key">Its source key.</param>
/// <param name="Name">What it is called.</param>
/// <param name="Region">Null when unknown.</param>
/// <param name="Segment">Null when unknown.</param>
/// <param name="Address">Where it is read alone.</param>
/// <param name="Commitments">Where what is owed to it is read.</param>
internal sealed record AccountAnswer(string Key, string Name, string? Region, string? Segment, string Address, string Commitments);

/// <summary>A person and the teams he is in.</summary>
internal sealed record PersonAnswer(string Key, string Name, IReadOnlyList<string> Teams, bool HasLeft);

/// <summary>What came in, and how fresh the figures are.</summary>
internal sealed record SourcesAnswer(FreshnessAnswer Freshness, Listing<BatchAnswer> Batches);

/// <summary>How fresh the figures are; <see cref="IsBehind"/> when data came in that they do not show yet.</summary>
internal sealed record FreshnessAnswer(long LedgerVersion, DateTimeOffset? LedgerRefreshedAt, DateTimeOffset? LastBatchAt, bool IsBehind, long OpenQuarantine);

/// <summary>One file or stream range as it came in; read = added + changed + unchanged + rejected.</summary>
internal sealed record BatchAnswer(
    long Batch, string Name, string Source, string Mapping, string Sha256, long Read, long Added, long Changed, long Unchanged, long Rejected, DateTimeOffset CommittedAt);

/// <summary>The schedule and the latest runs.</summary>
internal sealed record JobsAnswer(IReadOnlyList<JobAnswer> Jobs, IReadOnlyList<RunAnswer> Runs, long TotalRuns);

/// <summary>A job; <see cref="NextAt"/> is null when it is not scheduled, the last three before its first run.</summary>
internal sealed record JobAnswer(string Job, string Name, string Description, DateTimeOffset? NextAt, string? LastOutcome, DateTimeOffset? LastAt, string? LastError);

/// <summary>One run of a job; <see cref="FinishedAt"/> is null while it runs.</summary>
internal sealed record RunAnswer(
    long Run, string Job, string Cause, DateTimeOffset StartedAt, DateTimeOffset? FinishedAt, string Outcome, long Done, long Total, long Written, long Removed, string? Note, string? Error);
