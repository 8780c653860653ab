using System.Reflection;
using System.Runtime.InteropServices;
using Confluent.Kafka;

namespace Followthrough.Ingest.Sources.Streams;

/// <summary>The system's librdkafka, which Confluent.Kafka speaks to brokers with.</summary>
internal static class KafkaLibrary
{
    private const string File = "librdkafka.so.1";

    // What the package asks of every message and librdkafka answers since 2.1: the leader's epoch. Minus one means that it is unknown.
    private static readonly string[] Newer = ["_message_leader_epoch", "_topic_partition_get_leader_epoch"];

    private static readonly Lazy<string> Loaded = new(LoadOnce);

    /// <summary>Loads it, once a process, and returns its version.</summary>
    /// <exception cref="StreamException">It is not installed.</exception>
    public static string Load() => Loaded.Value;

    private static string LoadOnce()
    {
        try
        {
            NativeLibrary.SetDllImportResolver(typeof(Library).Assembly, (name, _, _) => name switch
            {
                "libdl" => NativeLibrary.Load("libdl.so.2"),
                "librdkafka" => NativeLibrary.Load(File),
                _ => IntPtr.Zero,
            });
            Library.Load(File);
        }
        catch (Exception e) when (e is DllNotFoundException or InvalidOperationException or EntryPointNotFoundException)
        {
            throw new StreamException("Event streams need librdkafka, which is not installed. On Debian, as root: apt-get install librdkafka1", e);
        }
        AnswerForOlder();
        return Library.VersionString;
    }

    // Without it the consumer of the package would fail on its first message with the librdkafka 2.0 of Debian 12.
    private static void AnswerForOlder()
    {
        var library = NativeLibrary.Load(File);
        var binding = typeof(Library).Assembly.GetType("Confluent.Kafka.Impl.Librdkafka", throwOnError: true)!;
        var unknown = typeof(KafkaLibrary).GetMethod(nameof(UnknownEpoch), BindingFlags.NonPublic | BindingFlags.Static)!;
        foreach (var name in Newer.Where(n => !NativeLibrary.TryGetExport(library, "rd_kafka" + n, out _)))
        {
            var field = binding.GetField(name, BindingFlags.NonPublic | BindingFlags.Static)
                ?? throw new StreamException($"This Confluent.Kafka does not work with librdkafka {Library.VersionString}: it has no {name}.");
            field.SetValue(null, Delegate.CreateDelegate(field.FieldType, unknown));
        }
    }

    private static int UnknownEpoch(IntPtr message) => -1;
}
