using System.Diagnostics;

namespace Followthrough.Bench;

/// <summary>
/// Asks at fixed times, whether the answers before have come or not, as people do. Latency counts from the time a request was meant to be
/// sent; an error counts as one that never ends.
/// </summary>
internal sealed record OpenLoop(IReadOnlyList<double> Milliseconds)
{
    public double Median => At(0.5);

    public double Percentile99 => At(0.99);

    public int Errors => Milliseconds.Count(double.IsPositiveInfinity);

    public static async Task<OpenLoop> RunAsync(double perSecond, TimeSpan span, Func<int, Task> ask, CancellationToken ct)
    {
        var requests = new List<Task<double>>();
        var began = Stopwatch.GetTimestamp();
        for (var i = 0; i < (int)(perSecond * span.TotalSeconds); i++)
        {
            var meant = began + (long)(i / perSecond * Stopwatch.Frequency);
            var ahead = Stopwatch.GetElapsedTime(Stopwatch.GetTimestamp(), meant);
            if (ahead > TimeSpan.Zero) await Task.Delay(ahead, ct);
            var number = i;
            requests.Add(Task.Run(() => AskAsync(number, meant, ask), ct));
        }
        return new OpenLoop([.. (await Task.WhenAll(requests)).Order()]);
    }

    public override string ToString() => FormattableString.Invariant($"median {Median:0.0} ms, p99 {Percentile99:0.0} ms, {Errors} errors of {Milliseconds.Count}");

    private static async Task<double> AskAsync(int number, long meant, Func<int, Task> ask)
    {
        try
        {
            await ask(number);
            return Stopwatch.GetElapsedTime(meant).TotalMilliseconds;
        }
        catch (HttpRequestException)
        {
            return double.PositiveInfinity;
        }
    }

    private double At(double share) => Milliseconds[Math.Min(Milliseconds.Count - 1, (int)(share * Milliseconds.Count))];
}
