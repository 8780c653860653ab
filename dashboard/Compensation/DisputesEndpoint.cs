using Followthrough.Analytics.Compensation;
using Followthrough.Dashboard.Access;
using Followthrough.Dashboard.Layout;
using Microsoft.AspNetCore.Mvc;
using Npgsql;

namespace Followthrough.Dashboard.Compensation;

/// <summary>Objections to statements, from raise to decision, with the clock of their answers.</summary>
internal static class DisputesEndpoint
{
    private const string Route = PayPath.Disputes + "/{id:long}";

    internal static void MapDisputes(this IEndpointRouteBuilder pages)
    {
        pages.MapGet(PayPath.Disputes, async (PageFrame frame, NpgsqlDataSource db, TimeProvider clock, CancellationToken ct) =>
            Screen.Of<DisputesPage>(new DisputesModel(frame, await new PayDisputes(db, clock).AllAsync(frame.Who.Pay, null, null, ct))));
        pages.MapGet(Route, (DisputeDesk desk, long id, CancellationToken ct) => desk.ShowAsync(id, [], null, ct));
        pages.MapPost(Route + "/answer", async (DisputeDesk desk, long id, [FromForm] string? words, CancellationToken ct) =>
            await desk.EndAsync(id, await desk.Steps.AnswerAsync(desk.Frame.Who, id, words, ct), new DecisionTyped(null, null, null, words), ct));
        pages.MapPost(Route + "/decide", DecideAsync).Needs(Right.ApprovePay);
        // Where a refused form was sent to, asked for again.
        pages.MapGet(Route + "/answer", (DisputeDesk desk, long id, CancellationToken ct) => desk.BackAsync(id, ct));
        pages.MapGet(Route + "/decide", (DisputeDesk desk, long id, CancellationToken ct) => desk.BackAsync(id, ct)).Needs(Right.ApprovePay);
    }

    private static async Task<IResult> DecideAsync(
        DisputeDesk desk, long id, [FromForm] string? decision, [FromForm] string? amount, [FromForm] string? words, CancellationToken ct) =>
        await desk.EndAsync(id, await desk.Steps.DecideAsync(desk.Frame.Who, id, () => decision switch
        {
            "accept" => WrittenAmount.Read(amount) ?? throw new PayException("Say how much is paid for it."),
            "refuse" when string.IsNullOrWhiteSpace(amount) => null,
            "refuse" => throw new PayException($"What is not accepted pays nothing, and “{amount.Trim()}” was typed as its amount: leave that empty, or accept the dispute."),
            _ => throw new PayException("Choose whether it is accepted."),
        }, words, ct), new DecisionTyped(decision, amount, words, null), ct);
}

/// <summary>Finds disputes for who is signed in.</summary>
internal sealed record DisputeDesk(PageFrame Frame, NpgsqlDataSource Db, TimeProvider Clock, AccessLog Log, DisputeSteps Steps)
{
    /// <summary>Binds a handler's parameter.</summary>
    public static async ValueTask<DisputeDesk?> BindAsync(HttpContext http) => new(
        (await PageFrame.BindAsync(http))!, http.RequestServices.GetRequiredService<NpgsqlDataSource>(), http.RequestServices.GetRequiredService<TimeProvider>(),
        http.RequestServices.GetRequiredService<AccessLog>(), http.RequestServices.GetRequiredService<DisputeSteps>());

    /// <summary>The dispute's page, after a refusal with what was typed.</summary>
    internal async Task<IResult> ShowAsync(long id, IReadOnlyList<string> problems, DecisionTyped? typed, CancellationToken ct)
    {
        var disputes = new PayDisputes(Db, Clock);
        if (await disputes.FindAsync(Frame.Who.Pay, id, ct) is not { } dispute || await new StatementDesk(Frame, Db, Clock, Log).OfAsync(dispute.Run, dispute.Staff, ct) is not { } statement) return Results.NotFound();
        if (dispute.Staff != Frame.Who.StaffKey) await PayLog.SeenAsync(Log, Frame, FormattableString.Invariant($"dispute {id}, run {dispute.Run}, {dispute.Staff}"), ct);
        var model = new DisputeModel(Frame, dispute, problems)
        {
            Statement = statement,
            Typed = typed ?? new DecisionTyped(null, null, null, null),
            WhyNotDecide = Frame.Who.May(Right.ApprovePay) ? await disputes.WhyNotDecideAsync(dispute, Frame.Actor(), ct) : DisputeWording.Deciders,
        };
        return Screen.Of<DisputePage>(model, problems.Count > 0 ? StatusCodes.Status400BadRequest : StatusCodes.Status200OK);
    }

    internal async Task<IResult> EndAsync(long id, DisputeOutcome outcome, DecisionTyped typed, CancellationToken ct) => outcome switch
    {
        { IsThere: false } => Results.NotFound(),
        { Refused: { } refused } => await ShowAsync(id, [refused], typed, ct),
        _ => Results.LocalRedirect(Frame.Query.Carry(PayPath.Dispute(id))),
    };

    internal async Task<IResult> BackAsync(long id, CancellationToken ct) => Frame.MayReview() && await new PayDisputes(Db, Clock).FindAsync(Frame.Who.Pay, id, ct) is not null
        ? Results.LocalRedirect(Frame.Query.Carry(PayPath.Dispute(id))) : Results.NotFound();
}

/// <summary>What the list of disputes draws.</summary>
public sealed record DisputesModel(PageFrame Frame, IReadOnlyList<PayDispute> Disputes)
{
    /// <summary>Those whose answer came in time or can no longer, and how many of them did.</summary>
    public (int Kept, int Of) Answered => (Disputes.Count(d => d.IsKept(Frame.Now) == true), Disputes.Count(d => d.IsKept(Frame.Now) is not null));
}

/// <summary>What one dispute's page draws.</summary>
public sealed record DisputeModel(PageFrame Frame, PayDispute Dispute, IReadOnlyList<string> Problems)
{
    /// <summary>What it is about, as it was locked.</summary>
    public required StatementModel Statement { get; init; }

    /// <summary>Why the viewer cannot decide it, in a sentence; null when he can.</summary>
    public required string? WhyNotDecide { get; init; }

    /// <summary>What was typed into a form that was refused.</summary>
    public required DecisionTyped Typed { get; init; }

    /// <summary>Why the viewer cannot answer it, in a sentence; null when he can.</summary>
    internal string? WhyNotAnswer => !Frame.MayReview() ? "A manager or who may approve pay answers it." : DisputeRules.WhyNotAnswer(Dispute, Frame.Actor());
}

/// <summary>What was typed on a dispute's page.</summary>
public sealed record DecisionTyped(string? Decision, string? Amount, string? Words, string? Answer);
