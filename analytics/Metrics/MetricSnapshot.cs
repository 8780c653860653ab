using System.Data;
using Followthrough.Analytics.Rollups;
using Npgsql;

namespace Followthrough.Analytics.Metrics;

/// <summary>The database at one instant, for one question or several. Disposing it leaves it, and gives back what it was taken from.</summary>
internal sealed class MetricSnapshot : IAsyncDisposable
{
    private readonly Func<ValueTask> _leave;

    private MetricSnapshot(NpgsqlConnection connection, NpgsqlTransaction? transaction, TimeZoneInfo zone, bool hasRollups, Func<ValueTask> leave) =>
        (Connection, Transaction, Zone, HasRollups, _leave) = (connection, transaction, zone, hasRollups, leave);

    public NpgsqlConnection Connection { get; }

    /// <summary>Null where a single statement is all.</summary>
    public NpgsqlTransaction? Transaction { get; }

    /// <summary>The reporting zone.</summary>
    public TimeZoneInfo Zone { get; }

    /// <summary>Whether there are roll-ups of its commitments.</summary>
    public bool HasRollups { get; }

    /// <summary>Of now.</summary>
    public static async Task<MetricSnapshot> OpenAsync(NpgsqlDataSource db, CancellationToken ct)
    {
        var connection = await db.OpenConnectionAsync(ct);
        try
        {
            var transaction = await connection.BeginTransactionAsync(IsolationLevel.RepeatableRead, ct);
            return new MetricSnapshot(connection, transaction, await ZoneAsync(connection, ct), hasRollups: true, async () =>
            {
                await transaction.DisposeAsync();
                await connection.DisposeAsync();
            });
        }
        catch
        {
            await connection.DisposeAsync();
            throw;
        }
    }

    /// <summary>Of now, for a single statement; <paramref name="zone"/> where it is known already.</summary>
    public static async Task<MetricSnapshot> OpenForOneAsync(NpgsqlDataSource db, TimeZoneInfo? zone, CancellationToken ct)
    {
        var connection = await db.OpenConnectionAsync(ct);
        try
        {
            return new MetricSnapshot(connection, null, zone ?? await ZoneAsync(connection, ct), hasRollups: true, connection.DisposeAsync);
        }
        catch
        {
            await connection.DisposeAsync();
            throw;
        }
    }

    /// <summary>Of an earlier moment; <paramref name="leave"/> leaves it.</summary>
    public static async Task<MetricSnapshot> OfAsync(AsKnown known, bool hasRollups, Func<ValueTask> leave, CancellationToken ct)
    {
        try
        {
            return new MetricSnapshot(known.Connection, known.Transaction, await ZoneAsync(known.Connection, ct), hasRollups, leave);
        }
        catch
        {
            await leave();
            throw;
        }
    }

    public ValueTask DisposeAsync() => _leave();

    private static async Task<TimeZoneInfo> ZoneAsync(NpgsqlConnection connection, CancellationToken ct) =>
        TimeZoneInfo.FindSystemTimeZoneById((await RollupBasis.ReadAsync(connection, ct)).Zone);
}
