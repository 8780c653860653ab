using Npgsql;

namespace Followthrough.Analytics.Metrics;

/// <summary>How fresh the ledger is.</summary>
/// <param name="Version">Moves whenever a refresh changed it; pages and caches follow it.</param>
/// <param name="RefreshedAt">The last refresh; null before the first.</param>
public sealed record LedgerState(long Version, DateTimeOffset? RefreshedAt)
{
    /// <summary>Reads it.</summary>
    public static async Task<LedgerState> ReadAsync(NpgsqlDataSource db, CancellationToken ct)
    {
        await using var command = db.CreateCommand("select version, nullif(refreshed_at, '-infinity') from ledger_state");
        await using var reader = await command.ExecuteReaderAsync(ct);
        await reader.ReadAsync(ct);
        return new LedgerState(reader.GetInt64(0), reader.IsDBNull(1) ? null : reader.GetFieldValue<DateTimeOffset>(1));
    }
}
