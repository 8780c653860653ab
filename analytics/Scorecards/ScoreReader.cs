using Followthrough.Analytics.Editions;
using Followthrough.Analytics.Metrics;
using Followthrough.Analytics.Targets;
using Npgsql;

namespace Followthrough.Analytics.Scorecards;

/// <summary>Who is to be scored: a person or a team. Whoever may see him is decided before.</summary>
/// <param name="Staff">Staff key; null for a team.</param>
/// <param name="Team">Team key; null for a person, whose team the memberships say.</param>
/// <param name="Title">The person's position; null when unknown, and for a team.</param>
public sealed record Scored(string? Staff, string? Team, string? Title);

/// <summary>A scorecard worked out for a period.</summary>
/// <param name="Period">Which.</param>
/// <param name="Scorecard">The version in force on its last day; null when there was none.</param>
/// <param name="StandIn">The team whose figures stand in; null for a team, and for who is in none.</param>
/// <param name="Result">Null without a scorecard.</param>
public sealed record Score(Period Period, Scorecard? Scorecard, string? StandIn, ScoreResult? Result);

/// <summary>A scorecard with how its total went.</summary>
/// <param name="Who">Whose.</param>
/// <param name="Now">Of the period asked for.</param>
/// <param name="Trend">Eight quarters, the oldest first.</param>
public sealed record ScoreSheet(Scored Who, Score Now, IReadOnlyList<Score> Trend);

/// <summary>
/// Works scorecards out. The same figures for everybody who may see them: they are asked for without the limits of who looks, so that the rated
/// person and his manager read the same.
/// </summary>
public sealed class ScoreReader(NpgsqlDataSource db, MetricReader metrics)
{
    /// <summary>How many quarters a trend has.</summary>
    public const int Quarters = 8;

    /// <summary>
    /// The scorecard of a period and eight quarters up to the one that holds its last day, each by the version and the targets in force at its
    /// end; as known at a moment, null is now. The number of questions depends on nothing but the scorecard's lines.
    /// </summary>
    public async Task<ScoreSheet> ReadAsync(Scored who, Period period, FiscalCalendar fiscal, DateTimeOffset? asOf, CancellationToken ct)
    {
        // As known then: a version or a target that was made later says nothing of what was expected.
        var (book, shelf, editions) = (await metrics.TargetsAsync(asOf, ct), await ScorecardStore.ReadAsync(db, asOf, ct), await EditionList.ReadAsync(db, ct));
        var query = new MetricQuery { Metric = "", Period = period, Staff = who.Staff, Team = who.Team, AsOf = asOf, Viewer = Viewer.Everything("") };
        return await metrics.TogetherAsync(query, $"score of {who.Title}", async () =>
        {
            var trend = new List<Score>();
            for (var quarter = LastQuarter(period, fiscal); trend.Count < Quarters; quarter = quarter.Prior()!) trend.Add(await ReadAsync(who, quarter, asOf, book, shelf, editions, ct));
            var now = trend[0].Period == period ? trend[0] : await ReadAsync(who, period, asOf, book, shelf, editions, ct);
            trend.Reverse();
            return new ScoreSheet(who, now, trend);
        }, ct);
    }

    private static Period LastQuarter(Period period, FiscalCalendar fiscal) =>
        fiscal.Kind == FiscalKind.Calendar ? Period.QuarterOf(LastDay(period)) : fiscal.QuarterOf(LastDay(period));

    // A closed quarter's was worked out when it was closed.
    private async Task<Score> ReadAsync(Scored who, Period period, DateTimeOffset? asOf, TargetBook book, ScorecardShelf shelf, EditionList editions, CancellationToken ct)
    {
        if (asOf is null && editions.Of(period.Label) is { KeepsTargets: true } edition) return await EditionScores.ReadAsync(db, edition, who, ct);
        var query = new MetricQuery { Metric = "", Period = period, AsOf = asOf, WithDurations = false, Viewer = Viewer.Everything("") };
        return await OfAsync(who, period, book, shelf, async (metric, scope) =>
            ScoreFigure.Of(metric, await metrics.ValueAsync(query with { Metric = metric.Id, Staff = scope.Staff, Team = scope.Team }, ct)));
    }

    /// <summary>Works one out.</summary>
    /// <param name="who">Whose.</param>
    /// <param name="period">Of when.</param>
    /// <param name="book">What is aimed at.</param>
    /// <param name="shelf">The scorecards there are.</param>
    /// <param name="figure">A metric's figure of a person or a team.</param>
    internal static async Task<Score> OfAsync(Scored who, Period period, TargetBook book, ScorecardShelf shelf, Func<MetricDefinition, TargetScope, Task<ScoreFigure>> figure)
    {
        var day = LastDay(period);
        var team = who.Staff is null ? null : book.TeamOf(who.Staff, day);
        var scorecard = who.Staff is null ? shelf.OfTeam(who.Team!, day) : shelf.OfPerson(who.Title, team, day);
        if (scorecard is null) return new Score(period, null, team, null);
        var (inputs, own) = (new List<ScoreInput>(), new TargetScope(who.Staff is null ? who.Team : null, who.Staff));
        foreach (var line in scorecard.Lines)
        {
            var metric = MetricCatalogue.Find(line.Metric) ?? throw new InvalidOperationException($"A scorecard names the metric '{line.Metric}', which there is not.");
            var measured = await figure(metric, own);
            var standIn = team is not null && measured.N < metric.MinimumN ? await figure(metric, new TargetScope(team, null)) : null;
            inputs.Add(new ScoreInput(metric, line.Weight, measured, standIn, book.In(metric, own, period)));
        }
        return new Score(period, scorecard, team, ScoreCalculation.Of(inputs));
    }

    private static DateOnly LastDay(Period period) => period.End.AddDays(-1);
}
