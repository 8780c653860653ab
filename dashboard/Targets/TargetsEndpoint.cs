using System.Globalization;
using Followthrough.Analytics.Metrics;
using Followthrough.Analytics.Targets;
using Followthrough.Dashboard.Access;
using Followthrough.Dashboard.Admin;
using Followthrough.Dashboard.Data;
using Followthrough.Dashboard.Layout;
using Npgsql;

namespace Followthrough.Dashboard.Targets;

/// <summary>What is aimed at: listed, set, changed, ended, and brought in and out as a file.</summary>
internal static class TargetsEndpoint
{
    internal const string Path = AdminEndpoint.Path + "/targets";
    internal const string New = Path + "/new";
    internal const string People = Path + "/people";
    internal const string Import = Path + "/import";
    internal const string Csv = Path + ".csv";

    internal static string Of(long id) => FormattableString.Invariant($"{Path}/{id}");

    internal static (string Name, string Address)[] Trail(PageFrame frame) => [("Admin", frame.Query.Carry(AdminEndpoint.Path)), ("Targets", frame.Query.Carry(Path))];

    internal static void MapTargets(this IEndpointRouteBuilder pages)
    {
        var targets = pages.MapGroup("").Needs(Right.Targets);
        targets.MapGet(Path, ListAsync);
        targets.MapTargetFiles();
        targets.MapGet(People, async (NpgsqlDataSource db, string? person, CancellationToken ct) =>
            Screen.Of<PeopleOptions>(string.IsNullOrWhiteSpace(person) ? [] : await FactChoice.PeopleAsync(db, person.Trim(), ct)));
        targets.MapGet(New, (PageFrame frame, NpgsqlDataSource db, string? metric, CancellationToken ct) =>
            FormAsync(frame, db, new TargetText { Metric = metric ?? "", Team = frame.Query.Team ?? "", Person = frame.Query.Person ?? "", From = Day(FirstOfQuarter(frame)) }, [], ct));
        targets.MapPost(New, SetAsync);
        targets.MapGet(Path + "/{id:long}", (PageFrame frame, NpgsqlDataSource db, long id, CancellationToken ct) => OneAsync(frame, db, id, null, [], ct));
        targets.MapPost(Path + "/{id:long}", ChangeAsync);
        targets.MapPost(Path + "/{id:long}/end", EndAsync);
    }

    private static Task<IResult> ListAsync(PageFrame frame, NpgsqlDataSource db, string? metric, string? whose, string? on, bool? history, string? said, CancellationToken ct) =>
        PageAsync(frame, db, TargetSearch.Read(metric, whose, on, history), said is null ? [] : [TargetWords.Said(said)], [], ct);

    internal static async Task<IResult> PageAsync(
        PageFrame frame, NpgsqlDataSource db, TargetSearch search, IReadOnlyList<string> said, IReadOnlyList<string> problems, CancellationToken ct) =>
        Screen.Of<TargetsPage>(new TargetsModel
        {
            Frame = frame,
            Search = search,
            List = await TargetList.ReadAsync(db, search.Filter, DataEndpoint.Offset(frame), DataEndpoint.OnPage, ct),
            Teams = await FactChoice.TeamsAsync(db, ct),
            Said = said,
            Problems = problems,
        }, problems.Count == 0 ? StatusCodes.Status200OK : StatusCodes.Status400BadRequest);

    private static async Task<IResult> SetAsync(PageFrame frame, NpgsqlDataSource db, TargetDesk desk, IFormCollection given, CancellationToken ct)
    {
        var text = TargetForm.Read(given);
        var named = await PersonAsync(db, text, ct);
        var problems = named is null ? ["person: expected the key or the name of exactly one person."] : (await desk.SetAsync(frame.Viewer.Name, named, ct)).Problems;
        return problems.Count > 0 ? await FormAsync(frame, db, text, problems, ct) : Results.LocalRedirect(frame.Query.Carry(Path, ("metric", text.Metric), ("said", "set")));
    }

    private static async Task<IResult> ChangeAsync(PageFrame frame, NpgsqlDataSource db, TargetDesk desk, long id, IFormCollection given, CancellationToken ct)
    {
        if (await FindAsync(db, id, ct) is not { } before) return Results.NotFound();
        // Of whom and of what it is stays; whoever wants another one sets another one.
        var text = TargetForm.Read(given) with { Metric = before.Metric, Team = before.Scope.Team ?? "", Person = before.Scope.Staff ?? "" };
        var problems = (await desk.SetAsync(frame.Viewer.Name, text, ct)).Problems;
        return problems.Count > 0 ? await OneAsync(frame, db, id, text, problems, ct) : Results.LocalRedirect(frame.Query.Carry(Path, ("metric", before.Metric), ("said", "changed")));
    }

    private static async Task<IResult> EndAsync(PageFrame frame, NpgsqlDataSource db, TargetDesk desk, long id, IFormCollection given, CancellationToken ct)
    {
        if (await FindAsync(db, id, ct) is not { } before) return Results.NotFound();
        var problem = await desk.EndAsync(frame.Viewer.Name, before, given["last"].ToString().Trim(), ct);
        return problem is not null ? await OneAsync(frame, db, id, null, [problem], ct) : Results.LocalRedirect(frame.Query.Carry(Path, ("metric", before.Metric), ("said", "ended")));
    }

    private static async Task<IResult> FormAsync(PageFrame frame, NpgsqlDataSource db, TargetText text, IReadOnlyList<string> problems, CancellationToken ct) =>
        Screen.Of<NewTargetPage>(new NewTargetModel(frame, text, await FactChoice.TeamsAsync(db, ct), problems), problems.Count == 0 ? StatusCodes.Status200OK : StatusCodes.Status400BadRequest);

    private static async Task<IResult> OneAsync(PageFrame frame, NpgsqlDataSource db, long id, TargetText? text, IReadOnlyList<string> problems, CancellationToken ct)
    {
        if (await FindAsync(db, id, ct) is not { } target) return Results.NotFound();
        var filter = new TargetFilter { Metric = target.Metric, Team = target.Scope.Team, Staff = target.Scope.Staff, OnlyCompany = target.Scope == TargetScope.Company, WithReplaced = true };
        return Screen.Of<TargetPage>(new TargetModel(
            frame, target, text ?? TargetText.Of(target) with { From = Day(FirstOfQuarter(frame)) }, await TargetList.ReadAsync(db, filter, 0, null, ct), problems),
            problems.Count == 0 ? StatusCodes.Status200OK : StatusCodes.Status400BadRequest);
    }

    private static async Task<MetricTarget?> FindAsync(NpgsqlDataSource db, long id, CancellationToken ct)
    {
        await using var connection = await db.OpenConnectionAsync(ct);
        return await TargetStore.FindAsync(connection, id, ct);
    }

    // A name is taken for its key where only one person has it.
    private static async Task<TargetText?> PersonAsync(NpgsqlDataSource db, TargetText text, CancellationToken ct)
    {
        if (text.Person.Length == 0) return text;
        var people = await FactChoice.PersonAsync(db, text.Person, ct);
        return people.Count == 1 || (people.Count > 1 && people[0].Key == text.Person) ? text with { Person = people[0].Key } : null;
    }

    private static DateOnly FirstOfQuarter(PageFrame frame) =>
        (frame.Company.Fiscal.Kind == FiscalKind.Calendar ? Period.QuarterOf(frame.Today) : frame.Company.Fiscal.QuarterOf(frame.Today)).Start;

    private static string Day(DateOnly day) => day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
}
