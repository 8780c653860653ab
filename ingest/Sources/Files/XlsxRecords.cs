using System.IO.Compression;
using System.Runtime.CompilerServices;
using DocumentFormat.OpenXml;
using DocumentFormat.OpenXml.Packaging;
using DocumentFormat.OpenXml.Spreadsheet;
using Followthrough.Analytics.Store;

namespace Followthrough.Ingest.Sources.Files;

/// <summary>Records of a sheet of an XLSX workbook with a header row, read row by row.</summary>
internal static class XlsxRecords
{
    private const long LongestUnpacked = 4L << 30;

    /// <summary>Yields every row below the header that holds anything, with its row number.</summary>
    /// <exception cref="SourceFileException">It is no workbook, has no such sheet, or its header is wrong.</exception>
    public static async IAsyncEnumerable<SourceRecord> ReadAsync(
        Stream file, string shownName, SourceReading reading, Func<RecordShape, string?> problemOf, [EnumeratorCancellation] CancellationToken ct)
    {
        await using var seekable = await SeekableAsync(file, ct);
        if (seekable.Length == 0) yield break;
        using var records = Read(seekable, shownName, reading, problemOf).GetEnumerator();
        while (Next(records, shownName))
        {
            ct.ThrowIfCancellationRequested();
            yield return records.Current;
        }
    }

    private static IEnumerable<SourceRecord> Read(Stream file, string shownName, SourceReading reading, Func<RecordShape, string?> problemOf)
    {
        using var workbook = Open(file, shownName);
        var cells = XlsxCells.Of(workbook.WorkbookPart!, shownName);
        RecordShape? shape = null;
        var first = 0L;
        foreach (var (number, values) in Rows(SheetOf(workbook, reading.Sheet, shownName), cells))
        {
            if (values.All(string.IsNullOrWhiteSpace)) continue;
            if (shape is null)
            {
                shape = CsvRecords.Header([.. values.Select(v => v ?? "")], shownName);
                if (problemOf(shape) is { } problem) throw new SourceFileException($"{shownName} row {number}: {problem}.");
                first = number + reading.HeaderLines;
            }
            else if (number >= first) yield return RecordOf(number, shape, values);
        }
    }

    private static SourceRecord RecordOf(long number, RecordShape shape, List<string?> values)
    {
        // A row ends with its last filled cell.
        while (values.Count < shape.Names.Count) values.Add(null);
        while (values.Count > shape.Names.Count && string.IsNullOrEmpty(values[^1])) values.RemoveAt(values.Count - 1);
        return new SourceRecord(number, shape, values, values.Count == shape.Names.Count ? null
            : new RecordProblem("ragged", $"has {values.Count} cells; expected {shape.Names.Count} as in the header"));
    }

    private static async Task<Stream> SeekableAsync(Stream file, CancellationToken ct)
    {
        if (file.CanSeek) return file;
        // A workbook is read from its end; one that comes packed once more is written out first.
        var copy = SetAside.Open();
        await file.CopyToAsync(copy, ct);
        copy.Position = 0;
        return copy;
    }

    private static SpreadsheetDocument Open(Stream file, string shownName)
    {
        using (var zip = new ZipArchive(file, ZipArchiveMode.Read, leaveOpen: true))
            if (zip.Entries.Sum(e => e.Length) > Math.Min(LongestUnpacked, Math.Max(64L << 20, file.Length * 200)))
                throw new SourceFileException($"{shownName}: unpacks to more than 200 times its size; send it as CSV if it is what it should be.");
        file.Position = 0;
        var document = SpreadsheetDocument.Open(file, isEditable: false);
        return document.WorkbookPart is not null ? document : throw new SourceFileException($"{shownName}: holds no workbook.");
    }

    private static WorksheetPart SheetOf(SpreadsheetDocument workbook, string? name, string shownName)
    {
        var sheets = workbook.WorkbookPart!.Workbook.Descendants<Sheet>().ToList();
        var sheet = name is null ? sheets.FirstOrDefault() : sheets.Find(s => s.Name?.Value == name);
        return sheet?.Id?.Value is { } id && workbook.WorkbookPart.GetPartById(id) is WorksheetPart part ? part
            : throw new SourceFileException($"{shownName}: has no sheet {Shown.Quoted(name ?? "")}; it has {string.Join(", ", sheets.Select(s => s.Name?.Value))}.");
    }

    private static IEnumerable<(long Number, List<string?> Values)> Rows(WorksheetPart sheet, XlsxCells cells)
    {
        using var reader = OpenXmlReader.Create(sheet);
        var last = 0L;
        while (reader.Read())
        {
            if (reader.ElementType != typeof(Row) || !reader.IsStartElement) continue;
            var row = (Row)reader.LoadCurrentElement()!;
            // Numbers that do not go up would make two records of one position.
            last = row.RowIndex?.Value is { } number && number > last ? number : last + 1;
            yield return (last, cells.Read(row));
        }
    }

    private static bool Next(IEnumerator<SourceRecord> records, string shownName)
    {
        try
        {
            return records.MoveNext();
        }
        catch (Exception e) when (IsDamage(e))
        {
            throw new SourceFileException($"{shownName}: is no sound XLSX workbook; nothing of it is in. {e.Message.TrimEnd('.')}.", e);
        }
    }

    // The library reads parts and attributes when they are asked for, and has as many ways to say that one is wrong.
    private static bool IsDamage(Exception e) => e is InvalidDataException or OpenXmlPackageException or FileFormatException or System.Xml.XmlException
        or FormatException or OverflowException or ArgumentException or InvalidOperationException or KeyNotFoundException or NotSupportedException or NullReferenceException;
}
