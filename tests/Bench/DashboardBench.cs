using System.Diagnostics;
using Followthrough.Analytics.Metrics;
using Followthrough.Analytics.Store;
using Npgsql;

namespace Followthrough.Bench;

/// <summary>What the dashboard answers, how fast, against what its parts could do alone in the same run.</summary>
internal sealed class DashboardBench(long interactions)
{
    private const int Rounds = 3;
    private const int Askers = 8;
    private static readonly TimeSpan Span = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan OpenSpan = TimeSpan.FromSeconds(60);
    private static readonly Uri Overview = new("/", UriKind.Relative);

    public async Task RunAsync(CancellationToken ct)
    {
        var folder = Directory.CreateTempSubdirectory("followthrough-bench-");
        try
        {
            await using var server = await EmbeddedPostgres.StartAsync(DataFolder.At(folder.FullName), new EmbeddedPostgresOptions(), ct);
            await using var db = NpgsqlDataSource.Create(new NpgsqlConnectionStringBuilder(server.LoopbackConnectionString) { Timezone = "UTC", CommandTimeout = 0 });
            await RunAsync(server, db, folder, ct);
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    private async Task RunAsync(EmbeddedPostgres server, NpgsqlDataSource db, DirectoryInfo folder, CancellationToken ct)
    {
        var company = new BenchCompany(db, interactions, TimeProvider.System);
        await company.WriteAsync(ct);
        var change = await company.RebuildAsync(ct);
        await NoteBatchAsync(db, ct);
        RefreshResult.Print($"{interactions:N0} interactions of {company.Accounts:N0} customers, {change.Written:N0} commitments; load average {LoadAverage()}");
        var (dashboard, invitation) = await DashboardProcess.StartAsync(server.LoopbackConnectionString, folder.FullName, ct);
        await using (dashboard)
        {
            using var person = await dashboard.SignInAsync(invitation, ct);
            using var program = await dashboard.WithTokenAsync(db, ct);
            await ValidateAsync(ct);
            var uncached = await UncachedAsync(program, new PgBench(db, server.LoopbackConnectionString, folder), ct);
            await CachedAsync(program, ct);
            await OverviewAsync(person, ct);
            await new ExportRun(dashboard, person).RunAsync(change.Written, ct);
            await BrowserAsync(dashboard, ct);
            RefreshResult.Print($"load average {LoadAverage()}");
            RefreshResult.Print($"dashboard: {IngestDuel.Median(uncached):0.00} of pgbench -M prepared with the same statement, one metric as JSON, uncached (median of {uncached.Count}, {uncached.Min():0.00}..{uncached.Max():0.00})");
        }
    }

    // A generator that waited for answers would not see this.
    private static async Task ValidateAsync(CancellationToken ct)
    {
        var (process, address) = await ConstantServer.StartAsync(100, stalls: true, ct);
        using var server = process;
        using var client = new HttpClient { BaseAddress = address };
        var seen = await OpenLoop.RunAsync(100, TimeSpan.FromSeconds(20), _ => client.GetByteArrayAsync(Overview, ct), ct);
        server.Kill();
        RefreshResult.Print($"the open loop on a server that stands still for 200 ms every 5 s: {seen}");
        if (seen.Percentile99 is < 100 or > 400) throw new InvalidOperationException("The open loop does not see that the server stands still.");
    }

    private static async Task<List<double>> UncachedAsync(HttpClient program, PgBench pgbench, CancellationToken ct)
    {
        var period = Period.QuarterOf(DateOnly.FromDateTime(TimeProvider.System.GetUtcNow().UtcDateTime));
        var query = new MetricQuery { Metric = MetricCatalogue.Respond24H.Id, Period = period, Staff = "s1", Region = "region 1", WithDurations = false, Viewer = Viewer.Everything("bench") };
        // Each question is another one, here and there: nobody and no region is asked about twice together.
        Task AskAsync(int n) => GetAsync(program, $"/api/v1/metrics/respond_24h?period={period.Label}&durations=no&person=s{n % 200}&region=region {n}", ct);
        await ClosedLoop.RunAsync(Askers, Span, AskAsync);
        var ratios = new List<double>();
        for (var round = 1; round <= Rounds; round++)
        {
            var theirs = await pgbench.RunAsync(query, Askers, Span, ct);
            var offset = round * 1_000_000;
            var ours = await ClosedLoop.RunAsync(Askers, Span, n => AskAsync(offset + n));
            ratios.Add(ours / theirs);
            RefreshResult.Print($"  round {round}: {ours:N0} metrics/s as JSON, uncached; pgbench {theirs:N0} statements/s: {ratios[^1]:0.00}");
        }
        return ratios;
    }

    private static async Task CachedAsync(HttpClient program, CancellationToken ct)
    {
        const string metric = "/api/v1/metrics/respond_24h?durations=no";
        var bytes = await program.GetByteArrayAsync(new Uri(metric, UriKind.Relative), ct);
        var (process, address) = await ConstantServer.StartAsync(bytes.Length, stalls: false, ct);
        using var server = process;
        using var constant = new HttpClient { BaseAddress = address };
        await ClosedLoop.RunAsync(Askers, Span, _ => constant.GetByteArrayAsync(Overview, ct));
        var ratios = new List<double>();
        for (var round = 1; round <= Rounds; round++)
        {
            var theirs = await ClosedLoop.RunAsync(Askers, Span, _ => constant.GetByteArrayAsync(Overview, ct));
            var ours = await ClosedLoop.RunAsync(Askers, Span, _ => GetAsync(program, metric, ct));
            ratios.Add(ours / theirs);
            RefreshResult.Print($"  round {round}: {ours:N0} metrics/s as JSON, cached; Kestrel {theirs:N0} constants/s: {ratios[^1]:0.00}");
        }
        server.Kill();
        RefreshResult.Print($"cached: {IngestDuel.Median(ratios):0.00} of Kestrel answering a constant (median of {ratios.Count}, {ratios.Min():0.00}..{ratios.Max():0.00})");
    }

    private static async Task OverviewAsync(HttpClient person, CancellationToken ct)
    {
        var first = Stopwatch.GetTimestamp();
        var page = await person.GetByteArrayAsync(Overview, ct);
        RefreshResult.Print($"Overview, the first time: {Stopwatch.GetElapsedTime(first).TotalMilliseconds:0} ms, {page.Length >> 10} KB of HTML");
        var seen = await OpenLoop.RunAsync(50, OpenSpan, _ => person.GetByteArrayAsync(Overview, ct), ct);
        RefreshResult.Print($"Overview in one request, open loop of 50/s for {OpenSpan.TotalSeconds:0} s: {seen}");
    }

    private static async Task BrowserAsync(DashboardProcess dashboard, CancellationToken ct)
    {
        if (await BrowserRun.MeasureAsync(new Uri(dashboard.Address, Overview), await dashboard.SessionAsync(ct)) is not { } seen)
            RefreshResult.Print("Chromium is not installed; no browser measured.");
        else
            RefreshResult.Print($"browser: first contentful paint {seen.Cold:0} ms cold, {seen.Warm:0} ms warm; {seen.Kilobytes:0} KB over the wire");
    }

    private static async Task GetAsync(HttpClient client, string address, CancellationToken ct)
    {
        using var answer = await client.GetAsync(new Uri(address, UriKind.Relative), ct);
        await answer.EnsureSuccessStatusCode().Content.CopyToAsync(Stream.Null, ct);
    }

    // The facts were written past the loader; the pages want to know that data came in.
    private static async Task NoteBatchAsync(NpgsqlDataSource db, CancellationToken ct)
    {
        await using var note = db.CreateCommand("""
            insert into batch (source, mapping, mapping_hash, name, sha256, bytes, records, read, added, changed, unchanged, rejected, backfill, known_at)
            values ('bench', 'canonical', '', 'bench', '', 0, 0, 0, 0, 0, 0, 0, false, now())
            """);
        await note.ExecuteNonQueryAsync(ct);
    }

    private static string LoadAverage() => string.Join(' ', File.ReadAllText("/proc/loadavg").Split(' ').Take(3));
}
