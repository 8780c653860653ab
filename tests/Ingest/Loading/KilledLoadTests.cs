using System.Diagnostics;
using System.Globalization;
using Followthrough.Analytics.Facts;
using Followthrough.Analytics.Schema;
using Followthrough.Analytics.Store;
using Followthrough.Ingest.Loading;
using Followthrough.Tests.Analytics.Store;
using Followthrough.Tests.Support;
using Npgsql;

namespace Followthrough.Tests.Ingest.Loading;

/// <summary>kill -9 of the real program, and of the database server, in the middle of a load: no row lost, none twice.</summary>
public sealed class KilledLoadTests
{
    private const int Rows = 200_000;
    private const int Accounts = 1_000;

    // What the loader's connection does at the moment of the kill.
    private static readonly string[] Moments =
    [
        "true",
        "query like 'create temporary%' or query like 'copy stage_interaction%'",
        "query like 'copy stage_interaction%' and age(clock_timestamp(), xact_start) > '500 ms'",
        "query like 'delete from stage_interaction%' or query like '%analyze interaction%'",
        "query like '-- Merges%' and age(clock_timestamp(), query_start) > '200 ms'",
        "query like 'insert into batch%' or query = 'commit'",
    ];

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_killed_loader_leaves_all_of_a_file_or_nothing_and_the_next_one_ends_it()
    {
        await using var world = await World.CreateAsync();
        var folder = world.NewFolder();
        await WriteAsync(folder, Rows);
        var killed = 0;
        foreach (var moment in Moments) killed += await KillWhenAsync(world, folder, moment) ? 1 : 0;

        using var last = Start(world, folder);
        await last.WaitForExitAsync(Cancellation);

        Assert.InRange(killed, 4, Moments.Length);
        Assert.Equal(0, last.ExitCode);
        await IsWholeAsync(world.Database.DataSource, Rows);
    }

    [Fact]
    public async Task A_killed_server_comes_back_and_the_load_ends_as_if_nothing_had_happened()
    {
        await using var cluster = new EmbeddedCluster();
        await using var server = await cluster.StartAsync(durable: true);
        await using var source = NpgsqlDataSource.Create(server.ConnectionString);
        await new Migrator(source, TimeProvider.System).ApplyAsync(SchemaScript.Embedded(), Cancellation);
        var folder = Directory.CreateDirectory(Path.Combine(cluster.Folder.Path, "files")).FullName;
        const int rows = 40_000;
        await WriteAsync(folder, rows);
        var loader = new Loader(source, new KeptFiles(cluster.Folder), TimeProvider.System);
        var kill = new KillOnce(server.Process.Pid);

        var first = await loader.LoadAsync(new LoadRequest { Path = folder }, kill, Cancellation);
        Assert.True(kill.Done);
        var again = await loader.LoadAsync(new LoadRequest { Path = folder }, null, Cancellation);

        Assert.Equal([], first.Files.SelectMany(f => f.Problems));
        Assert.All(first.Files, f => Assert.Equal(FileOutcome.Loaded, f.Outcome));
        Assert.All(again.Files, f => Assert.Equal(FileOutcome.AlreadyLoaded, f.Outcome));
        await IsWholeAsync(source, rows);
    }

    /// <summary>Starts the program and kills it as soon as its connection does what the condition says; false when it was too fast for that.</summary>
    private static async Task<bool> KillWhenAsync(World world, string folder, string condition)
    {
        using var loader = Start(world, folder);
        var exit = loader.WaitForExitAsync(Cancellation);
        var seen = $"select count(*) from pg_stat_activity where datname = current_database() and application_name = 'followthrough' and ({condition})";
        while (!exit.IsCompleted && await world.CountAsync(seen) == 0) await Task.Delay(5, Cancellation);
        loader.Kill();
        await exit;
        await IsAllOrNothingAsync(world);
        return loader.ExitCode != 0;
    }

    private static async Task IsAllOrNothingAsync(World world)
    {
        // A killed program's last statement still runs to its end before the server notices.
        while (await world.CountAsync("select count(*) from pg_stat_activity where datname = current_database() and application_name = 'followthrough'") > 0)
            await Task.Delay(20, Cancellation);
        var loaded = await world.CountAsync("select count(*) from batch where name = 'interaction.csv'");
        Assert.Equal(loaded * Rows, await world.CountAsync("select count(*) from interaction"));
    }

    private static async Task IsWholeAsync(NpgsqlDataSource source, int rows)
    {
        await using var command = source.CreateCommand("""
            select format('%s interactions of %s keys, sum %s; batches %s', count(*), count(distinct source_key), sum(duration_seconds),
              (select string_agg(format('%s %s=%s+%s+%s+%s', name, read, added, changed, unchanged, rejected), ', ' order by batch_id) from batch))
            from interaction
            """);
        Assert.Equal(
            string.Create(CultureInfo.InvariantCulture, $"{rows} interactions of {rows} keys, sum {(long)rows * (rows - 1) / 2}; batches account.csv {Accounts}={Accounts}+0+0+0, interaction.csv {rows}={rows}+0+0+0"),
            await command.ExecuteScalarAsync(Cancellation));
    }

    private static Process Start(World world, string folder)
    {
        var start = new ProcessStartInfo("dotnet", ["exec", Path.Combine(AppContext.BaseDirectory, "Followthrough.Ingest.dll"), "load", folder])
        {
            RedirectStandardOutput = true,
        };
        start.Environment[AnalyticsStore.ConnectionVariable] = world.Database.ConnectionString;
        start.Environment[DataFolder.Variable] = Path.Combine(Path.GetDirectoryName(folder)!, "data");
        var process = Process.Start(start)!;
        process.BeginOutputReadLine();
        return process;
    }

    private static Task WriteAsync(string folder, int rows) => CanonicalCsv.WriteAsync(
        folder,
        [
            .. Enumerable.Range(0, Accounts).Select(i => Given.Account($"crm:{i}")),
            .. Enumerable.Range(0, rows).Select(i => (Fact)(Given.Inbound($"crm:{i % Accounts}", "2026-03-02T09:00Z", key: $"mail:{i}") with { DurationSeconds = i })),
        ],
        Cancellation);

    /// <summary>kill -9 of the server when the loader is half through.</summary>
    private sealed class KillOnce(int pid) : IProgress<LoadProgress>
    {
        internal bool Done { get; private set; }

        public void Report(LoadProgress value)
        {
            if (Done || value.Done < value.Total / 2) return;
            Done = true;
            using var kill = Process.Start("kill", ["-9", $"{pid}"]);
            kill.WaitForExit();
        }
    }
}
