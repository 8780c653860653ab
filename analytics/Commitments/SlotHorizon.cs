using Followthrough.Analytics.Store;
using Npgsql;
using NpgsqlTypes;

namespace Followthrough.Analytics.Commitments;

/// <summary>
/// Up to when there are slots (weeks, cadence slots, quarters). Rules have no clock: they read this instant from a setting of the
/// transaction, so the same facts and horizon always give the same ledger.
/// </summary>
internal static class SlotHorizon
{
    private static readonly string NewSlots = SqlText.Read(typeof(SlotHorizon), "Commitments/NewSlots.sql");

    /// <summary>Once a day of UTC: the ledger's horizon becomes the coming midnight, and accounts that gain slots by it are marked.</summary>
    public static async Task AdvanceAsync(NpgsqlConnection connection, DateTimeOffset now, CancellationToken ct)
    {
        var midnight = new DateTimeOffset(now.UtcDateTime.Date.AddDays(1), TimeSpan.Zero);
        await using var advance = new NpgsqlCommand(NewSlots, connection);
        advance.Parameters.AddWithValue("horizon", NpgsqlDbType.TimestampTz, midnight);
        await advance.ExecuteNonQueryAsync(ct);
    }

    /// <summary>
    /// The rest of the transaction sees the ledger's horizon and the instant until which it has settled, and keeps the latter where it is.
    /// Neither goes back, so a process with a slow clock removes nothing.
    /// </summary>
    public static Task UseLedgersAsync(NpgsqlConnection connection, CancellationToken ct) =>
        SetAsync(new NpgsqlCommand("""
            select set_config('followthrough.horizon', slots_until::text, true), set_config('followthrough.settled_until', settled_until::text, true)
            from (select * from ledger_state for key share) s
            """, connection), ct);

    /// <summary>The rest of the transaction sees slots that had begun at that moment.</summary>
    public static Task UseAsync(NpgsqlConnection connection, DateTimeOffset at, CancellationToken ct) =>
        SetAsync(new NpgsqlCommand("select set_config('followthrough.horizon', $1, true)", connection) { Parameters = { new() { Value = at.ToString("O") } } }, ct);

    private static async Task SetAsync(NpgsqlCommand command, CancellationToken ct)
    {
        await using (command) await command.ExecuteNonQueryAsync(ct);
    }
}
