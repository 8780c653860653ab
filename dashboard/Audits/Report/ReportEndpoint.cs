using Followthrough.Analytics.Metrics;
using Followthrough.Dashboard.Access;
using Followthrough.Dashboard.Exports;
using Followthrough.Dashboard.Layout;
using Followthrough.Dashboard.Wording;
using Npgsql;

namespace Followthrough.Dashboard.Audits.Report;

/// <summary>The audit pack of a quarter: its report on screen and on paper.</summary>
internal static class ReportEndpoint
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(2);

    internal static void MapReport(this IEndpointRouteBuilder pages)
    {
        // All teams and all figures: for those who see them all.
        pages.MapGet(AuditsEndpoint.Quarter + "/report", ShowAsync).Needs(Right.Data);
        pages.MapGet(AuditsEndpoint.Quarter + "/pack.pdf", PrintAsync).Needs(Right.Data);
        pages.MapGet(AuditsEndpoint.Quarter + "/pack.xlsx", SendAsync).Needs(Right.Data);
    }

    /// <summary>What a pack's file is called: the quarter, and which edition or that it is none.</summary>
    internal static string NameOf(ReportModel model) =>
        model.Edition is { } edition ? $"{edition.Period.Label}_{edition.Number}_{edition.Hash[..12]}" : $"{model.Quarter.Period.Label}_draft";

    private static async Task<IResult> ShowAsync(PageFrame frame, string quarter, ReportReader reader, ReportReadings readings, CancellationToken cancellation)
    {
        if (QuarterReader.PeriodOf(frame, quarter) is not { } period) return Results.NotFound();
        var reading = readings.Of(frame, period.Label);
        if (!await reading.EndsWithinAsync(Patience, cancellation)) return Screen.Of<ReportWaitPage>(new ReportWait(frame, period, reading.Share));
        return await reader.ReadAsync(frame, quarter, null, cancellation) is { } model ? Screen.Of<ReportPage>(model) : Results.NotFound();
    }

    private static async Task<IResult> PrintAsync(PageFrame frame, HttpContext http, string quarter, ReportReader reader, PdfPrinter printer, AccessLog log, CancellationToken cancellation)
    {
        if (await reader.ReadAsync(frame, quarter, null, cancellation) is not { } model) return Results.NotFound();
        await log.WriteAsync(frame.Viewer.Name, LoggedAction.Exported, $"audit pack of {model.Edition?.Name ?? quarter}, printed", null, model.Edition?.Hash, cancellation);
        var head = $"{frame.Company.Name} · {PeriodNames.Name(model.Quarter.Period)}{(model.Edition is { } edition ? $" · {edition.Hash[..12]}" : " · draft, not closed")}";
        return await printer.PrintAsync<ReportPage>(model, $"{NameOf(model)}.pdf", cancellation, head);
    }

    private static async Task<IResult> SendAsync(
        PageFrame frame, HttpContext http, string quarter, ReportReader reader, MetricReader metrics, NpgsqlDataSource db, CancellationToken cancellation)
    {
        if (await reader.ReadAsync(frame, quarter, null, cancellation) is not { } model) return Results.NotFound();
        var workbook = new PackWorkbook(model, metrics, db);
        if (workbook.Commitments > XlsxFile.RowsOfSheet) return Export.TooMany(frame, XlsxFile.RowsOfSheet, workbook.Commitments);
        await ExportLog.WriteAsync(http, frame, $"audit pack of {model.Edition?.Name ?? quarter}.xlsx", workbook.Commitments, cancellation);
        http.Response.ContentType = XlsxParts.ContentType;
        http.Response.Headers.ContentDisposition = $"attachment; filename=\"{NameOf(model)}.xlsx\"";
        try
        {
            await workbook.WriteAsync(http.Response.Body, cancellation);
        }
        catch
        {
            // What is left out must not look like the end: the connection breaks before the file is closed.
            http.Abort();
            throw;
        }
        return Results.Empty;
    }
}

/// <summary>A report that is still being read.</summary>
/// <param name="Frame">The page it will stand on.</param>
/// <param name="Period">Its quarter.</param>
/// <param name="Share">How much of it is, from 0 to 1.</param>
public sealed record ReportWait(PageFrame Frame, Period Period, double Share);
