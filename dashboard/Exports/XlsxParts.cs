using System.Globalization;

namespace Followthrough.Dashboard.Exports;

/// <summary>The parts of a workbook beside its rows: what is in it, its sheets' names, and the three formats of its cells.</summary>
internal static class XlsxParts
{
    internal const string ContentType = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";

    internal const string SheetHead =
        Declaration + $"<worksheet xmlns=\"{Main}\"><sheetViews><sheetView workbookViewId=\"0\"><pane ySplit=\"1\" topLeftCell=\"A2\" activePane=\"bottomLeft\" state=\"frozen\"/></sheetView></sheetViews>"
        + "<cols><col min=\"1\" max=\"26\" width=\"20\" customWidth=\"1\"/></cols><sheetData>";

    internal const string SheetFoot = "</sheetData></worksheet>";

    private const string Declaration = "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>";
    private const string Main = "http://schemas.openxmlformats.org/spreadsheetml/2006/main";
    private const string Relations = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
    private const string Package = "http://schemas.openxmlformats.org/package/2006";
    private const string Kind = "application/vnd.openxmlformats-officedocument.spreadsheetml";

    /// <summary>Where a sheet's rows are, from 1.</summary>
    internal static string Sheet(int number) => string.Create(CultureInfo.InvariantCulture, $"xl/worksheets/sheet{number}.xml");

    /// <summary>All but the sheets themselves.</summary>
    internal static IReadOnlyList<(string Name, string Text)> Fixed(IReadOnlyList<string> sheets) =>
    [
        ("[Content_Types].xml", Declaration + $"<Types xmlns=\"{Package}/content-types\"><Default Extension=\"rels\" ContentType=\"application/vnd.openxmlformats-package.relationships+xml\"/>"
            + $"<Override PartName=\"/xl/workbook.xml\" ContentType=\"{Kind}.sheet.main+xml\"/>"
            + Each(sheets, (_, n) => $"<Override PartName=\"/{Sheet(n)}\" ContentType=\"{Kind}.worksheet+xml\"/>") + $"<Override PartName=\"/xl/styles.xml\" ContentType=\"{Kind}.styles+xml\"/></Types>"),
        ("_rels/.rels", Declaration + $"<Relationships xmlns=\"{Package}/relationships\"><Relationship Id=\"r1\" Type=\"{Relations}/officeDocument\" Target=\"xl/workbook.xml\"/></Relationships>"),
        ("xl/workbook.xml", Declaration + $"<workbook xmlns=\"{Main}\" xmlns:r=\"{Relations}\"><sheets>{Each(sheets, (name, n) => $"<sheet name=\"{name}\" sheetId=\"{n}\" r:id=\"r{n}\"/>")}</sheets></workbook>"),
        ("xl/_rels/workbook.xml.rels", Declaration + $"<Relationships xmlns=\"{Package}/relationships\">"
            + Each(sheets, (_, n) => $"<Relationship Id=\"r{n}\" Type=\"{Relations}/worksheet\" Target=\"worksheets/sheet{n}.xml\"/>")
            + $"<Relationship Id=\"styles\" Type=\"{Relations}/styles\" Target=\"styles.xml\"/></Relationships>"),
        ("xl/styles.xml", Declaration + $"<styleSheet xmlns=\"{Main}\"><numFmts count=\"1\"><numFmt numFmtId=\"164\" formatCode=\"yyyy\\-mm\\-dd\\Thh:mm:ss\\Z\"/></numFmts>"
            + "<fonts count=\"2\"><font><sz val=\"11\"/><name val=\"Calibri\"/></font><font><b/><sz val=\"11\"/><name val=\"Calibri\"/></font></fonts>"
            + "<fills count=\"2\"><fill><patternFill patternType=\"none\"/></fill><fill><patternFill patternType=\"gray125\"/></fill></fills>"
            + "<borders count=\"1\"><border><left/><right/><top/><bottom/><diagonal/></border></borders><cellStyleXfs count=\"1\"><xf numFmtId=\"0\" fontId=\"0\" fillId=\"0\" borderId=\"0\"/></cellStyleXfs>"
            + "<cellXfs count=\"3\"><xf numFmtId=\"0\" fontId=\"0\" fillId=\"0\" borderId=\"0\" xfId=\"0\"/><xf numFmtId=\"164\" fontId=\"0\" fillId=\"0\" borderId=\"0\" xfId=\"0\" applyNumberFormat=\"1\"/>"
            + "<xf numFmtId=\"0\" fontId=\"1\" fillId=\"0\" borderId=\"0\" xfId=\"0\" applyFont=\"1\"/></cellXfs></styleSheet>"),
    ];

    // Names of sheets are ours: without signs that XML has a meaning for.
    private static string Each(IReadOnlyList<string> sheets, Func<string, int, FormattableString> one) =>
        string.Concat(sheets.Select((name, i) => one(name, i + 1).ToString(CultureInfo.InvariantCulture)));
}
