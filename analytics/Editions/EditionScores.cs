using System.Text.Json;
using Followthrough.Analytics.Metrics;
using Followthrough.Analytics.Scorecards;
using Followthrough.Analytics.Targets;
using Npgsql;
using NpgsqlTypes;

namespace Followthrough.Analytics.Editions;

/// <summary>Everybody's scorecard of a quarter: worked out at the close from the edition's own figures, and never again.</summary>
internal static class EditionScores
{
    // Whoever was with the company on any day of the quarter, and every team.
    private const string Scored = """
        select source_key, null, title from staff
        where not deleted and (occurred_at at time zone @zone)::date < @ends and (ended_at is null or (ended_at at time zone @zone)::date > @starts)
        union all
        select null, source_key, null from team where not deleted
        """;

    private const string Kept = """
        select scorecard, version, name, stand_in, result from edition_score
        where edition_id = $1 and staff_key is not distinct from $2 and team_key is not distinct from $3
        """;

    /// <summary>Works them out and writes them down.</summary>
    public static async Task WriteAsync(AsKnown then, EditionDraft draft, TargetBook book, IReadOnlyList<EditionFigure> figures, CancellationToken ct)
    {
        var shelf = await ScorecardStore.ReadAsync(then.Connection, draft.Closing.CutOff, ct);
        if (!shelf.On(draft.Period.End.AddDays(-1)).Any()) return;
        var own = figures.Where(f => f.Part == draft.Period.Label && f.Dimension is "staff" or "team" && f.Key is not null)
            .ToDictionary(f => (f.Metric, f.Dimension == "team" ? f.Key : null, f.Dimension == "staff" ? f.Key : null), f => f.Value);
        await using var snapshot = await MetricSnapshot.OfAsync(then, hasRollups: false, () => ValueTask.CompletedTask, ct);
        var scores = new List<(Scored Who, Score Score)>();
        foreach (var who in await ScoredAsync(then, draft, ct))
            scores.Add((who, await ScoreReader.OfAsync(who, draft.Period, book, shelf, (metric, scope) => Task.FromResult(ScoreFigure.Of(metric, own.GetValueOrDefault((metric.Id, scope.Team, scope.Staff)) ?? Nothing(snapshot, then, draft, metric, scope))))));
        await using var copy = await then.Connection.BeginBinaryImportAsync(
            "copy public.edition_score (edition_id, staff_key, team_key, scorecard, version, name, stand_in, result) from stdin (format binary)", ct);
        foreach (var (who, score) in scores.Where(s => s.Score.Scorecard is not null)) await AddAsync(copy, draft.Id, who, score, ct);
        await copy.CompleteAsync(ct);
    }

    /// <summary>Somebody's as it was closed; without a scorecard where he had none.</summary>
    public static async Task<Score> ReadAsync(NpgsqlDataSource db, Edition edition, Scored who, CancellationToken ct)
    {
        await using var command = db.CreateCommand(Kept);
        command.Parameters.AddWithValue(edition.Id);
        command.Parameters.AddWithValue(NpgsqlDbType.Text, (object?)who.Staff ?? DBNull.Value);
        command.Parameters.AddWithValue(NpgsqlDbType.Text, (object?)(who.Staff is null ? who.Team : null) ?? DBNull.Value);
        await using var row = await command.ExecuteReaderAsync(ct);
        return await row.ReadAsync(ct) ? await ScoreOfAsync(row, edition, who, ct) : new Score(edition.Period, null, null, null);
    }

    /// <summary>All of an edition, people first, by their keys.</summary>
    public static async Task<IReadOnlyList<(Scored Who, Score Score)>> AllAsync(NpgsqlDataSource db, Edition edition, CancellationToken ct)
    {
        await using var command = db.CreateCommand("""
            select scorecard, version, name, stand_in, result, staff_key, team_key from edition_score where edition_id = $1 order by staff_key, team_key
            """);
        command.Parameters.AddWithValue(edition.Id);
        await using var row = await command.ExecuteReaderAsync(ct);
        var all = new List<(Scored, Score)>();
        while (await row.ReadAsync(ct))
        {
            var who = new Scored(await row.IsDBNullAsync(5, ct) ? null : row.GetString(5), await row.IsDBNullAsync(6, ct) ? null : row.GetString(6), null);
            all.Add((who, await ScoreOfAsync(row, edition, who, ct)));
        }
        return all;
    }

