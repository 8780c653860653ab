namespace Followthrough.Analytics.Compensation;

/// <summary>What a plan asks of the ledger: a metric of somebody.</summary>
/// <param name="Metric">Id of the catalogue.</param>
/// <param name="For">Person, team or company.</param>
internal sealed record PayQuestion(string Metric, MeasuredFor For);

/// <summary>A measured value as it went into a statement; kept with it.</summary>
public sealed record PayInput
{
    public required string Metric { get; init; }

    public required MeasuredFor For { get; init; }

    /// <summary>Key of the person or the team; null for the company.</summary>
    public required string? Key { get; init; }

    /// <summary>Unrounded, in the plan's unit of the metric: shares in percent. Null with <see cref="Reason"/>.</summary>
    public required decimal? Value { get; init; }

    /// <summary>Why there is no value, in words; null when there is one.</summary>
    public required string? Reason { get; init; }

    public required long N { get; init; }

    /// <summary>95 % interval in the unit of <see cref="Value"/>; null where there is none.</summary>
    public required decimal? Low { get; init; }

    /// <inheritdoc cref="Low"/>
    public required decimal? High { get; init; }

    /// <summary>Why the metric must not be paid on, though it has a value: its sources do not tie out; null when nothing speaks against it.</summary>
    public string? Doubt { get; init; }

    public required string DefinitionHash { get; init; }
}

/// <summary>Somebody's place in a plan for one period, or for a part of it.</summary>
internal sealed record PayTerms
{
    /// <summary>Target incentive of a whole period.</summary>
    public required decimal Incentive { get; init; }

    /// <summary>Days in the plan by days in the period, both inclusive; with a cumulative plan added up over the year's periods so far.</summary>
    public required decimal Proration { get; init; }

    /// <summary>Paid before for the same year; zero unless the plan is cumulative.</summary>
    public decimal Paid { get; init; }
}
