using System.IO.Compression;
using System.Text;

namespace Followthrough.Dashboard.Exports;

/// <summary>
/// A workbook with the rows on one sheet and what the file says about itself on a second. Written part by part into the compressed
/// answer: the usual libraries hold a sheet in memory before they let go of it.
/// </summary>
internal sealed class XlsxFile : IExportFile
{
    /// <summary>What a sheet has room for below its head.</summary>
    internal const long RowsOfSheet = 1_048_575;

    private const int BufferCharacters = 32 * 1024;

    private readonly StringBuilder _row = new();
    private AsyncOnly? _to;
    private ZipArchive? _package;
    private StreamWriter? _sheet;
    private int _written;

    public string ContentType => "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";

    public string Extension => ".xlsx";

    public long? MostRows => RowsOfSheet;

    public async Task BeginAsync(Stream to, ExportStamp stamp, IReadOnlyList<string> columns, CancellationToken ct)
    {
        _package = await ZipArchive.CreateAsync(_to = new AsyncOnly(to), ZipArchiveMode.Create, leaveOpen: true, entryNameEncoding: null, ct);
        foreach (var (name, text) in XlsxParts.Fixed) await PartAsync(name, text, ct);
        await PartAsync(XlsxParts.About, About(stamp), ct);
        _sheet = await OpenAsync(XlsxParts.Rows, ct);
        await _sheet.WriteAsync(XlsxParts.SheetHead.AsMemory(), ct);
        await AddAsync(columns, XlsxCell.Head, ct);
    }

    public Task AddAsync(IReadOnlyList<object?> values, CancellationToken ct) => AddAsync(values, XlsxCell.Plain, ct);

    public async Task EndAsync(CancellationToken ct)
    {
        await _sheet!.WriteAsync(XlsxParts.SheetFoot.AsMemory(), ct);
        await _sheet.DisposeAsync();
        _sheet = null;
        await _package!.DisposeAsync();
        _package = null;
        await _to!.SendAsync(ct);
    }

    public async ValueTask DisposeAsync()
    {
        if (_sheet is not null) await _sheet.DisposeAsync();
        if (_package is not null) await _package.DisposeAsync();
        if (_to is not null) await _to.DisposeAsync();
    }

    private async Task AddAsync(IReadOnlyList<object?> values, int style, CancellationToken ct)
    {
        _row.Clear();
        XlsxCell.AppendRow(_row, ++_written, values, style);
        await _sheet!.WriteAsync(_row, ct);
    }

    private static string About(ExportStamp stamp)
    {
        var sheet = new StringBuilder(XlsxParts.SheetHead);
        var row = 0;
        foreach (var (name, value) in stamp.Lines) XlsxCell.AppendRow(sheet, ++row, [name, value], XlsxCell.Plain);
        return sheet.Append(XlsxParts.SheetFoot).ToString();
    }

    private async Task PartAsync(string name, string text, CancellationToken ct)
    {
        await using var part = await OpenAsync(name, ct);
        await part.WriteAsync(text.AsMemory(), ct);
    }

    private async Task<StreamWriter> OpenAsync(string name, CancellationToken ct) =>
        new(await _package!.CreateEntry(name, CompressionLevel.Fastest).OpenAsync(ct), new UTF8Encoding(false), BufferCharacters);
}