    private static async Task<IReadOnlyList<Scored>> ScoredAsync(AsKnown then, EditionDraft draft, CancellationToken ct)
    {
        await using var command = new NpgsqlCommand(Scored, then.Connection);
        command.Parameters.AddWithValue("zone", draft.Zone.Id);
        command.Parameters.AddWithValue("starts", draft.Period.Start);
        command.Parameters.AddWithValue("ends", draft.Period.End);
        await using var row = await command.ExecuteReaderAsync(ct);
        var all = new List<Scored>();
        while (await row.ReadAsync(ct))
            all.Add(new Scored(await row.IsDBNullAsync(0, ct) ? null : row.GetString(0), await row.IsDBNullAsync(1, ct) ? null : row.GetString(1), await row.IsDBNullAsync(2, ct) ? null : row.GetString(2)));
        return all;
    }

    private static async Task<Score> ScoreOfAsync(NpgsqlDataReader row, Edition edition, Scored who, CancellationToken ct)
    {
        var result = JsonSerializer.Deserialize<KeptScore>(row.GetString(4), EditionJson.Options)!;
        return new Score(edition.Period, CardOf(row, edition, who, result), await row.IsDBNullAsync(3, ct) ? null : row.GetString(3), result.Result);
    }

    // Whoever has no group of his own has nothing that counts.
    private static MetricValue Nothing(MetricSnapshot snapshot, AsKnown then, EditionDraft draft, MetricDefinition metric, TargetScope scope) =>
        metric is CommitmentMetric rate ? CommitmentValueReader.Nothing(rate, then.At, asKnownThen: false)
        : MeasureValueReader.Nothing(new MetricSession(snapshot, isOwner: false, EditionDraft.Question(metric, draft.Period) with { Team = scope.Team, Staff = scope.Staff }, metric, then.At));

    private static async Task AddAsync(NpgsqlBinaryImporter copy, long edition, Scored who, Score score, CancellationToken ct)
    {
        await copy.StartRowAsync(ct);
        await copy.WriteAsync(edition, NpgsqlDbType.Bigint, ct);
        foreach (var text in new[] { who.Staff, who.Staff is null ? who.Team : null, score.Scorecard!.Id }) await WriteAsync(copy, text, ct);
        await copy.WriteAsync(score.Scorecard.Version, NpgsqlDbType.Integer, ct);
        foreach (var text in new[] { score.Scorecard.Name, score.StandIn, JsonSerializer.Serialize(KeptScore.Of(score.Result!), EditionJson.Options) }) await WriteAsync(copy, text, ct);
    }

    private static Task WriteAsync(NpgsqlBinaryImporter copy, string? text, CancellationToken ct) => text is null ? copy.WriteNullAsync(ct) : copy.WriteAsync(text, NpgsqlDbType.Text, ct);

    private static Scorecard CardOf(NpgsqlDataReader row, Edition edition, Scored who, KeptScore result) => new()
    {
        Id = row.GetString(0),
        Version = row.GetInt32(1),
        Name = row.GetString(2),
        Team = who.Staff is null ? who.Team : null,
        Title = null,
        From = edition.Period.Start,
        Lines = [.. result.Lines.Select(l => new WeightedMetric(l.Metric, l.Weight))],
        Reason = $"as closed in {edition.Name}",
        MadeAt = edition.ClosedAt,
        MadeBy = edition.FirstBy,
    };
}

/// <summary>A scorecard's result as editions write it.</summary>
internal sealed record KeptScore(decimal? Total, decimal? Low, decimal? High, string? Why, decimal Judged, IReadOnlyList<KeptScoreLine> Lines)
{
    public static KeptScore Of(ScoreResult result) => new(result.Total, result.Low, result.High, result.Why, result.Judged, [.. result.Lines.Select(KeptScoreLine.Of)]);

    /// <summary>The same as it is shown.</summary>
    [System.Text.Json.Serialization.JsonIgnore]
    public ScoreResult Result => new() { Lines = [.. Lines.Select(l => l.Line)], Judged = Judged, Total = Total, Low = Low, High = High, Why = Why };
}

/// <summary>A line of it, in the unit people write.</summary>
internal sealed record KeptScoreLine(
    string Metric, decimal Weight, ScoreFigure Own, ScoreFigure? Team, TargetInForce? Target, JudgedBy By, string? Why, decimal? Points, decimal? LowPoints, decimal? HighPoints, decimal Counted)
{
    public static KeptScoreLine Of(ScoreLine line) => new(
        line.Input.Metric.Id, line.Input.Weight, line.Input.Own, line.Input.Team, line.Input.Target, line.By, line.Why, line.Points, line.LowPoints, line.HighPoints, line.Counted);

    /// <summary>The same as it is shown.</summary>
    [System.Text.Json.Serialization.JsonIgnore]
    public ScoreLine Line => new()
    {
        Input = new ScoreInput(
            MetricCatalogue.Find(Metric) ?? throw new InvalidOperationException($"A closed scorecard names the metric '{Metric}', which there is not."), Weight, Own, Team, Target),
        By = By,
        Why = Why,
        Points = Points,
        LowPoints = LowPoints,
        HighPoints = HighPoints,
        Counted = Counted,
    };
}
