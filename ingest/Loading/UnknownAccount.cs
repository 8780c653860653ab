using Followthrough.Analytics.Facts;
using Followthrough.Ingest.Mappings;
using Followthrough.Ingest.Sources;
using Npgsql;

namespace Followthrough.Ingest.Loading;

/// <summary>Rows that name an account nobody has heard of yet. They wait in quarantine and go in when it arrives.</summary>
internal static class UnknownAccount
{
    public const string Reason = "unknown_account";

    /// <summary>Takes such rows out of the stage and tells where they stood and whom they name.</summary>
    public static async Task<HashSet<(long Position, long AccountId)>> TakeOutAsync(NpgsqlConnection connection, FactTable table, CancellationToken ct)
    {
        await using var delete = new NpgsqlCommand($"""
            delete from {Stage.NameOf(table)} s
            where not exists (select from account a where a.account_id = s.account_id)
            returning position, account_id
            """, connection) { CommandTimeout = 0 };
        await using var reader = await delete.ExecuteReaderAsync(ct);
        var rows = new HashSet<(long, long)>();
        while (await reader.ReadAsync(ct)) rows.Add((reader.GetInt64(0), reader.GetInt64(1)));
        return rows;
    }

    /// <summary>The same row as a rejection.</summary>
    public static MappedRow Reject(MappedRow row) => row with
    {
        Field = "account",
        Reason = Reason,
        Message = $"field account: there is no account {Shown.Quoted(row.Account!)}; expected its record before or in the same load. The row waits and goes in when the account arrives",
    };
}
