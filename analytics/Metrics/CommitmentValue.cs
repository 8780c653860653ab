namespace Followthrough.Analytics.Metrics;

/// <summary>A rate beside the main one: its value (fraction or null with <paramref name="Reason"/>) and how many it rests on.</summary>
public sealed record SideRate(double? Value, string? Reason, long Kept, long N);

/// <summary>The rate of kept commitments; its n is those kept and those missed.</summary>
public sealed record CommitmentValue : MetricValue
{
    public required long Kept { get; init; }

    /// <summary>Fulfilled late, or unfulfilled past due.</summary>
    public required long Missed { get; init; }

    /// <summary>Not yet due; in no rate.</summary>
    public required long Pending { get; init; }

    /// <summary>Part of <see cref="Missed"/>: nobody ever did what was owed.</summary>
    public required long NeverAnswered { get; init; }

    /// <summary>What a report that forgets the unfulfilled would say.</summary>
    public required SideRate AnsweredOnly { get; init; }

    /// <summary>The next-business-day variant; kinds without one say so.</summary>
    public required SideRate NextBusinessDay { get; init; }

    /// <summary>Kaplan-Meier median of hours from opening to fulfilment, the unfulfilled censored; null when fewer than half were fulfilled, and when not asked for.</summary>
    public required double? MedianHours { get; init; }

    /// <summary>Kaplan-Meier 90th percentile of hours from opening to fulfilment; null when not reached or not asked for.</summary>
    public required double? P90Hours { get; init; }

    /// <summary>Median of the fulfilled alone, hours, to show the difference; null when none was fulfilled, and when not asked for.</summary>
    public required double? AnsweredOnlyMedianHours { get; init; }
}

/// <summary>One group of a split rate.</summary>
/// <param name="Key">Source key, month (yyyy-MM) or plain value; null where the ledger has none.</param>
/// <param name="Name">What to show; says so when there is none.</param>
/// <param name="Value">The group's figure.</param>
public sealed record CommitmentGroup(string? Key, string Name, CommitmentValue Value);
