namespace Followthrough.Dashboard.Exports;

/// <summary>A workbook with the rows on one sheet and what the file says about itself on a second.</summary>
internal sealed class XlsxFile : IExportFile
{
    /// <summary>What a sheet has room for below its head.</summary>
    internal const long RowsOfSheet = 1_048_575;

    private XlsxBook? _book;
    private ExportStamp? _stamp;

    public string ContentType => XlsxParts.ContentType;

    public string Extension => ".xlsx";

    public long? MostRows => RowsOfSheet;

    public async Task BeginAsync(Stream to, ExportStamp stamp, IReadOnlyList<string> columns, CancellationToken ct)
    {
        _book = await XlsxBook.BeginAsync(to, ["Rows", "About"], ct);
        _stamp = stamp;
        await _book.SheetAsync(columns, ct);
    }

    public Task AddAsync(IReadOnlyList<object?> values, CancellationToken ct) => _book!.AddAsync(values, ct);

    public async Task EndAsync(CancellationToken ct)
    {
        await _book!.SheetAsync([], ct);
        foreach (var (name, value) in _stamp!.Lines) await _book.AddAsync([name, value], ct);
        await _book.EndAsync(ct);
    }

    public ValueTask DisposeAsync() => _book?.DisposeAsync() ?? ValueTask.CompletedTask;
}
