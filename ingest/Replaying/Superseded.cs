using Followthrough.Analytics.Facts;
using Followthrough.Ingest.Loading;
using Npgsql;

namespace Followthrough.Ingest.Replaying;

/// <summary>A record that is tried again is as old as the batch it came in: what came after it and is no older stays. So is what was tried again before.</summary>
internal static class Superseded
{
    /// <summary>Gives staged rows the stored values where a later batch brought them, so that they change nothing.</summary>
    public static async Task YieldAsync(NpgsqlConnection connection, FactTable table, HeldBatch batch, CancellationToken ct)
    {
        var key = Stored.KeyOf(table);
        var values = Stored.ValuesOf(table);
        await using var yield = new NpgsqlCommand($"""
            update {Stage.NameOf(table)} s
            set {string.Join(", ", values.Select(v => $"{v} = f.{v}"))}
            from {Stored.NameOf(table)} f join batch b using (batch_id) left join batch o on o.batch_id = b.replay_of
            where {string.Join(" and ", key.Select(k => $"f.{k} = s.{k}"))}
              and (coalesce(b.replay_of, b.batch_id), f.position) > ($1, s.position)
              and coalesce(s.source_modified_at, case when $2 then s.known_at else $3 end)
                <= coalesce(f.source_modified_at, case when o.backfill then f.known_at else o.known_at end, f.known_at)
            """, connection) { CommandTimeout = 0 };
        yield.Parameters.AddWithValue(batch.Id);
        yield.Parameters.AddWithValue(batch.Backfill);
        yield.Parameters.AddWithValue(batch.KnownAt);
        await yield.ExecuteNonQueryAsync(ct);
    }
}
