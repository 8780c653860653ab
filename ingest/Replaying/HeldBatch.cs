using Followthrough.Ingest.Loading;
using Followthrough.Ingest.Mappings;
using Followthrough.Ingest.Sources.Files;
using Npgsql;

namespace Followthrough.Ingest.Replaying;

/// <summary>The batch in which something was rejected.</summary>
internal sealed record HeldBatch
{
    public required long Id { get; init; }

    /// <summary>Its file, as it was received.</summary>
    public required BatchFile File { get; init; }

    public required long Bytes { get; init; }
    public required string Mapping { get; init; }
    public required string MappingHash { get; init; }
    public required bool Backfill { get; init; }
    public required DateTimeOffset KnownAt { get; init; }

    /// <summary>Reads it; null when it is not recorded.</summary>
    public static async Task<HeldBatch?> FindAsync(NpgsqlDataSource db, long id, CancellationToken ct)
    {
        await using var command = db.CreateCommand("select name, sha256, read_as, bytes, mapping, mapping_hash, backfill, known_at from batch where batch_id = $1");
        command.Parameters.AddWithValue(id);
        await using var row = await command.ExecuteReaderAsync(ct);
        return !await row.ReadAsync(ct) ? null : new HeldBatch
        {
            Id = id,
            File = new BatchFile(row.GetString(0), row.GetString(1), row.GetString(2)),
            Bytes = row.GetInt64(3),
            Mapping = row.GetString(4),
            MappingHash = row.GetString(5),
            Backfill = row.GetBoolean(6),
            KnownAt = row.GetFieldValue<DateTimeOffset>(7),
        };
    }

    /// <summary>Refuses a mapping by which a position would mean another record.</summary>
    /// <exception cref="MappingException">It finds the file's records elsewhere.</exception>
    public void MustCountAs(Mapping mapping)
    {
        var before = SourceReading.FromJson(File.ReadAs);
        var now = mapping.Reading;
        if (before.Sheet == now.Sheet && before.HeaderLines == now.HeaderLines && before.Records.SequenceEqual(now.Records)) return;
        throw new MappingException(
            $"{File.Name}: the mapping {mapping.Name} finds its records elsewhere in the file than batch {Id} did, so the positions of what was rejected do not hold. Load the file again with it.");
    }
}
