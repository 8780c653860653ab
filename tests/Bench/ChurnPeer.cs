using System.Diagnostics;
using System.Globalization;
using System.Runtime.InteropServices;
using System.Text.Json;
using Followthrough.Analytics.Churn;

namespace Followthrough.Bench;

/// <summary>python3-xgboost in a process that has the matrix in memory before the clock starts.</summary>
internal sealed class ChurnPeer : IAsyncDisposable
{
    private const string Script = """
        import json, sys, time
        import numpy, xgboost
        folder, job = sys.argv[1], json.load(open(sys.argv[1] + "/job.json"))
        inputs = numpy.fromfile(folder + "/inputs.f32", dtype=numpy.float32).reshape(-1, job["width"])
        left = numpy.fromfile(folder + "/left.f32", dtype=numpy.float32)
        for line in sys.stdin:
            started = time.perf_counter()
            data = xgboost.DMatrix(inputs, left, nthread=int(job["parameters"]["nthread"]))
            model = xgboost.train(job["parameters"], data, job["trees"])
            seconds = time.perf_counter() - started
            model.predict(data, output_margin=True).astype(numpy.float32).tofile(folder + "/odds.f32")
            print(seconds, flush=True)
        """;

    private readonly Process _process;
    private readonly DirectoryInfo _folder;

    private ChurnPeer(Process process, DirectoryInfo folder) => (_process, _folder) = (process, folder);

    public static async Task<ChurnPeer> StartAsync(
        DirectoryInfo folder, FeatureMatrix inputs, bool[] left, IEnumerable<KeyValuePair<string, string>> parameters, int trees, CancellationToken ct)
    {
        await File.WriteAllBytesAsync(Path.Combine(folder.FullName, "inputs.f32"), MemoryMarshal.AsBytes(inputs.Values.AsSpan()).ToArray(), ct);
        await File.WriteAllBytesAsync(Path.Combine(folder.FullName, "left.f32"), MemoryMarshal.AsBytes(Array.ConvertAll(left, l => l ? 1f : 0f).AsSpan()).ToArray(), ct);
        await File.WriteAllTextAsync(Path.Combine(folder.FullName, "job.json"), JsonSerializer.Serialize(new { width = inputs.Width, trees, parameters = parameters.ToDictionary() }), ct);
        // Debian's own, whatever other Python comes first in the path.
        var process = Process.Start(new ProcessStartInfo("/usr/bin/python3", ["-c", Script, folder.FullName]) { RedirectStandardInput = true, RedirectStandardOutput = true })
            ?? throw new InvalidOperationException("python3 does not start.");
        return new ChurnPeer(process, folder);
    }

    /// <summary>Trains once; how long it took and the log-odds of the rows.</summary>
    public async Task<(double Seconds, float[] Odds)> TrainAsync(CancellationToken ct)
    {
        await _process.StandardInput.WriteLineAsync("train".AsMemory(), ct);
        await _process.StandardInput.FlushAsync(ct);
        var line = await _process.StandardOutput.ReadLineAsync(ct) ?? throw new InvalidOperationException("python3-xgboost said nothing; is it installed?");
        var bytes = await File.ReadAllBytesAsync(Path.Combine(_folder.FullName, "odds.f32"), ct);
        return (double.Parse(line, CultureInfo.InvariantCulture), MemoryMarshal.Cast<byte, float>(bytes).ToArray());
    }

    public async ValueTask DisposeAsync()
    {
        _process.StandardInput.Close();
        await _process.WaitForExitAsync();
        _process.Dispose();
    }
}
