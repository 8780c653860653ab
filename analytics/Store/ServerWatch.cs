namespace Followthrough.Analytics.Store;

/// <summary>
/// Looks after the server while this process uses it: a server that is gone (killed, out of memory) is started again, on the same
/// port, so that the pool's next connection works.
/// </summary>
internal sealed class ServerWatch : IAsyncDisposable
{
    private static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(500);

    private readonly CancellationTokenSource _stop = new();
    private readonly Task _loop;

    internal ServerWatch(DataFolder folder, Cluster cluster, EmbeddedPostgresOptions options) =>
        _loop = Task.Run(() => WatchAsync(folder, cluster, options, _stop.Token));

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        await _loop.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        _stop.Dispose();
    }

    private static async Task WatchAsync(
        DataFolder folder, Cluster cluster, EmbeddedPostgresOptions options, CancellationToken cancellation)
    {
        using var timer = new PeriodicTimer(Interval, options.Time);
        while (await timer.WaitForNextTickAsync(cancellation))
            await LookAsync(folder, cluster, options, cancellation);
    }

    private static async Task LookAsync(
        DataFolder folder, Cluster cluster, EmbeddedPostgresOptions options, CancellationToken cancellation)
    {
        try
        {
            if (PostgresProcess.Find(cluster) is not null)
                return;
            using var gate = await ClusterLease.GateAsync(folder, options.Patience, options.Time, cancellation);
            await new ServerStart(cluster, options).EnsureRunningAsync(cancellation);
        }
        catch (Exception notYet) when (notYet is StoreException or IOException or UnauthorizedAccessException)
        {
            // The next tick tries again; until then every query reports that the server is away, and its log says why.
        }
    }
}
