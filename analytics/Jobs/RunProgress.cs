using Npgsql;

namespace Followthrough.Analytics.Jobs;

/// <summary>Writes how far a run is into its record: each second when it moved, and each minute as a sign of life.</summary>
internal sealed class RunProgress : IProgress<(long Done, long Total)>, IAsyncDisposable
{
    private static readonly TimeSpan Tick = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan SignOfLife = TimeSpan.FromMinutes(1);

    private readonly NpgsqlDataSource _db;
    private readonly TimeProvider _clock;
    private readonly long _run;
    private readonly CancellationTokenSource _stop = new();
    private readonly Lock _lock = new();
    private readonly Task _writing;
    private (long Done, long Total) _reached;

    public RunProgress(NpgsqlDataSource db, TimeProvider clock, long run)
    {
        (_db, _clock, _run) = (db, clock, run);
        _writing = WriteAsync(_stop.Token);
    }

    public void Report((long Done, long Total) value)
    {
        lock (_lock) _reached = value;
    }

    /// <summary>Writes no more; how far it came.</summary>
    public async Task<(long Done, long Total)> StopAsync()
    {
        await _stop.CancelAsync();
        await _writing;
        return Reached();
    }

    public async ValueTask DisposeAsync()
    {
        await StopAsync();
        _stop.Dispose();
    }

    private (long Done, long Total) Reached()
    {
        lock (_lock) return _reached;
    }

    private async Task WriteAsync(CancellationToken ct)
    {
        using var timer = new PeriodicTimer(Tick, _clock);
        var (written, at) = ((Done: 0L, Total: 0L), _clock.GetTimestamp());
        try
        {
            while (await timer.WaitForNextTickAsync(ct))
            {
                var reached = Reached();
                if (reached == written && _clock.GetElapsedTime(at) < SignOfLife) continue;
                await WriteAsync(reached, ct);
                (written, at) = (reached, _clock.GetTimestamp());
            }
        }
        catch (OperationCanceledException) when (ct.IsCancellationRequested)
        {
            // The run is over; its end says how far it came.
        }
        catch (NpgsqlException)
        {
            // The work goes on or fails by itself; only its progress is no longer seen.
        }
    }

    private async Task WriteAsync((long Done, long Total) reached, CancellationToken ct)
    {
        await using var command = _db.CreateCommand("update job_run set seen_at = $2, done = $3, total = $4 where job_run_id = $1");
        command.Parameters.AddWithValue(_run);
        command.Parameters.AddWithValue(_clock.GetUtcNow());
        command.Parameters.AddWithValue(reached.Done);
        command.Parameters.AddWithValue(reached.Total);
        await command.ExecuteNonQueryAsync(ct);
    }
}
