using Followthrough.Analytics.Compensation;
using Followthrough.Dashboard.Access;
using Followthrough.Dashboard.Layout;
using Microsoft.AspNetCore.Mvc;
using Npgsql;

namespace Followthrough.Dashboard.Compensation;

/// <summary>The list of runs, and the beginning of one.</summary>
internal static class RunsEndpoint
{
    internal static void MapRuns(this IEndpointRouteBuilder pages)
    {
        pages.MapGet(PayPath.Runs, (PageFrame frame, NpgsqlDataSource db, TimeProvider clock, CancellationToken ct) => ShowAsync(frame, db, clock, [], ct));
        pages.MapPost(PayPath.Runs, PrepareAsync).Needs(Right.PreparePay);
    }

    private static async Task<IResult> PrepareAsync(
        PageFrame frame, NpgsqlDataSource db, TimeProvider clock, RunSteps steps, [FromForm] string? what, CancellationToken ct)
    {
        try
        {
            var (plan, period) = what?.Split(' ') is [var p, var label] ? (p, label) : throw new PayException("Choose a plan and a period.");
            var run = await steps.PrepareAsync(frame.Who, plan, period, ct);
            return Results.LocalRedirect(frame.Query.Carry(PayPath.Run(run)));
        }
        catch (PayException refused)
        {
            return await ShowAsync(frame, db, clock, [refused.Message], ct);
        }
    }

    private static async Task<IResult> ShowAsync(PageFrame frame, NpgsqlDataSource db, TimeProvider clock, IReadOnlyList<string> problems, CancellationToken ct)
    {
        if (!frame.Who.Pay.SeesOthers) return Results.NotFound();
        var runs = await new PayReader(db).RunsAsync(frame.Who.Pay, ct);
        var offered = frame.Who.May(Right.PreparePay) ? await OfferedRun.ReadAsync(frame, new PayPlanStore(db, clock), runs, ct) : [];
        return Screen.Of<RunsPage>(new RunsModel(frame, runs, offered, offered.Count == 0 ? null : RunParts.LeftWithout(frame.Actor(), await PayUsers.WithAsync(db, Right.ApprovePay, ct)), problems), problems.Count > 0 ? StatusCodes.Status400BadRequest : StatusCodes.Status200OK);
    }
}

/// <summary>What the list of runs draws.</summary>
/// <param name="Frame">The page it stands on.</param>
/// <param name="Runs">Those the viewer may see anything of.</param>
/// <param name="Offered">What can be drafted by the viewer.</param>
/// <param name="Left">Who could approve a draft of his, in a sentence; null where he makes none.</param>
/// <param name="Problems">Why what was asked was not done.</param>
public sealed record RunsModel(PageFrame Frame, IReadOnlyList<PayRunView> Runs, IReadOnlyList<OfferedRun> Offered, string? Left, IReadOnlyList<string> Problems);
