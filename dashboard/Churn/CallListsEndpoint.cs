using Followthrough.Analytics.CallLists;
using Followthrough.Analytics.Churn;
using Followthrough.Dashboard.Access;
using Followthrough.Dashboard.Commitments;
using Followthrough.Dashboard.Layout;
using Microsoft.AspNetCore.Mvc;
using Npgsql;

namespace Followthrough.Dashboard.Churn;

/// <summary>Lists of customers to call: made for a team or a person, worked, closed.</summary>
internal static class CallListsEndpoint
{
    internal const string Path = "/churn/lists";

    private const int Shown = 100;

    internal static void MapCallLists(this IEndpointRouteBuilder pages)
    {
        pages.MapGet(Path, ShowAsync);
        pages.MapPost(Path, MakeAsync).Needs(Right.Call);
        pages.MapGet(Path + "/{id:long}", ShowOneAsync);
        pages.MapPost(Path + "/{id:long}/close", CloseAsync).Needs(Right.Call);
        pages.MapCallOutcomes();
        pages.MapCallListFiles();
        pages.MapEffect();
    }

    internal static string Of(long id) => FormattableString.Invariant($"{Path}/{id}");

    private static Task<IResult> ShowAsync(PageFrame frame, NpgsqlDataSource db, CallListStore lists, CancellationToken ct) =>
        PageAsync(frame, db, lists, new CallListForm(null, null, null, null), [], ct);

    private static async Task<IResult> MakeAsync(
        PageFrame frame, NpgsqlDataSource db, CallListStore lists, AccessLog log,
        [FromForm] string? whose, [FromForm] string? capacity, [FromForm] string? quiet, [FromForm] string? weekly, CancellationToken ct)
    {
        var form = new CallListForm(whose, capacity, quiet, weekly);
        var choices = await FilterChoices.ReadAsync(db, frame.Viewer, null, ct);
        if (form.TryRead(frame, choices, out var request, out var problems) && await TryMakeAsync(lists, request, problems, ct) is { } id)
        {
            await log.WriteAsync(frame.Viewer.Name, "call list made", $"list {id}", null, form.InWords(choices), ct);
            return Results.LocalRedirect(frame.Query.Carry(Of(id)));
        }
        return await PageAsync(frame, db, lists, form, problems, ct);
    }

    private static async Task<long?> TryMakeAsync(CallListStore lists, CallListRequest request, List<string> problems, CancellationToken ct)
    {
        try
        {
            return await lists.MakeAsync(request, ct);
        }
        catch (ChurnException refused)
        {
            problems.Add(refused.Message);
            return null;
        }
    }

    private static async Task<IResult> PageAsync(
        PageFrame frame, NpgsqlDataSource db, CallListStore lists, CallListForm form, List<string> problems, CancellationToken ct)
    {
        var model = new CallListsModel
        {
            Frame = frame,
            Lists = await lists.AllAsync(frame.Viewer, Shown, ct),
            Choices = await FilterChoices.ReadAsync(db, frame.Viewer, null, ct),
            Scoring = await new ChurnScores(db).LatestAsync(ct),
            Form = form,
            Problems = problems,
        };
        return Screen.Of<CallListsPage>(model, problems.Count > 0 ? StatusCodes.Status400BadRequest : StatusCodes.Status200OK);
    }

    private static async Task<IResult> ShowOneAsync(PageFrame frame, NpgsqlDataSource db, CallListStore lists, long id, CancellationToken ct) =>
        await CallListModel.ReadAsync(frame, db, lists, id, ct) is { } model ? Screen.Of<CallListPage>(model) : Results.NotFound();

    private static async Task<IResult> CloseAsync(
        PageFrame frame, CallListStore lists, AccessLog log, long id, [FromForm] string? confirm, CancellationToken ct)
    {
        _ = confirm;
        if (await lists.FindAsync(frame.Viewer, id, ct) is not { IsWhole: true }) return Results.NotFound();
        if (await lists.CloseAsync(id, frame.Viewer.Name, ct)) await log.WriteAsync(frame.Viewer.Name, "call list closed", $"list {id}", "open", "closed", ct);
        return Results.LocalRedirect(frame.Query.Carry(Of(id)));
    }
}
