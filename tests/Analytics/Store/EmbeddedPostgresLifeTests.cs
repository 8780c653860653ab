using System.Diagnostics;
using Npgsql;
using static Followthrough.Tests.Analytics.Store.EmbeddedCluster;

namespace Followthrough.Tests.Analytics.Store;

public sealed class EmbeddedPostgresLifeTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task All_who_name_the_folder_share_one_server_and_the_last_to_leave_stops_it()
    {
        await using var cluster = new EmbeddedCluster();
        var first = await cluster.StartAsync();
        var second = await cluster.StartAsync();
        Assert.Equal(first.Process, second.Process);

        await first.DisposeAsync();
        Assert.True(IsAlive(second.Process.Pid));
        Assert.Equal(1, await ScalarAsync<int>(second.ConnectionString, "select 1"));

        await second.DisposeAsync();
        Assert.False(IsAlive(second.Process.Pid));
        Assert.False(File.Exists(cluster.PidFile));
    }

    [Fact]
    public async Task Leaving_twice_leaves_once()
    {
        await using var cluster = new EmbeddedCluster();
        var first = await cluster.StartAsync();
        await using var second = await cluster.StartAsync();

        await first.DisposeAsync();
        await first.DisposeAsync();

        Assert.Equal(1, await ScalarAsync<int>(second.ConnectionString, "select 1"));
    }

    [Fact]
    public async Task Starting_at_once_makes_one_cluster_and_one_server()
    {
        await using var cluster = new EmbeddedCluster();

        var servers = await Task.WhenAll(Enumerable.Range(0, 5).Select(_ => Task.Run(() => cluster.StartAsync())));

        Assert.Single(servers.Select(server => server.Process).Distinct());
        Assert.Single(servers.Select(server => server.ConnectionString).Distinct());
        await Task.WhenAll(servers.Select(server => server.DisposeAsync().AsTask()));
        Assert.False(IsAlive(servers[0].Process.Pid));
    }

    [Fact]
    public async Task Starting_and_leaving_at_once_never_pulls_the_server_away()
    {
        await using var cluster = new EmbeddedCluster();
        await (await cluster.StartAsync()).DisposeAsync();

        await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => Task.Run(async () =>
        {
            for (var round = 0; round < 5; round++)
            {
                await using var server = await cluster.StartAsync();
                Assert.Equal(1, await ScalarAsync<int>(server.ConnectionString, "select 1"));
            }
        })));

        Assert.False(File.Exists(cluster.PidFile));
    }

    [Fact]
    public async Task A_killed_process_is_no_longer_a_user_of_the_server()
    {
        await using var cluster = new EmbeddedCluster();
        var server = await cluster.StartAsync();
        using var other = Process.Start("flock", ["--shared", "--no-fork", Path.Combine(cluster.Folder.Path, "postgres.lease"), "sleep", "600"]);
        while (!File.Exists($"/proc/{other.Id}/cmdline") || !(await File.ReadAllTextAsync($"/proc/{other.Id}/cmdline", Cancellation)).StartsWith("sleep", StringComparison.Ordinal))
            await Task.Delay(10, Cancellation);

        await server.DisposeAsync();
        Assert.True(IsAlive(server.Process.Pid));

        await KillAsync(other.Id);
        await (await cluster.StartAsync()).DisposeAsync();
        Assert.False(IsAlive(server.Process.Pid));
    }

    [Fact]
    public async Task Committed_rows_outlive_a_killed_server_and_uncommitted_ones_do_not()
    {
        await using var cluster = new EmbeddedCluster();
        var server = await cluster.StartAsync(durable: true);
        await ScalarAsync<long>(
            server.ConnectionString, "create table kept as select generate_series(1, 50000) as id; select count(*) from kept");
        await using (var source = NpgsqlDataSource.Create(server.ConnectionString))
        {
            await using var connection = await source.OpenConnectionAsync(Cancellation);
            await using var transaction = await connection.BeginTransactionAsync(Cancellation);
            await using var insert = new NpgsqlCommand("insert into kept values (-1)", connection, transaction);
            await insert.ExecuteNonQueryAsync(Cancellation);
            await KillAsync(server.Process.Pid);
        }

        await using var again = await cluster.StartAsync(durable: true);

        Assert.NotEqual(server.Process.Pid, again.Process.Pid);
        Assert.Equal(50000L, await ScalarAsync<long>(again.ConnectionString, "select count(*) from kept"));
        Assert.Equal(1, await ScalarAsync<int>(again.ConnectionString, "select min(id) from kept"));
        await server.DisposeAsync();
    }

    [Fact]
    public async Task A_server_killed_under_a_living_program_comes_back_at_the_same_address()
    {
        await using var cluster = new EmbeddedCluster();
        await using var server = await cluster.StartAsync(durable: true);
        await using var source = NpgsqlDataSource.Create(server.ConnectionString);
        await using (var create = source.CreateCommand("create table kept as select 7 as id"))
            await create.ExecuteNonQueryAsync(Cancellation);

        await KillAsync(server.Process.Pid);

        Assert.Equal(7, await AskUntilAnsweredAsync(source, "select id from kept"));
    }

    [Fact]
    public async Task A_stale_pid_file_that_names_a_living_stranger_does_not_stop_the_start()
    {
        await using var cluster = new EmbeddedCluster();
        var server = await cluster.StartAsync();
        await server.DisposeAsync();
        // PostgreSQL takes any living process of its own account for a server, so the stranger runs under that account.
        using var stranger = Environment.IsPrivilegedProcess
            ? Process.Start("setpriv", ["--reuid=postgres", "--regid=postgres", "--clear-groups", "sleep", "600"])
            : Process.Start("sleep", ["600"]);
        await File.WriteAllTextAsync(
            cluster.PidFile, $"{stranger.Id}\n{Path.Combine(cluster.Folder.Postgres, "cluster")}\n1\n{server.Process.Port}\n", Cancellation);

        await using (var again = await cluster.StartAsync())
            Assert.Equal(1, await ScalarAsync<int>(again.ConnectionString, "select 1"));

        Assert.False(stranger.HasExited);
        stranger.Kill();
    }

    [Theory]
    [InlineData("")]
    [InlineData("not a number\n")]
    [InlineData("999999999\n/nowhere\n1\n5432\n")]
    public async Task A_damaged_or_outdated_pid_file_is_cleared_away(string content)
    {
        await using var cluster = new EmbeddedCluster();
        await (await cluster.StartAsync()).DisposeAsync();
        await File.WriteAllTextAsync(cluster.PidFile, content, Cancellation);

        await using var server = await cluster.StartAsync();

        Assert.Equal(1, await ScalarAsync<int>(server.ConnectionString, "select 1"));
    }

    private static async Task<int> AskUntilAnsweredAsync(NpgsqlDataSource source, string sql)
    {
        while (true)
        {
            try
            {
                await using var command = source.CreateCommand(sql);
                return (int)(await command.ExecuteScalarAsync(Cancellation))!;
            }
            catch (NpgsqlException away) when (away.IsTransient || away.SqlState is "57P01" or "57P02" or "57P03")
            {
                await Task.Delay(50, Cancellation);
            }
        }
    }
}
