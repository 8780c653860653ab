using System.Diagnostics;
using System.Globalization;
using Followthrough.Analytics.Store;

namespace Followthrough.Bench;

/// <summary>The loader as people run it, a process of its own, for the memory it takes.</summary>
internal sealed class IngestProcess(IngestStore store)
{
    private static readonly TimeSpan Look = TimeSpan.FromMilliseconds(20);

    /// <summary>Loads a file and returns the largest resident memory in MB.</summary>
    public async Task<double> PeakAsync(string file, CancellationToken ct)
    {
        var start = new ProcessStartInfo("dotnet", [Path.Combine(AppContext.BaseDirectory, "Followthrough.Ingest.dll"), "load", store.PathOf(file)])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            Environment = { [AnalyticsStore.ConnectionVariable] = store.Server.ConnectionString, [DataFolder.Variable] = store.PathOf("elsewhere") },
        };
        using var process = Process.Start(start) ?? throw new InvalidOperationException("The loader does not start.");
        var said = process.StandardOutput.ReadToEndAsync(ct);
        var failed = process.StandardError.ReadToEndAsync(ct);
        var peak = 0.0;
        while (!process.HasExited)
        {
            peak = Math.Max(peak, Peak(process.Id));
            await Task.Delay(Look, ct);
        }
        await process.WaitForExitAsync(ct);
        return process.ExitCode is 0 or 1 ? peak : throw new InvalidOperationException($"{await said}{await failed}");
    }

    private static double Peak(int id)
    {
        try
        {
            var line = File.ReadLines($"/proc/{id}/status").FirstOrDefault(l => l.StartsWith("VmHWM:", StringComparison.Ordinal));
            return line is null ? 0 : double.Parse(line[6..].Replace("kB", "", StringComparison.Ordinal).Trim(), CultureInfo.InvariantCulture) / 1024;
        }
        catch (IOException)
        {
            // It has ended meanwhile.
            return 0;
        }
    }
}
