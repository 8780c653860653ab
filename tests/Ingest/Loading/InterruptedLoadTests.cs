using Followthrough.Analytics.Facts;
using Followthrough.Ingest.Loading;
using Followthrough.Tests.Support;
using Npgsql;

namespace Followthrough.Tests.Ingest.Loading;

/// <summary>A connection that is cut in the middle of a load: the load begins again by itself and ends right.</summary>
public sealed class InterruptedLoadTests
{
    private const int Rows = 25_000;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Cut_while_reading_it_begins_again()
    {
        await using var world = await World.CreateAsync();
        var path = await WriteAsync(world);
        var cut = new CutOnce(world.Database.ConnectionString);

        var report = await new Loader(world.Database.DataSource, world.Kept, world.Clock).LoadAsync(new LoadRequest { Path = path }, cut, Cancellation);

        Assert.Equal(1, cut.Connections);
        await IsWholeAsync(world, report);
    }

    [Fact]
    public async Task Cut_while_merging_it_begins_again()
    {
        await using var world = await World.CreateAsync();
        var path = await WriteAsync(world);
        await using var holder = await world.Database.DataSource.OpenConnectionAsync(Cancellation);
        await ExecuteAsync(holder, "begin; lock table interaction in share mode");

        var load = Task.Run(() => world.LoadPathAsync(path), Cancellation);
        const string merging = "from pg_stat_activity where datname = current_database() and query like '-- Merges%' and wait_event_type = 'Lock' and pid <> pg_backend_pid()";
        while (await world.CountAsync($"select count(*) {merging}") == 0) await Task.Delay(20, Cancellation);
        await ExecuteAsync(holder, $"select pg_terminate_backend(pid) {merging}");
        await ExecuteAsync(holder, "rollback");

        await IsWholeAsync(world, await load);
    }

    [Theory]
    [InlineData("select pg_advisory_xact_lock(hashtextextended('merge', 20))")]
    [InlineData("lock table interaction in share mode")]
    [InlineData("select pg_advisory_xact_lock(hashtextextended(sha256, 20)) from (select encode(sha256(convert_to($1, 'utf8')), 'hex') as sha256) f")]
    public async Task A_load_waits_for_another_as_long_as_it_takes(string inTheWay)
    {
        await using var world = await World.CreateAsync();
        var path = await WriteAsync(world);
        await using var impatient = NpgsqlDataSource.Create(new NpgsqlConnectionStringBuilder(world.Database.ConnectionString) { CommandTimeout = 1 });
        await using var holder = await world.Database.DataSource.OpenConnectionAsync(Cancellation);
        await using var transaction = await holder.BeginTransactionAsync(Cancellation);
        await using (var hold = new NpgsqlCommand(inTheWay, holder))
        {
            if (inTheWay.Contains('$')) hold.Parameters.AddWithValue(await File.ReadAllTextAsync(Path.Combine(path, "interaction.csv"), Cancellation));
            await hold.ExecuteNonQueryAsync(Cancellation);
        }

        var load = Task.Run(() => new Loader(impatient, world.Kept, world.Clock).LoadAsync(new LoadRequest { Path = path }, null, Cancellation), Cancellation);
        const string waits = "select coalesce(max(extract(epoch from clock_timestamp() - query_start))::bigint, 0) from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock'";
        while (await world.CountAsync(waits) < 3 && !load.IsCompleted) await Task.Delay(50, Cancellation);
        await transaction.RollbackAsync(Cancellation);

        await IsWholeAsync(world, await load);
        // Every attempt takes a number.
        Assert.Equal(2, await world.CountAsync("select max(batch_id) from batch"));
    }

    [Fact]
    public async Task A_database_that_stays_away_fails_the_file_with_one_clear_line()
    {
        await using var world = await World.CreateAsync();
        var path = await WriteAsync(world);
        await using var nowhere = NpgsqlDataSource.Create(new NpgsqlConnectionStringBuilder(world.Database.ConnectionString) { Database = "not_there" });

        var report = await new Loader(nowhere, world.Kept, world.Clock).LoadAsync(new LoadRequest { Path = path }, null, Cancellation);

        Assert.Equal(2, report.ExitCode);
        Assert.All(report.Files, f => Assert.Equal($"{f.Name}: nothing of it is in. 3D000: database \"not_there\" does not exist", Assert.Single(f.Problems)));
    }

    private static async Task IsWholeAsync(World world, LoadReport report)
    {
        Assert.Equal(0, report.ExitCode);
        Assert.Equal((FileOutcome.Loaded, Rows), (report.Files[1].Outcome, report.Files[1].Added));
        Assert.Equal(Rows, await world.CountAsync("select count(*) from interaction"));
        Assert.Equal([$"1 1 0", $"{Rows} {Rows} 0"], await world.TextsAsync("select read || ' ' || added || ' ' || rejected from batch order by batch_id"));
    }

    private static async Task<string> WriteAsync(World world)
    {
        var folder = world.NewFolder();
        IEnumerable<Fact> facts = [Given.Account("crm:1"), .. Enumerable.Range(0, Rows).Select(i => Given.Inbound("crm:1", "2026-03-02T09:00Z", key: $"mail:{i}"))];
        await CanonicalCsv.WriteAsync(folder, facts, Cancellation);
        return folder;
    }

    private static async Task ExecuteAsync(NpgsqlConnection connection, string sql)
    {
        await using var command = new NpgsqlCommand(sql, connection);
        await command.ExecuteNonQueryAsync(Cancellation);
    }

    /// <summary>Terminates the loader's connection when it is half through the second file.</summary>
    private sealed class CutOnce(string connectionString) : IProgress<LoadProgress>
    {
        internal long Connections { get; private set; }

        public void Report(LoadProgress value)
        {
            if (Connections > 0 || value.File != "interaction.csv" || value.Done < value.Total / 2) return;
            using var connection = new NpgsqlConnection(connectionString + ";Pooling=false");
            connection.Open();
            using var cut = new NpgsqlCommand("""
                select count(pg_terminate_backend(pid)) from pg_stat_activity
                where datname = current_database() and pid <> pg_backend_pid() and state <> 'idle'
                """, connection);
            Connections = (long)cut.ExecuteScalar()!;
        }
    }
}
