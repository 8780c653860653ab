namespace Followthrough.Ingest.Sources.Streams;

/// <summary>What was received of one partition and is not in yet. Guarded by the buffer it belongs to.</summary>
internal sealed class StreamLane(Lease lease)
{
    private readonly Queue<(StreamMessage Message, long At)> _waiting = new();

    /// <summary>The hold it is read under; moves on with every batch.</summary>
    public Lease Lease { get; set; } = lease;

    /// <summary>Messages before it are here already, or in.</summary>
    public long NextToReceive { get; private set; } = lease.Next ?? 0;

    /// <summary>Where the partition ends at the broker; null when not known.</summary>
    public long? End { get; set; }

    /// <summary>Bytes waiting.</summary>
    public long Bytes { get; private set; }

    public int Count => _waiting.Count;

    /// <summary>When the first of the waiting came, as a timestamp of the clock.</summary>
    public long WaitingSince => _waiting.Peek().At;

    /// <summary>Messages at the broker that are not in yet; null when not known.</summary>
    public long? Lag => End is { } end && Lease.Next is { } next ? Math.Max(0, end - next) : null;

    /// <summary>Takes a message in, unless a lost connection made it come twice.</summary>
    public bool Add(StreamMessage message, long at)
    {
        if (message.Offset < NextToReceive) return false;
        _waiting.Enqueue((message, at));
        NextToReceive = message.Offset + 1;
        Bytes += StreamBuffer.CostOf(message);
        return true;
    }

    /// <summary>The next message if it still fits; null otherwise.</summary>
    public StreamMessage? Take(long room)
    {
        if (_waiting.Count == 0 || _waiting.Peek().Message.Length > room) return null;
        var message = _waiting.Dequeue().Message;
        Bytes -= StreamBuffer.CostOf(message);
        return message;
    }
}
