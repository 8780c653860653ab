using System.Collections.Concurrent;

namespace Followthrough.Analytics.Metrics;

/// <summary>
/// The last of each whole that takes long to work out: while the new one is worked out, who asks sees this one at once and is told so.
/// What is there in a moment is waited for, so that nobody sees less than is known without a reason. In memory and bounded.
/// </summary>
internal sealed class LastFigures(TimeProvider clock)
{
    private const int Most = 200;

    private static readonly TimeSpan Long = TimeSpan.FromMilliseconds(500);
    private static readonly TimeSpan Oldest = TimeSpan.FromHours(1);

    private readonly ConcurrentDictionary<FigureKey, Entry> _entries = new();

    /// <summary>The last one, where the next would be waited for; null where it would not.</summary>
    public Whole<T>? Find<T>(FigureKey key) where T : class =>
        _entries.TryGetValue(key, out var last) && last.Took >= Long && clock.GetUtcNow() - last.At < Oldest ? new Whole<T>((T)last.Value, last.At) : null;

    /// <summary>Works it out and keeps it.</summary>
    public async Task<T> KeepAsync<T>(FigureKey key, Func<Task<T>> read) where T : class
    {
        var (at, began) = (clock.GetUtcNow(), clock.GetTimestamp());
        var value = await read();
        if (_entries.Count >= Most) _entries.Clear();
        _entries[key] = new Entry(value, at, clock.GetElapsedTime(began));
        return value;
    }

    /// <summary>Works it out beside whoever asks, unless that is being done.</summary>
    public void Renew(FigureKey key, Func<Task> read)
    {
        if (_entries.TryGetValue(key, out var last) && last.MayRenew()) _ = RenewAsync(last, read);
    }

    private static async Task RenewAsync(Entry last, Func<Task> read)
    {
        // Nobody waits for it. Where it fails, who asks next tries again, and is told why once the last one is too old to be shown.
        await Task.Run(read).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        last.Release();
    }

    private sealed class Entry(object value, DateTimeOffset at, TimeSpan took)
    {
        private int _renewing;

        public object Value => value;

        public DateTimeOffset At => at;

        public TimeSpan Took => took;

        public bool MayRenew() => Interlocked.Exchange(ref _renewing, 1) == 0;

        public void Release() => Volatile.Write(ref _renewing, 0);
    }
}
