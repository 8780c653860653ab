using Npgsql;

namespace Followthrough.Analytics.Metrics;

/// <summary>
/// The earlier moments last asked about. Each is derived once, in seconds, and then answers like now, until history changes or nobody has
/// asked for a while. Few are kept, since each takes a connection and its tables.
/// </summary>
public sealed class KnownMoments : IAsyncDisposable
{
    private const int Most = 3;

    // Those that wait to be worked out take nothing but time; beyond it somebody asks faster than anybody reads.
    private const int MostAsked = 20;

    private static readonly TimeSpan KeptUnasked = TimeSpan.FromMinutes(20);

    // A load may have begun before a moment and end after it was derived.
    private static readonly TimeSpan LongestLoad = TimeSpan.FromHours(1);

    private readonly Lock _gate = new();
    private readonly SemaphoreSlim _build = new(1);
    private readonly List<(KnownMoment Moment, DateTimeOffset AskedAt)> _kept = [];
    private readonly NpgsqlDataSource _db;
    private readonly TimeProvider _clock;
    private readonly ITimer _sweep;

    /// <param name="db">Facts.</param>
    /// <param name="clock">Says how long nobody has asked.</param>
    public KnownMoments(NpgsqlDataSource db, TimeProvider clock)
    {
        (_db, _clock) = (db, clock);
        _sweep = clock.CreateTimer(_ => Sweep(), null, KeptUnasked / 4, KeptUnasked / 4);
    }

    /// <summary>The moment, which begins to be worked out when it is not there or what it was derived from has changed.</summary>
    public async Task<KnownMoment> AskAsync(DateTimeOffset at, CancellationToken ct)
    {
        var now = _clock.GetUtcNow();
        var version = await DataVersion.OfThenAsync(_db, now - at < LongestLoad, ct);
        lock (_gate)
        {
            var found = _kept.FindIndex(k => k.Moment.At == at && k.Moment.Version == version && k.Moment.IsGood);
            if (found < 0 && _kept.Count(k => !k.Moment.IsIdle) >= MostAsked)
                throw new InvalidOperationException($"{MostAsked} earlier moments are being worked out; no more are begun.");
            var asked = found >= 0 ? _kept[found].Moment : new KnownMoment(_db, at, version, _build);
            if (found >= 0) _kept.RemoveAt(found);
            Forget(k => k.Moment.At == at);
            _kept.Add((asked, now));
            // In the order in which they were last asked about.
            var last = _kept.TakeLast(Most).Select(k => k.Moment).ToHashSet();
            Forget(k => k.Moment.IsIdle && !last.Contains(k.Moment));
            return asked;
        }
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
        await _sweep.DisposeAsync();
        lock (_gate)
        {
            all = [.. _kept.Select(k => k.Moment)];
            _kept.Clear();
        }
        foreach (var moment in all) await moment.DisposeAsync();
    }

    private void Sweep()
    {
        var now = _clock.GetUtcNow();
        lock (_gate) Forget(k => k.Moment.IsIdle && now - k.AskedAt > KeptUnasked);
    }

    // The last reader may still be reading; nobody waits for him.
    private void Forget(Func<(KnownMoment Moment, DateTimeOffset AskedAt), bool> which)
    {
        var old = _kept.Where(which).ToList();
        _kept.RemoveAll(old.Contains);
        foreach (var (moment, _) in old) _ = Task.Run(async () => await moment.DisposeAsync(), CancellationToken.None);
    }
}
