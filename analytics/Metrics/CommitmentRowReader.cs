using Npgsql;

namespace Followthrough.Analytics.Metrics;

/// <summary>Reads the rows that Rows.sql returns.</summary>
internal static class CommitmentRowReader
{
    public static CommitmentRow Read(NpgsqlDataReader row) => new()
    {
        Kind = row.GetString(0),
        CommitmentKey = row.GetString(1),
        Account = Text(row, 2) ?? "",
        AccountName = Text(row, 3) ?? "unknown account",
        ContactName = Text(row, 4),
        Channel = Text(row, 5),
        Subject = Text(row, 6),
        Staff = Text(row, 7),
        StaffName = Text(row, 8) ?? Text(row, 7),
        Team = Text(row, 9),
        TeamName = Text(row, 10) ?? Text(row, 9),
        OpenedAt = row.GetFieldValue<DateTimeOffset>(11),
        DueAt = row.GetFieldValue<DateTimeOffset>(12),
        FulfilledAt = Instant(row, 13),
        FulfilledChannel = Text(row, 14),
        Reminders = row.GetInt32(15),
        Status = Enum.Parse<CommitmentStatus>(row.GetString(16), ignoreCase: true),
        ExcusedReason = Text(row, 17),
        DueNextBusinessDay = Instant(row, 18),
        NextBusinessDayStatus = Status(row, 19),
        FulfilledByKey = Text(row, 20),
        FirstContactAt = row.GetFieldValue<DateTimeOffset>(21),
        SourceDeleted = row.GetBoolean(22),
        ExcusedBy = Text(row, 23),
        ContactKey = Text(row, 24),
        ThreadKey = Text(row, 25),
        EndedAs = Text(row, 26),
        EndedAt = Instant(row, 27),
        Amount = row.IsDBNull(28) ? null : row.GetDecimal(28),
        Currency = Text(row, 29),
    };

    private static string? Text(NpgsqlDataReader row, int column) => row.IsDBNull(column) ? null : row.GetString(column);

    private static DateTimeOffset? Instant(NpgsqlDataReader row, int column) =>
        row.IsDBNull(column) ? null : row.GetFieldValue<DateTimeOffset>(column);

    private static CommitmentStatus? Status(NpgsqlDataReader row, int column) =>
        row.IsDBNull(column) ? null : Enum.Parse<CommitmentStatus>(row.GetString(column), ignoreCase: true);
}
