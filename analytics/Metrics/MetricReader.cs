using Followthrough.Analytics.Editions;
using Followthrough.Analytics.Targets;
using Npgsql;

namespace Followthrough.Analytics.Metrics;

/// <summary>
/// Answers every question about figures and the rows behind them. All answers share one predicate, so a figure and its rows agree;
/// the viewer's scope is part of it. Serves one question at a time; dispose it after the last, since it keeps the earlier moment it was
/// asked about.
/// </summary>
/// <param name="db">Facts and ledger.</param>
/// <param name="clock">What now is.</param>
/// <param name="figures">Figures that were worked out before; null works out each.</param>
/// <param name="moments">Earlier moments that are kept; null derives what it is asked about.</param>
public sealed class MetricReader(NpgsqlDataSource db, TimeProvider clock, FigureCache? figures = null, KnownMoments? moments = null) : IAsyncDisposable
{
    private readonly MetricSessions _sessions = new(db, clock, figures, moments);
    private bool _isTogether;

    /// <summary>The data's version, where who asks has just read it; null reads it.</summary>
    internal string? Version
    {
        init => _sessions = new MetricSessions(db, clock, figures, moments) { Version = value };
    }

    /// <summary>Leaves the earlier moment it was asked about.</summary>
    public ValueTask DisposeAsync() => _sessions.DisposeAsync();

    /// <summary>
    /// All that <paramref name="read"/> asks is asked of one snapshot, and what comes of it is kept as one: for who sees the same and asks
    /// the same, until the data change or the minute is over.
    /// </summary>
    /// <param name="query">What all of it is about: moment, period and viewer.</param>
    /// <param name="what">What is made of it; another name for each way to read.</param>
    /// <param name="read">Asks this reader, and nothing that depends on more than the query and the moment it is given.</param>
    /// <param name="ct">Stops waiting.</param>
    public Task<T> TogetherAsync<T>(MetricQuery query, string what, Func<Task<T>> read, CancellationToken ct) where T : class => KeptAsync(query, what, async () =>
    {
        _isTogether = true;
        _sessions.Hold();
        try
        {
            return await read();
        }
        finally
        {
            _isTogether = false;
            await _sessions.DisposeAsync();
        }
    }, ct);

    /// <summary>
    /// The same for what is looked at all day: who would wait long for it because the data have just moved sees the last one, at most an hour
    /// old, while the new one is worked out for all.
    /// </summary>
    /// <param name="query">What all of it is about: moment, period and viewer.</param>
    /// <param name="what">What is made of it; another name for each way to read.</param>
    /// <param name="read">Asks the reader it is given, and nothing that depends on more than the query and the moment it is given.</param>
    /// <param name="ct">Stops waiting.</param>
    public async Task<Whole<T>> SoonAsync<T>(MetricQuery query, string what, Func<MetricReader, CancellationToken, Task<T>> read, CancellationToken ct) where T : class
    {
        if (figures is null || query.AsOf is not null) return new Whole<T>(await TogetherAsync(query, what, () => read(this, ct), ct), null);
        var key = FigureKey.Of(query, what);
        if (await _sessions.KeptAsync(query, ct) is { } kept && await kept.FindAsync<T>(key) is { } current) return new Whole<T>(current, null);
        if (figures.Last.Find<T>(key) is not { } last) return new Whole<T>(await MadeAsync(this, ct), null);
        figures.Last.Renew(key, async () =>
        {
            await using var reader = new MetricReader(db, clock, figures, moments);
            await MadeAsync(reader, CancellationToken.None);
        });
        return last;

        Task<T> MadeAsync(MetricReader reader, CancellationToken stop) =>
            reader.TogetherAsync(query, what, () => figures.Last.KeepAsync(key, () => read(reader, stop)), stop);
    }

    /// <summary>What is aimed at, as it was written down at a moment; null is now. The same for everybody.</summary>
    public Task<TargetBook> TargetsAsync(DateTimeOffset? asOf, CancellationToken ct) => KeptAsync(
        new MetricQuery { Metric = "", AsOf = asOf, Viewer = Viewer.Everything("") }, "targets", () => TargetStore.BookAsync(db, asOf, ct), ct);

