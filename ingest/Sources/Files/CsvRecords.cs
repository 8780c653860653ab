using System.Runtime.CompilerServices;
using CsvHelper;

namespace Followthrough.Ingest.Sources.Files;

/// <summary>Records of a file of separated values with a header line (RFC 4180).</summary>
internal static class CsvRecords
{
    // A quote that is never closed would otherwise read a whole file into memory.
    private const int LongestRecord = 32 << 20;

    /// <summary>Yields every record in file order with the line it begins at. An empty file yields none.</summary>
    /// <param name="text">The file.</param>
    /// <param name="layout">How it is laid out.</param>
    /// <param name="problemOf">Says what is wrong with the header, or null.</param>
    /// <param name="ct">Stops the reading.</param>
    /// <exception cref="SourceFileException">The header is wrong, or a record is longer than anybody writes.</exception>
    public static async IAsyncEnumerable<SourceRecord> ReadAsync(
        TextReader text, CsvLayout layout, Func<RecordShape, string?> problemOf, [EnumeratorCancellation] CancellationToken ct)
    {
        CsvMalformedReason? malformed = null;
        var shownName = layout.ShownName;
        await using var csv = CsvReader.Create(text, Options(layout, m => malformed = m.Reason), leaveOpen: true);
        await csv.ReadHeaderAsync(ct);
        if (csv.Headers.Count == 0) yield break;
        var shape = Header(csv.Headers, shownName);
        if (problemOf(shape) is { } problem) throw new SourceFileException($"{shownName} line 1: {problem}.");
        for (var line = 1; line < layout.HeaderLines; line++)
            if (!await NextAsync(csv, shownName, ct)) yield break;
        while (true)
        {
            malformed = null;
            if (!await NextAsync(csv, shownName, ct)) yield break;
            var values = csv.Current.ToArray();
            yield return new SourceRecord(csv.LineNumber, shape, values, ProblemOf(values, shape, malformed));
        }
    }

    /// <summary>The record that begins at a line, as it was written; null when none does.</summary>
    public static async Task<string?> ReadRawAsync(TextReader text, CsvLayout layout, long line, CancellationToken ct)
    {
        await using var csv = CsvReader.Create(text, Options(layout, _ => { }) with { HasHeader = false }, leaveOpen: true);
        while (await NextAsync(csv, layout.ShownName, ct))
            if (csv.LineNumber >= line) return csv.LineNumber == line ? csv.Current.ToString() : null;
        return null;
    }

    private static CsvReaderOptions Options(CsvLayout layout, Action<CsvMalformedRecord> onMalformed) => new()
    {
        Separator = layout.Separator,
        TrackLineNumbers = true,
        FieldCountMismatch = CsvFieldCountHandling.Allow,
        MaxRecordSize = LongestRecord,
        OnMalformedRecord = onMalformed,
    };

    private static async ValueTask<bool> NextAsync(CsvReader csv, string shownName, CancellationToken ct)
    {
        try
        {
            return await csv.ReadAsync(ct);
        }
        catch (CsvFormatException e)
        {
            throw new SourceFileException($"{shownName} line {e.LineNumber}: the record that begins here does not end within {LongestRecord >> 20} MB; expected every quote closed.", e);
        }
    }

    /// <summary>The names of a header line.</summary>
    /// <exception cref="SourceFileException">One is empty or stands twice.</exception>
    internal static RecordShape Header(IReadOnlyList<string> header, string shownName)
    {
        var names = header.Select(n => n.Trim()).ToList();
        var unnamed = names.FindIndex(n => n.Length == 0);
        if (unnamed >= 0)
            throw new SourceFileException($"{shownName} line 1: column {unnamed + 1} has no name; expected a header with a name for every column.");
        var twice = names.GroupBy(n => n).FirstOrDefault(g => g.Count() > 1)?.Key;
        return twice is null
            ? new RecordShape(names)
            : throw new SourceFileException($"{shownName} line 1: column {Shown.Quoted(twice)} stands twice in the header; expected each name once.");
    }

    private static RecordProblem? ProblemOf(string[] values, RecordShape shape, CsvMalformedReason? malformed) => malformed switch
    {
        CsvMalformedReason.UnterminatedQuote => new("open_quote", "has a quote that is never closed; everything from here to the end of the file was read as one field"),
        CsvMalformedReason.StrayQuote or CsvMalformedReason.TextAfterClosingQuote =>
            new("stray_quote", "has a quote in the middle of a field; expected the whole field in quotes, with quotes inside it doubled"),
        _ when values.Length != shape.Names.Count =>
            new("ragged", $"has {values.Length} fields; expected {shape.Names.Count} as in the header"),
        _ => null,
    };
}
