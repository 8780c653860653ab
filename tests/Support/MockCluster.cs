using System.Runtime.InteropServices;

namespace Followthrough.Tests.Support;

/// <summary>
/// librdkafka's own mock cluster, which speaks the real protocol on local ports. It keeps about 5 MB a partition and forgets what is
/// older, as a broker does after its retention time.
/// </summary>
internal sealed class MockCluster : IDisposable
{
    private const string Library = "librdkafka.so.1";

    private readonly IntPtr _client;
    private readonly IntPtr _cluster;

    private MockCluster(IntPtr client, IntPtr cluster)
    {
        (_client, _cluster) = (client, cluster);
        Brokers = Marshal.PtrToStringUTF8(Bootstraps(cluster))!;
    }

    internal string Brokers { get; }

    /// <summary>Brokers with one topic; the library has to be loaded by then.</summary>
    internal static MockCluster Start(string topic, int partitions, int brokers)
    {
        var conf = NewConf();
        // It is the brokers' host and connects to none itself, of which it would warn.
        Succeed(Set(conf, "log_level", "0", new byte[512], 512));
        var client = New(0, conf, new byte[512], 512);
        var cluster = new MockCluster(client, NewCluster(client, brokers));
        Succeed(CreateTopic(cluster._cluster, topic, partitions, 1));
        return cluster;
    }

    internal void TakeDown(int broker) => Succeed(SetDown(_cluster, broker));

    internal void BringUp(int broker) => Succeed(SetUp(_cluster, broker));

    /// <summary>The next fetches are answered by these errors.</summary>
    internal void FailFetches(int[] errors)
    {
        const short fetch = 1;
        PushErrors(_cluster, fetch, (nuint)errors.Length, errors);
    }

    public void Dispose()
    {
        DestroyCluster(_cluster);
        Destroy(_client);
    }

    private static void Succeed(int code)
    {
        if (code != 0) throw new InvalidOperationException($"librdkafka answers {code}.");
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
