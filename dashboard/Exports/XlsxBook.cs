using System.IO.Compression;
using System.Text;

namespace Followthrough.Dashboard.Exports;

/// <summary>
/// A workbook written sheet by sheet and row by row into the compressed answer: the usual libraries hold a sheet in memory before they let go
/// of it.
/// </summary>
internal sealed class XlsxBook : IAsyncDisposable
{
    private const int BufferCharacters = 32 * 1024;

    private readonly StringBuilder _row = new();
    private readonly AsyncOnly _to;
    private readonly ZipArchive _package;
    private StreamWriter? _sheet;
    private int _sheets, _written;

    private XlsxBook(AsyncOnly to, ZipArchive package) => (_to, _package) = (to, package);

    /// <summary>Opens one with sheets of these names, which then are written in this order.</summary>
    public static async Task<XlsxBook> BeginAsync(Stream to, IReadOnlyList<string> sheets, CancellationToken ct)
    {
        var through = new AsyncOnly(to);
        var book = new XlsxBook(through, await ZipArchive.CreateAsync(through, ZipArchiveMode.Create, leaveOpen: true, entryNameEncoding: null, ct));
        foreach (var (name, text) in XlsxParts.Fixed(sheets)) await book.PartAsync(name, text, ct);
        return book;
    }

    /// <summary>Begins the next sheet, with a first row that stays in sight.</summary>
    public async Task SheetAsync(IReadOnlyList<string> head, CancellationToken ct)
    {
        await CloseAsync(ct);
        _sheet = await OpenAsync(XlsxParts.Sheet(++_sheets), ct);
        _written = 0;
        await _sheet.WriteAsync(XlsxParts.SheetHead.AsMemory(), ct);
        if (head.Count > 0) await AddAsync(head, XlsxCell.Head, ct);
    }

    /// <summary>Adds a row to the sheet.</summary>
    public Task AddAsync(IReadOnlyList<object?> values, CancellationToken ct) => AddAsync(values, XlsxCell.Plain, ct);

    /// <summary>Makes it whole.</summary>
    public async Task EndAsync(CancellationToken ct)
    {
        await CloseAsync(ct);
        await _package.DisposeAsync();
        await _to.SendAsync(ct);
    }

    public async ValueTask DisposeAsync()
    {
        if (_sheet is not null) await _sheet.DisposeAsync();
        await _package.DisposeAsync();
        await _to.DisposeAsync();
    }

    private async Task AddAsync(IReadOnlyList<object?> values, int style, CancellationToken ct)
    {
        _row.Clear();
        XlsxCell.AppendRow(_row, ++_written, values, style);
        await _sheet!.WriteAsync(_row, ct);
    }

    private async Task CloseAsync(CancellationToken ct)
    {
        if (_sheet is null) return;
        await _sheet.WriteAsync(XlsxParts.SheetFoot.AsMemory(), ct);
        await _sheet.DisposeAsync();
        _sheet = null;
    }

    private async Task PartAsync(string name, string text, CancellationToken ct)
    {
        await using var part = await OpenAsync(name, ct);
        await part.WriteAsync(text.AsMemory(), ct);
    }

    private async Task<StreamWriter> OpenAsync(string name, CancellationToken ct) =>
        new(await _package.CreateEntry(name, CompressionLevel.Fastest).OpenAsync(ct), new UTF8Encoding(false), BufferCharacters);
}
