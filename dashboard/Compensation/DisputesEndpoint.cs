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
        pages.MapGet(Route, (PageFrame frame, NpgsqlDataSource db, TimeProvider clock, AccessLog log, long id, CancellationToken ct) => ShowAsync(frame, db, clock, log, id, [], ct));
        pages.MapPost(Route + "/answer", (PageFrame frame, NpgsqlDataSource db, TimeProvider clock, AccessLog log, long id, [FromForm] string? words, CancellationToken ct) =>
            DoAsync(frame, db, clock, log, id, "answered", (disputes, dispute) => disputes.AnswerAsync(dispute, words ?? "", frame.Actor(), ct), ct));
        pages.MapPost(Route + "/decide", DecideAsync).Needs(Right.ApprovePay);
    }

    private static Task<IResult> DecideAsync(
        PageFrame frame, NpgsqlDataSource db, TimeProvider clock, AccessLog log, long id,
        [FromForm] string? decision, [FromForm] string? amount, [FromForm] string? words, CancellationToken ct) =>
        DoAsync(frame, db, clock, log, id, decision == "accept" ? "accepted" : "not accepted", (disputes, dispute) => decision switch
        {
            "accept" => disputes.DecideAsync(dispute, RunEndpoint.Amount(amount) ?? throw new PayException("Say how much is paid for it."), words ?? "", frame.Actor(), ct),
            "refuse" => disputes.DecideAsync(dispute, null, words ?? "", frame.Actor(), ct),
            _ => throw new PayException("Choose whether it is accepted."),
        }, ct);

    private static async Task<IResult> DoAsync(
        PageFrame frame, NpgsqlDataSource db, TimeProvider clock, AccessLog log, long id, string what, Func<PayDisputes, PayDispute, Task> act, CancellationToken ct)
    {
        var disputes = new PayDisputes(db, clock);
        if (!frame.MayReview() || await disputes.FindAsync(frame.Who.Pay, id, ct) is not { } dispute) return Results.NotFound();
        try
        {
            await act(disputes, dispute);
        }
        catch (PayException refused)
        {
            return await ShowAsync(frame, db, clock, log, id, [refused.Message], ct);
        }
        await log.WriteAsync(frame.Viewer.Name, "pay_dispute_changed", FormattableString.Invariant($"dispute {id}, run {dispute.Run}, {dispute.Staff}"), null, what, ct);
        return Results.LocalRedirect(frame.Query.Carry(PayPath.Dispute(id)));
    }

    private static async Task<IResult> ShowAsync(
        PageFrame frame, NpgsqlDataSource db, TimeProvider clock, AccessLog log, long id, IReadOnlyList<string> problems, CancellationToken ct)
    {
        if (await new PayDisputes(db, clock).FindAsync(frame.Who.Pay, id, ct) is not { } dispute) return Results.NotFound();
        if (dispute.Staff != frame.Who.StaffKey) await PayLog.SeenAsync(log, frame, FormattableString.Invariant($"dispute {id}, run {dispute.Run}, {dispute.Staff}"), ct);
        return Screen.Of<DisputePage>(new DisputeModel(frame, dispute, problems), problems.Count > 0 ? StatusCodes.Status400BadRequest : StatusCodes.Status200OK);
    }
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
    /// <summary>Whether the viewer is party to it, and so neither answers nor decides.</summary>
    public bool IsParty => Dispute.Staff == Frame.Who.StaffKey || Dispute.RaisedBy.Is(Frame.Actor());

    /// <summary>How it stands, in a word or two.</summary>
    public static string Stands(PayDispute dispute) => dispute switch
    {
        { Accepted: true } => "accepted",
        { Accepted: false } => "not accepted",
        { AnsweredAt: not null } => "answered",
        _ => "open",
    };
}
