using System.Globalization;
using System.Text;
using Followthrough.Analytics.Store;
using Followthrough.Dashboard.Access;
using Followthrough.Dashboard.Data;
using Followthrough.Dashboard.Filters;
using Followthrough.Dashboard.Layout;
using Followthrough.Dashboard.Wording;
using Npgsql;

namespace Followthrough.Dashboard.Admin;

/// <summary>Who signed in, took away and changed what.</summary>
internal static class LogEndpoint
{
    internal const string Path = AdminEndpoint.Path + "/log";
    internal const string Csv = Path + ".csv";

    private const int FlushEvery = 500;

    internal static void MapLog(this IEndpointRouteBuilder pages)
    {
        var log = pages.MapGroup("").Needs(Right.Log);
        log.MapGet(Path, ShowAsync);
        log.MapGet(Csv, SendAsync);
    }

    /// <summary>The address of a search.</summary>
    internal static string Address(PageQuery query, string path, LogSearch search, string? page = null) =>
        query.Carry(path, ("who", search.Who), ("action", search.Action), ("subject", search.Subject), ("day", search.DayText), ("page", page));

    private static async Task<IResult> ShowAsync(PageFrame frame, HttpContext http, NpgsqlDataSource db, CancellationToken ct)
    {
        if (LogSearch.Read(http.Request.Query, frame.Company.Zone) is not { } search) return Results.BadRequest();
        var entries = new List<LogEntry>();
        await foreach (var entry in LogEntry.ReadAsync(db, search, DataEndpoint.OnPage, DataEndpoint.Offset(frame), ct)) entries.Add(entry);
        return Screen.Of<LogPage>(new LogModel(
            frame, search, await LogEntry.ActionsAsync(db, ct), new Listed<LogEntry>(entries, await LogEntry.CountAsync(db, search, ct))));
    }

    private static async Task SendAsync(PageFrame frame, HttpContext http, NpgsqlDataSource db, CancellationToken ct)
    {
        if (LogSearch.Read(http.Request.Query, frame.Company.Zone) is not { } search)
        {
            http.Response.StatusCode = StatusCodes.Status400BadRequest;
            return;
        }
        // As of this moment: what is added while the file is sent, its own entry too, is not in it.
        search = search.Until(await LogEntry.LastAsync(db, ct));
        var total = await LogEntry.CountAsync(db, search, ct);
        await ExportLog.WriteAsync(http, frame, $"log of {search.Who ?? "everybody"}", total, ct);
        http.Response.ContentType = "text/csv; charset=utf-8";
        http.Response.Headers["X-Row-Count"] = total.ToString(CultureInfo.InvariantCulture);
        http.Response.Headers.ContentDisposition = $"attachment; filename=\"log_known-{frame.Now.UtcDateTime.ToString("yyyyMMdd'T'HHmm'Z'", CultureInfo.InvariantCulture)}.csv\"";
        await using var writer = new StreamWriter(http.Response.Body, new UTF8Encoding(encoderShouldEmitUTF8Identifier: true));
        await writer.WriteLineAsync("at_utc,who,action,subject,before,after");
        var written = 0;
        await foreach (var entry in LogEntry.ReadAsync(db, search, null, 0, ct))
        {
            await writer.WriteLineAsync(Line(entry));
            if (++written % FlushEvery == 0) await writer.FlushAsync(ct);
        }
    }

    private static string Line(LogEntry entry) => string.Join(',',
        Moments.Machine(entry.At), CsvCell.Of(entry.Who), CsvCell.Of(entry.Action), CsvCell.Of(entry.Subject), CsvCell.Of(entry.Before), CsvCell.Of(entry.After));
}

/// <summary>What the log draws.</summary>
public sealed record LogModel(PageFrame Frame, LogSearch Search, IReadOnlyList<string> Actions, Listed<LogEntry> Entries);
