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
        pages.MapPost(Route + "/recalculate", (RunAct act, long id, [FromForm] string? words, CancellationToken ct) => act.DoAsync(id, "recalculated", (runs, by) => runs.RecalculateAsync(id, by, ct), words, ct)).Needs(Right.PreparePay);
        pages.MapPost(Route + "/send", (RunAct act, long id, [FromForm] string? words, CancellationToken ct) => act.DoAsync(id, "sent to review", (runs, by) => runs.SendAsync(id, by, ct), words, ct)).Needs(Right.PreparePay);
        pages.MapPost(Route + "/abandon", (RunAct act, long id, [FromForm] string? words, CancellationToken ct) => act.DoAsync(id, "abandoned", (runs, by) => runs.AbandonAsync(id, by, words ?? "", ct), words, ct)).Needs(Right.PreparePay);
        pages.MapPost(Route + "/review", (RunAct act, long id, [FromForm] string? words, CancellationToken ct) => act.ReviewAsync(id, "reviewed", (runs, by) => runs.ReviewAsync(id, by, act.Frame.Who.Pay, ct), words, ct));
        pages.MapPost(Route + "/send-back", (RunAct act, long id, [FromForm] string? words, CancellationToken ct) => act.ReviewAsync(id, "sent back", (runs, by) => runs.SendBackAsync(id, by, words ?? "", ct), words, ct));
        pages.MapPost(Route + "/approve", (RunAct act, long id, [FromForm] string? words, CancellationToken ct) => act.DoAsync(id, "approved", (runs, by) => runs.ApproveAsync(id, by, ct), words, ct)).Needs(Right.ApprovePay);
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
            new RunModel(frame, run, statements, await reader.StepsAsync(id, ct), obstacle, problems),
            problems.Count > 0 ? StatusCodes.Status400BadRequest : StatusCodes.Status200OK);
    }

    private static Task<IResult> ReleaseAsync(
        RunAct act, long id, [FromForm] string? staff, [FromForm] string? of, [FromForm] string? component, [FromForm] string? amount, [FromForm] string? words, CancellationToken ct) =>
        act.DoAsync(id, "held line released", (runs, by) => runs.ReleaseAsync(id, staff ?? "", Number(of), component ?? "", Amount(amount), words ?? "", by, ct), words, ct);

    private static long Number(string? text) => long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : 0;

    /// <summary>An amount as people write it into a field; null for none.</summary>
    internal static decimal? Amount(string? text) => string.IsNullOrWhiteSpace(text) ? null
        : decimal.TryParse(text.Trim(), NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var amount) ? amount
        : throw new PayException($"“{text.Trim()}” is no amount; expected for example 250.00.");

    internal static string? StaffOf(string key) => CommitmentPath.Decode(key);
}

/// <summary>Does something to a run for who is signed in, and says on its page why not.</summary>
internal sealed record RunAct(PageFrame Frame, NpgsqlDataSource Db, TimeProvider Clock, AccessLog Log)
{
    /// <summary>Binds a handler's parameter.</summary>
    public static async ValueTask<RunAct?> BindAsync(HttpContext http) => new(
        (await PageFrame.BindAsync(http))!, http.RequestServices.GetRequiredService<NpgsqlDataSource>(),
        http.RequestServices.GetRequiredService<TimeProvider>(), http.RequestServices.GetRequiredService<AccessLog>());

    /// <summary>The same for managers and who may approve; whoever only looks on changes nothing.</summary>
    internal Task<IResult> ReviewAsync(long run, string step, Func<PayRuns, PayActor, Task> act, string? words, CancellationToken ct) =>
        Frame.MayReview() ? DoAsync(run, step, act, words, ct) : Task.FromResult(Results.NotFound());

    internal async Task<IResult> DoAsync(long run, string step, Func<PayRuns, PayActor, Task> act, string? words, CancellationToken ct)
    {
        if (!Frame.Who.Pay.SeesOthers || await new PayReader(Db).RunAsync(Frame.Who.Pay, run, ct) is not { } before) return Results.NotFound();
        try
        {
            await act(new PayRuns(Db, Clock), Frame.Actor());
        }
        catch (PayException refused)
        {
            return await RunEndpoint.ShowAsync(Frame, Db, Log, run, [refused.Message], ct);
        }
        await Log.WriteAsync(Frame.Viewer.Name, "pay_run_changed", PayLog.Of(before.Run), PayWording.State(before.Run.State), string.IsNullOrWhiteSpace(words) ? step : $"{step}: {words.Trim()}", ct);
        return Results.LocalRedirect(Frame.Query.Carry(PayPath.Run(run)));
    }
}

/// <summary>What one run's page draws.</summary>
public sealed record RunModel(
    PageFrame Frame, PayRunView Run, IReadOnlyList<StatementView> Statements, IReadOnlyList<PayStep> Steps, string? Obstacle, IReadOnlyList<string> Problems);
