using System.Globalization;
using Followthrough.Analytics.Compensation;
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
        pages.MapGet(Route, (PageFrame frame, NpgsqlDataSource db, AccessLog log, long id, CancellationToken ct) => ShowAsync(frame, db, log, id, [], ct));
        foreach (var step in RunStep.All)
        {
            var post = pages.MapPost($"{Route}/{step.Name}", (RunAct act, long id, [FromForm] string? words, CancellationToken ct) => act.DoAsync(id, step, words, ct));
            if (step.Needs is { } right) post.Needs(right);
        }
        pages.MapPost(Route + "/release", ReleaseAsync).Needs(Right.PreparePay);
        pages.MapPayrollFiles();
    }

    internal static async Task<IResult> ShowAsync(PageFrame frame, NpgsqlDataSource db, AccessLog log, long id, IReadOnlyList<string> problems, CancellationToken ct)
    {
        var reader = new PayReader(db);
        // Who sees nobody's pay but his own has his statement, and no list with one line.
        if (!frame.Who.Pay.SeesOthers || await reader.RunAsync(frame.Who.Pay, id, ct) is not { } run) return Results.NotFound();
        var statements = await reader.StatementsAsync(frame.Who.Pay, id, null, ct);
        await PayLog.SeenAsync(log, frame, $"{PayLog.Of(run.Run)}, {statements.Count} statements", ct);
        var obstacle = frame.Who.May(Right.ApprovePay) && run.Run.State == PayRunState.Review ? await reader.ObstacleAsync(run.Run, frame.Actor(), ct) : null;
        return Screen.Of<RunPage>(
            new RunModel(frame, run, statements, await reader.StepsAsync(id, ct), obstacle, await WaitsAsync(frame, db, run.Run, ct), problems),
            problems.Count > 0 ? StatusCodes.Status400BadRequest : StatusCodes.Status200OK);
    }

    // Who is paid by the plan is said to who sees all pay only.
    private static async Task<IReadOnlyList<string>> WaitsAsync(PageFrame frame, NpgsqlDataSource db, PayRun run, CancellationToken ct) => !run.IsOpen ? []
        : frame.Who.Pay.All ? await RunApprovers.InWordsAsync(db, run, ct)
        : ["Then somebody approves it who neither prepared nor reviewed it and whom the plan does not pay."];

    private static Task<IResult> ReleaseAsync(
        RunAct act, long id, [FromForm] string? staff, [FromForm] string? of, [FromForm] string? component, [FromForm] string? amount, [FromForm] string? words, CancellationToken ct) =>
        act.DoAsync(
            id, new RunStep("release", "held line released", Right.PreparePay, (asked, stop) => asked.Runs.ReleaseAsync(id, staff ?? "", Number(of), component ?? "", Amount(amount), asked.Words, asked.By, stop)),
            words, ct);

    private static long Number(string? text) => long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : 0;

    /// <summary>An amount as people write it into a field; null for none.</summary>
    internal static decimal? Amount(string? text) => string.IsNullOrWhiteSpace(text) ? null
        : decimal.TryParse(text.Trim(), NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var amount) ? amount
        : throw new PayException($"“{text.Trim()}” is no amount; expected for example 250.00.");

    internal static string? StaffOf(string key) => CommitmentPath.Decode(key);
}

/// <summary>Does something to a run for who is signed in, and says on its page why not.</summary>
internal sealed record RunAct(PageFrame Frame, NpgsqlDataSource Db, AccessLog Log, RunSteps Steps)
{
    /// <summary>Binds a handler's parameter.</summary>
    public static async ValueTask<RunAct?> BindAsync(HttpContext http) => new(
        (await PageFrame.BindAsync(http))!, http.RequestServices.GetRequiredService<NpgsqlDataSource>(),
        http.RequestServices.GetRequiredService<AccessLog>(), http.RequestServices.GetRequiredService<RunSteps>());

    internal async Task<IResult> DoAsync(long run, RunStep step, string? words, CancellationToken ct) => await Steps.TakeAsync(step, Frame.Who, run, words, ct) switch
    {
        { IsThere: false } => Results.NotFound(),
        { Refused: { } refused } => await RunEndpoint.ShowAsync(Frame, Db, Log, run, [refused], ct),
        _ => Results.LocalRedirect(Frame.Query.Carry(PayPath.Run(run))),
    };
}

/// <summary>What one run's page draws.</summary>
/// <param name="Frame">The page it stands on.</param>
/// <param name="Run">The run, with the sums over the statements.</param>
/// <param name="Statements">Those the viewer may see.</param>
/// <param name="Steps">What was done to it.</param>
/// <param name="Obstacle">What stands in the way of the viewer's own approval; null for nothing, and for who may not approve.</param>
/// <param name="Waits">What an open run's approval waits for, in sentences.</param>
/// <param name="Problems">Why what was asked was not done.</param>
public sealed record RunModel(
    PageFrame Frame, PayRunView Run, IReadOnlyList<StatementView> Statements, IReadOnlyList<PayStep> Steps, string? Obstacle, IReadOnlyList<string> Waits, IReadOnlyList<string> Problems);
