using System.Text;
using Followthrough.Ingest.Sources.Streams;

namespace Followthrough.Ingest.Sources.Files;

/// <summary>An opened file of records, whatever its packing, format and encoding.</summary>
internal sealed class SourceFile : IDisposable
{
    private const int Sample = 4096;

    private readonly PackedFile _packed;
    private readonly SourceReading _reading;
    private readonly byte[] _head;
    private readonly string _name;

    private SourceFile(PackedFile packed, SourceFormat format, SourceReading reading, string name, byte[] head)
    {
        (_packed, Format, _reading, _name, _head) = (packed, format, reading, name, head);
    }

    public SourceFormat Format { get; }

    /// <summary>How many bytes of the file as received have been read.</summary>
    public long Position => _packed.Position;

    /// <summary>What a record's position counts, in words.</summary>
    public string Unit => Format switch { SourceFormat.Xlsx => "row", SourceFormat.Json => "record", SourceFormat.Events => "fact", _ => "line" };

    /// <summary>What stands between the fields of a CSV file; null for other formats.</summary>
    public char? Separator => Format == SourceFormat.Csv ? Layout().Separator : null;

    /// <summary>The encoding it is read in, by the name IANA gives it.</summary>
    public string EncodingName => Encoding.WebName;

    /// <summary>The first bytes of what is inside a file.</summary>
    public static byte[] Beginning(string path, string name, int most)
    {
        using var packed = PackedFile.Open(path, name);
        using var bytes = new MemoryStream();
        var piece = new byte[1 << 16];
        for (int read; bytes.Length < most && (read = packed.Content.Read(piece)) > 0;) bytes.Write(piece, 0, read);
        return bytes.ToArray();
    }

    /// <summary>Opens a file.</summary>
    /// <param name="path">Where it is.</param>
    /// <param name="name">What it was called when it was received: its ending says packing and format.</param>
    /// <param name="reading">What the file does not say of itself.</param>
    /// <exception cref="SourceFileException">It is of no known format, or damaged.</exception>
    public static SourceFile Open(string path, string name, SourceReading reading)
    {
        // The first bytes say encoding and separator; a packed file can't be wound back, so it is opened twice.
        byte[] head;
        using (var first = PackedFile.Open(path, name)) head = HeadOf(first.Content);
        var packed = PackedFile.Open(path, name);
        if (SourceFormats.Of(packed.Name) is { } format) return new SourceFile(packed, format, reading, name, head);
        packed.Dispose();
        throw new SourceFileException($"{name}: expected a {SourceFormats.Expected}.");
    }

    /// <summary>Every record in file order.</summary>
    /// <param name="problemOf">Says what is wrong with a header, or null.</param>
    /// <param name="ct">Stops the reading.</param>
    /// <exception cref="SourceFileException">The file as a whole can't be read.</exception>
    public IAsyncEnumerable<SourceRecord> ReadAsync(Func<RecordShape, string?> problemOf, CancellationToken ct) => Format switch
    {
        SourceFormat.Csv => CsvRecords.ReadAsync(Text(), Layout(), problemOf, ct),
        SourceFormat.JsonLines => JsonLinesRecords.ReadAsync(Text(), _name, ct),
        SourceFormat.Json => JsonRecords.ReadAsync(Utf8(), _name, _reading.Records, ct),
        SourceFormat.Events => throw new SourceFileException($"{_name}: is a kept range of a stream; expected to be read from the stream."),
        SourceFormat.Xlsx => XlsxRecords.ReadAsync(_packed.Content, _name, _reading, problemOf, ct),
        _ => throw new InvalidOperationException($"No reader for {Format}."),
    };

    /// <summary>The record at a position, as it was written; null when there is none.</summary>
    public async Task<string?> ReadRawAsync(long position, CancellationToken ct)
    {
        if (Format == SourceFormat.Csv) return await CsvRecords.ReadRawAsync(Text(), Layout(), position, ct);
        if (Format == SourceFormat.Events) return await KeptEvents.ReadRawAsync(Text(), position, ct);
        if (Format == SourceFormat.JsonLines) return await LineAsync(Text(), position, ct);
        if (Format == SourceFormat.Json) return await JsonRecords.ReadRawAsync(Utf8(), _name, _reading.Records, position, ct);
        await foreach (var record in ReadAsync(_ => null, ct))
            if (record.Line >= position) return record.Line == position ? record.ToJson() : null;
        return null;
    }

    /// <inheritdoc />
    public void Dispose() => _packed.Dispose();

    private static byte[] HeadOf(Stream content)
    {
        var head = new byte[Sample];
        return head[..content.ReadAtLeast(head, Sample, throwOnEndOfStream: false)];
    }

    private Encoding Encoding => SourceText.EncodingOf(_head, _reading.Encoding, _name);

    private CsvLayout Layout() => new(_name, CsvLayout.SeparatorOf(Encoding.GetString(_head)), _reading.HeaderLines);

    private StreamReader Text() => new(_packed.Content, Encoding, detectEncodingFromByteOrderMarks: true, 1 << 16);

    // Bytes that are no UTF-8 become U+FFFD here too, and reject their record alone.
    private Stream Utf8() => System.Text.Encoding.CreateTranscodingStream(_packed.Content, Encoding, new UTF8Encoding(false), leaveOpen: true);

    private static async Task<string?> LineAsync(StreamReader text, long position, CancellationToken ct)
    {
        for (var line = 1L; line < position; line++)
            if (await text.ReadLineAsync(ct) is null) return null;
        return await text.ReadLineAsync(ct);
    }
}
