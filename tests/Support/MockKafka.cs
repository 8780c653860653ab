using Confluent.Kafka;
using Followthrough.Ingest.Sources.Streams;

namespace Followthrough.Tests.Support;

/// <summary>Brokers of one test, and a producer that sends to them.</summary>
internal sealed class MockKafka : IDisposable
{
    private readonly MockCluster _cluster;
    private readonly IProducer<Null, byte[]?> _producer;

    private MockKafka(MockCluster cluster)
    {
        _cluster = cluster;
        _producer = new ProducerBuilder<Null, byte[]?>(new ProducerConfig { BootstrapServers = Brokers, LingerMs = 0 }).SetLogHandler((_, _) => { }).Build();
    }

    internal string Brokers => _cluster.Brokers;

    internal KafkaEndpoint Endpoint => new(Brokers);

    /// <summary>Brokers with one topic; skips the test on a machine without librdkafka, and fails it in CI.</summary>
    internal static MockKafka Start(string topic, int partitions = 1, int brokers = 1)
    {
        try
        {
            KafkaLibrary.Load();
        }
        catch (StreamException e) when (!TestServer.IsRequired)
        {
            Assert.Skip(e.Message);
        }
        return new MockKafka(MockCluster.Start(topic, partitions, brokers));
    }

    /// <summary>Sends a message as it is and returns its offset.</summary>
    internal async Task<long> SendAsync(string topic, byte[]? value, int partition = 0) =>
        (await _producer.ProduceAsync(new TopicPartition(topic, partition), new Message<Null, byte[]?> { Value = value }, TestContext.Current.CancellationToken)).Offset;

    internal void TakeDown(int broker) => _cluster.TakeDown(broker);

    internal void BringUp(int broker) => _cluster.BringUp(broker);

    /// <summary>The next fetches are answered by these errors.</summary>
    internal void FailFetches(params ErrorCode[] errors) => _cluster.FailFetches([.. errors.Select(e => (int)e)]);

    public void Dispose()
    {
        _producer.Dispose();
        _cluster.Dispose();
    }
}
