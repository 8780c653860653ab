using Followthrough.Analytics.Calendars;
using Followthrough.Analytics.Commitments;
using Npgsql;

namespace Followthrough.Analytics.Metrics;

/// <summary>
/// The ledger as it was known at an earlier moment: the same rules over the facts known then, in temporary tables that the same
/// statements find first. Facts learned since are unseen, replaced versions are back.
/// </summary>
internal static class AsKnown
{
    /// <summary>Puts the rest of the transaction at that moment, for one account or all.</summary>
    public static async Task EnterAsync(NpgsqlConnection connection, DateTimeOffset at, string kind, long? account, CancellationToken ct)
    {
        await using (var enter = new NpgsqlCommand("""
            select set_config('search_path', 'pg_temp, as_known, public', true), set_config('followthrough.known_as_of', $1, true)
            """, connection) { Parameters = { new() { Value = at.ToString("O") } } })
            await enter.ExecuteNonQueryAsync(ct);
        await using (var create = new NpgsqlCommand("""
            create temporary table commitment (like public.commitment) on commit drop;
            create temporary table open_interval (like public.open_interval) on commit drop;
            create temporary table business_day (like public.business_day) on commit drop;
            """, connection))
            await create.ExecuteNonQueryAsync(ct);
        await SlotHorizon.UseAsync(connection, at, ct);
        await CommitmentRule.CreateWorkingTablesAsync(connection, ct);
        await CalendarLayout.LayOutAsync(connection, DateOnly.FromDateTime(at.UtcDateTime), ct);
        await using (var all = new NpgsqlCommand("""
            insert into dirty select distinct account_id, '-infinity'::timestamptz from account where @account::bigint is null or account_id = @account;
            analyze dirty
            """, connection) { Parameters = { new("account", NpgsqlTypes.NpgsqlDbType.Bigint) { Value = (object?)account ?? DBNull.Value } } })
            await all.ExecuteNonQueryAsync(ct);
        await CommitmentRule.All.Single(r => r.Kind == kind).DeriveAsync(connection, "commitment", ct);
    }
}
