using Followthrough.Analytics.Commitments;
using Npgsql;

namespace Followthrough.Analytics.Jobs;

/// <summary>The record of one refresh.</summary>
internal sealed class RefreshRun
{
    private readonly DateTimeOffset _startedAt;
    private readonly long _batch;

    private RefreshRun(DateTimeOffset startedAt, long batch) => (_startedAt, _batch) = (startedAt, batch);

    /// <summary>Notes what the refresh will be able to see.</summary>
    public static async Task<RefreshRun> BeginAsync(NpgsqlDataSource db, DateTimeOffset now, CancellationToken ct)
    {
        await using var command = db.CreateCommand("select coalesce(max(batch_id), 0) from batch");
        return new RefreshRun(now, (long)(await command.ExecuteScalarAsync(ct))!);
    }

    /// <summary>Records how it ended; <paramref name="error"/> is null when well.</summary>
    public async Task EndAsync(NpgsqlDataSource db, DateTimeOffset now, LedgerChange change, string? error, CancellationToken ct)
    {
        await using var command = db.CreateCommand("""
            insert into refresh_run (started_at, finished_at, batch_cut_off, accounts, written, removed, error) values ($1, $2, $3, $4, $5, $6, $7)
            """);
        command.Parameters.AddWithValue(_startedAt);
        command.Parameters.AddWithValue(now);
        command.Parameters.AddWithValue(_batch);
        command.Parameters.AddWithValue(change.Accounts);
        command.Parameters.AddWithValue(change.Written);
        command.Parameters.AddWithValue(change.Removed);
        command.Parameters.AddWithValue((object?)error ?? DBNull.Value);
        await command.ExecuteNonQueryAsync(ct);
    }
}
