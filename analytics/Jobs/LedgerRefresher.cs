using Followthrough.Analytics.Commitments;
using Microsoft.Extensions.Logging;
using Npgsql;

namespace Followthrough.Analytics.Jobs;

/// <summary>
/// Keeps the ledger up with the facts: within a second of a commit that changed some, in every process that listens. What a lost word
/// of a change leaves undone, the schedule catches up with within a minute.
/// </summary>
public sealed partial class LedgerRefresher(NpgsqlDataSource db, Ledger ledger, TimeProvider clock, ILogger<LedgerRefresher> log)
{
    /// <summary>The channel on which a commit that changed facts makes itself heard.</summary>
    public const string Channel = "facts_changed";

    private static readonly TimeSpan Quiet = TimeSpan.FromMinutes(1);
    private static readonly TimeSpan Settle = TimeSpan.FromMilliseconds(200);
    private static readonly TimeSpan AfterFailure = TimeSpan.FromSeconds(5);

    private readonly JobRuns _runs = new(db, clock);

    /// <summary>Listens until it is stopped. A lost connection is made again.</summary>
    public async Task RunAsync(CancellationToken ct)
    {
        while (!ct.IsCancellationRequested)
        {
            try
            {
                await ListenAsync(ct);
            }
            catch (Exception failed) when (failed is NpgsqlException or TimeoutException && !ct.IsCancellationRequested)
            {
                LogInterrupted(log, failed);
                await Task.Delay(AfterFailure, clock, ct);
            }
        }
    }

    /// <summary>Refreshes once, on record. A failure is recorded and thrown on.</summary>
    public async Task RefreshAsync(RunCause cause, CancellationToken ct)
    {
        await _runs.RecordAsync(JobCatalogue.LedgerRefresh, cause, async (progress, token) =>
        {
            var change = await ledger.RefreshAsync(progress, token);
            if (change.Accounts > 0) LogRefreshed(log, change.Accounts, change.Written, change.Removed);
            return new RunResult(change.Written, change.Removed, null);
        }, ct);
    }

    private async Task ListenAsync(CancellationToken ct)
    {
        await using var connection = await db.OpenConnectionAsync(ct);
        await using (var listen = new NpgsqlCommand($"listen {Channel}", connection)) await listen.ExecuteNonQueryAsync(ct);
        await using var alive = new NpgsqlCommand("select 1", connection);
        while (true)
        {
            await TryRefreshAsync(ct);
            // A connection that died without a word would wait for ever.
            while (!await connection.WaitAsync(Quiet, ct)) await alive.ExecuteNonQueryAsync(ct);
            // A load of many files commits many times; what comes within a moment is taken together.
            await Task.Delay(Settle, clock, ct);
        }
    }

    private async Task TryRefreshAsync(CancellationToken ct)
    {
        try
        {
            await RefreshAsync(RunCause.Facts, ct);
        }
        catch (NpgsqlException failed)
        {
            // The schedule tries again within the minute; at once would fail for the same reason.
            LogFailed(log, failed);
        }
    }

    [LoggerMessage(EventId = 100, Level = LogLevel.Information, Message = "Refreshed {Accounts} accounts: {Written} commitments written, {Removed} removed.")]
    private static partial void LogRefreshed(ILogger log, long accounts, long written, long removed);

    [LoggerMessage(EventId = 101, Level = LogLevel.Warning, Message = "The connection that listens for changed facts was lost and will be made again.")]
    private static partial void LogInterrupted(ILogger log, Exception failed);

    [LoggerMessage(EventId = 102, Level = LogLevel.Error, Message = "The refresh of the ledger failed; the next one tries again.")]
    private static partial void LogFailed(ILogger log, Exception failed);
}
