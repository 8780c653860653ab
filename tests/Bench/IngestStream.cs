using System.Text;
using Confluent.Kafka;
using Followthrough.Ingest.Sources.Streams;
using Followthrough.Tests.Support;
using Microsoft.Extensions.Logging.Abstractions;

namespace Followthrough.Bench;

/// <summary>The same rows as events, many facts to each, through librdkafka's mock brokers.</summary>
internal sealed class IngestStream(IngestStore store)
{
    /// <summary>The mock brokers keep 5 MB a partition.</summary>
    public const long MostRows = 200_000;

    private const string Topic = "facts";
    private const int Partitions = 24;
    private const int FactsOfAnEvent = 500;
    private static readonly TimeSpan Look = TimeSpan.FromMilliseconds(10);

    /// <summary>Sends the first rows, then measures from the worker's start until the last of them is in.</summary>
    /// <returns>Null where librdkafka is not installed.</returns>
    public async Task<Effort?> RunAsync(long rows, CancellationToken ct)
    {
        try
        {
            KafkaLibrary.Load();
        }
        catch (StreamException)
        {
            return null;
        }
        using var cluster = MockCluster.Start(Topic, Partitions, 1);
        using var producer = new ProducerBuilder<Null, byte[]>(new ProducerConfig { BootstrapServers = cluster.Brokers, LingerMs = 5 }).SetLogHandler((_, _) => { }).Build();
        var sent = await SendAsync(producer, rows, ct);
        return await Effort.OfAsync(store.Postmaster, () => ReadAsync(cluster.Brokers, sent, ct));
    }

    private async Task<long> SendAsync(IProducer<Null, byte[]> producer, long rows, CancellationToken ct)
    {
        await using var select = store.Db.CreateCommand($"""
            select json_agg(json_strip_nulls(to_json(w)) order by n)::text
            from (select n, account, {IngestStore.Columns} from wanted where n <= {rows}) w
            group by (n - 1) / {FactsOfAnEvent} order by (n - 1) / {FactsOfAnEvent}
            """.Replace("to_json(w)", "(to_jsonb(w) - 'n')::json", StringComparison.Ordinal));
        select.CommandTimeout = 0;
        await using var reader = await select.ExecuteReaderAsync(ct);
        var sending = new List<Task>();
        while (await reader.ReadAsync(ct))
        {
            var value = $$"""{"specversion":"1.0","id":"{{sending.Count}}","source":"/bench","type":"{{EventReader.TypePrefix}}interaction","data":{{reader.GetString(0)}}}""";
            sending.Add(producer.ProduceAsync(new TopicPartition(Topic, sending.Count % Partitions), new Message<Null, byte[]> { Value = Encoding.UTF8.GetBytes(value) }, ct));
        }
        await Task.WhenAll(sending);
        return sending.Count;
    }

    private async Task ReadAsync(string brokers, long messages, CancellationToken ct)
    {
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(ct);
        var options = new StreamOptions { Endpoint = new KafkaEndpoint(brokers), Topic = Topic, Partitions = [.. Enumerable.Range(0, Partitions)] };
        var worker = Task.Run(() => new StreamWorker(store.Db, store.Kept, options, TimeProvider.System, NullLogger.Instance).RunAsync(stop.Token), ct);
        while (!worker.IsCompleted && await store.CountAsync("select coalesce(sum(next_offset), 0)::bigint from stream_offset", ct) < messages) await Task.Delay(Look, ct);
        await stop.CancelAsync();
        await worker;
    }
}
