using System.Diagnostics;
using System.Globalization;
using Followthrough.Analytics.Store;
using Followthrough.Tests.Support;
using Npgsql;

namespace Followthrough.Tests.Ingest.Faults;

/// <summary>The three programs over one database, each started again whenever it was killed, until everything is in.</summary>
internal sealed class Siege : IAsyncDisposable
{
    internal const string Topic = "facts";

    private readonly string _database;
    private readonly string _folder;
    private readonly MockKafka _kafka;
    private readonly NpgsqlDataSource _db;
    private readonly List<Process> _programs = [];
    private readonly System.Collections.Concurrent.ConcurrentQueue<string> _said = [];

    internal Siege(string database, string folder, MockKafka kafka)
    {
        (_database, _folder, _kafka) = (database, Directory.CreateDirectory(folder).FullName, kafka);
        Drop = Directory.CreateDirectory(Path.Combine(_folder, "drop")).FullName;
        _db = NpgsqlDataSource.Create(new NpgsqlConnectionStringBuilder(database) { Pooling = false, ApplicationName = "besieger" });
    }

    /// <summary>kill -9 that struck, by whom it struck.</summary>
    internal List<string> Kills { get; } = [];

    internal NpgsqlDataSource Database => _db;

    /// <summary>What the programs wrote last.</summary>
    internal string Said => string.Join('\n', _said.TakeLast(30));

    /// <summary>The folder that the loader loads.</summary>
    internal string Drop { get; }

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    internal Task DropAsync((string Name, string Text) file) => File.WriteAllTextAsync(Path.Combine(Drop, file.Name), file.Text, Cancellation);

    internal Process StartLoader() => Start("Followthrough.Ingest", "loader", "load", Drop);

    internal Process StartWorker() => Start("Followthrough.Ingest", "worker", "stream", "--brokers", _kafka.Brokers, "--topic", Topic, "--partition", "0", "1");

    internal Process StartDashboard(int port) =>
        Start("Followthrough.Dashboard", "dashboard", "--port", port.ToString(CultureInfo.InvariantCulture), "--demo", "none", "--jobs", "none", "--data", Path.Combine(_folder, "data"));

    /// <summary>Loads what is in the folder; a loader that gives up because the server was away too long is started again.</summary>
    internal async Task LoadAllAsync()
    {
        for (var tries = 1; ; tries++)
        {
            var loader = StartLoader();
            await loader.WaitForExitAsync(Cancellation);
            // 1: all files are in and some rows of them were rejected.
            if (loader.ExitCode <= 1) return;
            Assert.True(tries < 10, "the loader never came to an end");
        }
    }

    /// <summary>Kills a program; true when it still ran.</summary>
    internal async Task<bool> KillAsync(Process program, string name)
    {
        if (program.HasExited) return false;
        program.Kill();
        await program.WaitForExitAsync(Cancellation);
        if (program.ExitCode != 128 + 9) return false;
        lock (Kills) Kills.Add(name);
        return true;
    }

    /// <summary>kill -9 of the server's process behind a program's connection: the whole server restarts. True when there was one.</summary>
    internal async Task<bool> KillBackendAsync(string name)
    {
        var pid = await AskAsync<int>($"select coalesce((select pid from pg_stat_activity where application_name = '{name}' and datname = current_database() order by state = 'idle', random() limit 1), 0)");
        if (pid == 0) return false;
        using var kill = Process.Start(new ProcessStartInfo("kill", ["-9", $"{pid}"]) { RedirectStandardError = true })!;
        await kill.WaitForExitAsync(Cancellation);
        if (kill.ExitCode != 0) return false;
        lock (Kills) Kills.Add($"backend of {name}");
        return true;
    }

    /// <summary>Waits until a program has a connection, or has ended.</summary>
    internal async Task UntilConnectedAsync(Process program, string name)
    {
        while (!program.HasExited && await AskAsync<long>($"select count(*) from pg_stat_activity where application_name = '{name}' and datname = current_database()") == 0)
            await Task.Delay(10, Cancellation);
    }

    /// <summary>The answer of a server that may just be restarting.</summary>
    internal async Task<T> AskAsync<T>(string sql)
    {
        for (var tries = 0; ; tries++)
        {
            try
            {
                await using var command = _db.CreateCommand(sql);
                return (T)(await command.ExecuteScalarAsync(Cancellation))!;
            }
            catch (NpgsqlException) when (tries < 600)
            {
                await Task.Delay(50, Cancellation);
            }
        }
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var program in _programs)
        {
            program.Kill();
            await program.WaitForExitAsync(CancellationToken.None);
            program.Dispose();
        }
        await _db.DisposeAsync();
    }

    private Process Start(string program, string name, params string[] arguments)
    {
        var start = new ProcessStartInfo("dotnet", ["exec", Path.Combine(AppContext.BaseDirectory, $"{program}.dll"), .. arguments])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        start.Environment[AnalyticsStore.ConnectionVariable] = new NpgsqlConnectionStringBuilder(_database) { ApplicationName = name }.ConnectionString;
        start.Environment[DataFolder.Variable] = Path.Combine(_folder, "data");
        start.Environment["Hooks__Burst"] = "100000";
        start.Environment["Hooks__PerSecond"] = "10000";
        // Starts faster, and there are many starts.
        start.Environment["DOTNET_TieredPGO"] = "0";
        var process = Process.Start(start)!;
        DataReceivedEventHandler keep = (_, line) => _said.Enqueue($"{name} {process.Id}: {line.Data}");
        process.OutputDataReceived += keep;
        process.ErrorDataReceived += keep;
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
        lock (_programs) _programs.Add(process);
        return process;
    }
}
