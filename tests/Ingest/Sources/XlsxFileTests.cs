using DocumentFormat.OpenXml;
using DocumentFormat.OpenXml.Packaging;
using DocumentFormat.OpenXml.Spreadsheet;
using Followthrough.Ingest.Loading;
using Followthrough.Tests.Support;
using Cell = DocumentFormat.OpenXml.Spreadsheet.Cell;

namespace Followthrough.Tests.Ingest.Sources;

/// <summary>Workbooks: shared and inline texts, dates and numbers as a sheet keeps them, gaps, and files that only look like one.</summary>
public sealed class XlsxFileTests
{
    private const string Map = """
        name: books
        files: "*.xlsx"
        zone: Europe/London
        facts:
          - fact: account
            when: { earliest_of: Customer }
            columns: { source_key: "books:{Customer}", occurred_at: "{Date}", name: "{Customer}" }
          - fact: payment
            columns: { source_key: "books:{No}", account: "books:{Customer}", occurred_at: "{Date}", amount: "{Amount}", currency: GBP }
        """;

    [Fact]
    public async Task Rows_are_read_as_they_are_shown()
    {
        await using var world = await World.CreateAsync();

        var report = await LoadAsync(world, Workbook(
            [Shared(0), Shared(1), Inline("Date"), Inline("Amount")],
            [Number("1"), Shared(2), Date("46083.5"), Number("0.1")],
            [],
            [Number("2"), Shared(2), Date("46204"), Number("1234.5600000000001")],
            [Number("3"), Shared(2), null, Number("5")]));

        Assert.Equal(["books.xlsx row 5: field occurred_at: is empty; expected a value, because the fact has no meaning without it."], report.Problems.Distinct().TakeLast(1));
        Assert.Equal(
            ["books:1 2026-03-02 12:00 0.1 @2", "books:2 2026-06-30 23:00 1234.56 @4"],
            await world.TextsAsync("select source_key || to_char(occurred_at at time zone 'utc', ' YYYY-MM-DD HH24:MI ') || amount || ' @' || position from payment order by 1"));
        var batch = new BatchFile("books.xlsx", (await world.TextsAsync("select sha256 from batch")).Single(), (await world.TextsAsync("select read_as from batch")).Single());
        Assert.Equal("{\"No\":\"1\",\"Customer\":\"Acme\",\"Date\":\"2026-03-02T12:00:00\",\"Amount\":\"0.1\"}", await world.Kept.ReadRecordAsync(batch, 2, TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task A_sheet_that_is_not_there_and_a_file_that_is_no_workbook_are_refused()
    {
        await using var world = await World.CreateAsync();

        var sheet = await LoadAsync(world, Workbook([Inline("No")]), Map.Replace("zone:", "sheet: Payments\nzone:", StringComparison.Ordinal));
        var broken = await LoadAsync(world, [.. "PK\x03\x04 and then nothing"u8]);
        var cut = await LoadAsync(world, Workbook([Inline("No")])[..400]);

        Assert.Equal("books.xlsx: has no sheet 'Payments'; it has Sheet1.", Assert.Single(sheet.Problems));
        Assert.All([broken, cut], r => Assert.StartsWith("books.xlsx: is no sound XLSX workbook; nothing of it is in.", Assert.Single(r.Problems), StringComparison.Ordinal));
        Assert.All([sheet, broken, cut], r => Assert.Equal(FileOutcome.Failed, r.Outcome));
    }

    [Fact]
    public async Task A_missing_column_is_named_with_its_row()
    {
        await using var world = await World.CreateAsync();

        var report = await LoadAsync(world, Workbook([Inline("No"), Inline("Customer"), Inline("Date"), Inline("Amuont")]));

        Assert.Equal("books.xlsx row 1: column 'Amount' is missing, which the mapping books reads (did you mean 'Amuont'?).", Assert.Single(report.Problems));
    }

    private static async Task<FileReport> LoadAsync(World world, byte[] workbook, string map = Map)
    {
        var yaml = Path.Combine(world.NewFolder(), "books.yaml");
        await File.WriteAllTextAsync(yaml, map, TestContext.Current.CancellationToken);
        return await world.LoadFileAsync("books.xlsx", workbook, yaml);
    }

    private static Cell Shared(int index) => new() { DataType = CellValues.SharedString, CellValue = new CellValue($"{index}") };
    private static Cell Inline(string text) => new() { DataType = CellValues.InlineString, InlineString = new InlineString(new Text(text)) };
    private static Cell Number(string number) => new() { CellValue = new CellValue(number) };
    private static Cell Date(string serial) => new() { CellValue = new CellValue(serial), StyleIndex = 1 };

    private static byte[] Workbook(params Cell?[][] rows)
    {
        using var file = new MemoryStream();
        using (var document = SpreadsheetDocument.Create(file, SpreadsheetDocumentType.Workbook))
        {
            var workbook = document.AddWorkbookPart();
            workbook.AddNewPart<SharedStringTablePart>().SharedStringTable = new SharedStringTable(new[] { "No", "Customer", "Acme" }.Select(t => new SharedStringItem(new Text(t))));
            workbook.AddNewPart<WorkbookStylesPart>().Stylesheet = new Stylesheet(
                new NumberingFormats(new NumberingFormat { NumberFormatId = 164, FormatCode = "dd\\.mm\\.yyyy hh:mm" }),
                new CellFormats(new CellFormat { NumberFormatId = 0 }, new CellFormat { NumberFormatId = 164 }));
            var sheet = workbook.AddNewPart<WorksheetPart>();
            sheet.Worksheet = new Worksheet(new SheetData(rows.Select((cells, i) => RowOf(cells, (uint)i + 1))));
            workbook.Workbook = new Workbook(new Sheets(new Sheet { Id = workbook.GetIdOfPart(sheet), SheetId = 1, Name = "Sheet1" }));
        }
        return file.ToArray();
    }

    // A cell that is left out is not in the file at all; the others say where they are.
    private static Row RowOf(Cell?[] cells, uint number)
    {
        for (var i = 0; i < cells.Length; i++) cells[i]?.CellReference = $"{(char)('A' + i)}{number}";
        return new Row(cells.OfType<Cell>()) { RowIndex = number };
    }
}