    /// <summary>The figure of any metric over everything asked for. Null with a reason when nothing can be said.</summary>
    /// <exception cref="ArgumentException">There is no such metric.</exception>
    public async Task<MetricValue> ValueAsync(MetricQuery query, CancellationToken ct) =>
        MetricCatalogue.Find(query.Metric) is MeasureMetric ? await MeasureAsync(query, ct) : await CommitmentsAsync(query, ct);

    /// <summary>The figure of any metric by group: months in their order, other groups by how many cases they rest on.</summary>
    public async Task<IReadOnlyList<MetricGroup>> GroupsAsync(MetricQuery query, Dimension by, CancellationToken ct) =>
        MetricCatalogue.Find(query.Metric) is MeasureMetric
            ? [.. (await MeasureGroupsAsync(query, by, ct)).Select(g => new MetricGroup(g.Key, g.Name, g.Value))]
            : [.. (await CommitmentGroupsAsync(query, by, ct)).Select(g => new MetricGroup(g.Key, g.Name, g.Value))];

    /// <summary>The rate of kept commitments and its counts.</summary>
    /// <exception cref="ArgumentException">There is no such metric, or it counts no commitments.</exception>
    public Task<CommitmentValue> CommitmentsAsync(MetricQuery query, CancellationToken ct) => KeptAsync(query, "figure", async () =>
    {
        await using var session = await _sessions.OpenForOneAsync(query, ct);
        return await AnsweredAsync(session, async () =>
        {
            var groups = await CommitmentReader.GroupsAsync(session, null, ct);
            return groups.Count > 0 ? groups[0].Value : CommitmentValueReader.Nothing(session.CommitmentMetric, session.AsOf, query.AsOf is not null);
        }, ct);
    }, ct);

    /// <summary>The rate of kept commitments by group.</summary>
    /// <exception cref="ArgumentException">There is no such metric, or it counts no commitments.</exception>
    public Task<IReadOnlyList<CommitmentGroup>> CommitmentGroupsAsync(MetricQuery query, Dimension by, CancellationToken ct) => KeptAsync(query, $"by {by}", async () =>
    {
        if (by == Dimension.Month && await StretchesAsync(query, ct) is { Count: > 1 } stretches)
            return await EachAsync(stretches, part => CommitmentGroupsAsync(query with { Period = part }, by, ct));
        await using var session = await _sessions.OpenForOneAsync(query, ct);
        if (session.Closed?.Refusal is not null) return [new CommitmentGroup(null, "everything", session.Closed.Stamp(CommitmentValueReader.Nothing(session.CommitmentMetric, session.AsOf, asKnownThen: false)))];
        var groups = await CommitmentReader.GroupsAsync(session, by, ct);
        return session.Closed is null ? groups : [.. groups.Select(g => g with { Value = session.Closed.Stamp(g.Value) })];
    }, ct);

    /// <summary>How the lengths behind a rate or a duration are spread; null where the metric has none, or nothing is over.</summary>
    /// <exception cref="ArgumentException">There is no such metric.</exception>
    public async Task<Spread?> SpreadAsync(MetricQuery query, CancellationToken ct)
    {
        if (MetricCatalogue.Find(query.Metric) is MeasureMetric { Aggregation: not (Aggregation.Median or Aggregation.NinetiethPercentile) }) return null;
        await using var session = await _sessions.OpenAsync(query, ct);
        return await SpreadReader.ReadAsync(session, ct);
    }

    /// <summary>A measure beside the ledger.</summary>
    /// <exception cref="ArgumentException">There is no such metric, or it is no measure.</exception>
    public Task<MeasureValue> MeasureAsync(MetricQuery query, CancellationToken ct) => KeptAsync(query, "figure", async () =>
    {
        await using var session = await _sessions.OpenForOneAsync(query, ct);
        return await AnsweredAsync(session, () => MeasureReader.ValueAsync(session, ct), ct);
    }, ct);

