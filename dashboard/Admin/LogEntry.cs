using System.Runtime.CompilerServices;
using Followthrough.Analytics.Store;
using Npgsql;
using NpgsqlTypes;

namespace Followthrough.Dashboard.Admin;

/// <summary>One entry of the access log.</summary>
/// <param name="At">When.</param>
/// <param name="Who">The user's name as it was then; (nobody) for a try under no name of ours.</param>
/// <param name="Action">A verb of ours.</param>
/// <param name="Subject">What it was done to.</param>
/// <param name="Before">What it was before; null where there is none.</param>
/// <param name="After">What it is since; null where there is none.</param>
public sealed record LogEntry(DateTimeOffset At, string Who, string Action, string Subject, string? Before, string? After)
{
    private static readonly string Sql = SqlText.Read(typeof(LogEntry), "Admin/Log.sql");
    private static readonly string CountSql = SqlText.Read(typeof(LogEntry), "Admin/LogCount.sql");
    private static readonly string ActionsSql = SqlText.Read(typeof(LogEntry), "Admin/LogActions.sql");

    /// <summary>The entries of a search, the latest first, as they are read.</summary>
    internal static async IAsyncEnumerable<LogEntry> ReadAsync(NpgsqlDataSource db, LogSearch search, int? most, int offset, [EnumeratorCancellation] CancellationToken ct)
    {
        await using var command = Command(db, Sql, search);
        command.Parameters.AddWithValue(NpgsqlDbType.Integer, (object?)most ?? DBNull.Value);
        command.Parameters.AddWithValue(offset);
        await using var row = await command.ExecuteReaderAsync(ct);
        while (await row.ReadAsync(ct))
            yield return new LogEntry(
                row.GetFieldValue<DateTimeOffset>(0), row.GetString(1), row.GetString(2), row.GetString(3),
                await row.IsDBNullAsync(4, ct) ? null : row.GetString(4), await row.IsDBNullAsync(5, ct) ? null : row.GetString(5));
    }

    internal static async Task<long> CountAsync(NpgsqlDataSource db, LogSearch search, CancellationToken ct)
    {
        await using var command = Command(db, CountSql, search);
        return (long)(await command.ExecuteScalarAsync(ct))!;
    }

    /// <summary>The number of the latest entry; 0 before the first.</summary>
    internal static async Task<long> LastAsync(NpgsqlDataSource db, CancellationToken ct)
    {
        await using var command = db.CreateCommand("select coalesce(max(access_log_id), 0) from access_log");
        return (long)(await command.ExecuteScalarAsync(ct))!;
    }

    /// <summary>Every action that was ever logged.</summary>
    internal static async Task<IReadOnlyList<string>> ActionsAsync(NpgsqlDataSource db, CancellationToken ct)
    {
        await using var command = db.CreateCommand(ActionsSql);
        await using var row = await command.ExecuteReaderAsync(ct);
        var actions = new List<string>();
        while (await row.ReadAsync(ct)) actions.Add(row.GetString(0));
        return actions;
    }

    private static NpgsqlCommand Command(NpgsqlDataSource db, string sql, LogSearch search)
    {
        var command = db.CreateCommand(sql);
        foreach (var text in new[] { search.Who, search.Action, search.Subject })
            command.Parameters.AddWithValue(NpgsqlDbType.Text, (object?)text ?? DBNull.Value);
        foreach (var at in new[] { search.From, search.To })
            command.Parameters.AddWithValue(NpgsqlDbType.TimestampTz, (object?)at ?? DBNull.Value);
        command.Parameters.AddWithValue(NpgsqlDbType.Bigint, (object?)search.Last ?? DBNull.Value);
        return command;
    }
}
