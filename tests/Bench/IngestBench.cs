using System.Globalization;
using Followthrough.Analytics.Store;
using Npgsql;

namespace Followthrough.Bench;

/// <summary>What it takes to bring so many interactions in, against binary COPY and pgloader with the same rows and the same indexed table.</summary>
internal sealed class IngestBench(long rows)
{
    private const int Rounds = 3;

    public async Task RunAsync(CancellationToken ct)
    {
        var folder = Directory.CreateTempSubdirectory("followthrough-bench-");
        try
        {
            await using var server = await EmbeddedPostgres.StartAsync(DataFolder.At(folder.FullName), new EmbeddedPostgresOptions(), ct);
            await using var db = NpgsqlDataSource.Create(new NpgsqlConnectionStringBuilder(server.ConnectionString) { Timezone = "UTC", CommandTimeout = 0 });
            await RunAsync(new IngestStore(server, db, folder), ct);
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    private async Task RunAsync(IngestStore store, CancellationToken ct)
    {
        await store.PrepareAsync(rows, ct);
        await WriteFilesAsync(store, ct);
        var peers = new IngestPeers(store);
        await peers.PrepareAsync(rows, ct);
        RefreshResult.Print($"{rows:N0} interactions of {Math.Max(1, rows / 50):N0} customers, a file of {new FileInfo(store.PathOf("interaction.csv")).Length >> 20} MB; load average {LoadAverage()}");
        var duels = new List<IngestDuel>();
        for (var round = 1; round <= Rounds; round++) duels.Add(await DuelAsync(store, peers, round, ct));
        await AgainAsync(store, duels, ct);
        if (await PgloaderAsync(store, peers, duels, ct)) await store.CheckAsync("copied", "interaction", ct);
        await StreamAsync(store, peers, ct);
        await MergeAsync(store, ct);
        await MemoryAsync(store, ct);
        RefreshResult.Print($"load average {LoadAverage()}");
        IngestDuel.Conclude(duels, rows);
    }

    // One row in a thousand stands twice, and one in a thousand can't be read: the file is what files are, and COPY is spared it.
    private async Task WriteFilesAsync(IngestStore store, CancellationToken ct)
    {
        const string columns = $"account, {IngestStore.Columns}";
        var bad = columns.Replace("channel", "'pigeon' as channel", StringComparison.Ordinal);
        var file = $"select {columns} from (select * from wanted union all select * from wanted where n % 1000 = 7) w";
        await store.WriteCsvAsync("interaction.csv", $"select {columns} from (select {columns}, n from wanted union all select {columns}, n from wanted where n % 1000 = 7 union all select {bad}, n from wanted where n % 1000 = 13) w order by n", true, ct);
        await store.WriteCsvAsync("interaction.shuffled.csv", $"{file} order by hashint8(n)", true, ct);
        await store.WriteCsvAsync("interaction.tenth.csv", $"select {columns} from wanted where n <= {rows / 10} order by n", true, ct);
        await store.WriteCsvAsync("interaction.changed.csv", Changed("true"), true, ct);
        await store.WriteCsvAsync("interaction.changed-tenth.csv", Changed($"n <= {rows / 10}"), true, ct);
    }

    private string Changed(string which) =>
        $"select account, {IngestStore.Columns.Replace("source_modified_at", "source_modified_at + interval '1 day' as source_modified_at", StringComparison.Ordinal).Replace("subject", "subject || ' (again)' as subject", StringComparison.Ordinal)} "
        + $"from wanted where {which} order by hashint8(n) limit {rows / 100}";

    private static async Task<IngestDuel> DuelAsync(IngestStore store, IngestPeers peers, int round, CancellationToken ct)
    {
        await store.ClearAsync(ct);
        var copy = await Effort.OfAsync(store.Postmaster, () => peers.CopyAsync(ct));
        await store.CheckAsync("wanted", "copied", ct);
        await store.ClearAsync(ct);
        var backfill = await Effort.OfAsync(store.Postmaster, () => store.LoadAsync("interaction.csv", true, ct));
        await store.CheckAsync("wanted", "interaction", ct);
        await store.ClearAsync(ct);
        var load = await Effort.OfAsync(store.Postmaster, () => store.LoadAsync("interaction.csv", false, ct));
        await store.CheckAsync("wanted", "interaction", ct);
        RefreshResult.Print($"  round {round}: COPY {copy}");
        RefreshResult.Print($"           load {load}, {copy.Wall / load.Wall:0.00} of COPY, {copy.Processors / load.Processors:0.00} by processors");
        RefreshResult.Print($"       backfill {backfill}, {copy.Wall / backfill.Wall:0.00} of COPY, {copy.Processors / backfill.Processors:0.00} by processors");
        return new IngestDuel(copy, load, backfill);
    }

    private static async Task AgainAsync(IngestStore store, List<IngestDuel> duels, CancellationToken ct)
    {
        var load = duels[^1].Load;
        var same = await Effort.OfAsync(store.Postmaster, () => store.LoadAsync("interaction.csv", false, ct));
        RefreshResult.Print($"the same file again: {same}, {load.Wall / same.Wall:0.0} times faster, {load.Processors / same.Processors:0.0} by processors");
        var shuffled = await Effort.OfAsync(store.Postmaster, () => store.LoadAsync("interaction.shuffled.csv", false, ct));
        await store.CheckAsync("wanted", "interaction", ct);
        RefreshResult.Print($"a shuffled copy: {shuffled}, {load.Wall / shuffled.Wall:0.0} times faster, {load.Processors / shuffled.Processors:0.0} by processors");
    }

    private async Task<bool> PgloaderAsync(IngestStore store, IngestPeers peers, List<IngestDuel> duels, CancellationToken ct)
    {
        await store.ExecuteAsync("truncate copied", ct);
        if (await peers.PgloaderAsync(rows, ct) is not { } pgloader)
        {
            RefreshResult.Print("pgloader is not installed; not compared with it.");
            return false;
        }
        var load = IngestDuel.Median(duels.Select(d => d.Load.Wall));
        RefreshResult.Print($"pgloader: {pgloader}, {rows / pgloader.Wall:N0} rows/s; the load is {pgloader.Wall / load:0.0} times as fast");
        return true;
    }

    private async Task StreamAsync(IngestStore store, IngestPeers peers, CancellationToken ct)
    {
        var some = Math.Min(rows, IngestStream.MostRows);
        await peers.PrepareAsync(some, ct);
        await store.ClearAsync(ct);
        // A worker runs for days: what its first seconds cost for being the first is no part of it.
        await new IngestStream(store).RunAsync(some / 4, ct);
        await store.ClearAsync(ct);
        if (await new IngestStream(store).RunAsync(some, ct) is not { } stream)
        {
            RefreshResult.Print("librdkafka is not installed; streams not measured.");
            return;
        }
        var batches = await store.CountAsync("select count(*) from batch", ct);
        var copy = await Effort.OfAsync(store.Postmaster, () => peers.CopyAsync(ct));
        await store.CheckAsync("copied", "interaction", ct);
        RefreshResult.Print($"stream of {some:N0} facts in {batches} batches: {stream}, {copy.Wall / stream.Wall:0.00} of COPY ({copy.Wall:0.00} s), {copy.Processors / stream.Processors:0.00} by processors");
    }

    private async Task MergeAsync(IngestStore store, CancellationToken ct)
    {
        await store.ClearAsync(ct);
        await store.LoadAsync("interaction.tenth.csv", false, ct);
        var small = await Effort.OfAsync(store.Postmaster, () => ChangeAsync(store, "interaction.changed-tenth.csv", ct));
        await store.ClearAsync(ct);
        await store.LoadAsync("interaction.csv", false, ct);
        var large = await Effort.OfAsync(store.Postmaster, () => ChangeAsync(store, "interaction.changed.csv", ct));
        RefreshResult.Print($"{rows / 100:N0} changed rows into {rows:N0}: {large}; into {rows / 10:N0}: {small}: {large.Wall / small.Wall:0.00} times, {large.Processors / small.Processors:0.00} by processors");
    }

    private async Task ChangeAsync(IngestStore store, string file, CancellationToken ct)
    {
        var report = await store.LoadAsync(file, false, ct);
        if (report.Changed != rows / 100) throw new InvalidOperationException($"{report.Changed} rows changed of {rows / 100}.");
    }

    private async Task MemoryAsync(IngestStore store, CancellationToken ct)
    {
        await store.ClearAsync(ct);
        var small = await new IngestProcess(store).PeakAsync("interaction.tenth.csv", ct);
        await store.ClearAsync(ct);
        var large = await new IngestProcess(store).PeakAsync("interaction.csv", ct);
        RefreshResult.Print($"memory of the loader: {small:0} MB at {rows / 10:N0} rows, {large:0} MB at {rows:N0}");
    }

    private static string LoadAverage() => string.Join(' ', File.ReadAllText("/proc/loadavg").Split(' ').Take(3)).ToString(CultureInfo.InvariantCulture);
}
