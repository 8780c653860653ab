using System.Diagnostics;
using System.Globalization;

namespace Followthrough.Bench;

/// <summary>Seconds of one thing done several times.</summary>
internal sealed record Timing(IReadOnlyList<double> Seconds)
{
    public double Median => Seconds.Order().ElementAt(Seconds.Count / 2);

    public static async Task<double> OfAsync(Func<Task> work)
    {
        var started = Stopwatch.GetTimestamp();
        await work();
        return Stopwatch.GetElapsedTime(started).TotalSeconds;
    }

    public override string ToString() =>
        string.Create(CultureInfo.InvariantCulture, $"{Median:0.0000} s (median of {Seconds.Count}, {Seconds.Min():0.0000}..{Seconds.Max():0.0000})");
}
