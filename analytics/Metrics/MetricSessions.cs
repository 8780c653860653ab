using Followthrough.Analytics.Facts;
using Npgsql;

namespace Followthrough.Analytics.Metrics;

/// <summary>Opens a snapshot for each question; the earlier moment last asked about stays open, since it costs seconds to derive.</summary>
internal sealed class MetricSessions(NpgsqlDataSource db, TimeProvider clock) : IAsyncDisposable
{
    private AsKnown? _moment;

    public Task<MetricSession> OpenAsync(MetricQuery query, CancellationToken ct) => OpenAsync(query, DefinitionOf(query), ct);

    /// <summary>The same for a definition that is not one figure's, whatever the question calls it.</summary>
    public async Task<MetricSession> OpenAsync(MetricQuery query, MetricDefinition definition, CancellationToken ct)
    {
        if (query.Account is { } key) query = query with { Account = await SurvivingAccount.KeyAsync(db, key, AsOf(query), ct) };
        if (query.AsOf is null) return await MetricSession.OpenAsync(db, query, definition, AsOf(query), ct);
        var account = query.Account is null ? (long?)null : AccountId.Of(query.Account);
        if (_moment is null || _moment.At != AsOf(query) || (_moment.Account is not null && _moment.Account != account))
        {
            await DisposeAsync();
            _moment = await AsKnown.EnterAsync(db, AsOf(query), account, ct);
        }
        return await MetricSession.OpenAsync(db, _moment, query, definition, ct);
    }

    /// <summary>Leaves the earlier moment.</summary>
    public async ValueTask DisposeAsync()
    {
        if (_moment is not null) await _moment.DisposeAsync();
        _moment = null;
    }

    private DateTimeOffset AsOf(MetricQuery query) => (query.AsOf ?? clock.GetUtcNow()).ToUniversalTime();

    private static MetricDefinition DefinitionOf(MetricQuery query) => MetricCatalogue.Definition(query.Metric)
        ?? throw new ArgumentException($"There is no metric '{query.Metric}'; expected one of {string.Join(", ", MetricCatalogue.All.Select(m => m.Id))}.", nameof(query));
}
