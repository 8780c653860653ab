using Npgsql;

namespace Followthrough.Analytics.Metrics;

/// <summary>
/// The earlier moments last asked about. Each is derived once, in seconds, and then answers like now, until history changes or nobody has
/// asked for a while. Few are kept, since each takes a connection and its tables.
/// </summary>
public sealed class KnownMoments(NpgsqlDataSource db, TimeProvider clock) : IAsyncDisposable
{
    private const int Most = 3;
    private static readonly TimeSpan KeptUnasked = TimeSpan.FromMinutes(20);

    // A load may have begun before a moment and end after it was derived.
    private static readonly TimeSpan LongestLoad = TimeSpan.FromHours(1);

    private readonly Lock _gate = new();
    private readonly List<(KnownMoment Moment, DateTimeOffset AskedAt)> _kept = [];

    /// <summary>The moment, which begins to be worked out when it is not there or what it was derived from has changed.</summary>
    public async Task<KnownMoment> AskAsync(DateTimeOffset at, CancellationToken ct)
    {
        var now = clock.GetUtcNow();
        var version = await DataVersion.OfThenAsync(db, now - at < LongestLoad, ct);
        List<KnownMoment> old;
        KnownMoment asked;
        lock (_gate)
        {
            var found = _kept.FindIndex(k => k.Moment.At == at && k.Moment.Version == version && k.Moment.IsGood);
            asked = found >= 0 ? _kept[found].Moment : new KnownMoment(db, at, version);
            if (found >= 0) _kept.RemoveAt(found);
            old = [.. _kept.Where((k, i) => i < _kept.Count - (Most - 1) || k.Moment.At == at || now - k.AskedAt > KeptUnasked).Select(k => k.Moment)];
            _kept.RemoveAll(k => old.Contains(k.Moment));
            _kept.Add((asked, now));
        }
        // Its last reader may still be reading; nobody waits for him.
        foreach (var moment in old) _ = Task.Run(async () => await moment.DisposeAsync(), CancellationToken.None);
        return asked;
    }

    /// <summary>The moment as a snapshot, once it is worked out and nobody else has it.</summary>
    internal async Task<MetricSnapshot> EnterAsync(DateTimeOffset at, CancellationToken ct)
    {
        while (true)
            if (await (await AskAsync(at, ct)).EnterAsync(ct) is { } snapshot) return snapshot;
    }

    /// <summary>Whether the moment is there or being worked out.</summary>
    internal bool IsKept(DateTimeOffset at)
    {
        lock (_gate) return _kept.Exists(k => k.Moment.At == at && k.Moment.IsGood);
    }

    /// <summary>Forgets them all.</summary>
    public async ValueTask DisposeAsync()
    {
        List<KnownMoment> all;
        lock (_gate)
        {
            all = [.. _kept.Select(k => k.Moment)];
            _kept.Clear();
        }
        foreach (var moment in all) await moment.DisposeAsync();
    }
}
