using Followthrough.Analytics.Editions;
using Followthrough.Analytics.Facts;
using Npgsql;

namespace Followthrough.Analytics.Metrics;

/// <summary>
/// Opens a snapshot for each question, or holds one for all of them. An earlier moment stays open for the next question, since it costs
/// seconds to derive; where such moments are kept for everybody, it is one of those.
/// </summary>
internal sealed class MetricSessions(NpgsqlDataSource db, TimeProvider clock, FigureCache? figures = null, KnownMoments? moments = null) : IAsyncDisposable
{
    private bool _holds;
    private FigureSet? _now;
    private MetricSnapshot? _held;
    private Past? _past;
    private ClosedQuestions? _closed;

    /// <summary>The data's version, where who asks has just read it.</summary>
    public string? Version { get; init; }

    /// <summary>From here on, until it is disposed, all is asked of one snapshot. Whoever holds one waits for nobody who needs one.</summary>
    public void Hold() => _holds = true;

    public Task<MetricSession> OpenAsync(MetricQuery query, CancellationToken ct) => OpenAsync(query, DefinitionOf(query), ct);

    /// <summary>For a single statement, which sees one instant of the database without a transaction.</summary>
    public async Task<MetricSession> OpenForOneAsync(MetricQuery query, CancellationToken ct)
    {
        if (_holds || query.AsOf is not null || figures is null) return await OpenAsync(query, ct);
        var now = (await NowAsync(ct))!;
        var closed = await ClosedAsync(ct);
        var snapshot = await MetricSnapshot.OpenForOneAsync(db, now.Zone, ct);
        now.Zone ??= snapshot.Zone;
        var definition = DefinitionOf(query);
        return new MetricSession(snapshot, isOwner: true, await SurvivingAsync(query, now.At, ct), definition, now.At) { Closed = closed.Of(query, definition) };
    }

    /// <summary>The same for a definition that is not one figure's, whatever the question calls it.</summary>
    public async Task<MetricSession> OpenAsync(MetricQuery query, MetricDefinition definition, CancellationToken ct)
    {
        if (query.AsOf is { } then) return await OpenThenAsync(await SurvivingAsync(query, Utc(then), ct), definition, ct);
        var now = (await NowAsync(ct))?.At ?? clock.GetUtcNow();
        query = await SurvivingAsync(query, now, ct);
        var closed = (await ClosedAsync(ct)).Of(query, definition);
        var snapshot = _holds ? _held ??= await MetricSnapshot.OpenAsync(db, ct) : await MetricSnapshot.OpenAsync(db, ct);
        return new MetricSession(snapshot, isOwner: !_holds, query, definition, now) { Closed = closed };
    }

    /// <summary>The figures that were worked out before for the moment a question is about; null where none are kept.</summary>
    public async Task<FigureSet?> KeptAsync(MetricQuery query, CancellationToken ct)
    {
        if (figures is null || query.AsOf is null) return await NowAsync(ct);
        if (moments is null || query.Account is not null) return null;
        var moment = await moments.AskAsync(Utc(query.AsOf.Value), ct);
        return figures.Then(moment.At, moment.Version);
    }

    /// <summary>Which questions closed quarters answer.</summary>
    public async Task<ClosedQuestions> ClosedAsync(CancellationToken ct)
    {
        if (await NowAsync(ct) is { } now) return now.Closed ??= await ClosedQuestions.ReadAsync(db, ct);
        return _closed ??= await ClosedQuestions.ReadAsync(db, ct);
    }

    /// <summary>Leaves the snapshot and the earlier moment.</summary>
    public async ValueTask DisposeAsync()
    {
        if (_held is not null) await _held.DisposeAsync();
        if (_past is not null) await _past.Snapshot.DisposeAsync();
        (_held, _past, _holds, _closed) = (null, null, false, null);
    }

    // Links to a key that was found to be another customer's lead to that customer.
    private async Task<MetricQuery> SurvivingAsync(MetricQuery query, DateTimeOffset at, CancellationToken ct) =>
        query.Account is { } key ? query with { Account = await SurvivingAccount.KeyAsync(db, key, at, ct) } : query;

    // One state of the data for all that one reader is asked.
    private async Task<FigureSet?> NowAsync(CancellationToken ct) => figures is null ? null : _now ??= figures.Now(Version ?? await DataVersion.OfNowAsync(db, ct));

    private async Task<MetricSession> OpenThenAsync(MetricQuery query, MetricDefinition definition, CancellationToken ct)
    {
        var (at, account) = (Utc(query.AsOf!.Value), query.Account is null ? (long?)null : AccountId.Of(query.Account));
        // One account is derived in a moment; all of them are kept.
        var kept = moments is not null && (account is null || moments.IsKept(at)) ? moments : null;
        if (kept is not null && !_holds) return new MetricSession(await kept.EnterAsync(at, ct), isOwner: true, query, definition, at);
        if (_past is null || _past.At != at || (_past.Account is not null && _past.Account != account))
        {
            if (_past is not null) await _past.Snapshot.DisposeAsync();
            _past = null;
            _past = kept is null ? await DeriveAsync(at, account, ct) : new Past(at, null, await kept.EnterAsync(at, ct), null);
        }
        if (_past.Derived is { } known)
            foreach (var kind in definition is MeasureMetric measure ? measure.Kinds : [((CommitmentMetric)definition).Kind]) await known.DeriveAsync(kind, ct);
        return new MetricSession(_past.Snapshot, isOwner: false, query, definition, at);
    }

    private async Task<Past> DeriveAsync(DateTimeOffset at, long? account, CancellationToken ct)
    {
        var known = await AsKnown.EnterAsync(db, at, account, ct);
        return new Past(at, account, await MetricSnapshot.OfAsync(known, hasRollups: false, known.DisposeAsync, ct), known);
    }

    private static DateTimeOffset Utc(DateTimeOffset at) => at.ToUniversalTime();

    private static MetricDefinition DefinitionOf(MetricQuery query) => MetricCatalogue.Definition(query.Metric)
        ?? throw new ArgumentException($"There is no metric '{query.Metric}'; expected one of {string.Join(", ", MetricCatalogue.All.Select(m => m.Id))}.", nameof(query));

    /// <summary>An earlier moment: of one account or of all; its derivation, null where it is one that is kept.</summary>
    private sealed record Past(DateTimeOffset At, long? Account, MetricSnapshot Snapshot, AsKnown? Derived);
}
