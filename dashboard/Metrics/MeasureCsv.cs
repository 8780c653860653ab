using System.Globalization;
using System.Text;
using Followthrough.Analytics.Metrics;
using Followthrough.Dashboard.Access;
using Followthrough.Dashboard.Commitments;
using Followthrough.Dashboard.Layout;
using Followthrough.Dashboard.Wording;
using Microsoft.Net.Http.Headers;

namespace Followthrough.Dashboard.Metrics;

/// <summary>The rows of a measure as a CSV file, streamed: never cut, whatever their number.</summary>
internal static class MeasureCsv
{
    private const int FlushEvery = 500;

    private static readonly string[] Header =
    [
        "metric", "definition_version", "definition_hash", "account", "account_name", "record", "key", "label", "person", "person_name", "team", "team_name",
        "at_utc", "amount", "base", "currency", "finished", "excluded",
    ];

    internal static async Task SendAsync(PageFrame frame, MetricReader metrics, HttpContext http, string id, CancellationToken cancellation)
    {
        if (MetricCatalogue.Find(id) is not MeasureMetric metric || MeasureRowsEndpoint.Order(http) is not { } order)
        {
            http.Response.StatusCode = StatusCodes.Status404NotFound;
            return;
        }
        var query = frame.Query.For(frame.Viewer, id);
        var total = (await metrics.MeasureRowsAsync(query, order, frame.Query.Descending, 0, 1, cancellation)).Total;
        await ExportLog.WriteAsync(http, frame, metric.Id, total, cancellation);
        Stamp(http.Response, frame, metric, total);
        await using var writer = new StreamWriter(http.Response.Body, new UTF8Encoding(encoderShouldEmitUTF8Identifier: true));
        await writer.WriteLineAsync(string.Join(',', Header));
        var written = 0;
        await foreach (var row in metrics.AllMeasureRowsAsync(query, order, frame.Query.Descending, cancellation))
        {
            await writer.WriteLineAsync(Line(metric, row));
            if (++written % FlushEvery == 0) await writer.FlushAsync(cancellation);
        }
    }

    private static void Stamp(HttpResponse response, PageFrame frame, MeasureMetric metric, long total)
    {
        var name = string.Concat($"{metric.Id}_{frame.Query.Period.Label}_{total}-rows_known-{frame.KnownAt.UtcDateTime.ToString("yyyyMMdd'T'HHmm'Z'", CultureInfo.InvariantCulture)}"
            .Select(c => char.IsAsciiLetterOrDigit(c) || c is '_' or '-' or '.' ? c : '-')) + ".csv";
        response.ContentType = "text/csv; charset=utf-8";
        response.Headers["X-Row-Count"] = total.ToString(CultureInfo.InvariantCulture);
        response.Headers["X-Filters"] = frame.Query.Same("", ("period", frame.Query.Period.Label));
        response.Headers["X-Known-At"] = Moments.Machine(frame.KnownAt);
        response.Headers["X-Definition"] = $"{metric.Id} v{metric.Version} {metric.Hash}";
        response.Headers.ContentDisposition = new ContentDispositionHeaderValue("attachment") { FileNameStar = name, FileName = name }.ToString();
    }

    private static string Line(MeasureMetric metric, MeasureRow row) => string.Join(',',
    [
        metric.Id, metric.Version.ToString(CultureInfo.InvariantCulture), metric.Hash,
        CsvCell.Of(row.Account), CsvCell.Of(row.AccountName), row.Fact, CsvCell.Of(row.Key), CsvCell.Of(row.Label), CsvCell.Of(row.Staff), CsvCell.Of(row.StaffName),
        CsvCell.Of(row.Team), CsvCell.Of(row.TeamName), Moments.Machine(row.At),
        row.Amount?.ToString(CultureInfo.InvariantCulture) ?? "", row.Base?.ToString(CultureInfo.InvariantCulture) ?? "", CsvCell.Of(row.Currency),
        row.Finished is { } finished ? finished ? "true" : "false" : "", CsvCell.Of(row.Excluded),
    ]);
}
