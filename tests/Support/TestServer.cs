using Followthrough.Analytics.Schema;
using Followthrough.Analytics.Store;
using Followthrough.Tests.Support;
using Npgsql;

[assembly: AssemblyFixture(typeof(TestServer))]

namespace Followthrough.Tests.Support;

/// <summary>
/// The one server of a test run: started by the first test that asks for a database, in a folder of its own, without the waits
/// that make data survive a power cut. Stopped, and its folder removed, at the end of the run.
/// </summary>
public sealed class TestServer : IAsyncDisposable
{
    private const string Template = "template_analytics";
    private const string FolderPrefix = "followthrough-tests-";

    // Where Linux keeps files in memory.
    private const string Memory = "/dev/shm";

    // The databases that are there at one time take far less.
    private const long LeastMemory = 6L << 30;

    private static readonly SemaphoreSlim OneAtATime = new(1);
    private static Running? _running;
    private static int _databases;

    /// <summary>Whether a missing server is an error (in CI) or a reason to skip (on a laptop).</summary>
    internal static bool IsRequired => string.Equals(Environment.GetEnvironmentVariable("CI"), "true", StringComparison.OrdinalIgnoreCase);

    /// <summary>A new database, cloned from the migrated template; returns how to connect to it.</summary>
    internal static Task<NpgsqlConnectionStringBuilder> CreateDatabaseAsync(bool migrated, CancellationToken cancellation) =>
        CloneDatabaseAsync(migrated ? Template : "template0", cancellation);

    /// <summary>A new database, cloned from one that nobody is connected to; returns how to connect to it.</summary>
    internal static async Task<NpgsqlConnectionStringBuilder> CloneDatabaseAsync(string template, CancellationToken cancellation)
    {
        // A template cannot be cloned while somebody is connected to it, be it for another clone.
        await OneAtATime.WaitAsync(cancellation);
        try
        {
            _running ??= await StartAsync(cancellation);
            var name = $"test_{++_databases}";
            await RunAsync($"create database {name} template {template} strategy file_copy", cancellation);
            return _running.Connection(name);
        }
        finally
        {
            OneAtATime.Release();
        }
    }

    internal static Task DropDatabaseAsync(string name, CancellationToken cancellation) =>
        RunAsync($"drop database if exists {name} with (force)", cancellation);

    public async ValueTask DisposeAsync()
    {
        if (_running is null)
            return;
        await _running.Postgres.DisposeAsync();
        _running.Folder.Delete(recursive: true);
        _running = null;
    }

    private static async Task<Running> StartAsync(CancellationToken cancellation)
    {
        await RemoveAbandonedAsync(cancellation);
        var folder = TestFolder.Create(FolderPrefix, Place);
        var running = new Running(folder, await StartAsync(folder, cancellation));
        await using (var source = NpgsqlDataSource.Create(running.Connection(EmbeddedPostgres.Database)))
        {
            await using var create = source.CreateCommand($"create database {Template} template template0");
            await create.ExecuteNonQueryAsync(cancellation);
        }
        await using var template = NpgsqlDataSource.Create(running.Connection(Template));
        await new Migrator(template, TimeProvider.System).ApplyAsync(SchemaScript.Embedded(), cancellation);
        return running;
    }

    private static async Task<EmbeddedPostgres> StartAsync(DirectoryInfo folder, CancellationToken cancellation)
    {
        try
        {
            var options = new EmbeddedPostgresOptions { Durable = false };
            return await EmbeddedPostgres.StartAsync(DataFolder.At(folder.FullName), options, cancellation);
        }
        catch
        {
            folder.Delete(recursive: true);
            throw;
        }
    }

    // A new database is a thousand files and more: on disk that takes longer than what most tests do with it.
    private static string Place => Directory.Exists(Memory) && new DriveInfo(Memory).AvailableFreeSpace >= LeastMemory ? Memory : Path.GetTempPath();

    // A test run that was killed could not stop its server. Younger folders may be those of a run that is just ending.
    private static async Task RemoveAbandonedAsync(CancellationToken cancellation)
    {
        var anHourAgo = TimeProvider.System.GetUtcNow().UtcDateTime.AddHours(-1);
        foreach (var folder in new DirectoryInfo(Place).GetDirectories(FolderPrefix + "*").Where(one => one.LastWriteTimeUtc < anHourAgo))
        {
            var data = DataFolder.At(folder.FullName);
            if (ClusterLease.IsUsed(data))
                continue;
            await (await EmbeddedPostgres.StartAsync(data, new EmbeddedPostgresOptions { Durable = false }, cancellation)).DisposeAsync();
            folder.Delete(recursive: true);
        }
    }

    private static async Task RunAsync(string sql, CancellationToken cancellation)
    {
        await using var source = NpgsqlDataSource.Create(_running!.Connection(EmbeddedPostgres.Database));
        await using var command = source.CreateCommand(sql);
        await command.ExecuteNonQueryAsync(cancellation);
    }

    private sealed record Running(DirectoryInfo Folder, EmbeddedPostgres Postgres)
    {
        internal NpgsqlConnectionStringBuilder Connection(string database) =>
            new(Postgres.ConnectionString) { Database = database, Timezone = "UTC", IncludeErrorDetail = true };
    }
}
