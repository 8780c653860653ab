using Followthrough.Analytics.Metrics;
using Followthrough.Analytics.ProjectAudits;
using Followthrough.Dashboard.Wording;
using Npgsql;

namespace Followthrough.Dashboard.Mine;

/// <summary>How soon something owed has to be done.</summary>
public enum Urgency
{
    /// <summary>Past due for at most 30 days, and doing it still counts as doing it.</summary>
    Overdue,

    /// <summary>Due before the company's day is over.</summary>
    Today,

    /// <summary>Due on one of the seven days after it.</summary>
    Week,

    /// <summary>Due after those.</summary>
    Later,

    /// <summary>Past due for longer.</summary>
    Lapsed,
}

/// <summary>One commitment that is still owed, and whom to reach for it.</summary>
public sealed record OwedRow
{
    public required Urgency Urgency { get; init; }

    /// <summary>How many there are of its urgency.</summary>
    public required long Total { get; init; }

    public required string Kind { get; init; }

    /// <summary>With the account and the kind, its identity.</summary>
    public required string CommitmentKey { get; init; }

    /// <summary>Source key of the account.</summary>
    public required string Account { get; init; }

    public required string AccountName { get; init; }

    /// <summary>Source key of the person to reach; null when nobody is known.</summary>
    public required string? Contact { get; init; }

    /// <summary>Whether it is owed among ourselves, to other units or to an audit: the customer is not written to about it.</summary>
    public bool IsInternal => Kind is "project_audit" or "spot_check" || CommitmentKey.StartsWith(FindingDesk.OwnKey, StringComparison.Ordinal);

    public required string? ContactName { get; init; }
    public required string? ContactTitle { get; init; }

    /// <summary>Channel the contact asked for, in snake case; null when never said.</summary>
    public required string? PreferredChannel { get; init; }

    public required string? Email { get; init; }

    /// <summary>The number called from, else the contact's, else the account's.</summary>
    public required string? Phone { get; init; }

    /// <summary>The person must not be contacted.</summary>
    public required bool DoNotContact { get; init; }

    public required DateTimeOffset OpenedAt { get; init; }
    public required DateTimeOffset DueAt { get; init; }

    /// <summary>Channel on which it opened; null where none did.</summary>
    public required string? Channel { get; init; }

    /// <summary>Further contacts of the customer while waiting.</summary>
    public required int Reminders { get; init; }

    /// <summary>Staff key of who owes it; null when nobody does.</summary>
    public required string? Staff { get; init; }

    public required string? StaffName { get; init; }

    /// <summary>What it is about, in the source's words; null where it has none.</summary>
    public required string? Subject { get; init; }

    public required string? ThreadKey { get; init; }
    public required string? ProjectKey { get; init; }

    /// <summary>The number a missed call came from; null for other kinds and when withheld.</summary>
    public required string? CalledFrom { get; init; }

    /// <summary>The commitment it is, for lists that are drawn anew.</summary>
    public string Id => $"{Kind}/{Account}/{CommitmentKey}";

    /// <summary>The same for the record of an outcome.</summary>
    internal Addressed Addressed => new(Kind, Account, AccountName, CommitmentKey, Contact) { ThreadKey = ThreadKey, ProjectKey = ProjectKey, Number = CalledFrom };

    /// <summary>The metric it counts in.</summary>
    public CommitmentMetric Metric => MetricWords.OfKind(Kind);

    internal static OwedRow Read(NpgsqlDataReader row) => new()
    {
        Urgency = Enum.Parse<Urgency>(row.GetString(0), ignoreCase: true),
        Total = row.GetInt64(1),
        Kind = row.GetString(2),
        CommitmentKey = row.GetString(3),
        Account = row.GetString(4),
        AccountName = row.GetString(5),
        Contact = Text(row, 6),
        ContactName = Text(row, 7),
        ContactTitle = Text(row, 8),
        PreferredChannel = Text(row, 9),
        Email = Text(row, 10),
        Phone = Text(row, 11),
        DoNotContact = row.GetBoolean(12),
        OpenedAt = row.GetFieldValue<DateTimeOffset>(13),
        DueAt = row.GetFieldValue<DateTimeOffset>(14),
        Channel = Text(row, 15),
        Reminders = row.GetInt32(16),
        Staff = Text(row, 17),
        StaffName = Text(row, 18),
        Subject = Text(row, 19),
        ThreadKey = Text(row, 20),
        ProjectKey = Text(row, 21),
        CalledFrom = Text(row, 22),
    };

    private static string? Text(NpgsqlDataReader row, int column) => row.IsDBNull(column) ? null : row.GetString(column);
}
