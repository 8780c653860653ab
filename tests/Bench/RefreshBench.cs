using Followthrough.Analytics.Commitments;
using Followthrough.Analytics.Metrics;
using Followthrough.Analytics.Rollups;
using Followthrough.Analytics.Store;
using Npgsql;

namespace Followthrough.Bench;

/// <summary>A cluster of its own with so many interactions: rebuild, refreshes of 10,000 new facts, a tile, and the same answer from DuckDB.</summary>
internal sealed class RefreshBench(long interactions, string? duckDb)
{
    private const int Rounds = 3;
    private const int Tiles = 101;

    private readonly BenchClock _clock = new(new DateTimeOffset(2026, 6, 1, 12, 0, 0, TimeSpan.Zero));

    public async Task<RefreshResult> RunAsync(CancellationToken ct)
    {
        var folder = Directory.CreateTempSubdirectory("followthrough-bench-");
        try
        {
            await using var server = await EmbeddedPostgres.StartAsync(DataFolder.At(folder.FullName), new EmbeddedPostgresOptions(), ct);
            await using var db = NpgsqlDataSource.Create(new NpgsqlConnectionStringBuilder(server.ConnectionString) { Timezone = "UTC", CommandTimeout = 0 });
            return await RunAsync(db, folder, ct);
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    private async Task<RefreshResult> RunAsync(NpgsqlDataSource db, DirectoryInfo folder, CancellationToken ct)
    {
        var company = new BenchCompany(db, interactions, _clock);
        await company.WriteAsync(ct);
        var ledger = new Ledger(db, _clock);
        LedgerChange? built = null;
        var rebuild = await Timing.OfAsync(async () => built = await ledger.RebuildAsync(null, ct));
        RefreshResult.Print($"{interactions:N0} interactions of {company.Accounts:N0} customers: rebuild {rebuild:0.0} s, {built!.Written:N0} commitments");
        await using (var vacuum = db.CreateCommand("vacuum analyze")) await vacuum.ExecuteNonQueryAsync(ct);
        var refresh = await RefreshAsync(company, ledger, ct);
        RefreshResult.Print($"{interactions:N0} interactions: refresh of 10,000 changed facts {refresh}");
        await CheckAsync(db, company.Accounts, ct);
        RefreshResult.Print($"{interactions:N0} interactions: a tile of a quarter {await TileAsync(db, ct)}");
        if (duckDb is not null) await new RespondDuel(db, company.Accounts, folder, duckDb).RunAsync(ct);
        return new RefreshResult(interactions, rebuild, refresh);
    }

    private async Task<Timing> RefreshAsync(BenchCompany company, Ledger ledger, CancellationToken ct)
    {
        var seconds = new List<double>();
        for (var round = 1; round <= Rounds; round++)
        {
            _clock.Advance(TimeSpan.FromHours(1));
            await company.AddEveningAsync(round, ct);
            LedgerChange? change = null;
            seconds.Add(await Timing.OfAsync(async () => change = await ledger.RefreshAsync(null, ct)));
            RefreshResult.Print($"  round {round}: {change!.Accounts:N0} accounts, {change.Written:N0} written, {change.Removed:N0} removed, {seconds[^1]:0.000} s");
        }
        return new Timing(seconds);
    }

    // What was refreshed is what a rebuild says, and the roll-ups are the ledger's: otherwise no figure counts.
    private async Task CheckAsync(NpgsqlDataSource db, long accounts, CancellationToken ct)
    {
        var audit = await new RollupAuditor(db, _clock).AuditAsync(50_000, ct);
        RefreshResult.Print($"  {audit.Cells:N0} cells of the roll-ups compared, {audit.Mismatches} differ");
        if (audit.Mismatches > 0) throw new InvalidOperationException("The roll-ups differ from the ledger.");
        await using var mark = db.CreateCommand($"""
            insert into dirty_account (account_id, since, facts)
            select distinct 1 + abs(hashint8extended(n, 7)) % {accounts}, '-infinity'::timestamptz, array['account'] from generate_series(1, 500) n
            """);
        await mark.ExecuteNonQueryAsync(ct);
        var again = await new Ledger(db, _clock).RefreshAsync(null, ct);
        RefreshResult.Print($"  {again.Accounts:N0} accounts derived again from the beginning, {again.Written + again.Removed} commitments differ");
        if (again.Written + again.Removed > 0) throw new InvalidOperationException("The refreshed ledger differs from a rebuilt one.");
    }

    private async Task<Timing> TileAsync(NpgsqlDataSource db, CancellationToken ct)
    {
        var query = new MetricQuery
        {
            Metric = MetricCatalogue.Respond24H.Id,
            Viewer = Viewer.Everything("bench"),
            Period = Period.QuarterOf(new DateOnly(2026, 6, 1)),
        };
        await using var session = new MetricSession(await MetricSnapshot.OpenAsync(db, ct), isOwner: true, query, MetricCatalogue.Respond24H, _clock.GetUtcNow());
        await using var tile = RollupReader.Command(session, null);
        await tile.PrepareAsync(ct);
        var seconds = new List<double>();
        for (var i = 0; i < Tiles; i++) seconds.Add(await Timing.OfAsync(() => tile.ExecuteScalarAsync(ct)));
        return new Timing(seconds);
    }
}
