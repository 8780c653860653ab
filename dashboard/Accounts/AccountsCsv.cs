using System.Globalization;
using System.Text;
using Followthrough.Analytics.Metrics;
using Followthrough.Analytics.Store;
using Followthrough.Dashboard.Access;
using Followthrough.Dashboard.Layout;
using Followthrough.Dashboard.Wording;
using Microsoft.Net.Http.Headers;
using Npgsql;

namespace Followthrough.Dashboard.Accounts;

/// <summary>The filtered accounts as a CSV file: all of them, with the figures the list shows.</summary>
internal static class AccountsCsv
{
    private static readonly string[] Header =
    [
        "account", "name", "segment", "region", "owner", "owner_name", "team", "team_name", "open", "overdue",
        "metric", "kept_share", "kept", "n", "revenue_12_months", "currency", "last_contact_utc",
    ];

    internal static async Task<IResult> SendAsync(
        PageFrame asked, HttpContext http, MetricReader metrics, NpgsqlDataSource db, AccessLog log, CancellationToken cancellation)
    {
        var (own, frame) = AccountsAsked.Read(asked, http.Request.Query);
        if (frame.Problems.Count > 0) return Screen.Of<BadAddressPage>(frame, StatusCodes.Status400BadRequest);
        var (lines, total) = await AccountLine.ReadAsync(db, frame, own, 0, null, cancellation);
        var accounts = await AccountsEndpoint.FiguresAsync(frame, metrics, lines, cancellation);
        var filters = frame.Query.Same("", ("period", frame.Query.Period.Label));
        await log.WriteAsync(frame.Viewer.Name, LoggedAction.Exported, $"accounts.csv, {total} rows, {filters.TrimStart('?')}", null, null, cancellation);
        Stamp(http.Response, frame, filters, total);
        await using var writer = new StreamWriter(http.Response.Body, new UTF8Encoding(encoderShouldEmitUTF8Identifier: true));
        await writer.WriteLineAsync(string.Join(',', Header));
        foreach (var account in accounts) await writer.WriteLineAsync(Line(account));
        return Results.Empty;
    }

    private static void Stamp(HttpResponse response, PageFrame frame, string filters, long total)
    {
        response.ContentType = "text/csv; charset=utf-8";
        response.Headers["X-Row-Count"] = total.ToString(CultureInfo.InvariantCulture);
        response.Headers["X-Filters"] = Uri.EscapeDataString(filters);
        response.Headers["X-Known-At"] = Moments.Machine(frame.KnownAt);
        var name = $"accounts_{frame.Query.Period.Label}_{total}-rows_known-{frame.KnownAt.UtcDateTime.ToString("yyyyMMdd'T'HHmm'Z'", CultureInfo.InvariantCulture)}.csv";
        response.Headers.ContentDisposition = new ContentDispositionHeaderValue("attachment") { FileName = name }.ToString();
    }

    private static string Line(AccountFigures account)
    {
        var (line, kept, revenue) = account;
        return string.Join(',',
        [
            CsvCell.Of(line.Key), CsvCell.Of(line.Name), CsvCell.Of(line.Segment), CsvCell.Of(line.Region), CsvCell.Of(line.Owner), CsvCell.Of(line.OwnerName),
            CsvCell.Of(line.Team), CsvCell.Of(line.TeamName), Number(line.Open), Number(line.Overdue),
            kept.Metric, kept.Value?.ToString("0.######", CultureInfo.InvariantCulture) ?? "", Number(kept.Kept), Number(kept.N),
            revenue.Amount?.ToString("0.##########", CultureInfo.InvariantCulture) ?? "", CsvCell.Of(revenue.Currency),
            line.LastContactAt is { } at ? Moments.Machine(at) : "",
        ]);
    }

    private static string Number(long number) => number.ToString(CultureInfo.InvariantCulture);
}
