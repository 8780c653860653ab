using Followthrough.Analytics.Facts;
using Npgsql;

namespace Followthrough.Ingest.Loading;

/// <summary>Finds the account of rows that name another record of the customer instead: a refund its charge, a rating its ticket.</summary>
internal static class AccountThrough
{
    /// <summary>Gives staged rows whose key is no account's the account of the fact that has it. The others stay, and wait.</summary>
    public static async Task FindAsync(NpgsqlConnection connection, FactTable table, FactTable through, CancellationToken ct)
    {
        await using var find = new NpgsqlCommand($"""
            update {Stage.NameOf(table)} s
            set account_id = f.account_id, {Stored.StatedAs} = {(Stored.Moves(through) ? "f." + Stored.StatedAs : "null")}
            from {through} f
            where f.source_key = s.account and not exists (select from account a where a.account_id = s.account_id)
            """, connection) { CommandTimeout = 0 };
        await find.ExecuteNonQueryAsync(ct);
    }
}
