using System.Diagnostics;
using Followthrough.Analytics.Store;
using Followthrough.Tests.Support;
using Npgsql;

namespace Followthrough.Tests.Analytics.Store;

/// <summary>A data folder of one test, with what a test does to the server in it. Removed afterwards, server included.</summary>
internal sealed class EmbeddedCluster : IAsyncDisposable
{
    private readonly DirectoryInfo _root = TestFolder.Create("ft-");

    internal DataFolder Folder => DataFolder.At(_root.FullName);

    internal string PidFile => Path.Combine(Folder.Postgres, "cluster", "postmaster.pid");

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    internal Task<EmbeddedPostgres> StartAsync(bool durable = false) => StartAsync(Folder, durable);

    internal static async Task<EmbeddedPostgres> StartAsync(DataFolder folder, bool durable = false)
    {
        await RequireServerAsync();
        return await EmbeddedPostgres.StartAsync(folder, new EmbeddedPostgresOptions { Durable = durable }, Cancellation);
    }

    /// <summary>Skips the test on a machine without PostgreSQL; fails it in CI.</summary>
    internal static async Task RequireServerAsync()
    {
        try
        {
            await PostgresBinaries.FindAsync(null, PostgresBinaries.UsualFolders(), Cancellation);
        }
        catch (PostgresMissingException missing) when (!TestServer.IsRequired)
        {
            Assert.Skip(missing.Message);
        }
    }

    internal static async Task<T> ScalarAsync<T>(string connectionString, string sql)
    {
        await using var source = NpgsqlDataSource.Create(new NpgsqlConnectionStringBuilder(connectionString) { Pooling = false });
        await using var command = source.CreateCommand(sql);
        return (T)(await command.ExecuteScalarAsync(Cancellation))!;
    }

    internal static bool IsAlive(int pid)
    {
        try
        {
            // A killed process nobody has waited for keeps its number and loses its command line.
            return File.ReadAllBytes($"/proc/{pid}/cmdline").Length > 0;
        }
        catch (IOException)
        {
            return false;
        }
    }

    /// <summary>kill -9 of the server's main process, and waits until it is gone.</summary>
    internal static async Task KillAsync(int pid)
    {
        using (var kill = Process.Start("kill", ["-9", $"{pid}"]))
            await kill.WaitForExitAsync(Cancellation);
        while (IsAlive(pid))
            await Task.Delay(10, Cancellation);
    }

    public async ValueTask DisposeAsync()
    {
        // Joining and leaving stops whatever a test left running.
        if (File.Exists(PidFile))
            await (await StartAsync()).DisposeAsync();
        if (new DirectoryInfo(Folder.Postgres).LinkTarget is { } elsewhere)
            Directory.Delete(elsewhere, recursive: true);
        _root.Delete(recursive: true);
    }
}
