using Followthrough.Analytics.Facts;
using Npgsql;

namespace Followthrough.Ingest.Loading;

/// <summary>A fact made of the earliest record that mentions it stays as it is when a later one comes along.</summary>
internal static class Earliest
{
    /// <summary>Gives staged rows that happened no earlier than what is stored the stored values, so that they change nothing.</summary>
    public static async Task YieldAsync(NpgsqlConnection connection, FactTable table, CancellationToken ct)
    {
        string[] key = table.HasAccount ? ["account_id", "source_key"] : ["source_key"];
        var values = table.Columns.Where(c => !c.IsAccount && c.Name != "source_key").Select(c => c.Name).ToList();
        await using var yield = new NpgsqlCommand($"""
            update {Stage.NameOf(table)} s
            set {string.Join(", ", values.Select(v => $"{v} = f.{v}"))}
            from {table} f
            where {string.Join(" and ", key.Select(k => $"f.{k} = s.{k}"))} and f.occurred_at <= s.occurred_at
            """, connection) { CommandTimeout = 0 };
        await yield.ExecuteNonQueryAsync(ct);
    }
}
