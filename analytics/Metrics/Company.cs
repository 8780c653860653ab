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

    /// <summary>Replaces it. A new zone makes the ledger of all accounts due for a refresh.</summary>
    public static async Task WriteAsync(NpgsqlDataSource db, string name, TimeZoneInfo zone, CancellationToken ct)
    {
        // Without a promised calendar a customer's days end in this zone: a new one moves their deadlines.
        await using var command = db.CreateCommand("""
            with moved as (
              insert into dirty_account (account_id, since)
              select distinct a.account_id, '-infinity'::timestamptz
              from account a join company c on c.reporting_zone <> $2
              order by 1
              on conflict (account_id) do update set since = excluded.since
            )
            update company set name = $1, reporting_zone = $2
            """);
        command.Parameters.AddWithValue(name);
        command.Parameters.AddWithValue(zone.Id);
        await command.ExecuteNonQueryAsync(ct);
    }
}
