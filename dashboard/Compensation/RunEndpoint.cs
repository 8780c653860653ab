using System.Globalization;
using Followthrough.Analytics.Compensation;
using Followthrough.Analytics.Targets;
using Followthrough.Dashboard.Access;
using Followthrough.Dashboard.Commitments;
using Followthrough.Dashboard.Layout;
using Microsoft.AspNetCore.Mvc;
using Npgsql;

namespace Followthrough.Dashboard.Compensation;

/// <summary>One run: who is paid what and why not, and each step to its lock. Whatever is refused is said on the page.</summary>
internal static class RunEndpoint
{
    private const string Route = PayPath.Runs + "/{id:long}";

    internal static void MapRun(this IEndpointRouteBuilder pages)
    {
        pages.MapGet(Route, (RunDesk desk, long id, CancellationToken ct) => desk.ShowAsync(id, [], ct));
        foreach (var step in RunStep.All)
        {
            var post = pages.MapPost($"{Route}/{step.Name}", (RunAct act, long id, [FromForm] string? words, [FromForm] string? total, CancellationToken ct) => act.DoAsync(id, step, words, total, ct));
            if (step.Needs is { } right) post.Needs(right);
        }
        pages.MapPost(Route + "/release", ReleaseAsync).Needs(Right.PreparePay);
        pages.MapPayrollFiles();
    }

    private static Task<IResult> ReleaseAsync(
        RunAct act, long id, [FromForm] string? staff, [FromForm] string? of, [FromForm] string? component, [FromForm] string? amount, [FromForm] string? words, CancellationToken ct) =>
        act.DoAsync(
            id, new RunStep("release", "held line released", Right.PreparePay, (asked, stop) => asked.Runs.ReleaseAsync(id, staff ?? "", Number(of), component ?? "", WrittenAmount.Read(amount), asked.Words, asked.By, stop)),
            words, null, ct);

    private static long Number(string? text) => long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : 0;

    internal static string? StaffOf(string key) => CommitmentPath.Decode(key);
}

/// <summary>Finds runs for who is signed in.</summary>
internal sealed record RunDesk(PageFrame Frame, RunFilter Filter, NpgsqlDataSource Db, TimeProvider Clock, AccessLog Log)
{
    /// <summary>Binds a handler's parameter.</summary>
    public static async ValueTask<RunDesk?> BindAsync(HttpContext http)
    {
        var (filter, frame) = RunFilter.Read((await PageFrame.BindAsync(http))!, http.Request.Query);
        var services = http.RequestServices;
        return new RunDesk(frame, filter, services.GetRequiredService<NpgsqlDataSource>(), services.GetRequiredService<TimeProvider>(), services.GetRequiredService<AccessLog>());
    }

    internal async Task<IResult> ShowAsync(long id, IReadOnlyList<string> problems, CancellationToken ct)
    {
        if (Frame.Problems.Count > 0) return Screen.Of<BadAddressPage>(Frame, StatusCodes.Status400BadRequest);
        var reader = new PayReader(Db);
        // Who sees nobody's pay but his own has his statement, and no list with one line.
        if (!Frame.Who.Pay.SeesOthers || await reader.RunAsync(Frame.Who.Pay, id, ct) is not { } view) return Results.NotFound();
        var (run, parts) = (view.Run, await RunParts.ReadAsync(Frame, Db, view, ct));
        var statements = await reader.StatementsAsync(Frame.Who.Pay, id, null, ct);
        var model = new RunModel
        {
            Frame = Frame,
            Run = view,
            Statements = statements,
            Steps = await reader.StepsAsync(id, ct),
            Obstacle = Frame.Who.May(Right.ApprovePay) && run.State == PayRunState.Review ? await reader.ObstacleAsync(run, Frame.Actor(), ct) : null,
            Parts = parts,
            // What an abandoned run held is judged by the one that took its place.
            Held = run.State == PayRunState.Abandoned ? null : await HeldModel.ReadAsync(Frame, Db, Clock, run, earlier: false, parts.IsLast, ct),
            StillHeld = run.State == PayRunState.Abandoned ? null : await HeldModel.ReadAsync(Frame, Db, Clock, run, earlier: true, parts.IsLast, ct),
            Knowledge = RunKnowledge.InWords(run, Frame.Editions.All, Frame.Zone),
            Targets = await TargetsAsync(run, statements, ct),
            Filter = Filter,
            Problems = problems,
        };
        await PayLog.SeenAsync(Log, Frame, $"{PayLog.Of(run)}, {statements.Count} statements", ct);
        return Screen.Of<RunPage>(model, problems.Count > 0 ? StatusCodes.Status400BadRequest : StatusCodes.Status200OK);
    }

    private async Task<IReadOnlyList<string>> TargetsAsync(PayRun run, IReadOnlyList<StatementView> statements, CancellationToken ct)
    {
        var versions = await PlanVersion.ReadAsync(Db, Clock, run.Plan, ct);
        var book = await TargetStore.BookAsync(Db, run.AsOf, ct);
        return RunTargets.InWords(versions.Where(v => run.Versions.Contains(v.Version)).Select(v => v.Plan), book, run.Period, [.. statements.Select(s => s.Staff)]);
    }
}

/// <summary>Does something to a run for who is signed in, and says on its page why not.</summary>
internal sealed record RunAct(RunDesk Desk, RunSteps Steps)
{
    /// <summary>Binds a handler's parameter.</summary>
    public static async ValueTask<RunAct?> BindAsync(HttpContext http) => new((await RunDesk.BindAsync(http))!, http.RequestServices.GetRequiredService<RunSteps>());

    /// <param name="run">The run.</param>
    /// <param name="step">What to do to it.</param>
    /// <param name="words">Why.</param>
    /// <param name="total">What the page said that it pays, where it is approved.</param>
    /// <param name="ct">Stops it.</param>
    internal async Task<IResult> DoAsync(long run, RunStep step, string? words, string? total, CancellationToken ct)
    {
        try
        {
            return await Steps.TakeAsync(step, Desk.Frame.Who, run, words, WrittenAmount.Read(total), ct) switch
            {
                { IsThere: false } => Results.NotFound(),
                { Refused: { } refused } => await Desk.ShowAsync(run, [refused], ct),
                _ => Results.LocalRedirect(Desk.Frame.Query.Carry(PayPath.Run(run))),
            };
        }
        catch (PayException unreadable)
        {
            return await Desk.ShowAsync(run, [unreadable.Message], ct);
        }
    }
}
