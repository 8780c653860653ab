using Followthrough.Analytics.Facts;
using Followthrough.Analytics.Store;
using Followthrough.Ingest.Mappings;
using Npgsql;
using NpgsqlTypes;

namespace Followthrough.Ingest.Loading;

/// <summary>What became of the deletions of one fact.</summary>
/// <param name="Buried">Rows put into the stage: the known version, marked as deleted.</param>
/// <param name="Unknown">Deletions of this batch whose key nobody has heard of; they are in quarantine.</param>
/// <param name="Earlier">Rows buried because of an earlier batch's deletion, or because a key is known under several accounts.</param>
internal readonly record struct BuryCount(long Buried, long Unknown, long Earlier);

/// <summary>
/// Deletions that say no more than which key is gone. They become a new version of what is known under that key; if nothing is, they
/// wait in quarantine, since a deletion may overtake what it deletes.
/// </summary>
internal sealed class Tombstones(NpgsqlConnection connection, bool backfill, DateTimeOffset now)
{
    public const string Reason = "nothing_to_delete";

    /// <summary>What such a deletion is told.</summary>
    public const string Waits = "is deleted, but nobody has heard of it; the deletion waits and takes effect if it arrives";

    private static readonly string Bury = SqlText.Read(typeof(Tombstones), "Loading/Tombstones.sql");

    private bool _created;

    public long BatchId { get; set; }

    /// <summary>Takes deletions in.</summary>
    public async Task AddAsync(IReadOnlyList<MappedRow> rows, CancellationToken ct)
    {
        if (rows.Count == 0) return;
        await CreateAsync(ct);
        await using var copy = await connection.BeginBinaryImportAsync(
            "copy stage_tombstone (fact, rule, source_key, source_modified_at, known_at, position, mapped, record) from stdin (format binary)", ct);
        foreach (var row in rows)
        {
            await copy.StartRowAsync(ct);
            await copy.WriteAsync(row.Table.Name, NpgsqlDbType.Text, ct);
            await copy.WriteAsync(row.Rule, NpgsqlDbType.Integer, ct);
            await copy.WriteAsync(row.Key!, NpgsqlDbType.Text, ct);
            if (row.Cells![row.Table.IndexOf("source_modified_at")] is { IsNull: false } modified) await copy.WriteAsync(modified.Instant, NpgsqlDbType.TimestampTz, ct);
            else await copy.WriteNullAsync(ct);
            await copy.WriteAsync(KnownTime.Of(row, backfill, now), NpgsqlDbType.TimestampTz, ct);
            await copy.WriteAsync(row.Record.Line, NpgsqlDbType.Bigint, ct);
            await copy.WriteAsync(row.ToCanonicalJson(), NpgsqlDbType.Text, ct);
            await copy.WriteAsync(row.Record.ToJson(), NpgsqlDbType.Text, ct);
        }
        await copy.CompleteAsync(ct);
    }

    /// <summary>Puts the deleted version of what is known into the fact's stage.</summary>
    public async Task<BuryCount> BuryAsync(Stage stage, DateTimeOffset at, CancellationToken ct)
    {
        if (!_created && (stage.Rows == 0 || !await AnyWaitingAsync(stage.Table, ct))) return default;
        await CreateAsync(ct);
        await using var bury = new NpgsqlCommand(StatementFor(stage.Table), connection)
        {
            CommandTimeout = 0,
            Parameters = { new() { Value = stage.Table.Name }, new() { Value = BatchId }, new() { Value = at } },
        };
        await using var reader = await bury.ExecuteReaderAsync(ct);
        await reader.ReadAsync(ct);
        return new BuryCount(reader.GetInt64(0), reader.GetInt64(1), reader.GetInt64(2));
    }

    private async Task CreateAsync(CancellationToken ct)
    {
        if (_created) return;
        await using var create = new NpgsqlCommand("""
            create temporary table stage_tombstone (
              fact text not null, rule integer not null, source_key text not null, source_modified_at timestamptz, known_at timestamptz not null,
              position bigint not null, mapped text not null, record text not null
            ) on commit drop
            """, connection);
        await create.ExecuteNonQueryAsync(ct);
        _created = true;
    }

    private async Task<bool> AnyWaitingAsync(FactTable table, CancellationToken ct)
    {
        await using var any = new NpgsqlCommand("select exists (select from quarantine where resolved_at is null and fact = $1 and reason = $2)", connection)
        {
            Parameters = { new() { Value = table.Name }, new() { Value = Reason } },
        };
        return (bool)(await any.ExecuteScalarAsync(ct))!;
    }

    private static string StatementFor(FactTable table)
    {
        var values = Stored.ValuesOf(table).Except(["deleted", "source_modified_at"]);
        return Bury
            .Replace("{waits}", Waits, StringComparison.Ordinal)
            .Replace("{fact}", Stored.NameOf(table), StringComparison.Ordinal)
            .Replace("{stage}", Stage.NameOf(table), StringComparison.Ordinal)
            .Replace("{key}", string.Join(", ", Stored.KeyOf(table)), StringComparison.Ordinal)
            .Replace("{account}", table.HasAccount ? ", account" : "", StringComparison.Ordinal)
            .Replace("{no_account}", table.HasAccount ? ", ''" : "", StringComparison.Ordinal)
            .Replace("{values}", string.Join(", ", values), StringComparison.Ordinal);
    }
}
