using Followthrough.Analytics.Facts;
using Followthrough.Ingest.Mappings;
using Npgsql;
using NpgsqlTypes;

namespace Followthrough.Ingest.Loading;

/// <summary>Keeps what could not become a fact: the record, where it stood, and why.</summary>
internal static class Quarantine
{
    private const string Copy = """
        copy quarantine (account_id, batch_id, position, fact, source_key, rule, field, reason, message, record, waiting_for_account, mapped, rejected_at, stream_offset)
        from stdin (format binary)
        """;

    public static async Task WriteAsync(
        NpgsqlConnection connection, long batchId, DateTimeOffset now, IReadOnlyList<MappedRow> rows, CancellationToken ct)
    {
        if (rows.Count == 0) return;
        await using var copy = await connection.BeginBinaryImportAsync(Copy, ct);
        foreach (var row in rows)
        {
            var waits = row.Reason == UnknownAccount.Reason;
            await copy.StartRowAsync(ct);
            await copy.WriteAsync(row.Account is null ? 0 : AccountId.Of(row.Account), NpgsqlDbType.Bigint, ct);
            await copy.WriteAsync(batchId, NpgsqlDbType.Bigint, ct);
            await copy.WriteAsync(row.Record.Line, NpgsqlDbType.Bigint, ct);
            await copy.WriteAsync(row.Table.Name, NpgsqlDbType.Text, ct);
            await WriteTextAsync(copy, row.Key, ct);
            await copy.WriteAsync(row.Rule, NpgsqlDbType.Integer, ct);
            await WriteTextAsync(copy, row.Field, ct);
            await WriteTextAsync(copy, row.Reason, ct);
            await WriteTextAsync(copy, row.Message, ct);
            await WriteTextAsync(copy, row.Record.ToJson(), ct);
            await WriteTextAsync(copy, waits ? row.Account : null, ct);
            await WriteTextAsync(copy, waits ? row.ToCanonicalJson() : null, ct);
            await copy.WriteAsync(now, NpgsqlDbType.TimestampTz, ct);
            if (row.Record.Offset is { } offset) await copy.WriteAsync(offset, NpgsqlDbType.Bigint, ct);
            else await copy.WriteNullAsync(ct);
        }
        await copy.CompleteAsync(ct);
    }

    /// <summary>Keeps what does not say which fact it is; its fact is empty.</summary>
    public static async Task WriteAsync(
        NpgsqlConnection connection, long batchId, DateTimeOffset now, IReadOnlyList<Unreadable> unreadable, CancellationToken ct)
    {
        if (unreadable.Count == 0) return;
        await using var copy = await connection.BeginBinaryImportAsync(
            "copy quarantine (account_id, batch_id, position, fact, rule, reason, message, record, rejected_at, stream_offset) from stdin (format binary)", ct);
        foreach (var one in unreadable)
        {
            await copy.StartRowAsync(ct);
            await copy.WriteAsync(0L, NpgsqlDbType.Bigint, ct);
            await copy.WriteAsync(batchId, NpgsqlDbType.Bigint, ct);
            await copy.WriteAsync(one.Position, NpgsqlDbType.Bigint, ct);
            await copy.WriteAsync("", NpgsqlDbType.Text, ct);
            await copy.WriteAsync(0, NpgsqlDbType.Integer, ct);
            await copy.WriteAsync(one.Reason, NpgsqlDbType.Text, ct);
            await copy.WriteAsync(one.Message, NpgsqlDbType.Text, ct);
            await copy.WriteAsync(one.Record, NpgsqlDbType.Text, ct);
            await copy.WriteAsync(now, NpgsqlDbType.TimestampTz, ct);
            await copy.WriteAsync(one.Offset, NpgsqlDbType.Bigint, ct);
        }
        await copy.CompleteAsync(ct);
    }

    /// <summary>Settles what was rejected before a batch of facts that are in the stage now, corrected. Their account may have been what was wrong.</summary>
    public static async Task SettleAsync(NpgsqlConnection connection, FactTable table, long before, DateTimeOffset now, CancellationToken ct)
    {
        await using var settle = new NpgsqlCommand($"""
            update quarantine q set resolved_at = $1
            from {Stage.NameOf(table)} s
            where q.resolved_at is null and q.fact = $2 and q.source_key = s.source_key and q.batch_id < $3
            """, connection) { Parameters = { new() { Value = now }, new() { Value = table.Name }, new() { Value = before } } };
        await settle.ExecuteNonQueryAsync(ct);
    }

    private static Task WriteTextAsync(NpgsqlBinaryImporter copy, string? text, CancellationToken ct) =>
        text is null ? copy.WriteNullAsync(ct) : copy.WriteAsync(text, NpgsqlDbType.Text, ct);
}
