using Followthrough.Analytics.Compensation;
using Followthrough.Dashboard.Access;
using Followthrough.Dashboard.Access.Tokens;
using Followthrough.Dashboard.Api;
using Microsoft.AspNetCore.Mvc;
using Npgsql;

namespace Followthrough.Dashboard.Compensation;

/// <summary>What is granted for a dispute.</summary>
/// <param name="Accepted">Whether it is accepted.</param>
/// <param name="Amount">What is paid for it, signed; needed where it is accepted, and none else.</param>
/// <param name="Words">Why.</param>
internal sealed record PayDecision(bool? Accepted, decimal? Amount, string? Words);

/// <summary>Disputes for programs: read by who sees them on the pages, raised, answered and decided by the same rules.</summary>
internal static class PayDisputeApi
{
    private const string One = PayPath.Disputes + "/{id:long}";

    internal static void MapPayDisputeApi(this IEndpointRouteBuilder api)
    {
        api.MapGet(PayPath.Disputes, ListAsync).Is().Takes(ApiParameter.Paging).Gives<Listing<PayDisputeAnswer>>("Disputes of statements");
        api.MapGet(One, OneAsync).Is().Takes().Gives<PayDisputeAnswer>("A dispute");
        api.MapPost(PayPath.Runs + "/{id:long}/statements/{staff}/disputes", RaiseAsync).Changes<PayDisputeAnswer>("Disputes a line of a locked statement, the viewer's own or of his teams' people");
        api.MapPost(One + "/answer", AnswerAsync).Changes<PayDisputeAnswer>("Answers a dispute, which stops its clock");
        api.MapPost(One + "/decide", DecideAsync).Changes<PayDisputeAnswer>("Accepts a dispute with an amount, or does not").Needs(Right.ApprovePay);
    }

    private static async Task<IResult> ListAsync(ApiRequest request, NpgsqlDataSource db, TimeProvider clock, CancellationToken ct) =>
        Paged.All(request, [.. (await new PayDisputes(db, clock).AllAsync(request.Who.Pay, null, null, ct)).Select(d => PayDisputeAnswer.Of(d, request.Now))], dispute => $"{dispute.Id}");

    private static async Task<IResult> OneAsync(ApiRequest request, NpgsqlDataSource db, TimeProvider clock, AccessLog log, long id, CancellationToken ct)
    {
        if (await new PayDisputes(db, clock).FindAsync(request.Who.Pay, id, ct) is not { } dispute) return Results.NotFound();
        if (dispute.Staff != request.Who.StaffKey) await PayApi.SeenAsync(log, request, FormattableString.Invariant($"dispute {id}, run {dispute.Run}, {dispute.Staff}"), ct);
        return Results.Ok(PayDisputeAnswer.Of(dispute, request.Now));
    }

    private static async Task<IResult> RaiseAsync(
        ApiRequest request, HttpContext http, NpgsqlDataSource db, TimeProvider clock, DisputeSteps steps, long id, string staff, [FromBody] DisputeWords words, CancellationToken ct)
    {
        // Whose statement it is not finds none, before anything is said about its token.
        if ((await new PayReader(db).StatementsAsync(request.Who.Pay with { All = false }, id, staff, ct)).Count == 0) return Results.NotFound();
        return TokenScopes.Refusal(http, TokenScope.Pay) is { } narrow ? narrow
            : await AnswerOfAsync(request, db, clock, await steps.RaiseAsync(request.Who, id, staff, words, ct), ct);
    }

    private static Task<IResult> AnswerAsync(
        ApiRequest request, HttpContext http, NpgsqlDataSource db, TimeProvider clock, DisputeSteps steps, long id, [FromBody] PayWords words, CancellationToken ct) =>
        StepAsync(request, http, db, clock, id, () => steps.AnswerAsync(request.Who, id, words.Words, ct), ct);

    private static Task<IResult> DecideAsync(
        ApiRequest request, HttpContext http, NpgsqlDataSource db, TimeProvider clock, DisputeSteps steps, long id, [FromBody] PayDecision decision, CancellationToken ct) =>
        StepAsync(request, http, db, clock, id, () => steps.DecideAsync(request.Who, id, () => decision switch
        {
            { Accepted: true, Amount: { } amount } => amount,
            { Accepted: false, Amount: null } => null,
            { Accepted: null } => throw new PayException("Say with accepted whether it is: true or false."),
            _ => throw new PayException("Expected an amount where it is accepted, and none where it is not."),
        }, decision.Words, ct), ct);

    private static async Task<IResult> StepAsync(
        ApiRequest request, HttpContext http, NpgsqlDataSource db, TimeProvider clock, long id, Func<Task<DisputeOutcome>> step, CancellationToken ct)
    {
        if (!request.Who.MayReview() || await new PayDisputes(db, clock).FindAsync(request.Who.Pay, id, ct) is null) return Results.NotFound();
        return TokenScopes.Refusal(http, TokenScope.Pay) is { } narrow ? narrow : await AnswerOfAsync(request, db, clock, await step(), ct);
    }

    private static async Task<IResult> AnswerOfAsync(ApiRequest request, NpgsqlDataSource db, TimeProvider clock, DisputeOutcome outcome, CancellationToken ct) => outcome switch
    {
        { IsThere: false } => Results.NotFound(),
        { Refused: { } refused } => PayApi.Refused(refused),
        _ => Results.Ok(PayDisputeAnswer.Of((await new PayDisputes(db, clock).FindAsync(request.Who.Pay, outcome.Dispute, ct))!, request.Now)),
    };
}
