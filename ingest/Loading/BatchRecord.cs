using Followthrough.Ingest.Mappings;
using Npgsql;

namespace Followthrough.Ingest.Loading;

/// <summary>The row of a batch: what was loaded, with what result.</summary>
internal sealed class BatchRecord
{
    /// <summary>How it came in.</summary>
    public string Source { get; init; } = "file";

    /// <summary>The batch whose rejected records it takes in; null when it reads something new.</summary>
    public long? ReplayOf { get; init; }

    public required KeptFile File { get; init; }
    public required Mapping Mapping { get; init; }
    public required bool Backfill { get; init; }
    public required DateTimeOffset KnownAt { get; init; }

    /// <summary>Its id, once taken.</summary>
    public long Id { get; private set; }

    /// <summary>Two loads of the same content at once: the second waits, then finds the first.</summary>
    public async Task LockAsync(NpgsqlConnection connection, CancellationToken ct)
    {
        await using var command = new NpgsqlCommand("select pg_advisory_xact_lock(hashtextextended($1, 20))", connection)
        {
            CommandTimeout = 0,
            Parameters = { new() { Value = File.Sha256 } },
        };
        await command.ExecuteNonQueryAsync(ct);
    }

    /// <summary>The batch that loaded the same content with the same mapping, all of it; null when none did.</summary>
    public async Task<(long Batch, DateTimeOffset At)?> FindEarlierAsync(NpgsqlConnection connection, CancellationToken ct)
    {
        await using var command = new NpgsqlCommand("""
            select batch_id, committed_at from batch
            where sha256 = $1 and mapping = $2 and mapping_hash = $3 and replay_of is null
            order by batch_id limit 1
            """, connection)
        {
            Parameters = { new() { Value = File.Sha256 }, new() { Value = Mapping.Name }, new() { Value = Mapping.Hash } },
        };
        await using var reader = await command.ExecuteReaderAsync(ct);
        return await reader.ReadAsync(ct) ? (reader.GetInt64(0), reader.GetFieldValue<DateTimeOffset>(1)) : null;
    }

    public async Task TakeIdAsync(NpgsqlConnection connection, CancellationToken ct)
    {
        await using var command = new NpgsqlCommand("select nextval(pg_get_serial_sequence('batch', 'batch_id'))", connection);
        Id = (long)(await command.ExecuteScalarAsync(ct))!;
    }

    public async Task WriteAsync(NpgsqlConnection connection, long records, long read, MergeCount merged, long rejected, CancellationToken ct)
    {
        await KeptMapping.KeepAsync(connection, Mapping, ct);
        await using var command = new NpgsqlCommand("""
            insert into batch (batch_id, source, mapping, mapping_hash, name, sha256, bytes, records, read, added, changed, unchanged, rejected,
              backfill, known_at, read_as, replay_of)
            overriding system value
            values ($1, $16, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $17)
            """, connection)
        {
            Parameters =
            {
                new() { Value = Id }, new() { Value = Mapping.Name }, new() { Value = Mapping.Hash }, new() { Value = File.Name },
                new() { Value = File.Sha256 }, new() { Value = File.Bytes }, new() { Value = records }, new() { Value = read },
                new() { Value = merged.Added }, new() { Value = merged.Changed }, new() { Value = merged.Unchanged }, new() { Value = rejected },
                new() { Value = Backfill }, new() { Value = KnownAt }, new() { Value = Mapping.Reading.ToJson() }, new() { Value = Source },
                new() { Value = (object?)ReplayOf ?? DBNull.Value, NpgsqlDbType = NpgsqlTypes.NpgsqlDbType.Bigint },
            },
        };
        await command.ExecuteNonQueryAsync(ct);
    }
}
