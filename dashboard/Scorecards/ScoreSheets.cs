using Followthrough.Analytics.Metrics;
using Followthrough.Analytics.Scorecards;
using Followthrough.Dashboard.Commitments;
using Followthrough.Dashboard.People;
using Npgsql;

namespace Followthrough.Dashboard.Scorecards;

/// <summary>What a scorecard is asked for: of which period, as known when, by whom.</summary>
internal sealed record ScoreAsked(Viewer Viewer, Period Period, FiscalCalendar Fiscal, DateTimeOffset? AsOf, DateTimeOffset Now);

/// <summary>
/// Finds scorecards for pages, files and the API. Whoever may see one sees all of it, so that the rated person and his manager read the same:
/// himself, the managers of the team he is in at the period's end, and who sees every figure.
/// </summary>
internal sealed class ScoreSheets(NpgsqlDataSource db, ScoreReader scores)
{
    /// <summary>A person's by the key in an address; null when there is none, or none that the viewer may see.</summary>
    internal async Task<ScoreSheet?> OfPersonAsync(ScoreAsked asked, string key, CancellationToken ct) =>
        CommitmentPath.Decode(key) is { } staff && await PersonFacts.FindAsync(db, asked.Viewer, asked.Now, staff, ct) is { } person ? await OfAsync(asked, person, ct) : null;

    /// <summary>A team's by the key in an address; null when there is none, or none that the viewer may see.</summary>
    internal async Task<ScoreSheet?> OfTeamAsync(ScoreAsked asked, string key, CancellationToken ct) =>
        CommitmentPath.Decode(key) is { } team && await TeamFacts.FindAsync(db, asked.Viewer, team, ct) is { } facts ? await OfAsync(asked, facts, ct) : null;

    /// <summary>That of a person whom the viewer may see.</summary>
    internal async Task<ScoreSheet?> OfAsync(ScoreAsked asked, PersonFacts person, CancellationToken ct)
    {
        var sheet = await ReadAsync(asked, new Scored(person.Key, null, person.Title), ct);
        // Somebody who once was in a team is not its manager's to judge any more.
        return asked.Viewer.Teams is { } teams && (sheet.Now.StandIn is not { } team || !teams.Contains(team)) ? null : sheet;
    }

    /// <summary>That of a team whom the viewer may see.</summary>
    internal async Task<ScoreSheet?> OfAsync(ScoreAsked asked, TeamFacts team, CancellationToken ct) => await ReadAsync(asked, new Scored(null, team.Key, null), ct);

    private Task<ScoreSheet> ReadAsync(ScoreAsked asked, Scored who, CancellationToken ct) => scores.ReadAsync(who, asked.Period, asked.Fiscal, asked.AsOf, ct);
}
