using System.IO.Compression;
using System.Text;
using System.Text.Json;
using DocumentFormat.OpenXml;
using DocumentFormat.OpenXml.Packaging;
using DocumentFormat.OpenXml.Spreadsheet;
using Followthrough.Analytics.Facts;
using Followthrough.Ingest.Mappings;
using Followthrough.Tests.Support;

namespace Followthrough.Tests.Ingest.Fuzz;

/// <summary>Sound input of every kind, from which damaged input is made.</summary>
internal static class FuzzCorpus
{
    private const string TillMap = """
        name: till
        files: "*"
        zone: Europe/Berlin
        empty: ["n/a"]
        numbered_by: [no, item, price]
        facts:
          - fact: account
            when: { earliest_of: who }
            columns: { source_key: "till:{who}", occurred_at: "{at}", name: "{who}" }
          - fact: invoice
            when: { first_of: no }
            columns: { source_key: "till:{no}", account: "till:{who}", occurred_at: "{at}", number: "{no}", amount: { sum_of: lines }, currency: EUR }
          - fact: invoice_line
            columns: { source_key: "till:{no}/{item}/{#}", account: "till:{who}", occurred_at: "{at}", invoice_key: "till:{no}", amount: { from: "{price}", decimal: "," }, currency: EUR }
        """;

    private static readonly string[] Names = ["no", "who", "at", "item", "price"];

    private static readonly string[][] Rows =
    [
        ["1", "Änn & Söhne", "2026-03-02 10:01:00", "tea, \"green\"", "1.234,50"], ["1", "Änn & Söhne", "2026-03-02 10:00:00", "milk\nfat", "0,20"],
        ["2", "Bob", "2026-03-03T10:00:00+02:00", "n/a", "-3"], ["3", "Bob", "2026-10-25 02:30:00", "=1+1", "7"],
    ];

    internal static Mapping Till { get; } = MappingFile.Read(TillMap, "till.yaml");

    internal static string TillText => TillMap;

    internal static byte[] MappedCsv { get; } = Encoding.UTF8.GetBytes(
        $"{string.Join(';', Names)}\r\n{string.Join("", Rows.Select(r => string.Join(';', r.Select(f => $"\"{f.Replace("\"", "\"\"", StringComparison.Ordinal)}\"")) + "\r\n"))}");

    internal static byte[] CanonicalInteractions { get; } = Encoding.UTF8.GetBytes(CanonicalCsv.Of(
        [.. Enumerable.Range(0, 4).Select(i => (Fact)(Given.Inbound("crm:1", "2026-03-02T09:00Z", key: $"m:{i}") with { Subject = "a, \"b\"\nc", DurationSeconds = i }))]));

    internal static byte[] Json { get; } = Encoding.UTF8.GetBytes(
        """[{"no":"1","who":"Änn","at":"2026-03-02T10:01:00Z","item":"t\u00e9a","price":"1,5"},{"no":2,"who":"Bob","at":"2026-03-03 10:00:00","item":null,"price":"-3","more":{"deep":[1,{"a":true}]}}]""");

    internal static byte[] JsonLines { get; } = Encoding.UTF8.GetBytes("""
        {"source_key":"m:1","account":"crm:1","occurred_at":"2026-03-02T09:00:00Z","channel":"email","direction":"inbound","kind":"message","subject":"é\n"}
        {"source_key":"m:2","account":"crm:1","occurred_at":"2026-03-02T09:00:00+01:00","channel":"phone","direction":"outbound","kind":"call","duration_seconds":90}
        {"source_key":"m:3","deleted":true}
        """);

    internal static byte[] Workbook { get; } = MakeWorkbook(Rows);

    internal static byte[] Event { get; } = StreamRun.Event(Given.Inbound("crm:1", "2026-03-02T09:00Z", key: "m:1"), Given.Inbound("crm:1", "2026-03-02T10:00Z", key: "m:2"));

    internal static byte[] Gzip(byte[] bytes)
    {
        using var packed = new MemoryStream();
        using (var gzip = new GZipStream(packed, CompressionLevel.Fastest, leaveOpen: true)) gzip.Write(bytes);
        return packed.ToArray();
    }

    /// <summary>The workbook with one of its parts damaged, in a sound package.</summary>
    internal static byte[] DamagedPart(Random random)
    {
        using var file = new MemoryStream();
        file.Write(Workbook);
        using (var zip = new ZipArchive(file, ZipArchiveMode.Update, leaveOpen: true))
        {
            var entry = zip.Entries[random.Next(zip.Entries.Count)];
            byte[] sound;
            using (var read = new MemoryStream())
            {
                using (var part = entry.Open()) part.CopyTo(read);
                sound = read.ToArray();
            }
            using var written = entry.Open();
            written.SetLength(0);
            written.Write(Mutation.Of(sound, random));
        }
        return file.ToArray();
    }

    /// <summary>A sound file in which some values are what nobody should write there.</summary>
    internal static byte[] WithWrongValues(string ending, Random random)
    {
        var rows = Enumerable.Range(0, 1 + random.Next(8)).Select(_ => Rows[random.Next(Rows.Length)].Select(f => random.Next(4) == 0 ? Wrong(random) : f).ToArray()).ToArray();
        return ending switch
        {
            ".csv" => Encoding.UTF8.GetBytes($"{string.Join(',', Names)}\n{string.Join("", rows.Select(r => string.Join(',', r.Select(f => $"\"{f.Replace("\"", "\"\"", StringComparison.Ordinal)}\"")) + "\n"))}"),
            ".json" => Encoding.UTF8.GetBytes(JsonSerializer.Serialize(rows.Select(r => Names.Zip(r).ToDictionary(f => f.First, f => f.Second)))),
            // A workbook is XML, which has no control characters.
            _ => MakeWorkbook([.. rows.Select(r => r.Select(f => string.Concat(f.Where(c => !char.IsControl(c) && !char.IsSurrogate(c)))).ToArray())]),
        };
    }

    private static string Wrong(Random random)
    {
        var text = string.Concat(Enumerable.Range(0, 1 + random.Next(3)).Select(_ => Mutation.Texts[random.Next(Mutation.Texts.Length)]));
        return random.Next(50) == 0 ? string.Concat(Enumerable.Repeat(text, 2_000)) : text;
    }

    private static byte[] MakeWorkbook(string[][] rows)
    {
        using var file = new MemoryStream();
        using (var document = SpreadsheetDocument.Create(file, SpreadsheetDocumentType.Workbook))
        {
            var workbook = document.AddWorkbookPart();
            workbook.AddNewPart<SharedStringTablePart>().SharedStringTable = new SharedStringTable(Names.Select(n => new SharedStringItem(new Text(n))));
            var sheet = workbook.AddNewPart<WorksheetPart>();
            var header = Names.Select((_, i) => new Cell { DataType = CellValues.SharedString, CellValue = new CellValue($"{i}") });
            var data = rows.Select(r => new Row(r.Select(f => new Cell { DataType = CellValues.InlineString, InlineString = new InlineString(new Text(f)) })));
            sheet.Worksheet = new Worksheet(new SheetData([new Row(header), .. data]));
            workbook.Workbook = new Workbook(new Sheets(new Sheet { Id = workbook.GetIdOfPart(sheet), SheetId = 1, Name = "Sheet1" }));
        }
        return file.ToArray();
    }
}
