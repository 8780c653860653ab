using System.ComponentModel;
using System.Globalization;
using System.Text.RegularExpressions;

namespace Followthrough.Analytics.Store;

/// <summary>The server programs of one PostgreSQL installation of this machine.</summary>
internal sealed partial record PostgresBinaries(string Folder, int Major)
{
    internal const int OldestMajor = 15;

    private static readonly string[] Programs = ["postgres", "initdb", "pg_ctl"];

    internal string Initdb => Path.Combine(Folder, "initdb");

    internal string PgCtl => Path.Combine(Folder, "pg_ctl");

    /// <summary>The installation that can serve a cluster of version <paramref name="clusterMajor"/>; for a new cluster (null) the newest one.</summary>
    internal static async Task<PostgresBinaries> FindAsync(int? clusterMajor, IEnumerable<string> folders, CancellationToken cancellation)
    {
        var found = new List<PostgresBinaries>();
        foreach (var folder in folders.Distinct().Where(IsComplete))
            if (await MajorOfAsync(folder, cancellation) is { } major)
                found.Add(new PostgresBinaries(folder, major));
        var usable = found.Where(one => one.Major >= OldestMajor && (clusterMajor is null || one.Major == clusterMajor));
        return usable.MaxBy(one => one.Major) ?? throw new PostgresMissingException(Complaint(clusterMajor, found));
    }

    /// <summary>Where distributions put the server programs: PATH first, then the versioned folders.</summary>
    internal static IEnumerable<string> UsualFolders() =>
    [
        .. (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator, StringSplitOptions.RemoveEmptyEntries),
        .. Below("/usr/lib/postgresql", "*", "bin"),
        .. Below("/usr", "pgsql-*", "bin"),
        .. Below("/usr/lib", "postgresql*", "bin"),
        .. Below("/usr/libexec", "postgresql*", ""),
        .. Below("/opt", "postgresql*", "bin"),
        "/usr/local/pgsql/bin",
        "/usr/local/bin",
    ];

    private static IEnumerable<string> Below(string parent, string pattern, string child) =>
        Directory.Exists(parent) ? Directory.EnumerateDirectories(parent, pattern).Select(one => Path.Combine(one, child)) : [];

    private static bool IsComplete(string folder) => Programs.All(program => File.Exists(Path.Combine(folder, program)));

    private static async Task<int?> MajorOfAsync(string folder, CancellationToken cancellation)
    {
        try
        {
            var answer = await HostCommand.RunAsync(Path.Combine(folder, "postgres"), ["--version"], cancellation);
            var match = Version().Match(answer.Output);
            return answer.Succeeded && match.Success ? int.Parse(match.Groups[1].ValueSpan, CultureInfo.InvariantCulture) : null;
        }
        catch (Win32Exception)
        {
            // A link whose target was uninstalled, or a program for another machine.
            return null;
        }
    }

    private static string Complaint(int? clusterMajor, List<PostgresBinaries> found)
    {
        var seen = found.Count == 0 ? "none was found" : "found: " + string.Join(", ", found.Select(one => $"{one.Major} in {one.Folder}"));
        return clusterMajor is { } major
            ? $"The database was made by PostgreSQL {major} and needs its server programs ({seen}). Install them (Debian: apt-get install postgresql-{major})."
            : $"PostgreSQL {OldestMajor} or newer is needed ({seen}). Install the server (Debian: apt-get install postgresql), "
                + $"or name a running one in {AnalyticsStore.ConnectionVariable}.";
    }

    [GeneratedRegex(@"\(PostgreSQL\) (\d+)")]
    private static partial Regex Version();
}

/// <summary>No usable PostgreSQL server programs on this machine.</summary>
internal sealed class PostgresMissingException(string message) : StoreException(message);
