using System.Threading.Channels;

namespace Followthrough.Ingest.Sources.Streams;

/// <summary>
/// Between the thread that receives and the loop that loads: bounded in bytes, one lane a partition. A batch is closed when it is taken, so
/// a slow database makes batches larger and not more.
/// </summary>
internal sealed class StreamBuffer(StreamOptions options, TimeProvider clock)
{
    // What an object and its place in a queue cost besides the bytes.
    private const int Overhead = 100;

    private readonly Lock _lock = new();
    private readonly Dictionary<int, StreamLane> _lanes = [];
    private readonly Channel<bool> _news = Channel.CreateBounded<bool>(new BoundedChannelOptions(1) { FullMode = BoundedChannelFullMode.DropWrite });
    private long _loading;
    private bool _complete;

    /// <summary>Whether receiving has to pause.</summary>
    public bool IsFull
    {
        get { lock (_lock) return Bytes >= options.BufferBytes; }
    }

    /// <summary>Whether there is room enough to receive again.</summary>
    public bool HasRoom
    {
        get { lock (_lock) return Bytes < options.BufferBytes / 2; }
    }

    private long Bytes => _lanes.Values.Sum(l => l.Bytes) + _loading;

    public static long CostOf(StreamMessage message) => message.Length + Overhead;

    /// <summary>Opens the lane of a partition just taken over.</summary>
    public void Open(Lease lease)
    {
        lock (_lock) _lanes[lease.Partition] = new StreamLane(lease);
    }

    /// <summary>Drops a partition and what waits of it: its next owner reads it again.</summary>
    public void Close(int partition)
    {
        lock (_lock) _lanes.Remove(partition);
    }

    /// <summary>The hold on a partition; null when it is not ours.</summary>
    public StreamLane? Find(int partition)
    {
        lock (_lock) return _lanes.GetValueOrDefault(partition);
    }

    /// <summary>A copy of what is known of each partition.</summary>
    public IReadOnlyList<(Lease Lease, long? Lag)> Stand()
    {
        lock (_lock) return [.. _lanes.Values.Select(l => (l.Lease, l.Lag))];
    }

    public void Add(int partition, StreamMessage message)
    {
        lock (_lock)
            if (!_lanes.TryGetValue(partition, out var lane) || !lane.Add(message, clock.GetTimestamp())) return;
        _news.Writer.TryWrite(true);
    }

    /// <summary>Sets where a partition ends at the broker.</summary>
    public void SetEnd(int partition, long end)
    {
        lock (_lock)
            if (_lanes.TryGetValue(partition, out var lane)) lane.End = end;
    }

    /// <summary>Nothing comes any more: what is here is brought in without waiting for more.</summary>
    public void Complete()
    {
        lock (_lock) _complete = true;
        _news.Writer.TryWrite(true);
    }

    /// <summary>The lane whose batch is due; null when all is in and nothing comes any more. The one that has waited longest comes first.</summary>
    public async Task<StreamLane?> NextAsync(CancellationToken ct)
    {
        while (true)
        {
            TimeSpan? wait;
            lock (_lock)
            {
                var waiting = _lanes.Values.Where(l => l.Count > 0).OrderBy(l => l.WaitingSince).ToList();
                if (waiting.Count == 0 && _complete) return null;
                var due = waiting.FirstOrDefault(l => _complete || IsDue(l));
                if (due is not null) return due;
                wait = waiting.Count == 0 ? null : options.BatchDelay - clock.GetElapsedTime(waiting[0].WaitingSince);
            }
            await WaitAsync(wait, ct);
        }
    }

    /// <summary>Takes messages out of a lane until a batch is full.</summary>
    public StreamInput Take(StreamLane lane)
    {
        var messages = new List<StreamMessage>();
        var rows = new EventRows(options.LongestMessage);
        var run = lane.Lease.UnreadableRun;
        for (var bytes = 0; rows.Rows.Count < options.BatchRows && run < options.UnreadableLimit && Dequeue(lane, messages.Count == 0 ? int.MaxValue : options.BatchBytes - bytes) is { } message; bytes += message.Length)
        {
            messages.Add(message);
            run = rows.Add(message) ? 0 : run + 1;
        }
        return new StreamInput(lane.Lease, messages, rows, run);
    }

    /// <summary>A batch is in, or given up: what it held no longer counts.</summary>
    public void Release(StreamLane lane, StreamInput input, bool isIn)
    {
        lock (_lock)
        {
            _loading -= input.Messages.Sum(CostOf);
            if (isIn) lane.Lease = lane.Lease.Behind(input);
        }
    }

    private StreamMessage? Dequeue(StreamLane lane, long room)
    {
        lock (_lock)
        {
            if (lane.Take(room) is not { } message) return null;
            _loading += CostOf(message);
            return message;
        }
    }

    private bool IsDue(StreamLane lane) => lane.Bytes >= options.BatchBytes || lane.Count >= options.BatchRows || clock.GetElapsedTime(lane.WaitingSince) >= options.BatchDelay;

    private async Task WaitAsync(TimeSpan? most, CancellationToken ct)
    {
        using var wait = CancellationTokenSource.CreateLinkedTokenSource(ct);
        if (most is { } some) wait.CancelAfter(some > TimeSpan.Zero ? some : TimeSpan.FromMilliseconds(1));
        try
        {
            await _news.Reader.ReadAsync(wait.Token);
        }
        catch (OperationCanceledException) when (!ct.IsCancellationRequested)
        {
            // The batch has waited long enough.
        }
    }
}
