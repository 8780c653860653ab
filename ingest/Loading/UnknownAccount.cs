using Followthrough.Analytics.Facts;
using Followthrough.Ingest.Mappings;
using Npgsql;

namespace Followthrough.Ingest.Loading;

/// <summary>Rows that name an account nobody has heard of yet. They wait in quarantine and go in when it arrives.</summary>
internal static class UnknownAccount
{
    public const string Reason = "unknown_account";

    /// <summary>Takes such rows out of the stage and tells at which positions they stood.</summary>
    public static async Task<HashSet<long>> TakeOutAsync(NpgsqlConnection connection, FactTable table, CancellationToken ct)
    {
        await using var delete = new NpgsqlCommand($"""
            delete from {Stage.NameOf(table)} s
            where not exists (select from account a where a.account_id = s.account_id)
            returning position
            """, connection);
        await using var reader = await delete.ExecuteReaderAsync(ct);
        var positions = new HashSet<long>();
        while (await reader.ReadAsync(ct)) positions.Add(reader.GetInt64(0));
        return positions;
    }

    /// <summary>The same row as a rejection.</summary>
    public static MappedRow Reject(MappedRow row)
    {
        var account = row.Cells![row.Table.Columns.ToList().FindIndex(c => c.IsAccount)].Text;
        return row with
        {
            Field = "account",
            Reason = Reason,
            Message = $"field account: there is no account '{account}'; expected its record before or in the same load. The row waits and goes in when the account arrives",
        };
    }
}
