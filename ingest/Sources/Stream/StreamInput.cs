using System.IO.Compression;
using System.Runtime.CompilerServices;
using System.Text.Encodings.Web;
using System.Text.Json;
using Followthrough.Analytics.Facts;
using Followthrough.Ingest.Loading;
using Followthrough.Ingest.Mappings;

namespace Followthrough.Ingest.Sources.Streams;

/// <summary>Messages of one partition, one after another, that become one batch.</summary>
internal sealed class StreamInput : IBatchInput
{
    // It is a file: escaping what a page would need escaped doubles events, which are JSON themselves.
    private static readonly JsonWriterOptions Kept = new() { SkipValidation = true, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    private readonly IReadOnlyList<StreamMessage> _messages;
    private readonly EventRows _rows;

    /// <summary>Messages with what was read of them.</summary>
    public StreamInput(Lease lease, IReadOnlyList<StreamMessage> messages, EventRows rows, long unreadableRun)
    {
        (_messages, _rows, UnreadableRun) = (messages, rows, unreadableRun);
        Range = new StreamRange(lease.Topic, lease.Partition, lease.Epoch, messages[0].Offset, messages[^1].Offset);
        Name = FormattableString.Invariant($"{lease.Topic}-{lease.Partition}@{Range.First}.events.gz");
        var made = rows.Rows.Select(r => r.Table).ToHashSet();
        Tables = [.. FactTable.All.Where(made.Contains)];
    }

    public StreamRange Range { get; }

    /// <summary>Unreadable messages in a row at its end, those of earlier batches included.</summary>
    public long UnreadableRun { get; }

    public string Name { get; }
    public string Unit => "fact";
    public IReadOnlyList<FactTable> Tables { get; }
    public IReadOnlyList<FactRule> Rules => [];
    public IReadOnlyList<StreamMessage> Messages => _messages;

    public async IAsyncEnumerable<RowChunk> ReadAsync(Action<long> readBytes, [EnumeratorCancellation] CancellationToken ct)
    {
        ct.ThrowIfCancellationRequested();
        readBytes(_messages.Sum(m => (long)m.Length));
        yield return new RowChunk(_messages.Count, _rows.Rows, _rows.Unreadable);
        await Task.CompletedTask;
    }

    /// <summary>The same in two parts; a single message as refused by the database.</summary>
    public IReadOnlyList<StreamInput> WithoutRefused(Lease lease, string why)
    {
        if (_messages.Count == 1) return [new StreamInput(lease, _messages, _rows.Refused(_messages[0], why), lease.UnreadableRun + 1)];
        var middle = _messages.Count / 2;
        var first = Read(lease, [.. _messages.Take(middle)]);
        return [first, Read(lease.Behind(first), [.. _messages.Skip(middle)])];
    }

    private StreamInput Read(Lease lease, IReadOnlyList<StreamMessage> messages)
    {
        var (rows, run) = (_rows.Empty(), lease.UnreadableRun);
        foreach (var message in messages) run = rows.Add(message) ? 0 : run + 1;
        return new StreamInput(lease, messages, rows, run);
    }

    /// <summary>The messages as they are kept.</summary>
    public ReadOnlyMemory<byte> ToKept()
    {
        var kept = new MemoryStream();
        using (var packed = new GZipStream(kept, CompressionLevel.Fastest, leaveOpen: true))
        using (var json = new Utf8JsonWriter(packed, Kept))
            foreach (var message in _messages)
            {
                message.WriteTo(json);
                json.Flush();
                json.Reset();
                packed.WriteByte((byte)'\n');
            }
        return kept.GetBuffer().AsMemory(0, (int)kept.Length);
    }
}
