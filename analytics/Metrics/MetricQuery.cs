namespace Followthrough.Analytics.Metrics;

/// <summary>What a figure can be split by.</summary>
public enum Dimension { Team, Staff, Account, Region, Segment, Channel, Month }

/// <summary>Where a commitment stands at the query's as-of time.</summary>
public enum CommitmentStatus
{
    /// <summary>Fulfilled by its due time.</summary>
    Kept,

    /// <summary>Fulfilled too late, or not at all and past due.</summary>
    Missed,

    /// <summary>Not fulfilled and not yet due.</summary>
    Pending,

    /// <summary>Excused by a person with a reason; counted apart.</summary>
    Excused,
}

/// <summary>The one question every tile, list, drill, export and API answer asks.</summary>
public sealed record MetricQuery
{
    /// <summary>As a filter: what has no team, person, region or segment. No key is empty.</summary>
    public const string None = "";

    /// <summary>Catalogue id, for example <c>respond_24h</c>.</summary>
    public required string Metric { get; init; }

    /// <summary>Commitments opened in it are counted; of metrics that count when due, those due in it.</summary>
    public Period Period { get; init; } = Period.Always;

    /// <summary>Team key at the opening; <see cref="None"/> for those without a team, null for all.</summary>
    public string? Team { get; init; }

    /// <summary>Staff key responsible at the opening; <see cref="None"/> for those nobody answers for, null for all.</summary>
    public string? Staff { get; init; }

    /// <summary>Source key of the account; null for all.</summary>
    public string? Account { get; init; }

    /// <summary>Region of the account; <see cref="None"/> for those without one, null for all.</summary>
    public string? Region { get; init; }

    /// <summary>Segment of the account; <see cref="None"/> for those without one, null for all.</summary>
    public string? Segment { get; init; }

    /// <summary>Channel in snake case; null for all, and without meaning where a metric's rows have none.</summary>
    public string? Channel { get; init; }

    /// <summary>Only commitments that stand so; null for all. Rates ignore it, row lists apply it.</summary>
    public CommitmentStatus? Status { get; init; }

    /// <summary>
    /// Only rows that took so long: hours of commitments from opening to fulfilment, the amount of a measure's rows; null for all. Rates
    /// ignore it, row lists apply it.
    /// </summary>
    public Lasted? Lasted { get; init; }

    /// <summary>Whether medians and percentiles are wanted. Without them the roll-ups can answer, whatever the ledger's size.</summary>
    public bool WithDurations { get; init; } = true;

    /// <summary>As known then; null means now. Facts learned later are unseen and the clock stands at it.</summary>
    public DateTimeOffset? AsOf { get; init; }

    /// <summary>Closed quarters as they are known now, in place of what was reported of them.</summary>
    public bool AsNowKnown { get; init; }

    /// <summary>Who asks.</summary>
    public required Viewer Viewer { get; init; }
}
