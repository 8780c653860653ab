using Followthrough.Analytics.Jobs;
using Followthrough.Analytics.Store;
using Followthrough.Dashboard.Access;
using Followthrough.Dashboard.Filters;
using Followthrough.Dashboard.Layout;
using Npgsql;

namespace Followthrough.Dashboard.Data;

/// <summary>One run of a job.</summary>
public sealed record Run
{
    private static readonly string Sql = SqlText.Read(typeof(Run), "Data/Runs.sql");

    public required long Id { get; init; }
    public required string Job { get; init; }
    public required RunCause Cause { get; init; }
    /// <summary>Who started it by hand; null when it came by itself.</summary>
    public required string? AskedBy { get; init; }

    public required DateTimeOffset StartedAt { get; init; }

    /// <summary>Null while it runs.</summary>
    public required DateTimeOffset? FinishedAt { get; init; }

    public required RunOutcome Outcome { get; init; }

    /// <summary>The newest batch it could see; 0 when there was none.</summary>
    public required long BatchCutOff { get; init; }

    public required WorkDone Progress { get; init; }
    public required long Written { get; init; }
    public required long Removed { get; init; }

    /// <summary>What it found; null when there was nothing to say.</summary>
    public required string? Note { get; init; }

    /// <summary>What went wrong; null when well.</summary>
    public required string? Error { get; init; }

    internal static async Task<Listed<Run>> ReadAsync(NpgsqlDataSource db, bool all, int offset, CancellationToken cancellation)
    {
        await using var command = db.CreateCommand(Sql);
        command.Parameters.AddWithValue(all);
        command.Parameters.AddWithValue(DataEndpoint.OnPage);
        command.Parameters.AddWithValue(offset);
        command.Parameters.AddWithValue(LoggedAction.JobStarted);
        await using var rows = await command.ExecuteReaderAsync(cancellation);
        var runs = new List<Run>();
        var total = 0L;
        while (await rows.ReadAsync(cancellation))
        {
            runs.Add(Row(rows));
            total = rows.GetInt64(13);
        }
        return new Listed<Run>(runs, total);
    }

    internal static RunOutcome Read(string word) => Enum.GetValues<RunOutcome>().Single(outcome => PageQuery.Word(outcome) == word);

    private static Run Row(NpgsqlDataReader row) => new()
    {
        Id = row.GetInt64(0),
        Job = row.GetString(1),
        Cause = Enum.GetValues<RunCause>().Single(cause => PageQuery.Word(cause) == row.GetString(2)),
        StartedAt = row.GetFieldValue<DateTimeOffset>(3),
        FinishedAt = row.GetFieldValue<DateTimeOffset?>(4),
        Outcome = Read(row.GetString(5)),
        BatchCutOff = row.GetInt64(6),
        Progress = new WorkDone(row.GetInt64(7), row.GetInt64(8)),
        Written = row.GetInt64(9),
        Removed = row.GetInt64(10),
        Note = row.IsDBNull(11) ? null : row.GetString(11),
        Error = row.IsDBNull(12) ? null : row.GetString(12),
        AskedBy = row.IsDBNull(14) ? null : row.GetString(14),
    };
}
