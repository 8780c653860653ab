using Npgsql;

namespace Followthrough.Analytics.Store;

/// <summary>Waits for a server that is starting, for a bounded time.</summary>
internal static class ServerWait
{
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(200);

    /// <summary>Returns the server's version at the first connection that works; an error that waiting cannot mend is thrown at once.</summary>
    internal static async Task<Version> UntilReadyAsync(
        NpgsqlDataSource source, TimeSpan patience, TimeProvider time, CancellationToken cancellation)
    {
        for (var began = time.GetTimestamp(); ; await Task.Delay(Pause, time, cancellation))
        {
            try
            {
                await using var connection = await source.OpenConnectionAsync(cancellation);
                return connection.PostgreSqlVersion;
            }
            catch (NpgsqlException starting) when (starting.IsTransient && time.GetElapsedTime(began) < patience)
            {
                // Not ready yet: the loop waits and asks again.
            }
        }
    }
}
