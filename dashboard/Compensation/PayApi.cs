using Followthrough.Analytics.Compensation;
using Followthrough.Dashboard.Access;
using Followthrough.Dashboard.Access.Tokens;
using Followthrough.Dashboard.Api;
using Followthrough.Dashboard.Hooks;
using Microsoft.AspNetCore.Mvc;
using Npgsql;

namespace Followthrough.Dashboard.Compensation;

/// <summary>
/// Pay for programs: what the pages show of runs, statements and disputes to the same viewer, and the steps of both. Nothing of it is kept
/// for the next who asks.
/// </summary>
internal static class PayApi
{
    private const string Runs = PayPath.Runs + "/{id:long}";

    internal static void MapPayApi(this IEndpointRouteBuilder api)
    {
        api.MapGet(PayPath.Runs, RunsAsync).Is().Takes(ApiParameter.Paging).Gives<Listing<PayRunAnswer>>("Pay runs, with the sums over the statements the viewer may see");
        api.MapGet(Runs, RunAsync).Is().Takes().Gives<PayRunAnswer>("A pay run, and what was done to it");
        api.MapGet(Runs + "/statements", StatementsAsync).Is().Takes(ApiParameter.Paging).Gives<Listing<StatementAnswer>>("Statements of a pay run");
        api.MapGet(Runs + "/statements/{staff}", StatementAsync).Is().Takes().Gives<StatementAnswer>("A statement with all its arithmetic");
        api.MapGet(Runs + "/held", HeldAsync).Is().Takes(ApiParameter.Paging).Gives<Listing<HeldLineAnswer>>("Held lines of a pay run, and what became of them");
        api.MapPost(PayPath.Runs, PrepareAsync).Needs(Right.PreparePay).Changes<PayRunAnswer>("Makes the draft of a plan's period");
        foreach (var step in RunStep.All)
        {
            var post = api.MapPost($"{Runs}/{step.Name}", (ApiRequest request, HttpContext http, NpgsqlDataSource db, RunSteps steps, AccessLog log, long id, [FromBody] PayWords? words, CancellationToken ct) =>
                TakeAsync(request, http, db, steps, log, id, step, words, ct));
            post.Changes<PayRunAnswer>($"A step of a pay run: it is {step.Said}");
            if (step.Needs is { } right) post.Needs(right);
        }
        api.MapPayDisputeApi();
    }

    internal static RouteHandlerBuilder Is(this RouteHandlerBuilder endpoint) => endpoint.WithMetadata(new Untagged());

    private static async Task<IResult> RunsAsync(ApiRequest request, NpgsqlDataSource db, CancellationToken ct) =>
        Paged.All(request, [.. (await new PayReader(db).RunsAsync(request.Who.Pay, ct)).Select(run => PayRunAnswer.Of(run, request.Who.Pay, []))], run => $"{run.Id}");

    private static async Task<IResult> RunAsync(ApiRequest request, NpgsqlDataSource db, AccessLog log, long id, CancellationToken ct) =>
        await FindAsync(request, db, log, id, ct) is { } run ? Results.Ok(run) : Results.NotFound();

    private static async Task<PayRunAnswer?> FindAsync(ApiRequest request, NpgsqlDataSource db, AccessLog log, long id, CancellationToken ct)
    {
        var reader = new PayReader(db);
        if (await reader.RunAsync(request.Who.Pay, id, ct) is not { } run) return null;
        await SeenAsync(log, request, PayLog.Of(run.Run), ct);
        return PayRunAnswer.Of(run, request.Who.Pay, request.Who.Pay.SeesOthers ? await reader.StepsAsync(id, ct) : []);
    }

    private static async Task<IResult> StatementsAsync(ApiRequest request, NpgsqlDataSource db, AccessLog log, long id, CancellationToken ct)
    {
        var reader = new PayReader(db);
        if (await reader.RunAsync(request.Who.Pay, id, ct) is not { } run) return Results.NotFound();
        var statements = await reader.StatementsAsync(request.Who.Pay, id, null, ct);
        await SeenAsync(log, request, FormattableString.Invariant($"{PayLog.Of(run.Run)}, {statements.Count} statements"), ct);
        return Paged.All(request, [.. statements.Select(s => StatementAnswer.Of(s))], s => s.Person);
    }

    private static async Task<IResult> StatementAsync(ApiRequest request, NpgsqlDataSource db, AccessLog log, long id, string staff, CancellationToken ct)
    {
        if (await new PayReader(db).StatementAsync(request.Who.Pay, id, staff, ct) is not { } found) return Results.NotFound();
        if (found.Statement.Staff != request.Who.StaffKey) await SeenAsync(log, request, $"{PayLog.Of(found.Run)}, statement of {found.Statement.Staff}", ct);
        return Results.Ok(StatementAnswer.Of(found.View, PayJson.Element(found.Statement), await new PayHeld(db).OfStatementAsync(request.Who.Pay, id, staff, ct)));
    }

    private static async Task<IResult> HeldAsync(ApiRequest request, NpgsqlDataSource db, AccessLog log, long id, CancellationToken ct)
    {
        if (await new PayReader(db).RunAsync(request.Who.Pay, id, ct) is not { } run) return Results.NotFound();
        var held = await new PayHeld(db).OfRunAsync(request.Who.Pay, id, ct);
        await SeenAsync(log, request, FormattableString.Invariant($"{PayLog.Of(run.Run)}, {held.Count} held lines"), ct);
        return Paged.All(request, [.. held.Select(HeldLineAnswer.Of)], line => $"{line.Person}/{line.Component}");
    }

    private static async Task<IResult> PrepareAsync(ApiRequest request, HttpContext http, NpgsqlDataSource db, RunSteps steps, AccessLog log, [FromBody] PayPeriodAsked asked, CancellationToken ct)
    {
        if (TokenScopes.Refusal(http, TokenScope.Pay) is { } narrow) return narrow;
        try
        {
            return Results.Ok(await FindAsync(request, db, log, await steps.PrepareAsync(request.Who, asked.Plan ?? "", asked.Period ?? "", ct), ct));
        }
        catch (PayException refused)
        {
            return Refused(refused.Message);
        }
    }

    private static async Task<IResult> TakeAsync(
        ApiRequest request, HttpContext http, NpgsqlDataSource db, RunSteps steps, AccessLog log, long id, RunStep step, PayWords? words, CancellationToken ct)
    {
        if (!step.IsOf(request.Who)) return Results.NotFound();
        if (TokenScopes.Refusal(http, TokenScope.Pay) is { } narrow) return narrow;
        return await steps.TakeAsync(step, request.Who, id, words?.Words, words?.Total, ct) switch
        {
            { IsThere: false } => Results.NotFound(),
            { Refused: { } refused } => Refused(refused),
            _ => Results.Ok(await FindAsync(request, db, log, id, ct)),
        };
    }

    internal static IResult Refused(string why) => Problem.Of(StatusCodes.Status409Conflict, "It was not done", why);

    internal static Task SeenAsync(AccessLog log, ApiRequest request, string what, CancellationToken ct) => log.WriteAsync(request.Who.Viewer.Name, PayLog.Seen, what, null, null, ct);
}
