using System.Diagnostics;
using System.Globalization;
using Followthrough.Analytics.Facts;
using Followthrough.Analytics.Store;
using Followthrough.Ingest.Sources.Streams;
using Followthrough.Tests.Support;
using Npgsql;

namespace Followthrough.Tests.Ingest.Sources;

/// <summary>Workers and connections that die, or live on as zombies, at random moments: every fact is in, and was read once.</summary>
public sealed class StreamFaultTests
{
    private const string Topic = "facts";
    private const int FactsPerEvent = 20;

    private int _sent;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Workers_killed_at_random_moments_lose_nothing_and_read_nothing_twice()
    {
        await using var world = await World.CreateAsync();
        using var kafka = MockKafka.Start(Topic, partitions: 2);
        await kafka.SendAsync(Topic, StreamRun.Event(Given.Account("crm:1")));
        await kafka.SendAsync(Topic, StreamRun.Event(Given.Account("crm:1")), partition: 1);
        var random = new Random(20260601);
        for (var kill = 0; kill < 10; kill++)
        {
            await SendAsync(kafka, events: 30, partitions: 2);
            using var worker = Start(world, kafka);
            await UntilTakenAsync(world, worker, kill + 1);
            await Task.Delay(random.Next(400), Cancellation);
            worker.Kill();
            await worker.WaitForExitAsync(Cancellation);
        }

        using var last = Start(world, kafka);
        while (await world.CountAsync("select count(*) from interaction") < _sent) await Task.Delay(50, Cancellation);
        using (var term = Process.Start("kill", ["-TERM", $"{last.Id}"])) await term.WaitForExitAsync(Cancellation);
        await last.WaitForExitAsync(Cancellation);

        Assert.Equal(0, last.ExitCode);
        await IsEachOnceAsync(world, accounts: 2);
    }

    [Fact]
    public async Task Connections_cut_at_random_moments_lose_nothing_and_load_nothing_twice()
    {
        await using var world = await World.CreateAsync();
        using var kafka = MockKafka.Start(Topic);
        await kafka.SendAsync(Topic, StreamRun.Event(Given.Account("crm:1")));
        var random = new Random(7);
        await using var db = NpgsqlDataSource.Create(new NpgsqlConnectionStringBuilder(world.Database.ConnectionString) { ApplicationName = "worker" });
        await using var run = StreamRun.Start(world, Options(kafka) with { BatchDelay = TimeSpan.FromMilliseconds(5) }, db);
        var cut = 0L;
        while (cut < 8)
        {
            Assert.False(run.Ended.IsCompleted, "the worker ended by itself");
            await SendAsync(kafka, events: 3, partitions: 1);
            await Task.Delay(random.Next(100), Cancellation);
            cut += await world.CountAsync("select count(pg_terminate_backend(pid)) from pg_stat_activity where datname = current_database() and application_name = 'worker'");
        }
        await run.UntilAsync("select count(*) from interaction", _sent);
        await run.StopAsync();

        await IsEachOnceAsync(world, accounts: 1);
    }

    [Fact]
    public async Task A_zombie_that_commits_late_is_fenced()
    {
        await using var world = await World.CreateAsync();
        using var kafka = MockKafka.Start(Topic);
        await kafka.SendAsync(Topic, StreamRun.Event(Given.Account("crm:1")));
        await using var zombie = StreamRun.Start(world, Options(kafka));
        await zombie.UntilAsync("select count(*) from account", 1);
        await using var holder = await world.Database.DataSource.OpenConnectionAsync(Cancellation);
        await using var transaction = await holder.BeginTransactionAsync(Cancellation);
        await using (var hold = new NpgsqlCommand("lock table interaction in share mode", holder)) await hold.ExecuteNonQueryAsync(Cancellation);
        await SendAsync(kafka, events: 5, partitions: 1);
        await zombie.UntilAsync("select count(*) from pg_stat_activity where datname = current_database() and query like '-- Merges%' and wait_event_type = 'Lock'", 1);

        await using var successor = StreamRun.Start(world, Options(kafka));
        await successor.UntilAsync("select fence from stream_offset", 2);
        await transaction.RollbackAsync(Cancellation);
        var fenced = await Assert.ThrowsAsync<StreamException>(() => zombie.Ended);
        await successor.UntilAsync("select count(*) from interaction", _sent);
        await successor.StopAsync();

        Assert.Equal("facts/0: another worker has taken it over.", fenced.Message);
        await IsEachOnceAsync(world, accounts: 1);
    }

