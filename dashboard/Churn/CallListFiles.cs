using System.Text;
using Followthrough.Analytics.CallLists;
using Followthrough.Dashboard.Access;
using Followthrough.Dashboard.Exports;
using Followthrough.Dashboard.Layout;
using Microsoft.Net.Http.Headers;

namespace Followthrough.Dashboard.Churn;

/// <summary>A call list to take along: as a table that can be filled in and brought back, or as contacts for a phone.</summary>
internal static class CallListFiles
{
    private const int HashShown = 16;

    internal static void MapCallListFiles(this IEndpointRouteBuilder pages)
    {
        Map(pages, ".csv", () => new CsvFile());
        Map(pages, ".xlsx", () => new XlsxFile());
        pages.MapGet(CallListsEndpoint.Path + "/{id:long}.vcf", CardsAsync);
    }

    private static void Map(IEndpointRouteBuilder pages, string extension, Func<IExportFile> file) =>
        pages.MapGet(CallListsEndpoint.Path + "/{id:long}" + extension, (PageFrame frame, HttpContext http, CallListStore lists, long id, CancellationToken ct) =>
            TableAsync(frame, http, lists, id, file(), ct));

    private static async Task<IResult> TableAsync(PageFrame frame, HttpContext http, CallListStore lists, long id, IExportFile file, CancellationToken ct)
    {
        if (await lists.FindAsync(frame.Viewer, id, ct) is not { } list) return Results.NotFound();
        var rows = await lists.RowsAsync(frame.Viewer, list, null, ct);
        var definition = new RowsDefinition("call_list", "Call list", list.Model.Id, string.Concat(list.Model.Sha256.Take(HashShown)), list.BasisReason);
        var stamp = new ExportStamp(FormattableString.Invariant($"call-list-{id}"), frame.Company.Name, frame.Query, definition, rows.Count, list.MadeAt);
        return await Export.SendAsync(http, frame, stamp, file, Columns(frame), rows.ToAsyncEnumerable(), ct) ?? Results.Empty;
    }

    private static async Task<IResult> CardsAsync(PageFrame frame, HttpContext http, CallListStore lists, AccessLog log, long id, CancellationToken ct)
    {
        if (await lists.FindAsync(frame.Viewer, id, ct) is not { } list) return Results.NotFound();
        var rows = (await lists.RowsAsync(frame.Viewer, list, null, ct)).Where(row => row.Phone is not null || row.Email is not null).ToList();
        await log.WriteAsync(frame.Viewer.Name, LoggedAction.Exported, $"call list {id}.vcf, {rows.Count} contacts", null, null, ct);
        var name = FormattableString.Invariant($"call-list-{id}_{rows.Count}-contacts.vcf");
        http.Response.Headers.ContentDisposition = new ContentDispositionHeaderValue("attachment") { FileName = name }.ToString();
        return Results.Text(string.Concat(rows.Select(row => ContactCard.Of(row, CallOpening.Of(row, frame.Company.Zone)))), "text/vcard", Encoding.UTF8);
    }

    private static Column<CallListRow>[] Columns(PageFrame frame) =>
    [
        Column<CallListRow>.Whole("place", row => row.Place),
        Column<CallListRow>.Text(OutcomeFile.Account, row => row.Account),
        Column<CallListRow>.Text("account_name", row => row.AccountName),
        Column<CallListRow>.Text("contact", row => row.ContactName),
        Column<CallListRow>.Text("contact_title", row => row.ContactTitle),
        Column<CallListRow>.Text("phone", row => row.Phone),
        Column<CallListRow>.Text("email", row => row.Email),
        Column<CallListRow>.Text("preferred_channel", row => row.PreferredChannel),
        Column<CallListRow>.Instant("call_from_utc", row => CallHours.Of(row, frame).From),
        Column<CallListRow>.Instant("call_to_utc", row => CallHours.Of(row, frame).To),
        Column<CallListRow>.Text("time_zone", row => row.TimeZone),
        Column<CallListRow>.Number("probability", row => Math.Round((decimal)row.Probability, 4)),
        Column<CallListRow>.Number("at_stake", row => row.AtStake),
        Column<CallListRow>.Text("currency", row => row.Currency),
        Column<CallListRow>.Text("opening", row => CallOpening.Of(row, frame.Company.Zone)),
        Column<CallListRow>.Text("open_issue", row => row.Issue?.Title),
        Column<CallListRow>.Text("broken_promise", row => row.Promise?.Content),
        Column<CallListRow>.Instant("last_touch_utc", row => row.LastTouchAt),
        Column<CallListRow>.Text("owner", row => row.OwnerName ?? row.Owner),
        Column<CallListRow>.Text("so_far", row => row.Outcome?.What),
        Column<CallListRow>.Instant("so_far_at_utc", row => row.Outcome?.At),
        // To be filled in and brought back.
        Column<CallListRow>.Text(OutcomeFile.Outcome, _ => null),
        Column<CallListRow>.Text(OutcomeFile.Reason, _ => null),
        Column<CallListRow>.Instant(OutcomeFile.At, _ => null),
    ];
}
