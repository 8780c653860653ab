using System.Globalization;
using DocumentFormat.OpenXml;
using DocumentFormat.OpenXml.Packaging;
using DocumentFormat.OpenXml.Spreadsheet;

namespace Followthrough.Ingest.Sources.Files;

/// <summary>Turns the cells of a workbook into the texts a CSV export of it would have: numbers plain, dates in ISO form.</summary>
internal sealed class XlsxCells
{
    private const int MostColumns = 16_384;
    private const long LongestShared = 100_000_000;

    private readonly List<string> _shared = [];
    private readonly HashSet<uint> _dates = [];
    private readonly bool _from1904;

    private XlsxCells(bool from1904) => _from1904 = from1904;

    /// <summary>Reads what its cells refer to: shared texts and number formats.</summary>
    public static XlsxCells Of(WorkbookPart workbook, string shownName)
    {
        var cells = new XlsxCells(workbook.Workbook.WorkbookProperties?.Date1904?.Value ?? false);
        if (workbook.SharedStringTablePart is { } shared) cells.ReadShared(shared, shownName);
        if (workbook.WorkbookStylesPart?.Stylesheet is { } styles) cells.ReadStyles(styles);
        return cells;
    }

    /// <summary>The texts of a row, null where a cell is left out.</summary>
    public List<string?> Read(Row row)
    {
        var values = new List<string?>();
        foreach (var cell in row.Elements<Cell>())
        {
            var column = ColumnOf(cell.CellReference?.Value) ?? values.Count;
            while (values.Count < column && column < MostColumns) values.Add(null);
            values.Add(TextOf(cell));
        }
        return values;
    }

    private void ReadShared(SharedStringTablePart part, string shownName)
    {
        using var reader = OpenXmlReader.Create(part);
        var length = 0L;
        while (reader.Read())
        {
            if (reader.ElementType != typeof(SharedStringItem) || !reader.IsStartElement) continue;
            var item = (SharedStringItem)reader.LoadCurrentElement()!;
            // Not the reading aids that East Asian text carries.
            _shared.Add(item.Text?.Text ?? string.Concat(item.Elements<Run>().Select(r => r.Text?.Text)));
            if ((length += _shared[^1].Length) > LongestShared)
                throw new SourceFileException($"{shownName}: has more than {LongestShared / 1_000_000} million characters of text; send it as CSV.");
        }
    }

    private void ReadStyles(Stylesheet styles)
    {
        var own = (styles.NumberingFormats?.Elements<NumberingFormat>() ?? []).Where(f => f.NumberFormatId is not null)
            .ToDictionary(f => f.NumberFormatId!.Value, f => f.FormatCode?.Value ?? "");
        var formats = styles.CellFormats?.Elements<CellFormat>().ToList() ?? [];
        for (var i = 0; i < formats.Count; i++)
            if (formats[i].NumberFormatId?.Value is { } id && (id is >= 14 and <= 22 || (own.TryGetValue(id, out var code) && IsDate(code)))) _dates.Add((uint)i);
    }

    // Day and year letters outside quoted text and [colours].
    private static bool IsDate(string code)
    {
        var inside = '\0';
        foreach (var c in code)
        {
            if (inside != '\0') inside = c == inside ? '\0' : inside;
            else if (c is '"') inside = '"';
            else if (c is '[') inside = ']';
            else if (c is 'd' or 'D' or 'y' or 'Y') return true;
        }
        return false;
    }

    private string? TextOf(Cell cell)
    {
        var type = cell.DataType?.Value;
        if (type == CellValues.InlineString) return cell.InlineString?.InnerText;
        if (cell.CellValue?.Text is not { } raw) return null;
        if (type == CellValues.SharedString) return int.TryParse(raw, CultureInfo.InvariantCulture, out var i) && i >= 0 && i < _shared.Count ? _shared[i] : null;
        if (type == CellValues.Boolean) return raw == "1" ? "true" : "false";
        if (type is not null && type != CellValues.Number) return raw;
        return double.TryParse(raw, NumberStyles.Float, CultureInfo.InvariantCulture, out var number) ? NumberText(number, cell.StyleIndex?.Value ?? 0) : raw;
    }

    private string NumberText(double number, uint style)
    {
        if (_dates.Contains(style) && number is >= 0 and < 2_958_466) return DateText(number);
        // Fifteen digits are what a sheet keeps; the rest is the binary form's.
        return Math.Abs(number) < 7.9e27
            ? decimal.Parse(number.ToString("G15", CultureInfo.InvariantCulture), NumberStyles.Float, CultureInfo.InvariantCulture).ToString(CultureInfo.InvariantCulture)
            : number.ToString("R", CultureInfo.InvariantCulture);
    }

    private string DateText(double number)
    {
        var at = DateTime.FromOADate(number + (_from1904 ? 1462 : 0));
        return at.ToString(at.TimeOfDay == TimeSpan.Zero ? "yyyy-MM-dd" : "yyyy-MM-dd'T'HH:mm:ss", CultureInfo.InvariantCulture);
    }

    private static int? ColumnOf(string? reference)
    {
        if (reference is null) return null;
        var column = 0;
        foreach (var c in reference.TakeWhile(char.IsAsciiLetterUpper)) column = column * 26 + (c - 'A' + 1);
        return column is 0 or > MostColumns ? null : column - 1;
    }
}
