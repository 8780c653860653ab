using Followthrough.Ingest.Mappings;
using Npgsql;
using NpgsqlTypes;

namespace Followthrough.Ingest.Loading;

/// <summary>A range of one partition of a stream. Offsets may have holes.</summary>
/// <param name="Topic">Name of the stream.</param>
/// <param name="Partition">Its partition.</param>
/// <param name="Epoch">Which of the partition's lives; see stream_offset.</param>
/// <param name="First">Offset of its first message.</param>
/// <param name="Last">Offset of its last message.</param>
internal sealed record StreamRange(string Topic, int Partition, int Epoch, long First, long Last);

/// <summary>The row of a batch: what was loaded, with what result.</summary>
internal sealed class BatchRecord
{
    /// <summary>What made it, where that is neither the file's arrival nor a stream; null where it is.</summary>
    public string? Source { get; init; }

    /// <summary>The batch whose rejected records it takes in; null when it reads something new.</summary>
    public long? ReplayOf { get; init; }

    public required KeptFile File { get; init; }
    public required Mapping Mapping { get; init; }
    public required bool Backfill { get; init; }
    public required DateTimeOffset KnownAt { get; init; }

    /// <summary>The range of a stream it is; null for a file.</summary>
    public StreamRange? Range { get; init; }

    /// <summary>Its id, once taken.</summary>
    public long Id { get; private set; }

    /// <summary>Two loads of the same file at once: the second waits, then finds the first. A range is fenced by its offset.</summary>
    public async Task LockAsync(NpgsqlConnection connection, CancellationToken ct)
    {
        if (Range is not null) return;
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
        if (Range is not null) return null;
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
            insert into batch (batch_id, mapping, mapping_hash, name, sha256, bytes, records, read, added, changed, unchanged, rejected,
              backfill, known_at, read_as, source, topic, partition, epoch, first_offset, last_offset, replay_of)
            overriding system value
            values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, $19, $20, $21, $22)
            """, connection)
        {
            Parameters =
            {
                new() { Value = Id }, new() { Value = Mapping.Name }, new() { Value = Mapping.Hash }, new() { Value = File.Name },
                new() { Value = File.Sha256 }, new() { Value = File.Bytes }, new() { Value = records }, new() { Value = read },
                new() { Value = merged.Added }, new() { Value = merged.Changed }, new() { Value = merged.Unchanged }, new() { Value = rejected },
                new() { Value = Backfill }, new() { Value = KnownAt }, new() { Value = Mapping.Reading.ToJson() },
                new() { Value = Source ?? (Range is null ? File.Source : "stream") }, Nullable(Range?.Topic, NpgsqlDbType.Text), Nullable(Range?.Partition, NpgsqlDbType.Integer),
                Nullable(Range?.Epoch, NpgsqlDbType.Integer), Nullable(Range?.First, NpgsqlDbType.Bigint), Nullable(Range?.Last, NpgsqlDbType.Bigint),
                Nullable(ReplayOf, NpgsqlDbType.Bigint),
            },
        };
        await command.ExecuteNonQueryAsync(ct);
    }

    private static NpgsqlParameter Nullable(object? value, NpgsqlDbType type) => new() { Value = value ?? DBNull.Value, NpgsqlDbType = type };
}
