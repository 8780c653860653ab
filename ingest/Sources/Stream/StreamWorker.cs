using System.Globalization;
using Followthrough.Ingest.Loading;
using Microsoft.Extensions.Logging;
using Npgsql;

namespace Followthrough.Ingest.Sources.Streams;

/// <summary>Reads an event stream into facts until it is stopped: each message takes effect once, whoever dies when.</summary>
internal sealed partial class StreamWorker(NpgsqlDataSource db, KeptFiles kept, StreamOptions options, TimeProvider clock, ILogger log)
{
    private readonly StreamBuffer _buffer = new(options, clock);
    private readonly StreamOffsets _offsets = new(db, clock, Owner());

    /// <summary>Runs until <paramref name="ct"/> asks it to stop; what was received by then is brought in first.</summary>
    /// <exception cref="StreamException">The stream goes no further by itself: a gap, unreadable messages, another owner.</exception>
    public async Task RunAsync(CancellationToken ct)
    {
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(ct);
        using var drained = new CancellationTokenSource();
        using var abandon = new CancellationTokenSource();
        using var consumer = new StreamConsumer(options, _buffer, _offsets, log);
        using var metrics = new StreamMetrics(_buffer);
        var receiving = Task.Factory.StartNew(() => consumer.Run(stop.Token, drained.Token), CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default);
        var loading = LoadAllAsync(metrics, abandon.Token);
        var telling = TellAsync(stop.Token);
        await using (stop.Token.Register(() => abandon.CancelAfter(options.DrainTime)))
        {
            await Task.WhenAny(receiving, loading);
            // One has failed, or all is in: the other has no more to do.
            if (receiving.IsFaulted) _buffer.Complete();
            await stop.CancelAsync();
            try
            {
                await loading;
            }
            finally
            {
                await drained.CancelAsync();
                await telling;
                await receiving;
            }
        }
    }

    private async Task LoadAllAsync(StreamMetrics metrics, CancellationToken abandon)
    {
        var load = new StreamLoad(db, kept, _offsets, clock, log);
        try
        {
            while (await _buffer.NextAsync(abandon) is { } lane)
            {
                // Off this thread: taking means reading JSON.
                var input = await Task.Run(() => _buffer.Take(lane), abandon);
                var (outcome, report) = await load.LoadAsync(lane.Lease, input, lane.End, abandon);
                _buffer.Release(lane, input, outcome == StreamOutcome.In);
                if (outcome == StreamOutcome.Fenced) Yield(lane);
                if (report is not null) Tell(metrics, lane.Lease, report);
                if (input.UnreadableRun >= options.UnreadableLimit) throw StreamOffsets.TooManyUnreadable(lane.Lease, input.UnreadableRun);
            }
        }
        catch (OperationCanceledException) when (abandon.IsCancellationRequested)
        {
            LogAbandoned(log, options.Topic);
        }
    }

    private void Yield(StreamLane lane)
    {
        if (ReferenceEquals(_buffer.Find(lane.Lease.Partition), lane)) _buffer.Close(lane.Lease.Partition);
        LogFenced(log, lane.Lease);
        // Within a group the broker will say so too; without one somebody was told to read the same partition.
        if (options.Partitions.Count > 0) throw new StreamException($"{lane.Lease}: another worker has taken it over.");
    }

    private void Tell(StreamMetrics metrics, Lease lease, FileReport report)
    {
        metrics.Count(lease, report);
        LogBatch(log, lease, lease.Next, report.Read, report.Added, report.Changed, report.Rejected);
        foreach (var problem in report.Problems) LogProblem(log, problem);
    }

    private async Task TellAsync(CancellationToken stop)
    {
        using var timer = new PeriodicTimer(options.LagEvery, clock);
        try
        {
            while (await timer.WaitForNextTickAsync(stop))
                foreach (var (lease, lag) in _buffer.Stand()) LogLag(log, lease, lag, lease.Next);
        }
        catch (OperationCanceledException)
        {
            // Stopped.
        }
    }

    private static string Owner() => string.Create(CultureInfo.InvariantCulture, $"{Environment.MachineName}:{Environment.ProcessId}:{Guid.NewGuid():N}");

    [LoggerMessage(EventId = 210, Level = LogLevel.Information, Message = "{Partition}: in up to offset {Next}. {Read} read, {Added} new, {Changed} changed, {Rejected} rejected.")]
    private static partial void LogBatch(ILogger log, Lease partition, long? next, long read, long added, long changed, long rejected);

    [LoggerMessage(EventId = 211, Level = LogLevel.Warning, Message = "{Problem}")]
    private static partial void LogProblem(ILogger log, string problem);

    [LoggerMessage(EventId = 212, Level = LogLevel.Information, Message = "{Partition}: {Lag} messages behind, at offset {Next}.")]
    private static partial void LogLag(ILogger log, Lease partition, long? lag, long? next);

    [LoggerMessage(EventId = 213, Level = LogLevel.Warning, Message = "{Partition}: another worker has taken it over; what was received of it is left to that one.")]
    private static partial void LogFenced(ILogger log, Lease partition);

    [LoggerMessage(EventId = 214, Level = LogLevel.Warning, Message = "{Topic}: stopped before all that was received was in; it is read again at the next start.")]
    private static partial void LogAbandoned(ILogger log, string topic);
}