    /// <summary>A measure by group.</summary>
    /// <exception cref="ArgumentException">There is no such metric, or it is no measure.</exception>
    public Task<IReadOnlyList<MeasureGroup>> MeasureGroupsAsync(MetricQuery query, Dimension by, CancellationToken ct) => KeptAsync(query, $"by {by}", async () =>
    {
        if (by == Dimension.Month && MetricCatalogue.Find(query.Metric) is MeasureMetric { DependsOnPeriod: true }) return await MonthByMonthAsync(query, ct);
        if (by == Dimension.Month && await StretchesAsync(query, ct) is { Count: > 1 } stretches)
            return await EachAsync(stretches, part => MeasureGroupsAsync(query with { Period = part }, by, ct));
        await using var session = await _sessions.OpenForOneAsync(query, ct);
        if (session.Closed?.Refusal is not null) return [new MeasureGroup(null, "everything", session.Closed.Stamp(MeasureValueReader.Nothing(session)))];
        var groups = await MeasureReader.GroupsAsync(session, by, ct);
        return session.Closed is null ? groups : [.. groups.Select(g => g with { Value = session.Closed.Stamp(g.Value) })];
    }, ct);

    /// <summary>One page of the rows behind a measure, and their exact number.</summary>
    public async Task<MeasurePage> MeasureRowsAsync(MetricQuery query, MeasureSort sort, bool descending, int offset, int? limit, CancellationToken ct)
    {
        await using var session = await _sessions.OpenAsync(query, ct);
        return await MeasureReader.PageAsync(session, sort, descending, offset, limit, ct);
    }

    /// <summary>The rows behind a measure that follow a place in the order by key (null: from the first), and how many there are in all.</summary>
    public async Task<MeasurePage> MeasureRowsAfterAsync(MetricQuery query, RowPlace? after, int limit, CancellationToken ct)
    {
        await using var session = await _sessions.OpenAsync(query, ct);
        return await MeasureReader.AfterAsync(session, after, limit, ct);
    }

    /// <summary>Hands every row behind a measure on, streamed; the snapshot ends with <paramref name="use"/>.</summary>
    public async Task UseMeasureRowsAsync(MetricQuery query, MeasureSort sort, bool descending, Func<AllRows<MeasureRow>, Task> use, CancellationToken ct)
    {
        await using var session = await _sessions.OpenAsync(query, ct);
        var total = await MeasureReader.CountAsync(session, ct);
        await use(new AllRows<MeasureRow>(total, session.AsOf, MeasureReader.RowsAsync(session, sort, descending, 0, null, ct)) { Definition = session.DefinedBy });
    }

    /// <summary>One page of the rows behind the figure, and their exact number.</summary>
    public async Task<CommitmentPage> RowsAsync(
        MetricQuery query, CommitmentSort sort, bool descending, int offset, int limit, CancellationToken ct)
    {
        await using var session = await _sessions.OpenAsync(query, ct);
        var total = await CommitmentReader.CountAsync(session, ct);
        return new CommitmentPage(await CommitmentReader.RowsAsync(session, sort, descending, offset, limit, ct).ToListAsync(ct), total);
    }

    /// <summary>The rows behind the figure that follow a place in the order by key (null: from the first), and how many there are in all.</summary>
    public async Task<CommitmentPage> RowsAfterAsync(MetricQuery query, RowPlace? after, int limit, CancellationToken ct)
    {
        await using var session = await _sessions.OpenAsync(query, ct);
        var total = await CommitmentReader.CountAsync(session, ct);
        return new CommitmentPage(await CommitmentReader.AfterAsync(session, after, limit, ct).ToListAsync(ct), total);
    }

