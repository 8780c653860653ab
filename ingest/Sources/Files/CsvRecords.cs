using System.Runtime.CompilerServices;
using CsvHelper;

namespace Followthrough.Ingest.Sources.Files;

/// <summary>Records of a comma-separated file with a header line (RFC 4180).</summary>
internal static class CsvRecords
{
    /// <summary>Yields every record in file order with the line it begins at. An empty file yields none.</summary>
    /// <exception cref="SourceFileException">A header name is missing or stands twice.</exception>
    public static async IAsyncEnumerable<SourceRecord> ReadAsync(
        TextReader text, string shownName, [EnumeratorCancellation] CancellationToken ct)
    {
        CsvMalformedReason? malformed = null;
        var options = new CsvReaderOptions
        {
            Separator = ',', TrackLineNumbers = true, FieldCountMismatch = CsvFieldCountHandling.Allow,
            OnMalformedRecord = m => malformed = m.Reason,
        };
        await using var csv = CsvReader.Create(text, options, leaveOpen: true);
        await csv.ReadHeaderAsync(ct);
        var shape = Header(csv.Headers, shownName);
        while (true)
        {
            malformed = null;
            if (!await csv.ReadAsync(ct)) yield break;
            var values = csv.Current.ToArray();
            yield return new SourceRecord(csv.LineNumber, shape, values, ProblemOf(values, shape, malformed));
        }
    }

    private static RecordShape Header(IReadOnlyList<string> header, string shownName)
    {
        var names = header.Select(n => n.Trim()).ToList();
        var unnamed = names.FindIndex(n => n.Length == 0);
        if (unnamed >= 0)
            throw new SourceFileException($"{shownName} line 1: column {unnamed + 1} has no name; expected a header with a name for every column.");
        var twice = names.GroupBy(n => n).FirstOrDefault(g => g.Count() > 1)?.Key;
        return twice is null
            ? new RecordShape(names)
            : throw new SourceFileException($"{shownName} line 1: column '{twice}' stands twice in the header; expected each name once.");
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
