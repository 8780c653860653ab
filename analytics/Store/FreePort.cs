using System.Net;
using System.Net.Sockets;
using System.Security.Cryptography;

namespace Followthrough.Analytics.Store;

/// <summary>A loopback port for the server: the one it had before where that is free.</summary>
internal static class FreePort
{
    // Below the range from which the kernel gives ports to outgoing connections, so that it stays free between two starts.
    private const int Lowest = 15432;
    private const int Highest = 32000;

    internal static async Task<int> PickAsync(Cluster cluster, CancellationToken cancellation)
    {
        if (await cluster.RememberedPortAsync(cancellation) is { } before && IsFree(before))
            return before;
        for (var tries = 0; tries < 200; tries++)
        {
            var port = RandomNumberGenerator.GetInt32(Lowest, Highest);
            if (!IsFree(port))
                continue;
            await cluster.RememberPortAsync(port, cancellation);
            return port;
        }
        throw new StoreException($"No free port was found between {Lowest} and {Highest} on the loopback address.");
    }

    internal static bool IsFree(int port)
    {
        try
        {
            using var listener = new TcpListener(IPAddress.Loopback, port);
            listener.Start();
            return true;
        }
        catch (SocketException)
        {
            return false;
        }
    }
}
