using System.Collections.Concurrent;
using Followthrough.Analytics.Editions;

namespace Followthrough.Analytics.Metrics;

/// <summary>Figures of one state of the data at one instant. Whoever asks first works a figure out, the others wait for it.</summary>
internal sealed class FigureSet(string version, DateTimeOffset at)
{
    // A figure is a few hundred bytes, a split one some kilobytes.
    private const int Most = 5_000;

    private readonly ConcurrentDictionary<FigureKey, Task<object>> _figures = new();
    private int _added;

    public string Version => version;

    public DateTimeOffset At => at;

    /// <summary>The reporting zone, once a figure has been worked out.</summary>
    public TimeZoneInfo? Zone { get; set; }

    /// <summary>Which questions closed quarters answer, once it was asked.</summary>
    public ClosedQuestions? Closed { get; set; }

    /// <summary>What was worked out already; null where that has not ended.</summary>
    public async Task<T?> FindAsync<T>(FigureKey key) where T : class =>
        _figures.TryGetValue(key, out var task) && task.IsCompletedSuccessfully ? (T)await task : null;

    public async Task<T> GetAsync<T>(FigureKey key, Func<Task<T>> read, CancellationToken ct) where T : class
    {
        while (true)
        {
            if (!_figures.TryGetValue(key, out var task))
            {
                var mine = new TaskCompletionSource<object>(TaskCreationOptions.RunContinuationsAsynchronously);
                task = _figures.GetOrAdd(key, mine.Task);
                if (task == mine.Task) return await ReadAsync(key, mine, read);
            }
            try
            {
                return (T)await task.WaitAsync(ct);
            }
            catch (OperationCanceledException) when (!ct.IsCancellationRequested)
            {
                // Who worked it out gave up or failed; that is his answer and not ours.
            }
        }
    }

    private async Task<T> ReadAsync<T>(FigureKey key, TaskCompletionSource<object> mine, Func<Task<T>> read) where T : class
    {
        if (Interlocked.Increment(ref _added) % Most == 0) _figures.Clear();
        try
        {
            var value = await read();
            mine.SetResult(value);
            return value;
        }
        catch
        {
            _figures.TryRemove(new KeyValuePair<FigureKey, Task<object>>(key, mine.Task));
            mine.SetCanceled(CancellationToken.None);
            throw;
        }
    }
}
