using System.Diagnostics;
using System.Net.Http.Headers;
using System.Text;
using Followthrough.Analytics.Schema;
using Followthrough.Analytics.Store;
using Followthrough.Dashboard.Hooks;
using Followthrough.Tests.Analytics.Store;
using Followthrough.Tests.Support;
using Npgsql;

namespace Followthrough.Tests.Ingest.Faults;

/// <summary>
/// kill -9 of loader, stream worker, dashboard and server processes at random moments, all on the same store and at the same time: it ends as
/// a run in which nothing happened.
/// </summary>
public sealed class ManyKillsTests(ITestOutputHelper output)
{
    private const int Seed = 20260917;
    private const int EventsPerRound = 20;
    private const int BodiesPerRound = 15;

    // Every so many of a program's rounds it is not the program that dies but the server under it.
    private const int BackendEvery = 4;

    // A kill each at least: thirty-three in all, and half of them in a usual run.
    private static readonly (int Loader, int Worker, int Dashboard) Rounds = FullSets.AreAsked ? (13, 13, 7) : (6, 6, 4);

    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(2);

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Many_kills_in_one_run_leave_what_an_undisturbed_run_leaves()
    {
        output.WriteLine($"seed {Seed}");
        await using var cluster = new EmbeddedCluster();
        await using var server = await cluster.StartAsync(durable: true);
        using var kafka = MockKafka.Start(Siege.Topic, partitions: 2);
        var input = new SiegeInput(Seed, Rounds.Loader, Rounds.Worker * EventsPerRound, Rounds.Dashboard * BodiesPerRound);

        await using var besieged = await NewAsync(cluster, server.ConnectionString, "besieged", kafka);
        await DisturbedAsync(besieged, kafka, input);
        output.WriteLine(string.Join(", ", besieged.Kills.CountBy(k => k).Select(k => $"{k.Value} x {k.Key}")));
        await using var quiet = await NewAsync(cluster, server.ConnectionString, "quiet", kafka);
        await UndisturbedAsync(quiet, input);

        Assert.True(besieged.Kills.Count >= Rounds.Loader + Rounds.Worker + Rounds.Dashboard - 3, $"only {besieged.Kills.Count} kills");
        Assert.Equal(6, besieged.Kills.Distinct().Count());
        Assert.Equal(await StoreState.TallyAsync(quiet.Database, Cancellation), await StoreState.TallyAsync(besieged.Database, Cancellation));
        var expected = await StoreState.ReadAsync(quiet.Database, Cancellation);
        output.WriteLine($"{expected.Count} facts, replaced versions and rejected records");
        Assert.Equal(expected, await StoreState.ReadAsync(besieged.Database, Cancellation));
        // All that is to be told apart is there: facts of each way, replaced and deleted ones, rejected ones, and ones that had waited.
        Assert.All(
            ["\"mail:", "\"stream:", "\"api:", "\"deleted\": true", "interaction_history {", " ragged ", " bad_json ", "crm:late t"],
            text => Assert.Contains(expected, line => line.Contains(text, StringComparison.Ordinal)));
    }

    private static async Task DisturbedAsync(Siege siege, MockKafka kafka, SiegeInput input)
    {
        await siege.DropAsync(input.First);
        await siege.LoadAllAsync();
        await Task.WhenAll(LoadAsync(siege, input), StreamAsync(siege, kafka, input), PostAsync(siege, input, new Random(Seed + 2)));
    }

    private static async Task UndisturbedAsync(Siege siege, SiegeInput input)
    {
        await siege.DropAsync(input.First);
        await siege.LoadAllAsync();
        foreach (var file in input.Files) await siege.DropAsync(file);
        await Task.WhenAll(siege.LoadAllAsync(), ReadAllAsync(siege, siege.StartWorker(), input.Events.Count), PostAsync(siege, input, null));
        await siege.DropAsync(input.Last);
        await siege.LoadAllAsync();
    }

    private static async Task LoadAsync(Siege siege, SiegeInput input)
    {
        var random = new Random(Seed);
        for (var round = 0; round < input.Files.Count; round++)
        {
            await siege.DropAsync(input.Files[round]);
            bool struck;
            do
            {
                // One that was done too soon leaves nothing to kill in: the folder is loaded again from the beginning of the file.
                var loader = siege.StartLoader();
                await siege.UntilConnectedAsync(loader, "loader");
                await Task.Delay(random.Next(250), Cancellation);
                struck = await StrikeAsync(siege, loader, "loader", round);
            }
            while (!struck);
        }
        await siege.LoadAllAsync();
        await siege.DropAsync(input.Last);
        await siege.LoadAllAsync();
    }

