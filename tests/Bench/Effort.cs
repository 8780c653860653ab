using System.Diagnostics;
using System.Globalization;

namespace Followthrough.Bench;

/// <summary>What something took: seconds of the clock, and seconds of processors in this process and in PostgreSQL.</summary>
internal readonly record struct Effort(double Wall, double Client, double Server)
{
    private const double TicksOfSecond = 100;

    /// <summary>Of both.</summary>
    public double Processors => Client + Server;

    public static async Task<Effort> OfAsync(int postmaster, Func<Task> work)
    {
        var (client, server, started) = (Environment.CpuUsage.TotalTime, ServerSeconds(postmaster), Stopwatch.GetTimestamp());
        await work();
        var wall = Stopwatch.GetElapsedTime(started).TotalSeconds;
        return new Effort(wall, (Environment.CpuUsage.TotalTime - client).TotalSeconds, ServerSeconds(postmaster) - server);
    }

    public override string ToString() =>
        string.Create(CultureInfo.InvariantCulture, $"{Wall:0.00} s (processors {Client:0.00} s here, {Server:0.00} s in PostgreSQL)");

    // The server's own time, that of the children it has buried, and that of those alive.
    private static double ServerSeconds(int postmaster)
    {
        var seconds = 0.0;
        foreach (var folder in Directory.EnumerateDirectories("/proc").Where(f => char.IsAsciiDigit(Path.GetFileName(f)[0])))
            if (Stat(folder) is { } stat && (stat[0] == postmaster || stat[1] == postmaster))
                seconds += (stat[2] + stat[3] + (stat[0] == postmaster ? stat[4] + stat[5] : 0)) / TicksOfSecond;
        return seconds;
    }

    // Process, parent, and the ticks it and its buried children took as user and as system.
    private static long[]? Stat(string folder)
    {
        try
        {
            var text = File.ReadAllText(Path.Combine(folder, "stat"));
            var fields = text[(text.LastIndexOf(')') + 2)..].Split(' ');
            return [.. new[] { Path.GetFileName(folder), fields[1], fields[11], fields[12], fields[13], fields[14] }.Select(f => long.Parse(f, CultureInfo.InvariantCulture))];
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // It has ended meanwhile.
            return null;
        }
    }
}
