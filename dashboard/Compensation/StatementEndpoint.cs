using Followthrough.Analytics.Compensation;
using Followthrough.Dashboard.Access;
using Followthrough.Dashboard.Exports;
using Followthrough.Dashboard.Layout;
using Microsoft.AspNetCore.Mvc;
using Npgsql;

namespace Followthrough.Dashboard.Compensation;

/// <summary>One person's statement: every line to the rows it rests on, on screen and on paper, and the way to object.</summary>
internal static class StatementEndpoint
{
    private const string Route = PayPath.Runs + "/{id:long}/{staff}";

    internal static void MapStatements(this IEndpointRouteBuilder pages)
    {
        pages.MapGet(Route, (StatementDesk desk, long id, string staff, CancellationToken ct) => desk.ShowAsync(id, staff, [], ct));
        pages.MapGet(Route + "/pdf", PrintAsync);
        pages.MapPost(Route + "/disputes", RaiseAsync);
    }

    private static async Task<IResult> PrintAsync(StatementDesk desk, PdfPrinter printer, long id, string staff, CancellationToken ct)
    {
        if (await desk.ReadAsync(id, staff, [], ct) is not { } model) return Results.NotFound();
        await desk.Log.WriteAsync(desk.Frame.Viewer.Name, LoggedAction.Exported, $"{PayLog.Of(model.Found.Run)}, statement of {model.Found.Statement.Staff}, printed", null, null, ct);
        return await printer.PrintAsync<StatementPage>(model, $"statement-{model.Found.Run.Plan}-{model.Found.Run.Period.Label}.pdf", ct);
    }

    private static async Task<IResult> RaiseAsync(
        StatementDesk desk, TimeProvider clock, long id, string staff, [FromForm] string? component, [FromForm] string? expected, [FromForm] string? evidence, CancellationToken ct)
    {
        if (await desk.ReadAsync(id, staff, [], ct) is not { MayDispute: true } model) return Results.NotFound();
        try
        {
            var line = string.IsNullOrEmpty(component) ? null : component;
            var dispute = await new PayDisputes(desk.Db, clock).RaiseAsync(desk.Frame.Who.Pay, model.Found, line, expected ?? "", evidence ?? "", desk.Frame.Actor(), ct);
            await desk.Log.WriteAsync(desk.Frame.Viewer.Name, "pay_dispute_raised", FormattableString.Invariant($"dispute {dispute} of {PayLog.Of(model.Found.Run)}, {model.Found.Statement.Staff}"), null, line, ct);
            return Results.LocalRedirect(desk.Frame.Query.Carry(PayPath.Dispute(dispute)));
        }
        catch (PayException refused)
        {
            return await desk.ShowAsync(id, staff, [refused.Message], ct);
        }
    }
}

/// <summary>Finds statements for who is signed in.</summary>
internal sealed record StatementDesk(PageFrame Frame, NpgsqlDataSource Db, TimeProvider Clock, AccessLog Log)
{
    /// <summary>Binds a handler's parameter.</summary>
    public static async ValueTask<StatementDesk?> BindAsync(HttpContext http) => new(
        (await PageFrame.BindAsync(http))!, http.RequestServices.GetRequiredService<NpgsqlDataSource>(),
        http.RequestServices.GetRequiredService<TimeProvider>(), http.RequestServices.GetRequiredService<AccessLog>());

    internal async Task<IResult> ShowAsync(long run, string key, IReadOnlyList<string> problems, CancellationToken ct)
    {
        if (await ReadAsync(run, key, problems, ct) is not { } model) return Results.NotFound();
        if (model.Found.Statement.Staff != Frame.Who.StaffKey) await PayLog.SeenAsync(Log, Frame, $"{PayLog.Of(model.Found.Run)}, statement of {model.Found.Statement.Staff}", ct);
        return Screen.Of<StatementPage>(model, problems.Count > 0 ? StatusCodes.Status400BadRequest : StatusCodes.Status200OK);
    }

    internal async Task<StatementModel?> ReadAsync(long run, string key, IReadOnlyList<string> problems, CancellationToken ct)
    {
        if (RunEndpoint.StaffOf(key) is not { } staff || await new PayReader(Db).StatementAsync(Frame.Who.Pay, run, staff, ct) is not { } found) return null;
        var versions = await PlanVersion.ReadAsync(Db, Clock, found.Run.Plan, ct);
        return new StatementModel
        {
            Frame = Frame,
            Found = found,
            Plans = versions.Where(v => found.Statement.Segments.Any(s => s.Version == v.Version)).ToDictionary(v => v.Version, StatementPlan.Of),
            Disputes = await new PayDisputes(Db, Clock).AllAsync(Frame.Who.Pay, run, staff, ct),
            Draft = found.Run.State == PayRunState.Locked && Frame.Who.May(Right.PreparePay) ? await DraftAsync(found.Run.Plan, ct) : null,
            Problems = problems,
        };
    }

    private async Task<PayRun?> DraftAsync(string plan, CancellationToken ct) =>
        (await new PayReader(Db).RunsAsync(Frame.Who.Pay, ct)).Select(view => view.Run).FirstOrDefault(run => run.Plan == plan && run.State == PayRunState.Draft);
}
