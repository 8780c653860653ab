using System.Data;
using Followthrough.Analytics.Rollups;
using Npgsql;

namespace Followthrough.Analytics.Metrics;

/// <summary>The database at one instant, for one question or several. Disposing it leaves it, and gives back what it was taken from.</summary>
internal sealed class MetricSnapshot : IAsyncDisposable
{
    private readonly Func<ValueTask> _leave;

    private MetricSnapshot(NpgsqlConnection connection, NpgsqlTransaction transaction, string zone, bool hasRollups, Func<ValueTask> leave) =>
        (Connection, Transaction, Zone, HasRollups, _leave) = (connection, transaction, TimeZoneInfo.FindSystemTimeZoneById(zone), hasRollups, leave);

    public NpgsqlConnection Connection { get; }

    public NpgsqlTransaction Transaction { get; }

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
            var zone = (await RollupBasis.ReadAsync(connection, ct)).Zone;
            return new MetricSnapshot(connection, transaction, zone, hasRollups: true, async () =>
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

    /// <summary>Of an earlier moment; <paramref name="leave"/> leaves it.</summary>
    public static async Task<MetricSnapshot> OfAsync(AsKnown known, bool hasRollups, Func<ValueTask> leave, CancellationToken ct)
    {
        try
        {
            return new MetricSnapshot(known.Connection, known.Transaction, (await RollupBasis.ReadAsync(known.Connection, ct)).Zone, hasRollups, leave);
        }
        catch
        {
            await leave();
            throw;
        }
    }

    public ValueTask DisposeAsync() => _leave();
}
