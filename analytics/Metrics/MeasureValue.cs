namespace Followthrough.Analytics.Metrics;

/// <summary>A measure beside the ledger; its n is the rows that are not excluded.</summary>
public sealed record MeasureValue : MetricValue
{
    /// <summary>Sum of the rows' amounts; null where a sum means nothing or no row has one.</summary>
    public required decimal? Amount { get; init; }

    /// <summary>Sum of the rows' bases: what <see cref="Amount"/> is held against; null where there is none.</summary>
    public required decimal? Base { get; init; }

    /// <summary>Currency of the amounts; null where they are no money.</summary>
    public required string? Currency { get; init; }

    /// <summary>Durations: Kaplan-Meier median, the unfinished censored; null for other measures and when not reached.</summary>
    public required double? Median { get; init; }

    /// <summary>Durations: Kaplan-Meier 90th percentile; null for other measures and when not reached.</summary>
    public required double? P90 { get; init; }

    /// <summary>Durations: median of the finished alone, to show the difference; null when none is finished.</summary>
    public required double? FinishedOnlyMedian { get; init; }

    /// <summary>Durations: how many are unfinished, and so censored.</summary>
    public required long? Unfinished { get; init; }

    /// <summary>Scores: the mean over respondents, each counting once, beside the headline in which each account does.</summary>
    public required RespondentMean? Respondents { get; init; }
}

/// <summary>A score with every respondent counting once.</summary>
/// <param name="Value">In the metric's unit.</param>
/// <param name="Interval">95 %, as if respondents answered independently: adjusted Wald for points, Wilson for shares, normal for marks.</param>
/// <param name="N">Respondents.</param>
/// <param name="Accounts">Accounts with at least one of them.</param>
public sealed record RespondentMean(double Value, Interval? Interval, long N, long Accounts);

/// <summary>One group of a split measure.</summary>
/// <param name="Key">Source key, month (yyyy-MM) or plain value; null where there is none.</param>
/// <param name="Name">What to show; says so when there is none.</param>
/// <param name="Value">The group's figure.</param>
public sealed record MeasureGroup(string? Key, string Name, MeasureValue Value);

/// <summary>One row of a measure: what it counts, and what that adds to the figure.</summary>
public sealed record MeasureRow
{
    /// <summary>Source key of the account.</summary>
    public required string Account { get; init; }

    public required string AccountName { get; init; }

    /// <summary>The fact it comes from, by its table's name: <c>invoice_line</c>.</summary>
    public required string Fact { get; init; }

    /// <summary>Source key of that fact.</summary>
    public required string Key { get; init; }

    /// <summary>What it is about; null where the source has no words for it.</summary>
    public required string? Label { get; init; }

    public required string? Staff { get; init; }
    public required string? StaffName { get; init; }
    public required string? Team { get; init; }
    public required string? TeamName { get; init; }

    /// <summary>When it counts.</summary>
    public required DateTimeOffset At { get; init; }

    /// <summary>What it adds to the figure, in the metric's unit or its numerator; null when unknown.</summary>
    public required decimal? Amount { get; init; }

    /// <summary>What it adds to the base; null where the metric has none.</summary>
    public required decimal? Base { get; init; }

    /// <summary>Currency of the amounts; null where they are no money.</summary>
    public required string? Currency { get; init; }

    /// <summary>Durations: whether it is over; null elsewhere.</summary>
    public required bool? Finished { get; init; }

    /// <summary>Why it does not count; null when it does.</summary>
    public required string? Excluded { get; init; }
}

/// <summary>A page of rows and the exact number there are.</summary>
public sealed record MeasurePage(IReadOnlyList<MeasureRow> Rows, long Total);

/// <summary>What a list of a measure's rows can be ordered by.</summary>
public enum MeasureSort { At, Amount, Base, Account, Staff, Team }
