using Followthrough.Analytics.CallLists;
using Followthrough.Dashboard.Access;
using Followthrough.Dashboard.Commitments;
using Followthrough.Dashboard.Filters;
using Followthrough.Dashboard.Layout;
using Microsoft.AspNetCore.Mvc;
using Npgsql;

namespace Followthrough.Dashboard.Mine;

/// <summary>What somebody owes today, and one click for each that is done. Always of now.</summary>
internal static class MineEndpoint
{
    private const int RecordedShown = 4;

    // More are never open at a time.
    private const int ListsShown = 20;

    internal static void MapMine(this IEndpointRouteBuilder pages)
    {
        pages.MapGet(MineModel.Path, ShowAsync);
        pages.MapGet(MineModel.ListPath, ListAsync);
        pages.MapPost(MineModel.OutcomePath, RecordAsync);
        pages.MapPost(MineModel.OutcomePath + "/{id:guid}/undo", UndoAsync);
    }

    private static async Task<IResult> ShowAsync(PageFrame frame, NpgsqlDataSource db, CallListStore lists, string? show, CancellationToken ct)
    {
        if (frame.Query.AsOf is not null) return Results.LocalRedirect(frame.Query.Same(MineModel.Path, ("asof", null)));
        if (await ReadAsync(frame, db, show, ct) is not { } model) return Results.NotFound();
        var calls = model.IsOwn && frame.Who.May(Right.Call) ? await lists.AllAsync(frame.Viewer, ListsShown, ct) : [];
        return Screen.Of<MinePage>(model with { Calls = [.. calls.Where(list => list.ClosedAt is null && list.Done < list.Calls)] });
    }

    private static async Task<IResult> ListAsync(PageFrame frame, NpgsqlDataSource db, string? show, string? seen, CancellationToken ct)
    {
        if (await ReadAsync(frame, db, show, ct) is not { } model) return Results.NotFound();
        // Nothing new: whoever reads or writes a reason is left in peace.
        return model.Seen == seen ? Results.NoContent() : Screen.Of<MineList>(model);
    }

    private static async Task<IResult> RecordAsync(
        PageFrame frame, HttpContext http, NpgsqlDataSource db, OutcomeDesk desk, AccessLog log, [FromQuery] string? show,
        [FromForm] string? kind, [FromForm] string? account, [FromForm] string? key, [FromForm] string? outcome, [FromForm] string? reason, CancellationToken ct)
    {
        if (await ReadAsync(frame, db, show, ct) is not { MayRecord: true, Person: { } person } model) return Results.NotFound();
        if (!TryRead(outcome, reason, out var what, out var why) || kind is null || account is null || key is null) return Results.BadRequest();
        var asked = new OwedAsked { Account = account, Staff = person.Key, Kind = kind, Commitment = key, Most = 1 };
        string? said;
        if ((await Owed.ReadAsync(db, frame, asked, ct)).Rows is not [var row]) said = "It is no longer owed: somebody dealt with it meanwhile.";
        else if (!Outcomes.Of(row, model.Leads).Contains(what)) return Results.BadRequest();
        else if (!await desk.RecordAsync(row, what, why, frame.Who.StaffKey!, frame.Viewer.Name, ct)) said = "Somebody was a moment faster; it is dealt with.";
        else
        {
            await log.WriteAsync(frame.Viewer.Name, "record outcome", $"{row.Kind} of {row.Account}, {row.CommitmentKey}", null, OutcomeWords.Done(what, why), ct);
            var open = (await Owed.ReadAsync(db, frame, asked, ct)).Rows.Count > 0;
            said = open ? $"Recorded, but it does not settle “{row.Metric.Name}” for {row.AccountName}: that asks for more." : null;
        }
        return await AnswerAsync(frame, http, db, show, said, ct);
    }

    private static async Task<IResult> UndoAsync(
        PageFrame frame, HttpContext http, NpgsqlDataSource db, OutcomeDesk desk, AccessLog log, Guid id, [FromQuery] string? show, [FromForm] string? confirm, CancellationToken ct)
    {
        _ = confirm;
        var undone = await desk.UndoAsync(id, frame.Viewer.Name, ct);
        if (undone is not null)
            await log.WriteAsync(
                frame.Viewer.Name, "undo outcome", $"{undone.Kind} of {undone.Account}, {undone.CommitmentKey}", OutcomeWords.Done(undone.What, undone.Reason), null, ct);
        return await AnswerAsync(frame, http, db, show, undone is null ? "That can no longer be taken back here." : $"Taken back: {undone.AccountName} is on the list again.", ct);
    }

    private static async Task<IResult> AnswerAsync(PageFrame frame, HttpContext http, NpgsqlDataSource db, string? show, string? said, CancellationToken ct)
    {
        if (!http.Request.Headers.ContainsKey("HX-Request")) return Results.LocalRedirect(frame.Query.Same(MineModel.Path, ("show", show)));
        return await ReadAsync(frame, db, show, ct) is { } model ? Screen.Of<MineList>(model with { Said = said }) : Results.NotFound();
    }

    private static bool TryRead(string? outcome, string? reason, out Outcome what, out string? why)
    {
        what = Enum.GetValues<Outcome>().FirstOrDefault(value => PageQuery.Word(value) == outcome);
        why = reason?.Trim();
        if (PageQuery.Word(what) != outcome) return false;
        if (what != Outcome.Excused) why = null;
        return what != Outcome.Excused || (why is { Length: > 0 and <= Outcomes.LongestReason } && !why.Any(char.IsControl));
    }

    // Null for somebody the viewer may not see.
    private static async Task<MineModel?> ReadAsync(PageFrame asked, NpgsqlDataSource db, string? show, CancellationToken ct)
    {
        var all = show == "all";
        var frame = asked with { Query = asked.Query with { Own = [("show", all ? show : null)] } };
        var people = (await FilterChoices.ReadAsync(db, frame.Viewer, null, ct)).People;
        var wanted = frame.Query.Person ?? frame.Who.StaffKey;
        var person = wanted is null ? null : people.FirstOrDefault(p => p.Key == wanted);
        if (person is null && frame.Query.Person is not null) return null;
        var own = person is not null && person.Key == frame.Who.StaffKey;
        return new MineModel
        {
            Frame = frame,
            Person = person,
            People = people,
            Owed = person is null ? new Owed([]) : await Owed.ReadAsync(
                db, frame, new OwedAsked { Staff = person.Key, Kind = frame.Query.Kind, Most = all ? MineModel.Most : MineModel.Few }, ct),
            Recorded = await RecordedOutcome.ReadAsync(db, frame.Viewer.Name, frame.Now - OutcomeDesk.Undoable, RecordedShown, ct),
            MayRecord = person is not null && frame.Who.StaffKey is not null && (own || frame.Viewer.Teams is not null),
            Leads = frame.Who.StaffKey is { } staff && await LeadsAsync(db, staff, ct),
            ShowsAll = all,
        };
    }

    private static async Task<bool> LeadsAsync(NpgsqlDataSource db, string staff, CancellationToken ct)
    {
        await using var ask = db.CreateCommand(
            "select exists (select from team where lead_key = $1 and not deleted) or exists (select from staff where manager_key = $1 and not deleted and ended_at is null)");
        ask.Parameters.AddWithValue(staff);
        return (bool)(await ask.ExecuteScalarAsync(ct))!;
    }
}
