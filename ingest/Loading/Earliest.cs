using Followthrough.Analytics.Facts;
using Npgsql;

namespace Followthrough.Ingest.Loading;

/// <summary>A fact made of the earliest record that mentions it stays as it is when a later one comes along.</summary>
internal static class Earliest
{
    /// <summary>Gives staged rows that happened no earlier than what is stored the stored values, so that they change nothing.</summary>
    public static async Task YieldAsync(NpgsqlConnection connection, FactTable table, CancellationToken ct)
    {
        var key = Stored.KeyOf(table);
        var values = Stored.ValuesOf(table);
        await using var yield = new NpgsqlCommand($"""
            update {Stage.NameOf(table)} s
            set {string.Join(", ", values.Select(v => $"{v} = f.{v}"))}
            from {Stored.NameOf(table)} f
            where {string.Join(" and ", key.Select(k => $"f.{k} = s.{k}"))} and f.occurred_at <= s.occurred_at
            """, connection) { CommandTimeout = 0 };
        await yield.ExecuteNonQueryAsync(ct);
        await LevelAsync(connection, table, key, ct);
    }

    // In a back-fill the earliest was known first, and the merge takes what is known last: all of a key count as known alike, and of
    // these the later line, which is the earliest record.
    private static async Task LevelAsync(NpgsqlConnection connection, FactTable table, string[] key, CancellationToken ct)
    {
        await using var level = new NpgsqlCommand($"""
            update {Stage.NameOf(table)} s
            set known_at = m.known_at
            from (
              select {string.Join(", ", key.Select(k => "x." + k))}, greatest(max(x.known_at), max(f.known_at)) as known_at
              from {Stage.NameOf(table)} x left join {Stored.NameOf(table)} f using ({string.Join(", ", key)})
              group by {string.Join(", ", key.Select(k => "x." + k))}
            ) m
            where {string.Join(" and ", key.Select(k => $"m.{k} = s.{k}"))} and s.known_at < m.known_at
            """, connection) { CommandTimeout = 0 };
        await level.ExecuteNonQueryAsync(ct);
    }
}
