using System.Diagnostics.Metrics;
using Followthrough.Ingest.Loading;

namespace Followthrough.Ingest.Sources.Streams;

/// <summary>What a stream worker measures of itself.</summary>
internal sealed class StreamMetrics : IDisposable
{
    /// <summary>Name of the program's meter.</summary>
    public const string MeterName = "Followthrough.Ingest";

    private readonly Meter _meter = new(MeterName);
    private readonly Counter<long> _facts;
    private readonly Counter<long> _rejected;
    private readonly Counter<long> _batches;

    public StreamMetrics(StreamBuffer buffer)
    {
        _meter.CreateObservableGauge("followthrough.ingest.stream.lag", () => Lag(buffer), "{message}", "Messages at the broker that are not in yet.");
        _facts = _meter.CreateCounter<long>("followthrough.ingest.stream.facts", "{fact}", "Rows of stream batches that are in, unchanged ones included.");
        _rejected = _meter.CreateCounter<long>("followthrough.ingest.stream.rejected", "{record}", "Records of stream batches that went to quarantine.");
        _batches = _meter.CreateCounter<long>("followthrough.ingest.stream.batches", "{batch}", "Batches of streams that are in.");
    }

    /// <summary>Counts a batch that is in.</summary>
    public void Count(Lease lease, FileReport report)
    {
        var of = Tags(lease);
        _batches.Add(1, of);
        _facts.Add(report.Read - report.Rejected, of);
        _rejected.Add(report.Rejected, of);
    }

    /// <inheritdoc />
    public void Dispose() => _meter.Dispose();

    private static IEnumerable<Measurement<long>> Lag(StreamBuffer buffer) =>
        buffer.Stand().Where(s => s.Lag is not null).Select(s => new Measurement<long>(s.Lag!.Value, Tags(s.Lease)));

    private static KeyValuePair<string, object?>[] Tags(Lease lease) => [new("topic", lease.Topic), new("partition", lease.Partition)];
}
