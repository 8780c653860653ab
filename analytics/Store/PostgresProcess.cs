using System.Globalization;
using System.Text;

namespace Followthrough.Analytics.Store;

/// <summary>A server process that serves the cluster now.</summary>
internal sealed record PostgresProcess(int Pid, int Port)
{
    /// <summary>The living server of the cluster, or null. A process number that another program has taken over is not one.</summary>
    internal static PostgresProcess? Find(Cluster cluster)
    {
        var lines = ReadLines(cluster.PidFile);
        return lines.Length >= 4 && Number(lines[0]) is { } pid && Number(lines[3]) is { } port && Serves(pid, lines[1])
            ? new PostgresProcess(pid, port)
            : null;
    }

    /// <summary>Whether a server was started and has not said its port yet.</summary>
    internal static bool IsComingUp(Cluster cluster)
    {
        var lines = ReadLines(cluster.PidFile);
        return lines.Length is 2 or 3 && Number(lines[0]) is { } pid && Serves(pid, lines[1]);
    }

    internal static Task<HostCommand> StartAsync(Cluster cluster, PostgresBinaries binaries, TimeSpan patience, CancellationToken cancellation) =>
        cluster.Account.RunAsync(
            binaries.PgCtl,
            ["start", "-D", cluster.DataDirectory, "-l", cluster.Log, "-w", "-s", "-t", Seconds(patience)],
            cancellation);

    internal static Task<HostCommand> StopAsync(
        Cluster cluster, PostgresBinaries binaries, string mode, TimeSpan patience, CancellationToken cancellation) =>
        cluster.Account.RunAsync(
            binaries.PgCtl, ["stop", "-D", cluster.DataDirectory, "-m", mode, "-w", "-s", "-t", Seconds(patience)], cancellation);

    private static string Seconds(TimeSpan span) => ((int)span.TotalSeconds).ToString(CultureInfo.InvariantCulture);

    private static int? Number(string line) => int.TryParse(line, CultureInfo.InvariantCulture, out var number) ? number : null;

    private static string[] ReadLines(string file)
    {
        try
        {
            return File.ReadAllLines(file);
        }
        catch (Exception gone) when (gone is FileNotFoundException or DirectoryNotFoundException)
        {
            return [];
        }
    }

    // Compared with the path the server itself noted: the same folder may have another name here (a link, a mount).
    private static bool Serves(int pid, string dataDirectory)
    {
        try
        {
            var command = Encoding.UTF8.GetString(File.ReadAllBytes($"/proc/{pid}/cmdline")).Split('\0');
            return Path.GetFileName(command[0]) is "postgres" or "postmaster" && command.Contains(dataDirectory);
        }
        catch (Exception gone) when (gone is IOException or UnauthorizedAccessException)
        {
            return false;
        }
    }
}
