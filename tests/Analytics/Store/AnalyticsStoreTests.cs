using System.Net;
using Followthrough.Analytics.Schema;
using Followthrough.Analytics.Store;
using Followthrough.Tests.Support;
using Npgsql;

namespace Followthrough.Tests.Analytics.Store;

public sealed class AnalyticsStoreTests : IDisposable
{
    private readonly DirectoryInfo _root = TestFolder.Create("ft-");

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_named_server_is_migrated_and_no_other_is_started()
    {
        await using var database = await TestDatabase.CreateEmptyAsync();
        await using var store = await OpenAsync(database.ConnectionString);

        Assert.Equal(SchemaScript.Embedded().Select(script => script.Name), await JournalAsync(store));
        Assert.Equal("UTC", await ScalarAsync(store, "select current_setting('timezone')"));
        Assert.False(Directory.Exists(store.Folder.Postgres));
        Assert.True(Directory.Exists(store.Folder.Kept));
    }

    [Fact]
    public async Task Without_a_named_server_the_embedded_one_starts_and_ends_with_the_store()
    {
        await using var cluster = new EmbeddedCluster();
        await using (var needed = await cluster.StartAsync())
            Assert.True(File.Exists(cluster.PidFile));
        await using (var store = await AnalyticsStore.OpenAsync(
            cluster.Folder, "", TimeSpan.FromMinutes(1), TimeProvider.System, Cancellation))
            Assert.Equal("followthrough", await ScalarAsync(store, "select current_database()::text"));

        Assert.False(File.Exists(cluster.PidFile));
    }

    [Fact]
    public async Task A_wrong_password_is_refused_at_once_and_never_shown()
    {
        await using var database = await TestDatabase.CreateEmptyAsync();
        var wrong = new NpgsqlConnectionStringBuilder(database.ConnectionString) { Password = "s3cret-guess" };

        var refused = await Assert.ThrowsAsync<StoreException>(() => OpenAsync(wrong.ConnectionString));

        Assert.Contains("user or password are refused", refused.Message);
        Assert.DoesNotContain("s3cret-guess", refused.ToString());
    }

    [Fact]
    public async Task A_missing_database_is_named()
    {
        await using var database = await TestDatabase.CreateEmptyAsync();
        var absent = new NpgsqlConnectionStringBuilder(database.ConnectionString) { Database = "absent" };

        var refused = await Assert.ThrowsAsync<StoreException>(() => OpenAsync(absent.ConnectionString));

        Assert.Contains("database absent", refused.Message);
        Assert.Contains("Create it", refused.Message);
    }

    [Fact]
    public async Task A_server_that_does_not_answer_is_given_up_after_the_wait()
    {
        using var taken = new System.Net.Sockets.TcpListener(IPAddress.Loopback, 0);
        taken.Start();
        var port = ((IPEndPoint)taken.LocalEndpoint).Port;
        taken.Stop();

        var refused = await Assert.ThrowsAsync<StoreException>(() => OpenAsync($"Host=127.0.0.1;Port={port};Username=app;Password=s3cret"));

        Assert.Contains($"127.0.0.1:{port}", refused.Message);
        Assert.DoesNotContain("s3cret", refused.ToString());
    }

    [Theory]
    [InlineData("postgres://app:s3cret@db/followthrough")]
    [InlineData("Host=db;Port=s3cret")]
    [InlineData("Host=db;Passwort=s3cret")]
    public async Task A_malformed_connection_string_is_refused_without_repeating_it(string malformed)
    {
        var refused = await Assert.ThrowsAsync<StoreException>(() => OpenAsync(malformed));

        Assert.Contains("ConnectionStrings__Analytics", refused.Message);
        Assert.DoesNotContain("s3cret", refused.ToString());
    }

    public void Dispose() => _root.Delete(recursive: true);

    private Task<AnalyticsStore> OpenAsync(string connectionString) =>
        AnalyticsStore.OpenAsync(DataFolder.At(_root.FullName), connectionString, TimeSpan.FromSeconds(1), TimeProvider.System, Cancellation);

    private static async Task<string> ScalarAsync(AnalyticsStore store, string sql)
    {
        await using var command = store.DataSource.CreateCommand(sql);
        return (string)(await command.ExecuteScalarAsync(Cancellation))!;
    }

    private static async Task<IEnumerable<string>> JournalAsync(AnalyticsStore store)
    {
        await using var connection = await store.DataSource.OpenConnectionAsync(Cancellation);
        return (await SchemaJournal.ReadAsync(connection, Cancellation)).Keys.Order(StringComparer.Ordinal);
    }
}
