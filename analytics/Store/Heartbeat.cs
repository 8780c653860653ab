using System.Globalization;
using Npgsql;

namespace Followthrough.Analytics.Store;

/// <summary>
/// A file that is written anew as long as the program runs and its database answers. A container's health check looks at its age, so a
/// program without a port of its own has none to open for it.
/// </summary>
internal static class Heartbeat
{
    /// <summary>How often; a file older than a minute means that something is wrong.</summary>
    public static readonly TimeSpan Every = TimeSpan.FromSeconds(15);

    /// <summary>Beats until it is stopped; at once when there is no file to write.</summary>
    public static async Task RunAsync(string? file, NpgsqlDataSource db, TimeProvider clock, CancellationToken ct)
    {
        if (file is null) return;
        using var timer = new PeriodicTimer(Every, clock);
        try
        {
            do await BeatAsync(file, db, clock, ct);
            while (await timer.WaitForNextTickAsync(ct));
        }
        catch (OperationCanceledException) when (ct.IsCancellationRequested)
        {
            // The program ends, and the file grows old.
        }
    }

    private static async Task BeatAsync(string file, NpgsqlDataSource db, TimeProvider clock, CancellationToken ct)
    {
        try
        {
            await using var command = db.CreateCommand("select 1");
            await command.ExecuteScalarAsync(ct);
            await File.WriteAllTextAsync(file, clock.GetUtcNow().ToString("O", CultureInfo.InvariantCulture), ct);
        }
        catch (Exception e) when (e is NpgsqlException or TimeoutException or IOException or UnauthorizedAccessException)
        {
            // Not written is what the health check is to see; the work itself reports what is wrong.
        }
    }
}
