using System.Globalization;
using Followthrough.Analytics.Metrics;
using Followthrough.Analytics.Scorecards;
using Followthrough.Dashboard.Access;
using Followthrough.Dashboard.Admin;
using Followthrough.Dashboard.Layout;
using Followthrough.Dashboard.People;
using Npgsql;

namespace Followthrough.Dashboard.Scorecards;

/// <summary>What people and teams are judged by together: made, changed and ended by executives and administrators, each change a version.</summary>
internal static class ScorecardsEndpoint
{
    internal const string Path = "/scorecards";
    internal const string New = Path + "/new";

    internal static string Of(string id) => $"{Path}/{id}";

    internal static (string Name, string Address)[] Trail(PageFrame frame) => [("People", frame.Query.Carry(PersonPath.List)), ("Scorecards", frame.Query.Carry(Path))];

    internal static void MapScorecards(this IEndpointRouteBuilder pages)
    {
        pages.MapScoreFiles();
        var scorecards = pages.MapGroup("").Needs(Right.Targets);
        scorecards.MapGet(Path, async (PageFrame frame, NpgsqlDataSource db, string? said, CancellationToken ct) =>
            Screen.Of<ScorecardsPage>(new ScorecardsModel(frame, await ScorecardStore.ReadAsync(db, null, ct), await FactChoice.TeamsAsync(db, ct), said == "saved")));
        scorecards.MapGet(New, (PageFrame frame, NpgsqlDataSource db, bool? start, CancellationToken ct) =>
            FormAsync(frame, db, null, start == true ? ScorecardForm.Start(FirstOfQuarter(frame)) : ScorecardForm.Empty(FirstOfQuarter(frame)), [], ct));
        scorecards.MapPost(New, (PageFrame frame, NpgsqlDataSource db, AccessLog log, IFormCollection given, CancellationToken ct) => SaveAsync(frame, db, log, null, ScorecardForm.Read(given), ct));
        scorecards.MapGet(Path + "/{id}", (PageFrame frame, NpgsqlDataSource db, string id, CancellationToken ct) => FormAsync(frame, db, id, null, [], ct));
        scorecards.MapPost(Path + "/{id}", (PageFrame frame, NpgsqlDataSource db, AccessLog log, string id, IFormCollection given, CancellationToken ct) =>
            SaveAsync(frame, db, log, id, ScorecardForm.Read(given), ct));
    }

    private static async Task<IResult> SaveAsync(PageFrame frame, NpgsqlDataSource db, AccessLog log, string? id, ScorecardForm form, CancellationToken ct)
    {
        var before = id is not null && (await ScorecardStore.ReadAsync(db, null, ct)).Versions(id) is [var latest, ..] ? latest : null;
        if (id is not null && before is null) return Results.NotFound();
        var problems = new List<string>();
        if (form.TryRead(id ?? Guid.CreateVersion7(frame.Now).ToString("N"), frame.Viewer.Name, frame.Now, await FactChoice.TeamsAsync(db, ct), problems) is not { } scorecard)
            return await FormAsync(frame, db, id, form, problems, ct);
        await using var connection = await db.OpenConnectionAsync(ct);
        await using var transaction = await connection.BeginTransactionAsync(ct);
        problems.AddRange(await ScorecardStore.AddAsync(connection, scorecard, ct));
        if (problems.Count > 0) return await FormAsync(frame, db, id, form, problems, ct);
        await log.WriteAsync(connection, frame.Viewer.Name, LoggedAction.ScorecardChanged, $"scorecard {scorecard.Name}", before is null ? null : ScorecardForm.InWords(before), ScorecardForm.InWords(scorecard), ct);
        await transaction.CommitAsync(ct);
        return Results.LocalRedirect(frame.Query.Carry(Path, ("said", "saved")));
    }

    private static async Task<IResult> FormAsync(PageFrame frame, NpgsqlDataSource db, string? id, ScorecardForm? form, List<string> problems, CancellationToken ct)
    {
        var shelf = await ScorecardStore.ReadAsync(db, null, ct);
        var versions = id is null ? [] : shelf.Versions(id);
        if (id is not null && versions.Count == 0) return Results.NotFound();
        return Screen.Of<ScorecardEditPage>(new ScorecardEditModel(
            frame, id, form ?? ScorecardForm.Of(versions[0], FirstOfQuarter(frame)), versions, await FactChoice.TeamsAsync(db, ct), await TitlesAsync(db, ct), problems),
            problems.Count == 0 ? StatusCodes.Status200OK : StatusCodes.Status400BadRequest);
    }

    private static async Task<IReadOnlyList<string>> TitlesAsync(NpgsqlDataSource db, CancellationToken ct)
    {
        await using var command = db.CreateCommand("select distinct title from staff where not deleted and title is not null order by title limit 500");
        await using var row = await command.ExecuteReaderAsync(ct);
        var titles = new List<string>();
        while (await row.ReadAsync(ct)) titles.Add(row.GetString(0));
        return titles;
    }

    private static string FirstOfQuarter(PageFrame frame) =>
        (frame.Company.Fiscal.Kind == FiscalKind.Calendar ? Period.QuarterOf(frame.Today) : frame.Company.Fiscal.QuarterOf(frame.Today)).Start.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
}

/// <summary>What the list of scorecards draws.</summary>
/// <param name="Frame">The page it stands on.</param>
/// <param name="Shelf">All versions.</param>
/// <param name="Teams">Teams there are.</param>
/// <param name="Saved">Whether one was just saved.</param>
public sealed record ScorecardsModel(PageFrame Frame, ScorecardShelf Shelf, IReadOnlyList<FactChoice> Teams, bool Saved);

/// <summary>What the form of a scorecard draws.</summary>
/// <param name="Frame">The page it stands on.</param>
/// <param name="Id">Which one; null for a new one.</param>
/// <param name="Form">What the form holds.</param>
/// <param name="Versions">What there was, the newest first.</param>
/// <param name="Teams">Teams there are.</param>
/// <param name="Titles">Positions there are.</param>
/// <param name="Problems">What was wrong with the last try, in sentences.</param>
public sealed record ScorecardEditModel(
    PageFrame Frame, string? Id, ScorecardForm Form, IReadOnlyList<Scorecard> Versions, IReadOnlyList<FactChoice> Teams, IReadOnlyList<string> Titles, IReadOnlyList<string> Problems);
