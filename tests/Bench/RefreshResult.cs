using System.Globalization;

namespace Followthrough.Bench;

/// <summary>What was measured at one size.</summary>
internal sealed record RefreshResult(long Interactions, double Rebuild, Timing Refresh)
{
    /// <summary>Prints the last line: the refresh of the largest size against its rebuild, and against the refresh of the smallest.</summary>
    public static void Conclude(IReadOnlyList<RefreshResult> results)
    {
        var (first, last) = (results[0], results[^1]);
        var of = last.Rebuild / last.Refresh.Median;
        if (results.Count > 1)
            Print($"refresh at {last.Interactions:N0} against {first.Interactions:N0}: {last.Refresh.Median / first.Refresh.Median:0.00} times");
        Print($"refresh: 1/{of:0} of a full rebuild for 10,000 changed facts at {last.Interactions:N0} interactions "
            + $"(median of {last.Refresh.Seconds.Count}, 1/{last.Rebuild / last.Refresh.Seconds.Min():0}..1/{last.Rebuild / last.Refresh.Seconds.Max():0})");
    }

    public static void Print(FormattableString line) => Console.WriteLine(line.ToString(CultureInfo.InvariantCulture));

    public static void Print(string line) => Console.WriteLine(line);
}
