using Npgsql;

namespace Followthrough.Analytics.Metrics;

/// <summary>The company that uses the product.</summary>
/// <param name="Name">What the pages call it.</param>
/// <param name="Zone">Where its days, months and quarters begin.</param>
/// <param name="Fiscal">Its fiscal years and its weeks.</param>
/// <param name="Currency">The currency in which amounts are stated, ISO 4217; null states them in their own, and adds up only those of one.</param>
public sealed record Company(string Name, TimeZoneInfo Zone, FiscalCalendar Fiscal, string? Currency = null)
{
    internal const string Sql = "select name, reporting_zone, fiscal_kind, fiscal_start_month, week_starts_on, currency from company";

    /// <summary>Whether a text can be a currency's ISO 4217 code.</summary>
    internal static bool IsCurrency(string? code) => code is { Length: 3 } && code.All(char.IsAsciiLetterUpper);

    /// <summary>The IANA zone of that name; null when there is none.</summary>
    internal static TimeZoneInfo? ZoneOf(string? name) => name is not null && TimeZoneInfo.TryFindSystemTimeZoneById(name, out var found) && found.HasIanaId ? found : null;

    /// <summary>
    /// The same with another name, zone, division of the fiscal year (a word of <see cref="FiscalWords"/>), start month or week; null leaves as it is.
    /// A start month alone says that the year is shifted.
    /// </summary>
    internal Company Changed(string? name, TimeZoneInfo? zone, string? kind, int? start, DayOfWeek? week)
    {
        var divided = kind is null ? Fiscal.Kind : FiscalWords.Kind(kind);
        if (divided == FiscalKind.Calendar && kind is null && start > 1) divided = FiscalKind.Shifted;
        var month = divided == FiscalKind.Calendar ? 1 : start ?? Fiscal.StartMonth;
        return this with { Name = name?.Trim() ?? Name, Zone = zone ?? Zone, Fiscal = new FiscalCalendar(divided, month, week ?? Fiscal.WeekStart) };
    }

    /// <summary>Reads it.</summary>
    public static async Task<Company> ReadAsync(NpgsqlDataSource db, CancellationToken ct)
    {
        await using var command = db.CreateCommand(Sql);
        await using var reader = await command.ExecuteReaderAsync(ct);
        return await ReadAsync(reader, ct);
    }

    /// <summary>Reads what <see cref="Sql"/> gives.</summary>
    internal static async Task<Company> ReadAsync(NpgsqlDataReader reader, CancellationToken ct)
    {
        await reader.ReadAsync(ct);
        return new Company(
            reader.GetString(0),
            TimeZoneInfo.FindSystemTimeZoneById(reader.GetString(1)),
            // An ISO Sunday is 7.
            new FiscalCalendar(FiscalWords.Kind(reader.GetString(2)), reader.GetInt32(3), (DayOfWeek)(reader.GetInt32(4) % 7)),
            reader.IsDBNull(5) ? null : reader.GetString(5));
    }

    /// <summary>Replaces its name and zone; the rest stays.</summary>
    public static async Task WriteAsync(NpgsqlDataSource db, string name, TimeZoneInfo zone, CancellationToken ct) =>
        await (await ReadAsync(db, ct) with { Name = name, Zone = zone }).WriteAsync(db, ct);

    /// <summary>Replaces it. A new zone makes the ledger of all accounts due for a refresh.</summary>
    public async Task WriteAsync(NpgsqlDataSource db, CancellationToken ct)
    {
        // Without a promised calendar a customer's days end in this zone: a new one moves their deadlines.
        await using var command = db.CreateCommand("""
            with moved as (
              insert into dirty_account (account_id, since, facts)
              select distinct a.account_id, '-infinity'::timestamptz, '{account}'::text[]
              from account a join company c on c.reporting_zone <> $2
              order by 1
              on conflict (account_id) do update set since = excluded.since, facts = excluded.facts
            )
            update company set name = $1, reporting_zone = $2, fiscal_kind = $3, fiscal_start_month = $4, week_starts_on = $5, currency = $6
            """);
        command.Parameters.AddWithValue(Name);
        command.Parameters.AddWithValue(Zone.Id);
        command.Parameters.AddWithValue(FiscalWords.Of(Fiscal.Kind));
        command.Parameters.AddWithValue(Fiscal.StartMonth);
        command.Parameters.AddWithValue(Fiscal.WeekStart == DayOfWeek.Sunday ? 7 : (int)Fiscal.WeekStart);
        command.Parameters.AddWithValue(NpgsqlTypes.NpgsqlDbType.Text, (object?)Currency ?? DBNull.Value);
        await command.ExecuteNonQueryAsync(ct);
    }
}
