using Followthrough.Analytics.Facts;
using Followthrough.Analytics.Store;
using Npgsql;
using NpgsqlTypes;

namespace Followthrough.Analytics.Jobs;

/// <summary>Runs work under a record of its own: what it could see, how far it is, how it ended.</summary>
public sealed class JobRuns(NpgsqlDataSource db, TimeProvider clock)
{
    /// <summary>A run that gave no sign of life for so long is taken for lost; one that was only slow says so itself at its end.</summary>
    public static readonly TimeSpan Silence = TimeSpan.FromMinutes(10);

    // A run each minute that finds nothing to do is worth a day's memory, not more.
    private static readonly TimeSpan IdleKept = TimeSpan.FromDays(1);
    private static readonly string Begin = SqlText.Read(typeof(JobRuns), "Jobs/Begin.sql");

    /// <summary>Runs the work; a failure is recorded and thrown on.</summary>
    /// <param name="job">Id in the catalogue of jobs.</param>
    /// <param name="cause">Why it runs now.</param>
    /// <param name="work">What to do; reports how many of its units are done and how many there are.</param>
    /// <param name="ct">Stops the work, which is then recorded as interrupted.</param>
    public async Task<RunResult> RecordAsync(
        string job, RunCause cause, Func<IProgress<(long Done, long Total)>, CancellationToken, Task<RunResult>> work, CancellationToken ct)
    {
        var run = await BeginAsync(job, cause, ct);
        await using var progress = new RunProgress(db, clock, run);
        try
        {
            var result = await work(progress, ct);
            await EndAsync(run, RunOutcome.Succeeded, await progress.StopAsync(), result, null);
            return result;
        }
        catch (Exception ended)
        {
            var stopped = ended is OperationCanceledException && ct.IsCancellationRequested;
            await TryEndAsync(run, stopped ? RunOutcome.Interrupted : RunOutcome.Failed, await progress.StopAsync(), stopped ? null : ended.Message);
            throw;
        }
    }

    private async Task<long> BeginAsync(string job, RunCause cause, CancellationToken ct)
    {
        var now = clock.GetUtcNow();
        await using var command = db.CreateCommand(Begin);
        command.Parameters.AddWithValue("job", job);
        command.Parameters.AddWithValue("cause", FactTable.Snake(cause.ToString()));
        command.Parameters.AddWithValue("now", now);
        command.Parameters.AddWithValue("silent_since", now - Silence);
        command.Parameters.AddWithValue("idle_since", now - IdleKept);
        return (long)(await command.ExecuteScalarAsync(ct))!;
    }

    // Without a database the record stays open until a later run finds it silent; the work's own error matters more.
    private async Task TryEndAsync(long run, RunOutcome outcome, (long Done, long Total) reached, string? error)
    {
        try
        {
            await EndAsync(run, outcome, reached, new RunResult(0, 0, null), error);
        }
        catch (NpgsqlException)
        {
        }
    }

    // Not stopped by what stopped the work: how it ended is to be known.
    private async Task EndAsync(long run, RunOutcome outcome, (long Done, long Total) reached, RunResult result, string? error)
    {
        await using var command = db.CreateCommand("""
            update job_run set outcome = $2, seen_at = $3, finished_at = $3, done = $4, total = $5, written = $6, removed = $7, note = $8, error = $9
            where job_run_id = $1
            """);
        command.Parameters.AddWithValue(run);
        command.Parameters.AddWithValue(FactTable.Snake(outcome.ToString()));
        command.Parameters.AddWithValue(clock.GetUtcNow());
        command.Parameters.AddWithValue(reached.Done);
        command.Parameters.AddWithValue(reached.Total);
        command.Parameters.AddWithValue(result.Written);
        command.Parameters.AddWithValue(result.Removed);
        command.Parameters.AddWithValue(NpgsqlDbType.Text, (object?)result.Note ?? DBNull.Value);
        command.Parameters.AddWithValue(NpgsqlDbType.Text, (object?)error ?? DBNull.Value);
        await command.ExecuteNonQueryAsync(CancellationToken.None);
    }
}
