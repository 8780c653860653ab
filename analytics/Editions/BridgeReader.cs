using Followthrough.Analytics.Metrics;
using Npgsql;

namespace Followthrough.Analytics.Editions;

/// <summary>
/// Splits the difference between a figure as reported and as now known by cause: the rows of the two are held against each other, each that
/// differs has one cause by its facts' history, and the figure is computed again after the rows of each cause are replaced, in a fixed order.
/// </summary>
/// <param name="db">Facts and editions.</param>
/// <param name="clock">What now is.</param>
/// <param name="moments">Earlier moments that are kept; only a changed definition needs one.</param>
public sealed class BridgeReader(NpgsqlDataSource db, TimeProvider clock, KnownMoments? moments = null)
{
    /// <summary>From an edition to now, for a question about one of its parts.</summary>
    /// <param name="edition">Where it starts.</param>
    /// <param name="query">The question; its period lies within the edition.</param>
    /// <param name="ct">Stops it.</param>
    /// <exception cref="ArgumentException">There is no such metric, or the edition does not have its figure.</exception>
    public async Task<Bridge> ReadAsync(Edition edition, MetricQuery query, CancellationToken ct)
    {
        var metric = MetricCatalogue.Find(query.Metric) ?? throw new ArgumentException($"There is no metric '{query.Metric}'.", nameof(query));
        var all = query with { Team = null, Staff = null, Region = null, Segment = null, Channel = null, Status = null, Lasted = null, AsOf = null, AsNowKnown = false, Viewer = Viewer.Everything(query.Viewer.Name) };
        var questions = await ClosedQuestions.ReadAsync(db, ct);
        var closed = questions.In(edition, all, metric);
        var reported = await RowsAsync(all, metric, closed, ct);
        var now = await RowsAsync(all with { AsNowKnown = true }, metric, null, ct);
        var restated = closed.Hash == metric.Hash ? reported : await ThenAsync(all with { AsOf = edition.CutOff }, metric, ct);
        var differing = Differing(restated, now);
        var changes = await FactChanges.ReadAsync(db, metric, edition, [.. differing.SelectMany(d => d.Rows).Select(r => r.AccountId).Distinct()], ct);
        var walk = new BridgeWalk(metric, query, RowFigure.Of(closed.Aggregation, metric.Unit, [.. reported.Where(r => IsAsked(r, query))]), reported);
        walk.Define(restated, closed.Hash != metric.Hash);
        foreach (var cause in Enum.GetValues<Cause>().Where(c => c != Cause.DefinitionChange))
            walk.Replace(cause, [.. differing.Where(d => changes.CauseOf(d.Then, d.Now) == cause)]);
        return new Bridge { Metric = metric.Id, Edition = edition, Reported = walk.Reported, Now = walk.Reached, Steps = walk.Steps };
    }

    /// <summary>Whether a row is one of those a question narrows to.</summary>
    internal static bool IsAsked(FigureRow row, MetricQuery query) =>
        (query.Viewer.Teams is not { } teams || (row.Team is { } of && teams.Contains(of))) && (query.Viewer.Staff is null || row.Staff == query.Viewer.Staff)
        && Is(query.Team, row.Team) && Is(query.Staff, row.Staff) && Is(query.Region, row.Region) && Is(query.Segment, row.Segment) && (query.Channel is null || row.Channel == query.Channel);

    private static bool Is(string? asked, string? value) => asked is null || asked == (value ?? MetricQuery.None);

    private async Task<List<FigureRow>> RowsAsync(MetricQuery query, MetricDefinition metric, Closed? closed, CancellationToken ct)
    {
        await using var snapshot = await MetricSnapshot.OpenAsync(db, ct);
        await using var session = new MetricSession(snapshot, isOwner: false, query, metric, clock.GetUtcNow()) { Closed = closed };
        return await BridgeRows.ReadAsync(session, ct);
    }

    private async Task<List<FigureRow>> ThenAsync(MetricQuery query, MetricDefinition metric, CancellationToken ct)
    {
        await using var sessions = new MetricSessions(db, clock, moments: moments);
        await using var session = await sessions.OpenAsync(query, metric, ct);
        return await BridgeRows.ReadAsync(session, ct);
    }

    // Rows of one record belong together, also where they came under another account.
    private static List<Differing> Differing(List<FigureRow> then, List<FigureRow> now)
    {
        var (before, after) = (then.ToLookup(r => (r.Fact, r.Key)), now.ToLookup(r => (r.Fact, r.Key)));
        return [.. before.Select(g => g.Key).Union(after.Select(g => g.Key)).SelectMany(key => Pairs([.. before[key]], [.. after[key]]))];
    }

    private static IEnumerable<Differing> Pairs(List<FigureRow> then, List<FigureRow> now)
    {
        foreach (var same in then.ToList())
            if (now.Remove(same)) then.Remove(same);
        foreach (var row in then.ToList())
        {
            var other = now.Find(n => n.AccountId == row.AccountId);
            if (other is null) continue;
            now.Remove(other);
            then.Remove(row);
            yield return new Differing(row, other);
        }
        while (then.Count > 0 || now.Count > 0)
        {
            yield return new Differing(then.Count > 0 ? then[0] : null, now.Count > 0 ? now[0] : null);
            then.RemoveRange(0, Math.Min(1, then.Count));
            now.RemoveRange(0, Math.Min(1, now.Count));
        }
    }
}

/// <summary>What was reported and what is now known of one row; null for nothing.</summary>
internal sealed record Differing(FigureRow? Then, FigureRow? Now)
{
    public IEnumerable<FigureRow> Rows => new[] { Then, Now }.OfType<FigureRow>();
}
