using Followthrough.Analytics.Churn;
using Npgsql;

namespace Followthrough.Analytics.CallLists;

/// <summary>What came of a call so far: the strongest of what is on record since the list was made, whoever did it and wherever it was recorded.</summary>
/// <param name="What">called, excused, left_message, mailed or no_answer.</param>
/// <param name="Reason">Why it was excused; null for the rest.</param>
/// <param name="At">When.</param>
/// <param name="By">Name of our person; his key where the name is not known, null where the source does not say.</param>
public sealed record CallOutcome(string What, string? Reason, DateTimeOffset At, string? By);

/// <summary>A customer to be called: whom to reach, how and when, and what to know first.</summary>
public sealed record CallListRow
{
    /// <summary>Order of calling, from 1.</summary>
    public required int Place { get; init; }

    /// <summary>Source key of the account.</summary>
    public required string Account { get; init; }

    public required string AccountName { get; init; }

    /// <summary>Calibrated probability of leaving, when the list was made.</summary>
    public required double Probability { get; init; }

    /// <summary>Expected value at stake; null where it is not known.</summary>
    public required decimal? AtStake { get; init; }

    /// <summary>ISO 4217 code of <see cref="AtStake"/>.</summary>
    public required string? Currency { get; init; }

    public required IReadOnlyList<RiskReason> Reasons { get; init; }

    /// <summary>Staff key of the account's owner; null when nobody owns it.</summary>
    public required string? Owner { get; init; }

    public required string? OwnerName { get; init; }

    /// <summary>Source key of the person to reach; null where only the account's own number is known.</summary>
    public required string? Contact { get; init; }

    public required string? ContactName { get; init; }
    public required string? ContactTitle { get; init; }

    /// <summary>The contact's, else the account's; null where none is known, and since the person asked not to be contacted.</summary>
    public required string? Phone { get; init; }

    public required string? Email { get; init; }

    /// <summary>In snake case; null when the person never named one.</summary>
    public required string? PreferredChannel { get; init; }

    /// <summary>The person asked since not to be contacted.</summary>
    public required bool DoNotContact { get; init; }

    /// <summary>When they last heard from us before the list; null when never.</summary>
    public required DateTimeOffset? LastTouchAt { get; init; }

    /// <summary>Title of the gravest issue that was open, and since when; null without one.</summary>
    public required (string Title, DateTimeOffset At)? Issue { get; init; }

    /// <summary>The promise not kept in time, and when it was due; null without one.</summary>
    public required (string Content, DateTimeOffset DueAt)? Promise { get; init; }

    /// <summary>IANA zone they live in; null when not known.</summary>
    public required string? TimeZone { get; init; }

    /// <summary>When they can be called next, or now, by the hours promised to them; null without promised hours.</summary>
    public required (DateTimeOffset From, DateTimeOffset To)? Window { get; init; }

    /// <summary>Null while nothing is on record.</summary>
    public required CallOutcome? Outcome { get; init; }

    internal static CallListRow Read(NpgsqlDataReader row)
    {
        var refuses = row.GetBoolean(15);
        return new CallListRow
        {
            Place = row.GetInt32(0),
            Account = row.GetString(1),
            AccountName = row.GetString(2),
            Probability = row.GetDouble(3),
            AtStake = row.IsDBNull(4) ? null : row.GetDecimal(4),
            Currency = Text(row, 5),
            Reasons = ChurnJson.Read<List<RiskReason>>(row.GetString(6)),
            Owner = Text(row, 7),
            OwnerName = Text(row, 8),
            Contact = Text(row, 9),
            ContactName = Text(row, 10),
            ContactTitle = Text(row, 11),
            Phone = refuses ? null : Text(row, 12),
            Email = refuses ? null : Text(row, 13),
            PreferredChannel = Text(row, 14),
            DoNotContact = refuses,
            LastTouchAt = At(row, 16),
            Issue = Text(row, 17) is { } issue ? (issue, At(row, 18)!.Value) : null,
            Promise = Text(row, 19) is { } promise ? (promise, At(row, 20)!.Value) : null,
            TimeZone = Text(row, 21),
            Window = At(row, 22) is { } from ? (from, At(row, 23)!.Value) : null,
            Outcome = Text(row, 24) is { } what ? new CallOutcome(what, Text(row, 25), At(row, 26)!.Value, Text(row, 28) ?? Text(row, 27)) : null,
        };
    }

    private static string? Text(NpgsqlDataReader row, int column) => row.IsDBNull(column) ? null : row.GetString(column);

    private static DateTimeOffset? At(NpgsqlDataReader row, int column) => row.IsDBNull(column) ? null : row.GetFieldValue<DateTimeOffset>(column);
}
