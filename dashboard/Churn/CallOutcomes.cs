using Followthrough.Analytics.CallLists;
using Followthrough.Dashboard.Access;
using Followthrough.Dashboard.Filters;
using Followthrough.Dashboard.Layout;
using Followthrough.Dashboard.Mine;
using Microsoft.AspNetCore.Mvc;
using Npgsql;

namespace Followthrough.Dashboard.Churn;

/// <summary>What came of the calls of a list: a click each, or a file of them. They become facts like any other contact of ours.</summary>
internal static class CallOutcomes
{
    // A list of the greatest length with long reasons.
    private const long LargestFile = 1 << 20;

    internal static void MapCallOutcomes(this IEndpointRouteBuilder pages)
    {
        var outcomes = CallListsEndpoint.Path + "/{id:long}/outcomes";
        pages.MapPost(outcomes, RecordAsync).Needs(Right.Call);
        pages.MapPost(outcomes + "/{outcome:guid}/undo", UndoAsync).Needs(Right.Call);
        pages.MapPost(CallListsEndpoint.Path + "/{id:long}/outcomes-file", ReadFileAsync).Needs(Right.Call).WithMetadata(new RequestSizeLimitAttribute(LargestFile));
    }

    private static async Task<IResult> RecordAsync(
        PageFrame frame, HttpContext http, NpgsqlDataSource db, CallListStore lists, OutcomeDesk desk, AccessLog log, long id,
        [FromForm] string? account, [FromForm] string? outcome, [FromForm] string? reason, CancellationToken ct)
    {
        if (await CallListModel.ReadAsync(frame, db, lists, id, ct) is not { } model) return Results.NotFound();
        if (!model.MayRecord || model.Rows.FirstOrDefault(row => row.Account == account) is not { } row || !TryRead(outcome, reason, out var what, out var why)) return Results.BadRequest();
        await desk.RecordAsync([(About(id, row), what, why, frame.Now)], frame.Who.StaffKey!, frame.Viewer.Name, ct);
        await log.WriteAsync(frame.Viewer.Name, "record outcome", $"call list {id}, {row.Account}", null, OutcomeWords.Done(what, why), ct);
        return await AnswerAsync(frame, http, db, lists, id, [], ct);
    }

    private static async Task<IResult> UndoAsync(
        PageFrame frame, HttpContext http, NpgsqlDataSource db, CallListStore lists, OutcomeDesk desk, AccessLog log, long id, Guid outcome,
        [FromForm] string? confirm, CancellationToken ct)
    {
        _ = confirm;
        if (await lists.FindAsync(frame.Viewer, id, ct) is null) return Results.NotFound();
        var undone = await desk.UndoAsync(outcome, frame.Viewer.Name, ct);
        if (undone is not null)
            await log.WriteAsync(frame.Viewer.Name, "undo outcome", $"call list {id}, {undone.Account}", OutcomeWords.Done(undone.What, undone.Reason), null, ct);
        return await AnswerAsync(frame, http, db, lists, id, [undone is null ? "That can no longer be taken back here." : $"Taken back: {undone.AccountName} is to be called again."], ct);
    }

    private static async Task<IResult> ReadFileAsync(
        PageFrame frame, HttpContext http, NpgsqlDataSource db, CallListStore lists, OutcomeDesk desk, AccessLog log, long id, [FromForm] string? confirm, CancellationToken ct)
    {
        _ = confirm;
        if (await CallListModel.ReadAsync(frame, db, lists, id, ct) is not { } model) return Results.NotFound();
        if (!model.MayRecord || http.Request.Form.Files.GetFile("file") is not { } file) return Results.BadRequest();
        await using var content = file.OpenReadStream();
        var read = await OutcomeFile.ReadAsync(content, file.FileName, model.Rows, model.List.MadeAt, frame.Now, ct);
        await desk.RecordAsync([.. read.Lines.Select(line => (About(id, line.Row), line.Outcome, line.Reason, line.At))], frame.Who.StaffKey!, frame.Viewer.Name, ct);
        await log.WriteAsync(frame.Viewer.Name, "record outcome", $"call list {id}, file {file.FileName}", null, $"{read.Lines.Count} recorded, {read.Problems.Count} refused", ct);
        var after = (await CallListModel.ReadAsync(frame, db, lists, id, ct))!;
        return Screen.Of<CallListPage>(after with { Said = [read.InWords], Problems = read.Problems });
    }

    private static async Task<IResult> AnswerAsync(
        PageFrame frame, HttpContext http, NpgsqlDataSource db, CallListStore lists, long id, IReadOnlyList<string> said, CancellationToken ct)
    {
        if (!http.Request.Headers.ContainsKey("HX-Request")) return Results.LocalRedirect(frame.Query.Carry(CallListsEndpoint.Of(id)));
        return await CallListModel.ReadAsync(frame, db, lists, id, ct) is { } model ? Screen.Of<CallListPart>(model with { Said = said }) : Results.NotFound();
    }

    /// <summary>Reads an outcome of a call as addresses and files write it, with the reason that an excuse needs.</summary>
    internal static bool TryRead(string? outcome, string? reason, out Outcome what, out string? why)
    {
        var known = Outcomes.OfCall.Where(value => PageQuery.Word(value) == outcome).ToList();
        what = known.FirstOrDefault();
        why = what == Outcome.Excused && known.Count > 0 ? reason?.Trim() : null;
        return known.Count > 0 && (what != Outcome.Excused || (why is { Length: > 0 and <= Outcomes.LongestReason } && !why.Any(char.IsControl)));
    }

    private static Addressed About(long list, CallListRow row) =>
        new(Addressed.Call, row.Account, row.AccountName, FormattableString.Invariant($"{list}"), row.Contact) { Number = row.Phone };
}
