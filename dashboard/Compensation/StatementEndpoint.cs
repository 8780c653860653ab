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
        pages.MapGet(Route, (StatementDesk desk, long id, string staff, string? line, CancellationToken ct) => desk.ShowAsync(id, staff, null, line is null ? null : new DisputeWords(line, null, null), ct));
        pages.MapGet(Route + "/pdf", PrintAsync);
        // Where a refused form was sent to, asked for again.
        pages.MapGet(Route + "/disputes", BackAsync);
        pages.MapPost(Route + "/disputes", RaiseAsync);
    }

    private static async Task<IResult> PrintAsync(StatementDesk desk, PdfPrinter printer, long id, string staff, CancellationToken ct)
    {
        if (await desk.ReadAsync(id, staff, ct) is not { } model) return Results.NotFound();
        await desk.Log.WriteAsync(desk.Frame.Viewer.Name, LoggedAction.Exported, $"{PayLog.Of(model.Found.Run)}, statement of {model.Found.Statement.Staff}, printed", null, null, ct);
        return await printer.PrintAsync<StatementPage>(model, PayPath.FileOf(model.Found), ct);
    }

    private static async Task<IResult> RaiseAsync(
        StatementDesk desk, DisputeSteps steps, long id, string staff, [FromForm] string? component, [FromForm] string? expected, [FromForm] string? evidence, CancellationToken ct)
    {
        var words = new DisputeWords(component, expected, evidence);
        if (RunEndpoint.StaffOf(staff) is not { } key) return Results.NotFound();
        return await steps.RaiseAsync(desk.Frame.Who, id, key, words, ct) switch
        {
            { IsThere: false } => Results.NotFound(),
            { Refused: { } refused } => await desk.ShowAsync(id, staff, refused, words, ct),
            var raised => Results.LocalRedirect(desk.Frame.Query.Carry(PayPath.Dispute(raised.Dispute))),
        };
    }

    private static async Task<IResult> BackAsync(StatementDesk desk, long id, string staff, CancellationToken ct) =>
        RunEndpoint.StaffOf(staff) is { } key && (await new PayReader(desk.Db).StatementsAsync(desk.Frame.Who.Pay with { All = false }, id, key, ct)).Count > 0
            ? Results.LocalRedirect(desk.Frame.Query.Carry(PayPath.Statement(id, key))) : Results.NotFound();
}

/// <summary>Finds statements for who is signed in.</summary>
internal sealed record StatementDesk(PageFrame Frame, NpgsqlDataSource Db, TimeProvider Clock, AccessLog Log)
{
    /// <summary>Binds a handler's parameter.</summary>
    public static async ValueTask<StatementDesk?> BindAsync(HttpContext http) => new(
        (await PageFrame.BindAsync(http))!, http.RequestServices.GetRequiredService<NpgsqlDataSource>(),
        http.RequestServices.GetRequiredService<TimeProvider>(), http.RequestServices.GetRequiredService<AccessLog>());

    /// <summary>The statement's page, after a refusal with what was typed.</summary>
    internal async Task<IResult> ShowAsync(long run, string key, string? refused, DisputeWords? typed, CancellationToken ct)
    {
        if (await ReadAsync(run, key, ct) is not { } model) return Results.NotFound();
        if (model.Found.Statement.Staff != Frame.Who.StaffKey) await PayLog.SeenAsync(Log, Frame, $"{PayLog.Of(model.Found.Run)}, statement of {model.Found.Statement.Staff}", ct);
        return Screen.Of<StatementPage>(
            model with { Problems = refused is null ? [] : [refused], Typed = typed ?? model.Typed },
            refused is null ? StatusCodes.Status200OK : StatusCodes.Status400BadRequest);
    }

    internal async Task<StatementModel?> ReadAsync(long run, string key, CancellationToken ct) => RunEndpoint.StaffOf(key) is { } staff ? await OfAsync(run, staff, ct) : null;

    /// <summary>Null where there is none that the viewer may see.</summary>
    internal async Task<StatementModel?> OfAsync(long run, string staff, CancellationToken ct)
    {
        if (await new PayReader(Db).StatementAsync(Frame.Who.Pay, run, staff, ct) is not { } found) return null;
        var versions = await PlanVersion.ReadAsync(Db, Clock, found.Run.Plan, ct);
        var disputes = new PayDisputes(Db, Clock);
        return new StatementModel
        {
            Frame = Frame,
            Found = found,
            Plans = versions.Where(v => found.Statement.Segments.Any(s => s.Version == v.Version)).ToDictionary(v => v.Version, StatementPlan.Of),
            Teams = await TeamsAsync(found.Statement, ct),
            Disputes = await disputes.AllAsync(Frame.Who.Pay, run, staff, ct),
            WhyNotDispute = await disputes.WhyNotRaiseAsync(Frame.Who.Pay, found, ct),
            Draft = found.Run.State == PayRunState.Locked && Frame.Who.May(Right.PreparePay) ? await DraftAsync(found.Run.Plan, ct) : null,
            Held = found.Run.State == PayRunState.Locked ? await new PayHeld(Db).OfStatementAsync(Frame.Who.Pay, run, staff, ct) : [],
            Deciders = [.. (await PayUsers.WithAsync(Db, Right.PreparePay, ct)).Where(u => u.Staff != staff).Select(u => u.Name)],
            Problems = [],
        };
    }

    private async Task<IReadOnlyDictionary<string, string>> TeamsAsync(PayStatement statement, CancellationToken ct)
    {
        await using var command = Db.CreateCommand("select source_key, name from team where source_key = any ($1)");
        command.Parameters.AddWithValue(statement.Segments.SelectMany(s => s.Inputs).Where(i => i is { For: MeasuredFor.Team, Key: not null }).Select(i => i.Key!).Distinct().ToArray());
        await using var row = await command.ExecuteReaderAsync(ct);
        var names = new Dictionary<string, string>();
        while (await row.ReadAsync(ct)) names[row.GetString(0)] = await row.IsDBNullAsync(1, ct) ? row.GetString(0) : row.GetString(1);
        return names;
    }

    private async Task<PayRun?> DraftAsync(string plan, CancellationToken ct) =>
        (await new PayReader(Db).RunsAsync(Frame.Who.Pay, ct)).Select(view => view.Run).FirstOrDefault(run => run.Plan == plan && run.State == PayRunState.Draft);
}
