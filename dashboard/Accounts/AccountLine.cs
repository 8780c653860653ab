using Followthrough.Analytics.Metrics;
using Followthrough.Analytics.Store;
using Followthrough.Dashboard.Access;
using Followthrough.Dashboard.Filters;
using Followthrough.Dashboard.Layout;
using Followthrough.Dashboard.Mine;
using Npgsql;
using NpgsqlTypes;

namespace Followthrough.Dashboard.Accounts;

/// <summary>One account as the list shows it.</summary>
public sealed record AccountLine
{
    private static readonly string Sql = Owing.Into(AccountScope.Into(SqlText.Read(typeof(AccountLine), "Accounts/Accounts.sql")));

    /// <summary>Source key.</summary>
    public required string Key { get; init; }

    public required string Name { get; init; }
    public required string? Segment { get; init; }
    public required string? Region { get; init; }

    /// <summary>Staff key of who owns it now; null when nobody does.</summary>
    public required string? Owner { get; init; }

    public required string? OwnerName { get; init; }
    public required string? Team { get; init; }
    public required string? TeamName { get; init; }

    /// <summary>Commitments still owed to it.</summary>
    public required long Open { get; init; }

    /// <summary>Those of them that are past due.</summary>
    public required long Overdue { get; init; }

    /// <summary>When a person last spoke or wrote, on either side; null for never.</summary>
    public required DateTimeOffset? LastContactAt { get; init; }

    /// <summary>Reads some of them, and how many there are in all.</summary>
    internal static async Task<(IReadOnlyList<AccountLine> Lines, long Total)> ReadAsync(
        NpgsqlDataSource db, PageFrame frame, AccountsAsked asked, int skip, int? take, CancellationToken ct)
    {
        await using var command = Command(db, frame, asked, skip, take);
        await using var rows = await command.ExecuteReaderAsync(ct);
        var lines = new List<AccountLine>();
        var total = 0L;
        while (await rows.ReadAsync(ct))
        {
            lines.Add(Read(rows));
            total = rows.GetInt64(11);
        }
        return (lines, total);
    }

    private static NpgsqlCommand Command(NpgsqlDataSource db, PageFrame frame, AccountsAsked asked, int skip, int? take)
    {
        var command = db.CreateCommand(Sql);
        AccountScope.Bind(command, frame.Viewer);
        foreach (var (name, value) in new[] { ("text", asked.Text), ("segment", asked.Segment), ("region", asked.Region), ("owner", asked.Owner), ("team", frame.Query.Team) })
            command.Parameters.AddWithValue(name, NpgsqlDbType.Text, (object?)value ?? DBNull.Value);
        command.Parameters.AddWithValue("now", frame.Now);
        command.Parameters.AddWithValue("order", PageQuery.Word(asked.Order));
        command.Parameters.AddWithValue("descending", frame.Query.Descending);
        command.Parameters.AddWithValue("skip", (long)skip);
        command.Parameters.AddWithValue("take", NpgsqlDbType.Bigint, (object?)take ?? DBNull.Value);
        return command;
    }

    private static AccountLine Read(NpgsqlDataReader row) => new()
    {
        Key = row.GetString(0),
        Name = row.GetString(1),
        Segment = Text(row, 2),
        Region = Text(row, 3),
        Owner = Text(row, 4),
        OwnerName = Text(row, 5),
        Team = Text(row, 6),
        TeamName = Text(row, 7),
        Open = row.GetInt64(8),
        Overdue = row.GetInt64(9),
        LastContactAt = row.GetFieldValue<DateTimeOffset?>(10),
    };

    private static string? Text(NpgsqlDataReader row, int column) => row.IsDBNull(column) ? null : row.GetString(column);
}

/// <summary>An account with its rate of the period.</summary>
/// <param name="Line">The account.</param>
/// <param name="Kept">Rate of kept commitments in the period.</param>
/// <param name="Revenue">Net revenue of the twelve months to the period's end.</param>
public sealed record AccountFigures(AccountLine Line, CommitmentValue Kept, MeasureValue Revenue);
