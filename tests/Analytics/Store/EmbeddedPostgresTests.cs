using System.Net;
using System.Net.NetworkInformation;
using System.Runtime.Versioning;
using Followthrough.Analytics.Store;
using Npgsql;
using static Followthrough.Tests.Analytics.Store.EmbeddedCluster;

namespace Followthrough.Tests.Analytics.Store;

[SupportedOSPlatform("linux")]
public sealed class EmbeddedPostgresTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task The_first_start_makes_a_durable_cluster_in_utf8_and_utc()
    {
        await using var cluster = new EmbeddedCluster();
        await using var server = await cluster.StartAsync(durable: true);

        const string Settings = """
            select string_agg(name || '=' || setting, ' ' order by name collate "C") from pg_settings
            where name in ('fsync', 'synchronous_commit', 'full_page_writes', 'data_checksums', 'server_encoding', 'TimeZone', 'jit')
            """;
        Assert.Equal(
            "TimeZone=UTC data_checksums=on fsync=on full_page_writes=on jit=off server_encoding=UTF8 synchronous_commit=on",
            await ScalarAsync<string>(server.ConnectionString, Settings));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Connections_need_the_password_over_socket_and_loopback(bool loopback)
    {
        await using var cluster = new EmbeddedCluster();
        await using var server = await cluster.StartAsync();
        var right = loopback ? server.LoopbackConnectionString : server.ConnectionString;

        Assert.Equal("followthrough", await ScalarAsync<string>(right, "select current_database()"));
        Assert.StartsWith(
            "SCRAM-SHA-256$", await ScalarAsync<string>(right, "select rolpassword from pg_authid where rolname = 'followthrough'"));
        var wrong = new NpgsqlConnectionStringBuilder(right) { Password = "guess" }.ConnectionString;
        var refused = await Assert.ThrowsAsync<PostgresException>(() => ScalarAsync<int>(wrong, "select 1"));
        Assert.Equal(PostgresErrorCodes.InvalidPassword, refused.SqlState);
    }

    [Fact]
    public async Task Only_the_owner_may_read_the_password_and_the_folder()
    {
        await using var cluster = new EmbeddedCluster();
        await using var server = await cluster.StartAsync();

        var password = Path.Combine(cluster.Folder.Postgres, "password");
        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(password));
        Assert.Equal(40, (await File.ReadAllTextAsync(password, Cancellation)).Length);
        const UnixFileMode OwnerOnly = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute;
        Assert.All([cluster.Folder.Postgres, cluster.Folder.Kept, cluster.Folder.Demo], folder => Assert.Equal(OwnerOnly, File.GetUnixFileMode(folder)));
    }

    [Fact]
    public async Task It_listens_on_loopback_only()
    {
        await using var cluster = new EmbeddedCluster();
        await using var server = await cluster.StartAsync();

        var listening = IPGlobalProperties.GetIPGlobalProperties().GetActiveTcpListeners().Where(one => one.Port == server.Process.Port);

        Assert.Equal([IPAddress.Loopback], listening.Select(one => one.Address));
    }

    [Fact]
    public async Task A_taken_port_is_replaced_and_the_new_one_remembered()
    {
        await using var cluster = new EmbeddedCluster();
        int first;
        await using (var server = await cluster.StartAsync())
            first = server.Process.Port;
        int second;
        using (var somebodyElse = new System.Net.Sockets.TcpListener(IPAddress.Loopback, first))
        {
            somebodyElse.Start();
            await using var server = await cluster.StartAsync();
            second = server.Process.Port;
        }
        await using var again = await cluster.StartAsync();

        Assert.NotEqual(first, second);
        Assert.Equal(second, again.Process.Port);
    }

    [Fact]
    public async Task A_folder_whose_path_is_too_long_for_a_socket_is_served_over_loopback()
    {
        await using var cluster = new EmbeddedCluster();
        var longest = DataFolder.At(Path.Combine(cluster.Folder.Path, new string('a', 100), "it's; here"));
        await using var server = await StartAsync(longest);

        Assert.Equal("127.0.0.1", new NpgsqlConnectionStringBuilder(server.ConnectionString).Host);
        Assert.Equal(1, await ScalarAsync<int>(server.ConnectionString, "select 1"));
    }

    [Theory]
    [InlineData("a\"b")]
    [InlineData("$HOME")]
    [InlineData("`id`")]
    public async Task A_folder_that_a_shell_would_misread_is_refused(string name)
    {
        await using var cluster = new EmbeddedCluster();
        var folder = DataFolder.At(Path.Combine(cluster.Folder.Path, name));

        var refused = await Assert.ThrowsAsync<StoreException>(
            () => EmbeddedPostgres.StartAsync(folder, new EmbeddedPostgresOptions { Durable = false }, Cancellation));

        Assert.Contains("cannot hold a database", refused.Message);
    }

    [Fact]
    public async Task An_initialisation_cut_short_is_started_over()
    {
        await using var cluster = new EmbeddedCluster();
        await RequireServerAsync();
        foreach (var milliseconds in new[] { 60, 200, 500 })
        {
            using var cut = CancellationTokenSource.CreateLinkedTokenSource(Cancellation);
            cut.CancelAfter(milliseconds);
            await Assert.ThrowsAnyAsync<OperationCanceledException>(
                () => EmbeddedPostgres.StartAsync(cluster.Folder, new EmbeddedPostgresOptions { Durable = false }, cut.Token));
        }

        await using var server = await cluster.StartAsync();

        Assert.Equal(1, await ScalarAsync<int>(server.ConnectionString, "select 1"));
    }

    [Fact]
    public async Task Half_a_cluster_of_an_earlier_attempt_is_removed()
    {
        await using var cluster = new EmbeddedCluster();
        await (await cluster.StartAsync()).DisposeAsync();
        Directory.Move(Path.Combine(cluster.Folder.Postgres, "cluster"), Path.Combine(cluster.Folder.Postgres, "draft-of-a-killed-start"));

        await using var server = await cluster.StartAsync();

        Assert.Equal(1, await ScalarAsync<int>(server.ConnectionString, "select 1"));
        Assert.Empty(Directory.EnumerateDirectories(cluster.Folder.Postgres, "draft-*"));
    }

    [Fact]
    public async Task A_data_folder_closed_to_the_servers_account_keeps_its_cluster_outside()
    {
        Assert.SkipUnless(Environment.IsPrivilegedProcess, "Only root runs the server under another account.");
        await using var cluster = new EmbeddedCluster();
        File.SetUnixFileMode(cluster.Folder.Path, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        await File.WriteAllTextAsync(Path.Combine(cluster.Folder.Path, "mine"), "", Cancellation);

        await using var server = await cluster.StartAsync();

        Assert.StartsWith("/var/lib/followthrough/cluster-", new DirectoryInfo(cluster.Folder.Postgres).LinkTarget);
        Assert.Equal(1, await ScalarAsync<int>(server.ConnectionString, "select 1"));
    }
}
