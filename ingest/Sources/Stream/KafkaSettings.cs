using Confluent.Kafka;

namespace Followthrough.Ingest.Sources.Streams;

/// <summary>What librdkafka is told beyond where the brokers are.</summary>
internal static class KafkaSettings
{
    /// <summary>Of a consumer that keeps no offsets at the broker and never jumps over a gap.</summary>
    public static ConsumerConfig Consumer(StreamOptions options) => options.Endpoint.Configure(new ConsumerConfig
    {
        GroupId = options.Group,
        EnableAutoCommit = false,
        EnableAutoOffsetStore = false,
        AutoOffsetReset = AutoOffsetReset.Error,
        IsolationLevel = IsolationLevel.ReadCommitted,
        // The cooperative assignor of librdkafka 2.0 ends the process when a worker joins.
        PartitionAssignmentStrategy = PartitionAssignmentStrategy.RoundRobin,
        SessionTimeoutMs = (int)options.SessionTimeout.TotalMilliseconds,
        TopicMetadataRefreshIntervalMs = 180_000,
        // What librdkafka has fetched ahead lies in memory besides the buffer.
        QueuedMaxMessagesKbytes = 16 * 1024,
        FetchWaitMaxMs = 100,
    });

    /// <summary>Of a producer whose messages are in once, and in order.</summary>
    public static ProducerConfig Producer(KafkaEndpoint endpoint) => endpoint.Configure(new ProducerConfig
    {
        Acks = Acks.All,
        EnableIdempotence = true,
        RequestTimeoutMs = 60_000,
        LingerMs = 20,
    });
}
