using System.Net.Sockets;
using Followthrough.Ingest.Identity;
using Followthrough.Ingest.Loading;
using Microsoft.Extensions.Logging;
using Npgsql;

namespace Followthrough.Ingest.Sources.Streams;

/// <summary>How a batch of a stream ended.</summary>
internal enum StreamOutcome
{
    /// <summary>It is in, and the partition stands behind it.</summary>
    In,

    /// <summary>Another worker has taken the partition over; nothing of it is in through us.</summary>
    Fenced,
}

/// <summary>
/// Brings a range of a partition in: its facts, its rejections and the partition's next offset in one transaction. While the database is
/// away it waits; whatever dies, the range is in once or will be read again.
/// </summary>
internal sealed partial class StreamLoad(NpgsqlDataSource db, KeptFiles kept, StreamOffsets offsets, TimeProvider clock, ILogger log)
{
    private const string OneBatchPerRange = "batch_by_range";

    private static readonly TimeSpan FirstPause = TimeSpan.FromMilliseconds(100);
    private static readonly TimeSpan LongestPause = TimeSpan.FromSeconds(5);

    /// <summary>Loads a range.</summary>
    /// <returns>What became of it, and its counts when it is in.</returns>
    public async Task<(StreamOutcome Outcome, FileReport? Report)> LoadAsync(Lease lease, StreamInput input, long? end, CancellationToken ct)
    {
        var file = await kept.KeepAsync(input.Name, input.ToKept(), ct);
        for (var pause = FirstPause; ; pause = pause < LongestPause ? pause * 2 : LongestPause)
        {
            try
            {
                return await LoadOnceAsync(lease, input, end, file, ct);
            }
            catch (PostgresException e) when (IsRefusal(e))
            {
                return await LoadPartsAsync(lease, input.WithoutRefused(lease, e.MessageText), end, ct);
            }
            catch (NpgsqlException e) when (IsAway(e))
            {
                LogAway(log, lease, e.Message);
                await Task.Delay(pause * (0.5 + Random.Shared.NextDouble()), clock, ct);
            }
            // The answer to the commit may have been lost: where the partition stands says whether it got through.
            if (await WhereItStandsAsync(lease, input, ct) is { } known) return (known, null);
        }
    }

    private async Task<(StreamOutcome, FileReport?)> LoadOnceAsync(Lease lease, StreamInput input, long? end, KeptFile file, CancellationToken ct)
    {
        await using var connection = await db.OpenConnectionAsync(ct);
        await using var transaction = await connection.BeginTransactionAsync(ct);
        await GiveUpWhenPausedAsync(connection, ct);
        var now = clock.GetUtcNow();
        var batch = new BatchRecord { File = file, Mapping = EventRows.Mapping, Backfill = false, KnownAt = now, Range = input.Range };
        var report = await new BatchLoad(connection, batch, input, now).RunAsync(_ => { }, ct);
        if (!await offsets.AdvanceAsync(connection, lease, input, end, ct)) return (StreamOutcome.Fenced, null);
        if (report.Added + report.Changed + report.Released > 0) await Loader.AnnounceAsync(connection, ct);
        // Not to be stopped half-way: the outcome would be unknown for nothing.
        await transaction.CommitAsync(CancellationToken.None);
        await new Matching(db, clock).CatchUpAsync(ct);
        return (StreamOutcome.In, report);
    }

    // Halves until the message is alone that the database does not take; what is checked before leaves it little to refuse.
    private async Task<(StreamOutcome, FileReport?)> LoadPartsAsync(Lease lease, IReadOnlyList<StreamInput> parts, long? end, CancellationToken ct)
    {
        FileReport? report = null;
        foreach (var part in parts)
        {
            var (outcome, one) = await LoadAsync(lease, part, end, ct);
            if (outcome != StreamOutcome.In) return (outcome, null);
            report = Sum(report, one);
            lease = lease.Behind(part);
        }
        return (StreamOutcome.In, report);
    }

    private static FileReport? Sum(FileReport? a, FileReport? b) => a is null || b is null ? a ?? b : b with
    {
        Read = a.Read + b.Read,
        Added = a.Added + b.Added,
        Changed = a.Changed + b.Changed,
        Unchanged = a.Unchanged + b.Unchanged,
        Rejected = a.Rejected + b.Rejected,
        Released = a.Released + b.Released,
    };

    // Values it can't hold (22) and rules they break (23). A range that is in already is found where the partition stands.
    private static bool IsRefusal(PostgresException e) => e.SqlState[..2] is "22" or "23" && e.ConstraintName != OneBatchPerRange;

    private static bool IsAway(NpgsqlException e) => e.IsTransient || e.InnerException is IOException or SocketException
        || e is PostgresException { SqlState: PostgresErrorCodes.AdminShutdown or PostgresErrorCodes.CrashShutdown or "25P03" or PostgresErrorCodes.UniqueViolation };

    // A worker that stands still (a paused machine) must not keep the next owner from taking over.
    private static async Task GiveUpWhenPausedAsync(NpgsqlConnection connection, CancellationToken ct)
    {
        await using var command = new NpgsqlCommand("set local idle_in_transaction_session_timeout = '30s'", connection);
        await command.ExecuteNonQueryAsync(ct);
    }

    private async Task<StreamOutcome?> WhereItStandsAsync(Lease lease, StreamInput input, CancellationToken ct)
    {
        try
        {
            var (held, next) = await offsets.StandAsync(lease, ct);
            return !held ? StreamOutcome.Fenced : next > input.Range.Last ? StreamOutcome.In : null;
        }
        catch (NpgsqlException)
        {
            // Still away; the next attempt waits longer.
            return null;
        }
    }

    [LoggerMessage(EventId = 200, Level = LogLevel.Warning, Message = "{Partition}: the database did not take a batch and is asked again: {Why}")]
    private static partial void LogAway(ILogger log, Lease partition, string why);
}
