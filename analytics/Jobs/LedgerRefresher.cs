using Followthrough.Analytics.Commitments;
using Microsoft.Extensions.Logging;
using Npgsql;

namespace Followthrough.Analytics.Jobs;

/// <summary>
/// Keeps the ledger up with the facts: within a second of a commit that changed some, and every minute in case a notification was lost.
/// Any number of processes may run it.
/// </summary>
public sealed partial class LedgerRefresher(NpgsqlDataSource db, Ledger ledger, TimeProvider clock, ILogger<LedgerRefresher> log)
{
    /// <summary>The channel on which a commit that changed facts makes itself heard.</summary>
    public const string Channel = "facts_changed";

    private static readonly TimeSpan Sweep = TimeSpan.FromMinutes(1);
    private static readonly TimeSpan Settle = TimeSpan.FromMilliseconds(200);
    private static readonly TimeSpan AfterFailure = TimeSpan.FromSeconds(5);

    /// <summary>Runs until it is stopped. A failure is recorded and tried again.</summary>
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

    private async Task ListenAsync(CancellationToken ct)
    {
        await using var connection = await db.OpenConnectionAsync(ct);
        await using (var listen = new NpgsqlCommand($"listen {Channel}", connection)) await listen.ExecuteNonQueryAsync(ct);
        while (true)
        {
            await RefreshAsync(ct);
            // A load of many files commits many times; what comes within a moment is taken together.
            if (await connection.WaitAsync(Sweep, ct)) await Task.Delay(Settle, clock, ct);
        }
    }

    private async Task RefreshAsync(CancellationToken ct)
    {
        var run = await RefreshRun.BeginAsync(db, clock.GetUtcNow(), ct);
        try
        {
            var change = await ledger.RefreshAsync(null, ct);
            if (change.Accounts == 0) return;
            await run.EndAsync(db, clock.GetUtcNow(), change, null, ct);
            LogRefreshed(log, change.Accounts, change.Written, change.Removed);
        }
        catch (NpgsqlException failed)
        {
            await run.EndAsync(db, clock.GetUtcNow(), new LedgerChange(0, 0, 0), failed.Message, ct);
            throw;
        }
    }

    [LoggerMessage(EventId = 100, Level = LogLevel.Information, Message = "Refreshed {Accounts} accounts: {Written} commitments written, {Removed} removed.")]
    private static partial void LogRefreshed(ILogger log, long accounts, long written, long removed);

    [LoggerMessage(EventId = 101, Level = LogLevel.Warning, Message = "The refresh of the ledger was interrupted and will be tried again.")]
    private static partial void LogInterrupted(ILogger log, Exception failed);
}
