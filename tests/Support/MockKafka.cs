using System.Runtime.InteropServices;
using Confluent.Kafka;
using Followthrough.Ingest.Sources.Streams;

namespace Followthrough.Tests.Support;

/// <summary>
/// Brokers of one test: librdkafka's own mock cluster, which speaks the real protocol on local ports. It keeps about 5 MB a partition and
/// forgets what is older, as a broker does after its retention time.
/// </summary>
internal sealed class MockKafka : IDisposable
{
    private const string Library = "librdkafka.so.1";

    private readonly IntPtr _client;
    private readonly IntPtr _cluster;
    private readonly IProducer<Null, byte[]?> _producer;

    private MockKafka(IntPtr client, IntPtr cluster)
    {
        (_client, _cluster) = (client, cluster);
        Brokers = Marshal.PtrToStringUTF8(Bootstraps(cluster))!;
        _producer = new ProducerBuilder<Null, byte[]?>(new ProducerConfig { BootstrapServers = Brokers, LingerMs = 0 }).SetLogHandler((_, _) => { }).Build();
    }

    internal string Brokers { get; }

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
        var conf = NewConf();
        // It is the brokers' host and connects to none itself, of which it would warn.
        Assert.Equal(0, Set(conf, "log_level", "0", new byte[512], 512));
        var client = New(0, conf, new byte[512], 512);
        var kafka = new MockKafka(client, NewCluster(client, brokers));
        Assert.Equal(0, CreateTopic(kafka._cluster, topic, partitions, 1));
        return kafka;
    }

    /// <summary>Sends a message as it is and returns its offset.</summary>
    internal async Task<long> SendAsync(string topic, byte[]? value, int partition = 0) =>
        (await _producer.ProduceAsync(new TopicPartition(topic, partition), new Message<Null, byte[]?> { Value = value }, TestContext.Current.CancellationToken)).Offset;

    internal void TakeDown(int broker) => Assert.Equal(0, SetDown(_cluster, broker));

    internal void BringUp(int broker) => Assert.Equal(0, SetUp(_cluster, broker));

    /// <summary>The next fetches are answered by these errors.</summary>
    internal void FailFetches(params ErrorCode[] errors)
    {
        const short fetch = 1;
        PushErrors(_cluster, fetch, (nuint)errors.Length, [.. errors.Select(e => (int)e)]);
    }

    public void Dispose()
    {
        _producer.Dispose();
        DestroyCluster(_cluster);
        Destroy(_client);
    }

    [DllImport(Library, EntryPoint = "rd_kafka_conf_new")]
    private static extern IntPtr NewConf();

    [DllImport(Library, EntryPoint = "rd_kafka_conf_set", CharSet = CharSet.Ansi, BestFitMapping = false, ThrowOnUnmappableChar = true)]
    private static extern int Set(IntPtr conf, string name, string value, byte[] error, nint size);

    [DllImport(Library, EntryPoint = "rd_kafka_new")]
    private static extern IntPtr New(int type, IntPtr conf, byte[] error, nint size);

    [DllImport(Library, EntryPoint = "rd_kafka_destroy")]
    private static extern void Destroy(IntPtr client);

    [DllImport(Library, EntryPoint = "rd_kafka_mock_cluster_new")]
    private static extern IntPtr NewCluster(IntPtr client, int brokers);

    [DllImport(Library, EntryPoint = "rd_kafka_mock_cluster_destroy")]
    private static extern void DestroyCluster(IntPtr cluster);

    [DllImport(Library, EntryPoint = "rd_kafka_mock_cluster_bootstraps")]
    private static extern IntPtr Bootstraps(IntPtr cluster);

    [DllImport(Library, EntryPoint = "rd_kafka_mock_topic_create", CharSet = CharSet.Ansi, BestFitMapping = false, ThrowOnUnmappableChar = true)]
    private static extern int CreateTopic(IntPtr cluster, string topic, int partitions, int replicas);

    [DllImport(Library, EntryPoint = "rd_kafka_mock_broker_set_down")]
    private static extern int SetDown(IntPtr cluster, int broker);

    [DllImport(Library, EntryPoint = "rd_kafka_mock_broker_set_up")]
    private static extern int SetUp(IntPtr cluster, int broker);

    [DllImport(Library, EntryPoint = "rd_kafka_mock_push_request_errors_array")]
    private static extern void PushErrors(IntPtr cluster, short request, nuint count, int[] errors);
}
