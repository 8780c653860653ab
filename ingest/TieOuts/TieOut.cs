using Followthrough.Ingest.Loading;
using Followthrough.Ingest.Sources.Files;
using Npgsql;
using NpgsqlTypes;

namespace Followthrough.Ingest.TieOuts;

/// <summary>Takes in what sources say they have. A newer statement replaces the older one about the same.</summary>
public sealed class TieOut(NpgsqlDataSource db, KeptFiles kept)
{
    /// <summary>Stores the totals of a file, and the records behind them where a second file lists those; all or nothing.</summary>
    /// <param name="path">Lines of source, fact, period, rows and where there are any amount, currency.</param>
    /// <param name="ids">Lines of source, fact, period, id and where there are any amount, currency; null without.</param>
    /// <param name="statedAt">When the source counted.</param>
    /// <param name="ct">Stops it.</param>
    /// <returns>Ids of the totals, in the order of the file; one that is older than what is known of it is left out.</returns>
    /// <exception cref="SourceFileException">A file can't be read; the message names line and field.</exception>
    public async Task<IReadOnlyList<long>> StateAsync(string path, string? ids, DateTimeOffset statedAt, CancellationToken ct)
    {
        var totals = await ControlFile.ReadTotalsAsync(path, ct);
        var records = ids is null ? [] : await ControlFile.ReadRecordsAsync(ids, totals, ct);
        var file = await kept.KeepAsync(path, ct);
        await using var connection = await db.OpenConnectionAsync(ct);
        await using var transaction = await connection.BeginTransactionAsync(ct);
        var stored = new List<long>();
        foreach (var total in totals)
        {
            if (await StoreAsync(connection, total, file, statedAt, ct) is not { } id) continue;
            stored.Add(id);
            await StoreAsync(connection, id, records.GetValueOrDefault(total.Key) ?? [], ct);
        }
        await transaction.CommitAsync(ct);
        return stored;
    }

    private static async Task<long?> StoreAsync(NpgsqlConnection connection, ControlTotal total, KeptFile file, DateTimeOffset statedAt, CancellationToken ct)
    {
        await using var store = new NpgsqlCommand("""
            insert into tie_out as t (source, fact, period, currency, starts, ends, rows, amount, stated_at, file, sha256)
            values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)
            on conflict (source, fact, period, currency) do update
            set rows = excluded.rows, amount = excluded.amount, stated_at = excluded.stated_at, file = excluded.file, sha256 = excluded.sha256
            where excluded.stated_at >= t.stated_at
            returning tie_out_id
            """, connection);
        store.Parameters.AddWithValue(total.Source);
        store.Parameters.AddWithValue(total.Fact.Name);
        store.Parameters.AddWithValue(total.Period.Label);
        store.Parameters.AddWithValue(total.Currency);
        store.Parameters.AddWithValue(total.Period.Start);
        store.Parameters.AddWithValue(total.Period.End);
        store.Parameters.AddWithValue(total.Rows);
        store.Parameters.AddWithValue(NpgsqlDbType.Numeric, (object?)total.Amount ?? DBNull.Value);
        store.Parameters.AddWithValue(statedAt);
        store.Parameters.AddWithValue(file.Name);
        store.Parameters.AddWithValue(file.Sha256);
        return (long?)await store.ExecuteScalarAsync(ct);
    }

    private static async Task StoreAsync(NpgsqlConnection connection, long id, List<ControlRecord> records, CancellationToken ct)
    {
        await using (var clear = new NpgsqlCommand("delete from tie_out_record where tie_out_id = $1", connection) { Parameters = { new() { Value = id } } })
            await clear.ExecuteNonQueryAsync(ct);
        await using var copy = await connection.BeginBinaryImportAsync("copy tie_out_record (tie_out_id, source_key, amount) from stdin (format binary)", ct);
        foreach (var record in records)
        {
            await copy.StartRowAsync(ct);
            await copy.WriteAsync(id, NpgsqlDbType.Bigint, ct);
            await copy.WriteAsync(record.Id, NpgsqlDbType.Text, ct);
            if (record.Amount is { } amount) await copy.WriteAsync(amount, NpgsqlDbType.Numeric, ct);
            else await copy.WriteNullAsync(ct);
        }
        await copy.CompleteAsync(ct);
    }
}
