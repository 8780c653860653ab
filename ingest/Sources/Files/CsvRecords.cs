using System.Globalization;
using System.Runtime.CompilerServices;
using CsvHelper;
using CsvHelper.Configuration;

namespace Followthrough.Ingest.Sources.Files;

/// <summary>Records of a comma-separated file with a header line (RFC 4180).</summary>
internal static class CsvRecords
{
    /// <summary>Yields every record in file order. An empty file yields none.</summary>
    /// <exception cref="SourceFileException">A header name is missing or stands twice.</exception>
    public static async IAsyncEnumerable<SourceRecord> ReadAsync(
        TextReader text, string shownName, [EnumeratorCancellation] CancellationToken ct)
    {
        var strayQuote = false;
        var configuration = new CsvConfiguration(CultureInfo.InvariantCulture)
        {
            HasHeaderRecord = false,
            BadDataFound = _ => strayQuote = true,
            BufferSize = 1 << 16,
            ProcessFieldBufferSize = 1 << 12,
        };
        using var parser = new CsvParser(text, configuration, leaveOpen: true);
        if (!await parser.ReadAsync()) yield break;
        var shape = Header(parser.Record!, shownName);
        while (true)
        {
            ct.ThrowIfCancellationRequested();
            strayQuote = false;
            if (!await parser.ReadAsync()) yield break;
            var values = parser.Record!;
            yield return new SourceRecord(FirstLine(parser, values), shape, values, ProblemOf(values, shape, strayQuote));
        }
    }

    private static RecordShape Header(string[] names, string shownName)
    {
        for (var i = 0; i < names.Length; i++)
        {
            names[i] = names[i].Trim();
            if (names[i].Length == 0)
                throw new SourceFileException($"{shownName} line 1: column {i + 1} has no name; expected a header with a name for every column.");
        }
        var twice = names.GroupBy(n => n).FirstOrDefault(g => g.Count() > 1)?.Key;
        return twice is null
            ? new RecordShape(names)
            : throw new SourceFileException($"{shownName} line 1: column '{twice}' stands twice in the header; expected each name once.");
    }

    private static RecordProblem? ProblemOf(string[] values, RecordShape shape, bool strayQuote) =>
        values.Length != shape.Names.Count
            ? new RecordProblem("ragged", $"has {values.Length} fields; expected {shape.Names.Count} as in the header")
            : strayQuote ? new RecordProblem("stray_quote", "has a quote inside an unquoted field; expected the field in quotes with its quotes doubled") : null;

    // The parser stands on a record's last line; quoted fields may have brought it past the first.
    private static long FirstLine(CsvParser parser, string[] values)
    {
        var extra = 0;
        foreach (var value in values) extra += LineBreaks(value);
        return parser.RawRow - extra;
    }

    private static int LineBreaks(string value)
    {
        var span = value.AsSpan();
        if (span.IndexOfAny('\n', '\r') < 0) return 0;
        var breaks = 0;
        for (var i = 0; i < span.Length; i++)
            if (span[i] == '\n' || (span[i] == '\r' && (i + 1 == span.Length || span[i + 1] != '\n'))) breaks++;
        return breaks;
    }
}
