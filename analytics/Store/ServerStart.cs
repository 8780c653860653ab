namespace Followthrough.Analytics.Store;

/// <summary>Brings the cluster's server up, whatever state the last one left, and down. Everything here happens behind the gate.</summary>
internal sealed class ServerStart(Cluster cluster, EmbeddedPostgresOptions options)
{
    private const int Attempts = 5;
    private const long LargestLog = 16 << 20;
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(100);

    internal async Task<PostgresProcess> EnsureRunningAsync(CancellationToken cancellation)
    {
        await WaitWhileComingUpAsync(cancellation);
        if (PostgresProcess.Find(cluster) is { } running)
            return running;
        var binaries = await BinariesAsync(cancellation);
        if (cluster.Major is null)
            await cluster.CreateAsync(binaries, options.Durable, cancellation);
        cluster.RemoveStaleLocks();
        RotateLog();
        return await StartAsync(binaries, cancellation);
    }

    internal async Task StopAsync(CancellationToken cancellation)
    {
        if (PostgresProcess.Find(cluster) is null)
            return;
        var binaries = await BinariesAsync(cancellation);
        var stopped = await PostgresProcess.StopAsync(
            cluster, binaries, options.Durable ? "fast" : "immediate", options.Patience, cancellation);
        if (!stopped.Succeeded && PostgresProcess.Find(cluster) is not null)
            throw new StoreException($"The database server did not stop: {stopped.Output}");
    }

    private Task<PostgresBinaries> BinariesAsync(CancellationToken cancellation) =>
        PostgresBinaries.FindAsync(cluster.Major, options.ProgramFolders, cancellation);

    private async Task<PostgresProcess> StartAsync(PostgresBinaries binaries, CancellationToken cancellation)
    {
        var port = await FreePort.PickAsync(cluster, cancellation);
        var began = options.Time.GetTimestamp();
        for (var attempt = 1; ; attempt++)
        {
            await cluster.WriteSettingsAsync(port, options.Durable, cancellation);
            var start = await PostgresProcess.StartAsync(cluster, binaries, options.Patience, cancellation);
            if (PostgresProcess.Find(cluster) is { } process)
                return process;
            if (options.Time.GetElapsedTime(began) > options.Patience || !(attempt < Attempts || OldBackendsRemain()))
                throw new StoreException($"The database server did not start. {start.Output}\n{LogTail()}");
            // Between the choice of the port and its use somebody else may have taken it.
            if (!FreePort.IsFree(port))
                port = await FreePort.PickAsync(cluster, cancellation);
            await Task.Delay(Pause, options.Time, cancellation);
        }
    }

    private async Task WaitWhileComingUpAsync(CancellationToken cancellation)
    {
        for (var began = options.Time.GetTimestamp(); PostgresProcess.IsComingUp(cluster); await Task.Delay(Pause, options.Time, cancellation))
            if (options.Time.GetElapsedTime(began) > options.Patience)
                throw new StoreException($"A database server in {cluster.DataDirectory} has been starting for {options.Patience}. See {cluster.Log}.");
    }

    // The processes of a killed server notice its end within moments; until then a new one is refused.
    private bool OldBackendsRemain() => LogTail().Contains("is still in use", StringComparison.Ordinal);

    private string LogTail() => File.Exists(cluster.Log) ? string.Join('\n', File.ReadLines(cluster.Log).TakeLast(12)) : "";

    private void RotateLog()
    {
        if (File.Exists(cluster.Log) && new FileInfo(cluster.Log).Length > LargestLog)
            File.Move(cluster.Log, cluster.Log + ".1", overwrite: true);
    }
}
