using Confluent.Kafka;
using Microsoft.Extensions.Logging;
using Npgsql;

namespace Followthrough.Ingest.Sources.Streams;

/// <summary>
/// Receives messages on a thread of its own and puts them into the buffer. The group only says which partitions are ours; where to begin
/// says the database.
/// </summary>
internal sealed partial class StreamConsumer : IDisposable
{
    private static readonly TimeSpan Poll = TimeSpan.FromMilliseconds(100);
    private static readonly TimeSpan AskPatience = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan TakeOverPause = TimeSpan.FromSeconds(1);

    private readonly StreamOptions _options;
    private readonly StreamBuffer _buffer;
    private readonly StreamOffsets _offsets;
    private readonly ILogger _log;
    private readonly IConsumer<Ignore, byte[]?> _consumer;
    private readonly HashSet<int> _opened = [];
    private CancellationToken _stop;
    private bool _paused;

    public StreamConsumer(StreamOptions options, StreamBuffer buffer, StreamOffsets offsets, ILogger log)
    {
        (_options, _buffer, _offsets, _log) = (options, buffer, offsets, log);
        KafkaLibrary.Load();
        _consumer = new ConsumerBuilder<Ignore, byte[]?>(KafkaSettings.Consumer(options))
            .SetValueDeserializer(Bytes.Instance)
            .SetPartitionsAssignedHandler((_, partitions) => partitions.Select(Open).ToList())
            .SetPartitionsRevokedHandler((_, partitions) => Close(partitions))
            .SetPartitionsLostHandler((_, partitions) => Close(partitions))
            .SetErrorHandler((_, e) => LogBroker(_log, e.Code.ToString(), e.Reason))
            .SetLogHandler((_, m) => LogLibrary(_log, m.Message))
            .Build();
    }

    /// <summary>Receives until told to stop; then stays in the group, taking nothing, until all is in or given up.</summary>
    /// <param name="stop">No more is wanted.</param>
    /// <param name="drained">What was received is in, or given up.</param>
    /// <exception cref="StreamException">The stream goes no further by itself.</exception>
    public void Run(CancellationToken stop, CancellationToken drained)
    {
        _stop = stop;
        if (_options.Partitions.Count > 0) _consumer.Assign(_options.Partitions.Select(p => Open(new TopicPartition(_options.Topic, p))));
        else _consumer.Subscribe(_options.Topic);
        while (!stop.IsCancellationRequested && !drained.IsCancellationRequested)
        {
            Receive();
            PauseOrResume();
        }
        _consumer.Pause(_consumer.Assignment);
        _buffer.Complete();
        while (!drained.IsCancellationRequested) _consumer.Consume(Poll);
        _consumer.Close();
    }

    /// <inheritdoc />
    public void Dispose() => _consumer.Dispose();

    private void Receive()
    {
        try
        {
            if (_consumer.Consume(Poll) is not { Message: { } message } received) return;
            _buffer.Add(received.Partition, new StreamMessage(received.Offset, message.Value));
            if (_consumer.GetWatermarkOffsets(received.TopicPartition) is { High.IsSpecial: false } known) _buffer.SetEnd(received.Partition, known.High);
        }
        catch (ConsumeException e) when (e.Error.Code == ErrorCode.Local_AutoOffsetReset)
        {
            throw Gap(e.ConsumerRecord.TopicPartition);
        }
        catch (ConsumeException e) when (!e.Error.IsFatal)
        {
            LogBroker(_log, e.Error.Code.ToString(), e.Error.Reason);
        }
        catch (KafkaException e)
        {
            throw new StreamException($"{_options.Topic}: {e.Error.Reason}", e);
        }
    }

    private TopicPartitionOffset Open(TopicPartition partition)
    {
        var lease = TakeOver(partition);
        _buffer.Open(lease);
        LogTaken(_log, lease, lease.Next);
        return new TopicPartitionOffset(partition, lease.Next is { } next ? new Offset(next) : Offset.Beginning);
    }

    private Lease TakeOver(TopicPartition partition)
    {
        // A loss is accepted that was there when somebody said so, not one of later.
        var acceptLoss = _opened.Add(partition.Partition) && _options.AcceptLoss;
        while (true)
        {
            try
            {
                return _offsets.TakeOver(partition.Topic, partition.Partition, acceptLoss, _options.UnreadableLimit);
            }
            catch (NpgsqlException e) when (e.IsTransient && !_stop.WaitHandle.WaitOne(TakeOverPause))
            {
                LogWaiting(_log, partition.Topic, partition.Partition.Value, e.Message);
            }
        }
    }

    private void Close(IEnumerable<TopicPartitionOffset> partitions)
    {
        foreach (var partition in partitions)
        {
            _buffer.Close(partition.Partition);
            LogGiven(_log, partition.Topic, partition.Partition.Value);
        }
    }

    // A paused consumer stays in its group and goes on answering the brokers.
    private void PauseOrResume()
    {
        if (!_paused && _buffer.IsFull) _consumer.Pause(_consumer.Assignment);
        else if (_paused && _buffer.HasRoom) _consumer.Resume(_consumer.Assignment);
        else return;
        _paused = !_paused;
    }

    private StreamException Gap(TopicPartition partition)
    {
        if (_buffer.Find(partition.Partition) is not { } lane) return new StreamException($"{partition}: the broker no longer has what was due.");
        var there = Ask(partition);
        _offsets.RecordGap(lane.Lease, lane.NextToReceive, there?.Low.Value, there?.High.Value);
        var has = there is null ? "" : $"; it has {there.Low.Value} to {there.High.Value - 1}";
        return new StreamException($"{lane.Lease}: offset {lane.NextToReceive} was due and the broker no longer has it{has}. {StreamOffsets.Accept}");
    }

    private WatermarkOffsets? Ask(TopicPartition partition)
    {
        try
        {
            return _consumer.QueryWatermarkOffsets(partition, AskPatience);
        }
        catch (KafkaException)
        {
            // The gap is recorded without it.
            return null;
        }
    }

    [LoggerMessage(EventId = 201, Level = LogLevel.Information, Message = "{Partition}: taken over, from offset {Next} (none: the earliest).")]
    private static partial void LogTaken(ILogger log, Lease partition, long? next);

    [LoggerMessage(EventId = 202, Level = LogLevel.Information, Message = "{Topic}/{Partition}: given up.")]
    private static partial void LogGiven(ILogger log, string topic, int partition);

    [LoggerMessage(EventId = 203, Level = LogLevel.Warning, Message = "The brokers report {Code}: {Why}")]
    private static partial void LogBroker(ILogger log, string code, string why);

    [LoggerMessage(EventId = 204, Level = LogLevel.Debug, Message = "librdkafka: {Message}")]
    private static partial void LogLibrary(ILogger log, string message);

    [LoggerMessage(EventId = 205, Level = LogLevel.Warning, Message = "{Topic}/{Partition}: waits for the database to be taken over: {Why}")]
    private static partial void LogWaiting(ILogger log, string topic, int partition, string why);

    // Null is told apart from empty.
    private sealed class Bytes : IDeserializer<byte[]?>
    {
        public static readonly Bytes Instance = new();

        public byte[]? Deserialize(ReadOnlySpan<byte> data, bool isNull, SerializationContext context) => isNull ? null : data.ToArray();
    }
}