    [Fact]
    public async Task Workers_that_come_and_go_share_the_partitions_and_each_fact_is_in_once()
    {
        await using var world = await World.CreateAsync();
        using var kafka = MockKafka.Start(Topic, partitions: 4);
        for (var p = 0; p < 4; p++) await kafka.SendAsync(Topic, StreamRun.Event(Given.Account("crm:1")), p);
        var options = Options(kafka) with { Partitions = [], SessionTimeout = TimeSpan.FromSeconds(6) };
        await using var first = StreamRun.Start(world, options);
        await first.UntilAsync("select count(*) from stream_offset where next_offset is not null", 4);
        using var enough = new CancellationTokenSource();
        var sending = Task.Run(
            async () =>
            {
                while (!enough.IsCancellationRequested) await SendAsync(kafka, events: 4, partitions: 4, pause: 20);
            },
            Cancellation);

        await using var second = StreamRun.Start(world, options);
        try
        {
            await second.UntilAsync("select count(distinct owner) from stream_offset", 2);
            await first.StopAsync();
            await second.UntilAsync("select count(distinct owner) from stream_offset", 1);
        }
        finally
        {
            await enough.CancelAsync();
            await sending;
        }
        await second.UntilAsync("select count(*) from interaction", _sent);
        await second.StopAsync();

        await IsEachOnceAsync(world, accounts: 4);
    }

    private async Task SendAsync(MockKafka kafka, int events, int partitions, int pause = 0)
    {
        for (var i = 0; i < events; i++)
        {
            var keys = Enumerable.Range(_sent, FactsPerEvent).Select(n => (Fact)Given.Inbound("crm:1", "2026-03-02T09:00Z", key: $"mail:{n}"));
            await kafka.SendAsync(Topic, StreamRun.Event([.. keys]), i % partitions);
            _sent += FactsPerEvent;
            if (pause > 0) await Task.Delay(pause, Cancellation);
        }
    }

    // Every offset in one batch, every fact read once, and the store holds what the batches say.
    private async Task IsEachOnceAsync(World world, int accounts)
    {
        Assert.Equal(
            [string.Create(CultureInfo.InvariantCulture, $"read {_sent + accounts} added {_sent + 1} rejected 0 unbalanced 0 messages {_sent / FactsPerEvent + accounts} next {_sent / FactsPerEvent + accounts} stored {_sent}")],
            await world.TextsAsync("""
                select format('read %s added %s rejected %s unbalanced %s messages %s next %s stored %s', sum(read), sum(added), sum(rejected),
                  count(*) filter (where read <> added + changed + unchanged + rejected), sum(records),
                  (select sum(next_offset) from stream_offset), (select count(distinct source_key) from interaction))
                from batch
                """));
        Assert.Empty(await world.TextsAsync("""
            select 'a hole or an overlap' from (
              select first_offset, lag(last_offset) over (partition by partition order by first_offset) + 1 as due from batch
            ) b where first_offset <> coalesce(due, 0)
            """));
    }

    private static async Task UntilTakenAsync(World world, Process worker, int fence)
    {
        while (await world.CountAsync($"select count(*) from stream_offset where fence >= {fence}") < 2)
        {
            Assert.False(worker.HasExited, "the worker ended by itself");
            await Task.Delay(10, Cancellation);
        }
    }

    private static Process Start(World world, MockKafka kafka)
    {
        string[] arguments = ["exec", Path.Combine(AppContext.BaseDirectory, "Followthrough.Ingest.dll"), "stream", "--brokers", kafka.Brokers, "--topic", Topic, "--partition", "0", "1"];
        var start = new ProcessStartInfo("dotnet", arguments) { RedirectStandardOutput = true };
        start.Environment[AnalyticsStore.ConnectionVariable] = world.Database.ConnectionString;
        start.Environment[DataFolder.Variable] = Path.Combine(world.Folder, "data");
        var process = Process.Start(start)!;
        process.BeginOutputReadLine();
        return process;
    }

    private static StreamOptions Options(MockKafka kafka) =>
        new() { Endpoint = kafka.Endpoint, Topic = Topic, Partitions = [0], BatchDelay = TimeSpan.FromMilliseconds(50) };
}
