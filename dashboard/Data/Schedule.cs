using Followthrough.Analytics.Jobs;
using Followthrough.Analytics.Store;
using Npgsql;

namespace Followthrough.Dashboard.Data;

/// <summary>A job, when it runs next and how it went last.</summary>
public sealed record Schedule
{
    private static readonly string Sql = SqlText.Read(typeof(Schedule), "Data/Schedules.sql");
    private static readonly string[] Stuck = ["ERROR", "PAUSED", "PAUSED_BLOCKED"];

    public required ScheduledJob Job { get; init; }

    /// <summary>When it runs next; null when it is not scheduled.</summary>
    public required DateTimeOffset? NextAt { get; init; }

    /// <summary>True when the schedule itself holds it back.</summary>
    public required bool IsStuck { get; init; }

    /// <summary>How its last finished run ended; null before the first.</summary>
    public required RunOutcome? LastOutcome { get; init; }

    public required DateTimeOffset? LastAt { get; init; }

    /// <summary>What went wrong then; null when well.</summary>
    public required string? LastError { get; init; }

    internal static async Task<IReadOnlyList<Schedule>> ReadAsync(NpgsqlDataSource db, CancellationToken cancellation)
    {
        await using var command = db.CreateCommand(Sql);
        command.Parameters.AddWithValue(JobCatalogue.All.Select(job => job.Id).ToArray());
        command.Parameters.AddWithValue(JobSchedule.Name);
        await using var rows = await command.ExecuteReaderAsync(cancellation);
        var schedules = new List<Schedule>();
        while (await rows.ReadAsync(cancellation)) schedules.Add(Row(rows));
        return schedules;
    }

    /// <summary>True when its time is long past: no process takes part in the schedule.</summary>
    internal bool IsOverdue(DateTimeOffset now) => NextAt < now - TimeSpan.FromMinutes(2);

    private static Schedule Row(NpgsqlDataReader row) => new()
    {
        Job = JobCatalogue.Find(row.GetString(0))!,
        NextAt = row.IsDBNull(1) ? null : new DateTimeOffset(row.GetInt64(1), TimeSpan.Zero),
        IsStuck = !row.IsDBNull(2) && Stuck.Contains(row.GetString(2)),
        LastOutcome = row.IsDBNull(3) ? null : Run.Read(row.GetString(3)),
        LastAt = row.GetFieldValue<DateTimeOffset?>(4),
        LastError = row.IsDBNull(5) ? null : row.GetString(5),
    };
}