    private static async Task StreamAsync(Siege siege, MockKafka kafka, SiegeInput input)
    {
        var random = new Random(Seed + 1);
        for (var round = 0; round < Rounds.Worker; round++)
        {
            var worker = siege.StartWorker();
            foreach (var (i, value) in input.Events.Index().Skip(round * EventsPerRound).Take(EventsPerRound)) await kafka.SendAsync(Siege.Topic, value, i % 2);
            await siege.UntilConnectedAsync(worker, "worker");
            await Task.Delay(random.Next(500), Cancellation);
            await StrikeAsync(siege, worker, "worker", round);
            await siege.KillAsync(worker, "worker");
        }
        await ReadAllAsync(siege, siege.StartWorker(), input.Events.Count);
    }

    // The database is struck in the program's stead every now and then; the program is to get over it.
    private static async Task<bool> StrikeAsync(Siege siege, Process program, string name, int round)
    {
        if (round % BackendEvery != BackendEvery - 1) return await siege.KillAsync(program, name);
        var struck = await siege.KillBackendAsync(name);
        if (name == "loader") await program.WaitForExitAsync(Cancellation);
        else await Task.Delay(500, Cancellation);
        return struck;
    }

    private static async Task ReadAllAsync(Siege siege, Process worker, int messages)
    {
        while (await siege.AskAsync<long>("select coalesce(sum(next_offset), 0)::bigint from stream_offset") < messages)
        {
            if (worker.HasExited) worker = siege.StartWorker();
            await Task.Delay(50, Cancellation);
        }
        using var term = Process.Start("kill", ["-TERM", $"{worker.Id}"]);
        await worker.WaitForExitAsync(Cancellation);
        Assert.Equal(0, worker.ExitCode);
    }

    /// <summary>Posts every body until it is answered with 200; with random moments given, the dashboard dies in between.</summary>
    private static async Task PostAsync(Siege siege, SiegeInput input, Random? random)
    {
        var port = Port();
        var token = await new ApiTokens(siege.Database, TimeProvider.System).MakeAsync("siege", TimeSpan.FromDays(1), Cancellation);
        using var http = new HttpClient { BaseAddress = new Uri($"http://localhost:{port}"), Timeout = TimeSpan.FromSeconds(20) };
        http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", token);
        var dashboard = siege.StartDashboard(port);
        for (var round = 0; round < Rounds.Dashboard; round++)
        {
            var striking = Task.FromResult(false);
            foreach (var (i, body) in input.Bodies.Index().Skip(round * BodiesPerRound).Take(BodiesPerRound))
            {
                await PostAsync(siege, http, body, () => dashboard = dashboard.HasExited ? siege.StartDashboard(port) : dashboard);
                // It is up now; the blow falls while the rest is posted.
                if (random is not null && i % BodiesPerRound == 0) striking = StrikeLaterAsync(siege, dashboard, random.Next(150), round);
            }
            await striking;
        }
    }

    private static async Task<bool> StrikeLaterAsync(Siege siege, Process dashboard, int milliseconds, int round)
    {
        await Task.Delay(milliseconds, Cancellation);
        return await StrikeAsync(siege, dashboard, "dashboard", round);
    }

    private static async Task PostAsync(Siege siege, HttpClient http, string body, Action revive)
    {
        var (began, last) = (TimeProvider.System.GetTimestamp(), "");
        while (TimeProvider.System.GetElapsedTime(began) < Patience)
        {
            try
            {
                using var content = new ByteArrayContent(Encoding.UTF8.GetBytes(body)) { Headers = { ContentType = new MediaTypeHeaderValue("application/cloudevents-batch+json") } };
                using var answer = await http.PostAsync(new Uri("/api/v1/facts", UriKind.Relative), content, Cancellation);
                if ((int)answer.StatusCode == 200) return;
                last = $"{answer.StatusCode}: {await answer.Content.ReadAsStringAsync(Cancellation)}";
                Assert.True((int)answer.StatusCode >= 500, last);
            }
            catch (HttpRequestException e)
            {
                // Nobody is there, or nobody is any more: whether it went in is found out by asking again.
                last = e.Message;
            }
            revive();
            await Task.Delay(50, Cancellation);
        }
        Assert.Fail($"the dashboard never came back: {last}\n{siege.Said}");
    }

    private static async Task<Siege> NewAsync(EmbeddedCluster cluster, string connection, string name, MockKafka kafka)
    {
        await using (var source = NpgsqlDataSource.Create(connection))
        await using (var create = source.CreateCommand($"create database {name}"))
            await create.ExecuteNonQueryAsync(Cancellation);
        var own = new NpgsqlConnectionStringBuilder(connection) { Database = name };
        await using (var source = NpgsqlDataSource.Create(own))
            await new Migrator(source, TimeProvider.System).ApplyAsync(SchemaScript.Embedded(), Cancellation);
        return new Siege(own.ConnectionString, Path.Combine(cluster.Folder.Path, name), kafka);
    }

    // Below the range of outgoing connections: one of them could take the place of a dashboard that is just dead.
    private static int Port()
    {
        while (true)
        {
            var port = System.Security.Cryptography.RandomNumberGenerator.GetInt32(20_000, 32_000);
            if (FreePort.IsFree(port)) return port;
        }
    }
}