    /// <summary>Hands every row behind the figure on, streamed; the snapshot ends with <paramref name="use"/>.</summary>
    public async Task UseRowsAsync(MetricQuery query, CommitmentSort sort, bool descending, Func<AllRows<CommitmentRow>, Task> use, CancellationToken ct)
    {
        await using var session = await _sessions.OpenAsync(query, ct);
        var total = await CommitmentReader.CountAsync(session, ct);
        if (sort == CommitmentSort.OpenedAt) await CommitmentReader.InOrderOfIndexAsync(session, ct);
        await use(new AllRows<CommitmentRow>(total, session.AsOf, CommitmentReader.RowsAsync(session, sort, descending, 0, null, ct)) { Definition = session.DefinedBy });
    }

    /// <summary>Hands on where every commitment behind the figure stands, streamed and in no order; the snapshot ends with <paramref name="use"/>.</summary>
    public async Task UseStandingsAsync(MetricQuery query, Func<IAsyncEnumerable<CommitmentStanding>, Task> use, CancellationToken ct)
    {
        await using var session = await _sessions.OpenAsync(query, ct);
        await use(CommitmentReader.StandingsAsync(session, ct));
    }

    /// <summary>Who is still waiting: first what can still be kept, by its due time, then what was missed most recently.</summary>
    public Task<CommitmentPage> WaitingAsync(MetricQuery query, int limit, CancellationToken ct) => KeptAsync(query, $"{limit} waiting", async () =>
    {
        await using var session = await _sessions.OpenAsync(query with { Status = null, WithDurations = false, AsNowKnown = true }, ct);
        return await CommitmentReader.WaitingAsync(session, limit, ct);
    }, ct);

    /// <summary>One commitment; null when there is none, or none that the viewer may see.</summary>
    public async Task<CommitmentRow?> FindAsync(Viewer viewer, string kind, string account, string commitmentKey, CancellationToken ct)
    {
        if (MetricCatalogue.Commitments.FirstOrDefault(m => m.Kind == kind) is not { } metric) return null;
        await using var session = await _sessions.OpenAsync(new MetricQuery { Metric = metric.Id, Account = account, Viewer = viewer }, ct);
        return await CommitmentReader.FindAsync(session, commitmentKey, ct);
    }

    // Days of closed quarters are answered by their editions, whatever lies beside them.
    private async Task<IReadOnlyList<Period>> StretchesAsync(MetricQuery query, CancellationToken ct) =>
        query.AsOf is not null || query.AsNowKnown ? [] : [.. (await _sessions.ClosedAsync(ct)).Editions.Stretches(query.Period)];

    private static async Task<IReadOnlyList<T>> EachAsync<T>(IReadOnlyList<Period> stretches, Func<Period, Task<IReadOnlyList<T>>> read)
    {
        var groups = new List<T>();
        foreach (var stretch in stretches) groups.AddRange(await read(stretch));
        return groups;
    }

    // What an edition keeps whole is taken as it is; the rest is counted from its rows.
    private async Task<T> AnsweredAsync<T>(MetricSession session, Func<Task<T>> count, CancellationToken ct) where T : MetricValue
    {
        if (session.Closed is not { } closed) return await count() with { Edition = (await _sessions.ClosedAsync(ct)).NoteOf(session.Query) };
        return closed.Stamp(await ClosedFigures.FindAsync<T>(session, closed, ct) ?? await count());
    }

    // What depends on the period's ends is asked anew for each month: the months' rows are no parts of the year's.
    private async Task<IReadOnlyList<MeasureGroup>> MonthByMonthAsync(MetricQuery query, CancellationToken ct)
    {
        var months = new List<MeasureGroup>();
        foreach (var month in query.Period.Months()) months.Add(new MeasureGroup(month.Label, month.Label, await MeasureAsync(query with { Period = month }, ct)));
        return months;
    }

    // Inside a whole that is kept, its parts are not: whoever holds a snapshot waits for nobody.
    private async Task<T> KeptAsync<T>(MetricQuery query, string what, Func<Task<T>> read, CancellationToken ct) where T : class =>
        !_isTogether && await _sessions.KeptAsync(query, ct) is { } kept ? await kept.GetAsync(FigureKey.Of(query, what), read, ct) : await read();
}
