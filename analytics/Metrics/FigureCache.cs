using System.Collections.Concurrent;
using Followthrough.Analytics.Editions;
using Npgsql;

namespace Followthrough.Analytics.Metrics;

/// <summary>
/// Figures that were worked out before, for everybody who sees the same. What is about now stands until the data change or the minute is
/// over, and all of it for one and the same instant, so that figures and lists of one minute agree. In memory and bounded.
/// </summary>
public sealed class FigureCache(TimeProvider clock)
{
    private const int MostMoments = 8;

    private readonly ConcurrentDictionary<DateTimeOffset, FigureSet> _then = new();
    private FigureSet _now = new("", DateTimeOffset.MinValue);

    /// <summary>The last of what takes long to work out.</summary>
    internal LastFigures Last { get; } = new(clock);

    /// <summary>What is known of now.</summary>
    internal FigureSet Now(string version)
    {
        var (now, kept) = (clock.GetUtcNow(), Volatile.Read(ref _now));
        if (kept.Version == version && IsSameMinute(kept.At, now)) return kept;
        var next = new FigureSet(version, now);
        // Of two that saw the change at once, one wins; the other's readers ask its set.
        var before = Interlocked.CompareExchange(ref _now, next, kept);
        return before == kept ? next : before.Version == version && IsSameMinute(before.At, now) ? before : next;
    }

    /// <summary>The closed quarters.</summary>
    /// <param name="db">Where they are.</param>
    /// <param name="version">Of the data.</param>
    /// <param name="ct">Stops waiting.</param>
    public async Task<EditionList> EditionsAsync(NpgsqlDataSource db, string version, CancellationToken ct)
    {
        var now = Now(version);
        return (now.Closed ??= await ClosedQuestions.ReadAsync(db, ct)).Editions;
    }

    /// <summary>What is known of an earlier moment.</summary>
    internal FigureSet Then(DateTimeOffset at, string version)
    {
        if (_then.TryGetValue(at, out var kept) && kept.Version == version) return kept;
        if (_then.Count >= MostMoments) _then.Clear();
        return _then[at] = new FigureSet(version, at);
    }

    private static bool IsSameMinute(DateTimeOffset one, DateTimeOffset other) =>
        one.UtcTicks / TimeSpan.TicksPerMinute == other.UtcTicks / TimeSpan.TicksPerMinute;
}
