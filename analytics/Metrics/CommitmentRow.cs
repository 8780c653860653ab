namespace Followthrough.Analytics.Metrics;

/// <summary>One commitment as a list shows it.</summary>
public sealed record CommitmentRow
{
    public required string Kind { get; init; }

    /// <summary>Source key of the fact that opened it: with the account and kind, its identity.</summary>
    public required string CommitmentKey { get; init; }

    /// <summary>Source key of the account.</summary>
    public required string Account { get; init; }

    public required string AccountName { get; init; }
    public required string? ContactName { get; init; }
    public required string? Channel { get; init; }
    /// <summary>What it is about, in the words of the fact that opened it; null where that has none.</summary>
    public required string? Subject { get; init; }
    public required string? Staff { get; init; }
    public required string? StaffName { get; init; }
    public required string? Team { get; init; }
    public required string? TeamName { get; init; }
    public required DateTimeOffset OpenedAt { get; init; }
    public required DateTimeOffset DueAt { get; init; }
    public required DateTimeOffset? FulfilledAt { get; init; }
    public required string? FulfilledChannel { get; init; }
    public required int Reminders { get; init; }
    public required CommitmentStatus Status { get; init; }
    public required string? ExcusedReason { get; init; }

    /// <summary>Staff key of who excused it.</summary>
    public required string? ExcusedBy { get; init; }

    /// <summary>The next-business-day deadline; null without a promised calendar.</summary>
    public required DateTimeOffset? DueNextBusinessDay { get; init; }

    /// <summary>Where it stands by that deadline; null without one or when excused.</summary>
    public required CommitmentStatus? NextBusinessDayStatus { get; init; }

    /// <summary>Source key of the answer.</summary>
    public required string? FulfilledByKey { get; init; }

    /// <summary>When the customer first turned to us, bots included.</summary>
    public required DateTimeOffset FirstContactAt { get; init; }

    /// <summary>The source has deleted the opening record since; the obligation stays.</summary>
    public required bool SourceDeleted { get; init; }

    public required string? ContactKey { get; init; }
    public required string? ThreadKey { get; init; }

    /// <summary>How it ended without being fulfilled, in the kind's own words (<c>customer_recovered</c>); null for what was fulfilled or still can be.</summary>
    public string? EndedAs { get; init; }

    /// <summary>When it ended so; null as well then.</summary>
    public DateTimeOffset? EndedAt { get; init; }

    /// <summary>How much it is about, of what is to be invoiced without tax; null for kinds that are about no amount.</summary>
    public decimal? Amount { get; init; }

    /// <summary>ISO 4217 code of <see cref="Amount"/>.</summary>
    public string? Currency { get; init; }
}

/// <summary>A page of rows and the exact number there are.</summary>
public sealed record CommitmentPage(IReadOnlyList<CommitmentRow> Rows, long Total);

/// <summary>What a row list can be ordered by.</summary>
public enum CommitmentSort { OpenedAt, DueAt, FulfilledAt, Account, Staff, Team, Status, Urgency }
