using Followthrough.Dashboard.Access;
using Followthrough.Dashboard.Layout;

namespace Followthrough.Dashboard.Exports;

/// <summary>Sends rows as a file: all of them, or a download that visibly failed.</summary>
internal static class Export
{
    /// <summary>The refusal, when the file has no room for so many; null when it was sent.</summary>
    internal static async Task<IResult?> SendAsync<T>(
        HttpContext http, PageFrame frame, ExportStamp stamp, IExportFile file, IReadOnlyList<Column<T>> columns, IAsyncEnumerable<T> rows, CancellationToken ct)
    {
        if (stamp.Rows > file.MostRows) return TooMany(frame, file.MostRows.Value, stamp.Rows);
        await using var row = rows.GetAsyncEnumerator(ct);
        // A statement that cannot be answered fails before its first row. Until then nothing was sent, and the failure is an answer like any other.
        var isThere = await row.MoveNextAsync();
        await ExportLog.WriteAsync(http, frame, $"{stamp.Subject}{file.Extension}", stamp.Rows, ct);
        stamp.Onto(http.Response, file);
        await using (file)
        {
            try
            {
                await WriteAsync(http.Response.Body, stamp, file, columns, FromFirst(row, isThere), ct);
            }
            catch
            {
                // What is left out must not look like the end: the connection breaks before the file is closed.
                http.Abort();
                throw;
            }
        }
        return null;
    }

    internal static async Task WriteAsync<T>(
        Stream to, ExportStamp stamp, IExportFile file, IReadOnlyList<Column<T>> columns, IAsyncEnumerable<T> rows, CancellationToken ct)
    {
        await file.BeginAsync(to, stamp, [.. columns.Select(column => column.Name)], ct);
        var written = 0L;
        var values = new object?[columns.Count];
        await foreach (var row in rows.WithCancellation(ct))
        {
            for (var i = 0; i < values.Length; i++) values[i] = columns[i].Of(row);
            await file.AddAsync(values, ct);
            written++;
        }
        if (written != stamp.Rows) throw new InvalidOperationException($"Of {stamp.Rows} rows {written} were written.");
        await file.EndAsync(ct);
    }

    private static async IAsyncEnumerable<T> FromFirst<T>(IAsyncEnumerator<T> row, bool isThere)
    {
        for (; isThere; isThere = await row.MoveNextAsync()) yield return row.Current;
    }

    /// <summary>The refusal of more rows than a sheet has room for.</summary>
    internal static IResult TooMany(PageFrame frame, long most, long rows) => Screen.Of<BadAddressPage>(
        frame with { Problems = [$"These are {Wording.Figures.Count(rows)} rows; a sheet has room for {Wording.Figures.Count(most)}. Take the CSV file, or a shorter period."] },
        StatusCodes.Status400BadRequest);
}
