using System.Diagnostics;

namespace Followthrough.Bench;

/// <summary>The list of all commitments as a CSV file: until its first byte, how fast, and what it takes of memory.</summary>
internal sealed class ExportRun(DashboardProcess dashboard, HttpClient person)
{
    private const int Rounds = 3;
    private const long Most = 2_000_000;

    public async Task RunAsync(long commitments, CancellationToken ct)
    {
        // Of a large company its month, which is about a million.
        var now = TimeProvider.System.GetUtcNow();
        var period = commitments > Most ? $"{now:yyyy-MM}" : "2000-01-01..2099-12-31";
        await OnceAsync($"{now:yyyy-MM-dd}..{now:yyyy-MM-dd}", ct);
        var before = dashboard.Memory;
        var runs = new List<(double First, double Speed)>();
        for (var round = 0; round < Rounds; round++) runs.Add(await OnceAsync(period, ct));
        var after = dashboard.Memory;
        RefreshResult.Print($"export: first byte after {IngestDuel.Median(runs.Select(r => r.First)):0} ms, {IngestDuel.Median(runs.Select(r => r.Speed)):0.0} MB/s (medians of {Rounds}); memory {before.Now:0} MB before, {after.Now:0} MB after, {after.Peak:0} MB at most");
    }

    private async Task<(double First, double Speed)> OnceAsync(string period, CancellationToken ct)
    {
        var began = Stopwatch.GetTimestamp();
        using var answer = await person.GetAsync(new Uri($"/commitments.csv?period={period}", UriKind.Relative), HttpCompletionOption.ResponseHeadersRead, ct);
        answer.EnsureSuccessStatusCode();
        await using var body = await answer.Content.ReadAsStreamAsync(ct);
        var (buffer, bytes, first) = (new byte[1 << 16], 0L, 0.0);
        for (int n; (n = await body.ReadAsync(buffer, ct)) > 0; bytes += n)
            if (bytes == 0) first = Stopwatch.GetElapsedTime(began).TotalMilliseconds;
        var seconds = Stopwatch.GetElapsedTime(began).TotalSeconds;
        RefreshResult.Print($"  export of {period}: {answer.Headers.GetValues("X-Row-Count").Single()} rows, {bytes / 1e6:0.0} MB in {seconds:0.0} s, first byte after {first:0} ms");
        return (first, bytes / 1e6 / seconds);
    }
}
