using Followthrough.Analytics.Editions;
using Followthrough.Analytics.Metrics;

namespace Followthrough.Dashboard.Api;

/// <summary>A figure with everything needed to judge it.</summary>
internal sealed record FigureAnswer
{
    public required string Metric { get; init; }
    public required Unit Unit { get; init; }

    /// <summary>In the unit; null when undefined, with <see cref="Reason"/>.</summary>
    public required double? Value { get; init; }

    public required string? Reason { get; init; }

    /// <summary>How many rows it rests on.</summary>
    public required long N { get; init; }

    /// <summary>95 %; null for figures that have none.</summary>
    public required Interval? Interval { get; init; }

    /// <summary>Too few rows to judge.</summary>
    public required bool TooFew { get; init; }

    /// <summary>Taken out by a person's decision or by the definition, by reason.</summary>
    public required IReadOnlyDictionary<string, long> Excluded { get; init; }

    /// <summary>What is aimed at: in force at the end of the period for who or what the figure is of; null where there is none.</summary>
    public required double? Target { get; init; }

    public required int DefinitionVersion { get; init; }
    public required string DefinitionHash { get; init; }
    public required DateTimeOffset AsOf { get; init; }

    /// <summary>The closed quarters it comes from or reaches into; null where it is about open days alone.</summary>
    public EditionNote? Edition { get; init; }

    /// <summary>Rates of commitments: how many were kept; null elsewhere, as the next three are.</summary>
    public long? Kept { get; init; }
    public long? Missed { get; init; }
    public long? Pending { get; init; }
    public double? MedianHours { get; init; }

    /// <summary>Measures: sum of the rows' amounts; null elsewhere, as the next two are.</summary>
    public decimal? Amount { get; init; }
    public decimal? Base { get; init; }
    public string? Currency { get; init; }

    internal static FigureAnswer Of(MetricDefinition metric, MetricValue value, double? target)
    {
        var (rate, measure) = (value as CommitmentValue, value as MeasureValue);
        return new FigureAnswer
        {
            Metric = value.Metric,
            Unit = metric.Unit,
            Value = value.Value,
            Reason = value.Reason,
            N = value.N,
            Interval = value.Interval,
            TooFew = value.TooFew,
            Excluded = value.Excluded,
            Target = target,
            DefinitionVersion = value.DefinitionVersion,
            DefinitionHash = value.DefinitionHash,
            AsOf = value.AsOf,
            Edition = value.Edition,
            Kept = rate?.Kept,
            Missed = rate?.Missed,
            Pending = rate?.Pending,
            MedianHours = rate?.MedianHours,
            Amount = measure?.Amount,
            Base = measure?.Base,
            Currency = measure?.Currency,
        };
    }
}

/// <summary>The figure asked for.</summary>
/// <param name="Period">What counts.</param>
/// <param name="Figure">Over all of it.</param>
/// <param name="By">What it is split by; null when it is not.</param>
/// <param name="Groups">Its parts; null when it is not split.</param>
internal sealed record MetricFigureAnswer(PeriodAnswer Period, FigureAnswer Figure, string? By, IReadOnlyList<GroupAnswer>? Groups);

/// <summary>A part of a split figure; <paramref name="Key"/> is null for what has none.</summary>
internal sealed record GroupAnswer(string? Key, string Name, FigureAnswer Figure);
