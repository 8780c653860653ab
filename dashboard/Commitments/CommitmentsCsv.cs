using System.Globalization;
using System.Text;
using Followthrough.Analytics.Metrics;
using Followthrough.Dashboard.Access;
using Followthrough.Dashboard.Filters;
using Followthrough.Dashboard.Layout;
using Followthrough.Dashboard.Wording;
using Microsoft.Net.Http.Headers;

namespace Followthrough.Dashboard.Commitments;

/// <summary>The filtered commitments as a CSV file, streamed: never cut, whatever their number.</summary>
internal static class CommitmentsCsv
{
    private const int FlushEvery = 500;

    private static readonly string[] Header =
    [
        "kind", "commitment", "account", "account_name", "contact", "channel", "subject", "person", "person_name", "team", "team_name",
        "opened_at_utc", "due_at_utc", "fulfilled_at_utc", "fulfilled_channel", "hours_to_answer", "reminders", "status", "excused_reason",
    ];

    internal static async Task SendAsync(PageFrame frame, MetricReader metrics, HttpContext http, CancellationToken cancellation)
    {
        var query = CommitmentsEndpoint.Asked(frame);
        var total = (await metrics.RowsAsync(query, frame.Query.Sort, frame.Query.Descending, 0, 1, cancellation)).Total;
        await ExportLog.WriteAsync(http, frame, "commitments", total, cancellation);
        Stamp(http.Response, frame, total);
        await using var writer = new StreamWriter(http.Response.Body, new UTF8Encoding(encoderShouldEmitUTF8Identifier: true));
        await writer.WriteLineAsync(string.Join(',', Header));
        var written = 0;
        await foreach (var row in metrics.AllRowsAsync(query, frame.Query.Sort, frame.Query.Descending, cancellation))
        {
            await writer.WriteLineAsync(Line(row));
            if (++written % FlushEvery == 0) await writer.FlushAsync(cancellation);
        }
    }

    private static void Stamp(HttpResponse response, PageFrame frame, long total)
    {
        response.ContentType = "text/csv; charset=utf-8";
        response.Headers["X-Row-Count"] = total.ToString(CultureInfo.InvariantCulture);
        response.Headers["X-Filters"] = frame.Query.Same("", ("period", frame.Query.Period.Label));
        response.Headers["X-Known-At"] = Moments.Machine(frame.KnownAt);
        response.Headers.ContentDisposition =
            new ContentDispositionHeaderValue("attachment") { FileNameStar = FileName(frame, total), FileName = FileName(frame, total) }.ToString();
    }

    private static string FileName(PageFrame frame, long total)
    {
        var query = frame.Query;
        string?[] parts =
        [
            "commitments", query.Period.Label, query.Team, query.Person, query.Account, query.Kind,
            query.Status is { } status ? PageQuery.Word(status) : null,
            $"{total}-rows", $"known-{frame.KnownAt.UtcDateTime.ToString("yyyyMMdd'T'HHmm'Z'", CultureInfo.InvariantCulture)}",
        ];
        var name = string.Join('_', parts.Where(part => part is not null));
        return string.Concat(name.Select(c => char.IsAsciiLetterOrDigit(c) || c is '_' or '-' or '.' ? c : '-').Take(180)) + ".csv";
    }

    private static string Line(CommitmentRow row) => string.Join(',',
    [
        CsvCell.Of(row.Kind), CsvCell.Of(row.CommitmentKey), CsvCell.Of(row.Account), CsvCell.Of(row.AccountName), CsvCell.Of(row.ContactName),
        CsvCell.Of(row.Channel), CsvCell.Of(row.Subject), CsvCell.Of(row.Staff), CsvCell.Of(row.StaffName), CsvCell.Of(row.Team), CsvCell.Of(row.TeamName),
        Moments.Machine(row.OpenedAt), Moments.Machine(row.DueAt), row.FulfilledAt is { } at ? Moments.Machine(at) : "",
        CsvCell.Of(row.FulfilledChannel), Hours(row), row.Reminders.ToString(CultureInfo.InvariantCulture),
        PageQuery.Word(row.Status), CsvCell.Of(row.ExcusedReason),
    ]);

    private static string Hours(CommitmentRow row) =>
        row.FulfilledAt is { } at ? (at - row.OpenedAt).TotalHours.ToString("0.######", CultureInfo.InvariantCulture) : "";
}
