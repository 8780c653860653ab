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
        var (book, shelf) = (await metrics.TargetsAsync(asOf, ct), await ScorecardStore.ReadAsync(db, asOf, ct));
        var query = new MetricQuery { Metric = "", Period = period, Staff = who.Staff, Team = who.Team, AsOf = asOf, Viewer = Viewer.Everything("") };
        return await metrics.TogetherAsync(query, $"score of {who.Title}", async () =>
        {
            var trend = new List<Score>();
            for (var quarter = LastQuarter(period, fiscal); trend.Count < Quarters; quarter = quarter.Prior()!) trend.Add(await ReadAsync(who, quarter, asOf, book, shelf, ct));
            var now = trend[0].Period == period ? trend[0] : await ReadAsync(who, period, asOf, book, shelf, ct);
            trend.Reverse();
            return new ScoreSheet(who, now, trend);
        }, ct);
    }

    private static Period LastQuarter(Period period, FiscalCalendar fiscal) =>
        fiscal.Kind == FiscalKind.Calendar ? Period.QuarterOf(LastDay(period)) : fiscal.QuarterOf(LastDay(period));

    private async Task<Score> ReadAsync(Scored who, Period period, DateTimeOffset? asOf, TargetBook book, ScorecardShelf shelf, CancellationToken ct)
    {
        var day = LastDay(period);
        var team = who.Staff is null ? null : book.TeamOf(who.Staff, day);
        var scorecard = who.Staff is null ? shelf.OfTeam(who.Team!, day) : shelf.OfPerson(who.Title, team, day);
        if (scorecard is null) return new Score(period, null, team, null);
        var inputs = new List<ScoreInput>();
        foreach (var line in scorecard.Lines) inputs.Add(await InputAsync(who, team, line, period, asOf, book, ct));
        return new Score(period, scorecard, team, ScoreCalculation.Of(inputs));
    }

    private async Task<ScoreInput> InputAsync(Scored who, string? team, WeightedMetric line, Period period, DateTimeOffset? asOf, TargetBook book, CancellationToken ct)
    {
        var metric = MetricCatalogue.Find(line.Metric) ?? throw new InvalidOperationException($"A scorecard names the metric '{line.Metric}', which there is not.");
        var query = new MetricQuery { Metric = line.Metric, Period = period, AsOf = asOf, WithDurations = false, Viewer = Viewer.Everything("") };
        var own = ScoreFigure.Of(metric, await metrics.ValueAsync(query with { Staff = who.Staff, Team = who.Staff is null ? who.Team : null }, ct));
        var standIn = team is not null && own.N < metric.MinimumN ? ScoreFigure.Of(metric, await metrics.ValueAsync(query with { Team = team }, ct)) : null;
        return new ScoreInput(metric, line.Weight, own, standIn, book.In(metric, new TargetScope(who.Staff is null ? who.Team : null, who.Staff), period));
    }

    private static DateOnly LastDay(Period period) => period.End.AddDays(-1);
}
