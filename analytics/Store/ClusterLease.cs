namespace Followthrough.Analytics.Store;

/// <summary>
/// Who uses the embedded server. The operating system keeps these file locks, so they end with their process however it ends:
/// the gate is held by the one process that starts or stops the server, a lease by each process that uses it.
/// </summary>
internal sealed class ClusterLease : IDisposable
{
    private static readonly TimeSpan Retry = TimeSpan.FromMilliseconds(25);

    private readonly FileStream _lock;

    private ClusterLease(FileStream held) => _lock = held;

    /// <summary>Waits for the gate: nobody else starts, stops or joins the server until it is disposed.</summary>
    /// <exception cref="StoreException">Another process holds it for longer than <paramref name="patience"/>.</exception>
    internal static async Task<ClusterLease> GateAsync(
        DataFolder folder, TimeSpan patience, TimeProvider time, CancellationToken cancellation)
    {
        for (var started = time.GetTimestamp(); time.GetElapsedTime(started) < patience; await Task.Delay(Retry, time, cancellation))
            if (TryLock(Path.Combine(folder.Path, "postgres.gate"), FileShare.None) is { } gate)
                return gate;
        throw new StoreException($"Another process has been starting or stopping the database in {folder.Path} for {patience}. Try again later.");
    }

    /// <summary>A share in the server. Taken behind the gate, where no exclusive lock can be in the way.</summary>
    internal static ClusterLease Join(DataFolder folder) =>
        TryLock(LeasePath(folder), FileShare.Read)
            ?? throw new StoreException($"The lock file {LeasePath(folder)} is held by a program that is not Followthrough.");

    /// <summary>Whether any process holds a lease. Asked behind the gate.</summary>
    internal static bool IsUsed(DataFolder folder)
    {
        using var exclusive = TryLock(LeasePath(folder), FileShare.None);
        return exclusive is null;
    }

    public void Dispose() => _lock.Dispose();

    private static string LeasePath(DataFolder folder) => Path.Combine(folder.Path, "postgres.lease");

    private static ClusterLease? TryLock(string path, FileShare share)
    {
        try
        {
            return new ClusterLease(PrivateFile.Open(path, FileMode.OpenOrCreate, FileAccess.Read, share));
        }
        catch (IOException taken) when (taken is not (DirectoryNotFoundException or FileNotFoundException or PathTooLongException))
        {
            return null;
        }
    }
}
