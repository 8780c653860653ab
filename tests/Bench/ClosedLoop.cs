using System.Diagnostics;

namespace Followthrough.Bench;

/// <summary>So many askers, each with the next question as soon as the last is answered: how much can be answered at all.</summary>
internal static class ClosedLoop
{
    /// <summary>Answers per second.</summary>
    public static async Task<double> RunAsync(int askers, TimeSpan span, Func<int, Task> ask)
    {
        var (answered, number, began) = (0, 0, Stopwatch.GetTimestamp());
        await Task.WhenAll(Enumerable.Range(0, askers).Select(_ => Task.Run(async () =>
        {
            while (Stopwatch.GetElapsedTime(began) < span)
            {
                await ask(Interlocked.Increment(ref number));
                Interlocked.Increment(ref answered);
            }
        })));
        return answered / Stopwatch.GetElapsedTime(began).TotalSeconds;
    }
}
