using Followthrough.Analytics.Store;
using Npgsql;

namespace Followthrough.Analytics.Calendars;

/// <summary>Keeps the laid-out calendars in step with the calendar facts and a few years ahead of the clock.</summary>
internal static class CalendarLayout
{
    private const int YearsAhead = 3;
    private static readonly string Layout = SqlText.Read(typeof(CalendarLayout), "Calendars/Layout.sql");

    /// <summary>Lays the calendars out again when their facts changed or the layout runs out; otherwise reads one row.</summary>
    public static async Task EnsureAsync(NpgsqlConnection connection, DateTimeOffset now, CancellationToken ct)
    {
        var today = DateOnly.FromDateTime(now.UtcDateTime);
        await using var check = new NpgsqlCommand("""
            with latest as (
              select greatest((select coalesce(max(batch_id), 0) from calendar), (select coalesce(max(batch_id), 0) from calendar_hours),
                (select coalesce(max(batch_id), 0) from special_day)) as batch
            )
            update ledger_state set calendar_batch = latest.batch, calendar_until = $1
            from latest
            where calendar_batch <> latest.batch or calendar_until < $2
            """, connection) { Parameters = { new() { Value = today.AddYears(YearsAhead) }, new() { Value = today.AddYears(YearsAhead - 1) } } };
        if (await check.ExecuteNonQueryAsync(ct) > 0) await LayOutAsync(connection, today, ct);
    }

    /// <summary>Lays out whatever calendars the connection's search path shows, up to some years after a day.</summary>
    public static async Task LayOutAsync(NpgsqlConnection connection, DateOnly today, CancellationToken ct)
    {
        await using var layout = new NpgsqlCommand(Layout, connection) { CommandTimeout = 0 };
        layout.Parameters.AddWithValue("until", today.AddYears(YearsAhead));
        await layout.ExecuteNonQueryAsync(ct);
    }
}
