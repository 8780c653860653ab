namespace Followthrough.Analytics.Metrics;

/// <summary>A confidence interval of 95 %, as fractions.</summary>
public sealed record Interval(double Low, double High);

/// <summary>A rate beside the main one: its value (fraction or null with <paramref name="Reason"/>) and how many it rests on.</summary>
public sealed record SideRate(double? Value, string? Reason, long Kept, long N);

/// <summary>A figure with everything needed to judge it.</summary>
public sealed record MetricValue
{
    /// <summary>Fraction 0 to 1; null when undefined, with <see cref="Reason"/>.</summary>
    public required double? Value { get; init; }

    /// <summary>Why <see cref="Value"/> is null, in words; null when it is not.</summary>
    public required string? Reason { get; init; }

    /// <summary>Kept plus missed: what the rate rests on.</summary>
    public required long N { get; init; }

    public required long Kept { get; init; }

    /// <summary>Fulfilled late, or unfulfilled past due.</summary>
    public required long Missed { get; init; }

    /// <summary>Not yet due; in no rate.</summary>
    public required long Pending { get; init; }

    /// <summary>Part of <see cref="Missed"/>: nobody ever did what was owed.</summary>
    public required long NeverAnswered { get; init; }

    /// <summary>Excluded by a person's decision or by the definition, by reason.</summary>
    public required IReadOnlyDictionary<string, long> Excluded { get; init; }

    /// <summary>Wilson, 95 %; null when <see cref="Value"/> is.</summary>
    public required Interval? Interval { get; init; }

    /// <summary>What a report that forgets the unfulfilled would say.</summary>
    public required SideRate AnsweredOnly { get; init; }

    /// <summary>The next-business-day variant; kinds without one say so.</summary>
    public required SideRate NextBusinessDay { get; init; }

    /// <summary>Kaplan-Meier median of hours from opening to fulfilment, the unfulfilled censored; null when fewer than half were fulfilled.</summary>
    public required double? MedianHours { get; init; }

    /// <summary>Kaplan-Meier 90th percentile of hours from opening to fulfilment; null when not reached.</summary>
    public required double? P90Hours { get; init; }

    /// <summary>Median of the fulfilled alone, hours, to show the difference; null when none was fulfilled.</summary>
    public required double? AnsweredOnlyMedianHours { get; init; }

    /// <summary>Fewer than the metric's minimum: shown grey, never ranked.</summary>
    public required bool TooFew { get; init; }

    /// <summary>Version of the definition used.</summary>
    public required int DefinitionVersion { get; init; }

    /// <summary>The moment whose knowledge and clock it states.</summary>
    public required DateTimeOffset AsOf { get; init; }
}

/// <summary>One group of a split figure.</summary>
/// <param name="Key">Source key, month (yyyy-MM) or plain value; null where the ledger has none.</param>
/// <param name="Name">What to show; says so when there is none.</param>
/// <param name="Value">The group's figure.</param>
public sealed record MetricGroup(string? Key, string Name, MetricValue Value);
