using Npgsql;

namespace Followthrough.Analytics.Metrics;

/// <summary>The company that uses the product.</summary>
/// <param name="Name">What the pages call it.</param>
/// <param name="Zone">Where its days, months and quarters begin.</param>
public sealed record Company(string Name, TimeZoneInfo Zone)
{
    /// <summary>Reads it.</summary>
    public static async Task<Company> ReadAsync(NpgsqlDataSource db, CancellationToken ct)
    {
        await using var command = db.CreateCommand("select name, reporting_zone from company");
        await using var reader = await command.ExecuteReaderAsync(ct);
        await reader.ReadAsync(ct);
        return new Company(reader.GetString(0), TimeZoneInfo.FindSystemTimeZoneById(reader.GetString(1)));
    }

    /// <summary>Replaces it; another zone marks every account for the next refresh.</summary>
    public static async Task WriteAsync(NpgsqlDataSource db, string name, TimeZoneInfo zone, CancellationToken ct)
    {
        // Quarters, and the days of customers without a calendar, begin in the zone: with another one the whole ledger is another.
        await using var command = db.CreateCommand("""
            with before as (select reporting_zone from company),
            moved as (update company set name = $1, reporting_zone = $2)
            insert into dirty_account (account_id, since)
            select a.account_id, '-infinity'::timestamptz from account a, before where before.reporting_zone <> $2 order by 1
            on conflict (account_id) do update set since = excluded.since
            """);
        command.Parameters.AddWithValue(name);
        command.Parameters.AddWithValue(zone.Id);
        await command.ExecuteNonQueryAsync(ct);
    }
}
