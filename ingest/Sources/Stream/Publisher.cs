using System.Globalization;
using System.Text.Json;
using Confluent.Kafka;
using Followthrough.Analytics.Facts;
using Followthrough.Analytics.Store;
using Followthrough.Ingest.Loading;
using Followthrough.Ingest.Mappings;
using Followthrough.Ingest.Sources.Files;

namespace Followthrough.Ingest.Sources.Streams;

/// <summary>What publishing did.</summary>
/// <param name="Facts">Facts sent.</param>
/// <param name="Messages">Messages they were sent in.</param>
/// <param name="Rejected">Rows that are no facts and were not sent.</param>
/// <param name="Problems">The first of them in words.</param>
internal sealed record PublishReport(long Facts, long Messages, long Rejected, IReadOnlyList<string> Problems);

/// <summary>
/// Sends the facts of canonical files to a topic, many to an event. Facts of an account always have the same key, so they go to one
/// partition and keep their order.
/// </summary>
internal sealed class Publisher : IDisposable
{
    // Few enough that events fill up, enough to spread over the partitions.
    private const int Keys = 64;
    private const int FactsAtOnce = 500;
    private const int BytesAtOnce = 200_000;
    private const int ShownProblems = 40;

    private readonly IProducer<string, byte[]> _producer;
    private readonly string _topic;
    private readonly TimeProvider _clock;
    private readonly Dictionary<string, (List<string> Facts, int Bytes)> _waiting = [];
    private readonly List<Task> _sending = [];
    private readonly List<string> _problems = [];
    private (long Facts, long Messages, long Rejected) _count;

    /// <summary>A connection to the brokers.</summary>
    public Publisher(KafkaEndpoint endpoint, string topic, TimeProvider clock)
    {
        KafkaLibrary.Load();
        (_topic, _clock) = (topic, clock);
        _producer = new ProducerBuilder<string, byte[]>(KafkaSettings.Producer(endpoint)).SetLogHandler((_, _) => { }).Build();
    }

    /// <summary>Sends a file or a folder and waits until the brokers have it all.</summary>
    /// <exception cref="SourceFileException">The path can't be read.</exception>
    /// <exception cref="StreamException">The brokers did not take it.</exception>
    public async Task<PublishReport> PublishAsync(string path, CancellationToken ct)
    {
        foreach (var file in await LoadPlan.MakeAsync(new LoadRequest { Path = path, Mapping = CanonicalMapping.Name }, new OwnMappings(DataFolder.Default()), ct))
            await PublishAsync(file, ct);
        await DeliveredAsync();
        return new PublishReport(_count.Facts, _count.Messages, _count.Rejected, _problems);
    }

    /// <inheritdoc />
    public void Dispose() => _producer.Dispose();

    private async Task PublishAsync(PlannedFile file, CancellationToken ct)
    {
        var mapping = file.Mapping ?? throw new SourceFileException(file.Problem!);
        var input = new FileInput(new KeptFile(file.Name, file.Path, "", 0), mapping);
        await foreach (var chunk in input.ReadAsync(_ => { }, ct))
            foreach (var row in chunk.Rows)
                if (row.Cells is null) Reject(file, input.Unit, row);
                else await AddAsync(row, ct);
        foreach (var key in _waiting.Keys.ToList()) await SendAsync(mapping.Tables[0], key, ct);
    }

    private void Reject(PlannedFile file, string unit, MappedRow row)
    {
        _count.Rejected++;
        if (_problems.Count < ShownProblems) _problems.Add(string.Create(CultureInfo.InvariantCulture, $"{file.Name} {unit} {row.Record.Line}: {row.Message}."));
    }

    private async Task AddAsync(MappedRow row, CancellationToken ct)
    {
        var key = row.Account is { } account ? (AccountId.Of(account) % Keys).ToString(CultureInfo.InvariantCulture) : "reference";
        var (facts, bytes) = _waiting.GetValueOrDefault(key, ([], 0));
        var json = row.ToCanonicalJson();
        facts.Add(json);
        _waiting[key] = (facts, bytes + json.Length);
        if (facts.Count >= FactsAtOnce || bytes + json.Length >= BytesAtOnce) await SendAsync(row.Table, key, ct);
    }

    private async Task SendAsync(FactTable table, string key, CancellationToken ct)
    {
        _waiting.Remove(key, out var waiting);
        _sending.Add(_producer.ProduceAsync(_topic, new Message<string, byte[]> { Key = key, Value = Event(table, waiting.Facts) }, ct));
        _count = (_count.Facts + waiting.Facts.Count, _count.Messages + 1, _count.Rejected);
        // What is under way lies in memory.
        if (_sending.Count >= 100) await DeliveredAsync();
    }

    private async Task DeliveredAsync()
    {
        try
        {
            await Task.WhenAll(_sending);
            _sending.Clear();
        }
        catch (KafkaException e)
        {
            throw new StreamException($"{_topic}: the brokers did not take it: {e.Error.Reason}", e);
        }
    }

    private byte[] Event(FactTable table, List<string> facts)
    {
        using var bytes = new MemoryStream();
        using (var json = new Utf8JsonWriter(bytes))
        {
            json.WriteStartObject();
            json.WriteString("specversion", "1.0");
            json.WriteString("id", Guid.NewGuid());
            json.WriteString("source", "/followthrough/publish");
            json.WriteString("type", EventReader.TypePrefix + table.Name);
            json.WriteString("time", _clock.GetUtcNow());
            json.WriteString("datacontenttype", "application/json");
            json.WriteStartArray("data");
            foreach (var fact in facts) json.WriteRawValue(fact);
            json.WriteEndArray();
            json.WriteEndObject();
        }
        return bytes.ToArray();
    }
}
