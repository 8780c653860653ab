namespace Followthrough.Ingest.Sources.Streams;

/// <summary>How an event stream is read.</summary>
internal sealed record StreamOptions
{
    public required KafkaEndpoint Endpoint { get; init; }
    public required string Topic { get; init; }

    /// <summary>Workers of one group share the partitions among them; the group keeps no offsets.</summary>
    public string Group { get; init; } = "followthrough";

    /// <summary>Partitions to read without a group; empty to let the group assign them.</summary>
    public IReadOnlyList<int> Partitions { get; init; } = [];

    /// <summary>Goes on past what is recorded at the start: gaps and runs of unreadable messages.</summary>
    public bool AcceptLoss { get; init; }

    /// <summary>A worker of the group that is silent so long has lost its partitions; at least six seconds.</summary>
    public TimeSpan SessionTimeout { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>A batch is closed at so many rows.</summary>
    public int BatchRows { get; init; } = 20_000;

    /// <summary>… or so many bytes of messages.</summary>
    public int BatchBytes { get; init; } = 4 << 20;

    /// <summary>… or when its first message has waited so long.</summary>
    public TimeSpan BatchDelay { get; init; } = TimeSpan.FromMilliseconds(150);

    /// <summary>Bytes of messages received and not yet in; with more, receiving pauses.</summary>
    public long BufferBytes { get; init; } = 32 << 20;

    /// <summary>A longer message is not read but kept in quarantine.</summary>
    public int LongestMessage { get; init; } = 4 << 20;

    /// <summary>So many unreadable messages in a row stop the stream: what comes is probably not for us.</summary>
    public int UnreadableLimit { get; init; } = 1_000;

    /// <summary>How long a stop may take to bring in what was received.</summary>
    public TimeSpan DrainTime { get; init; } = TimeSpan.FromSeconds(8);

    /// <summary>How often lag is logged.</summary>
    public TimeSpan LagEvery { get; init; } = TimeSpan.FromSeconds(30);
}
