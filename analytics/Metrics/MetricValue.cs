using Followthrough.Analytics.Editions;

namespace Followthrough.Analytics.Metrics;

/// <summary>A figure with everything needed to judge it.</summary>
public abstract record MetricValue
{
    /// <summary>The metric it is of.</summary>
    public required string Metric { get; init; }

    /// <summary>In the metric's unit; null when undefined, with <see cref="Reason"/>.</summary>
    public required double? Value { get; init; }

    /// <summary>Why <see cref="Value"/> is null, in words; null when it is not.</summary>
    public required string? Reason { get; init; }

    /// <summary>How many rows it rests on.</summary>
    public required long N { get; init; }

    /// <summary>Taken out by a person's decision or by the definition, by reason.</summary>
    public required IReadOnlyDictionary<string, long> Excluded { get; init; }

    /// <summary>95 %; null when <see cref="Value"/> is, and for figures that have none.</summary>
    public required Interval? Interval { get; init; }

    /// <summary>Fewer than the metric's minimum: shown grey, never ranked.</summary>
    public required bool TooFew { get; init; }

    /// <summary>Version of the definition used.</summary>
    public required int DefinitionVersion { get; init; }

    /// <summary>Hash of the definition used.</summary>
    public required string DefinitionHash { get; init; }

    /// <summary>The moment whose knowledge and clock it states.</summary>
    public required DateTimeOffset AsOf { get; init; }

    /// <summary>The closed quarters it comes from or reaches into; null where it is about open days alone, or about what was known at a moment.</summary>
    public EditionNote? Edition { get; init; }
}

/// <summary>One group of a split figure.</summary>
/// <param name="Key">Source key, month (yyyy-MM) or plain value; null where there is none.</param>
/// <param name="Name">What to show; says so when there is none.</param>
/// <param name="Value">The group's figure.</param>
public sealed record MetricGroup(string? Key, string Name, MetricValue Value);
