using Followthrough.Analytics.Facts;
using Followthrough.Ingest.Mappings;
using Npgsql;
using NpgsqlTypes;

namespace Followthrough.Ingest.Loading;

/// <summary>Keeps what could not become a fact: the record, where it stood, and why.</summary>
internal static class Quarantine
{
    private const string Copy = """
        copy quarantine (account_id, batch_id, position, fact, rule, field, reason, message, record, waiting_for_account, mapped, rejected_at)
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
            await copy.WriteAsync(row.Rule, NpgsqlDbType.Integer, ct);
            await WriteTextAsync(copy, row.Field, ct);
            await WriteTextAsync(copy, row.Reason, ct);
            await WriteTextAsync(copy, row.Message, ct);
            await WriteTextAsync(copy, row.Record.ToJson(), ct);
            await WriteTextAsync(copy, waits ? row.Account : null, ct);
            await WriteTextAsync(copy, waits ? row.ToCanonicalJson() : null, ct);
            await copy.WriteAsync(now, NpgsqlDbType.TimestampTz, ct);
        }
        await copy.CompleteAsync(ct);
    }

    private static Task WriteTextAsync(NpgsqlBinaryImporter copy, string? text, CancellationToken ct) =>
        text is null ? copy.WriteNullAsync(ct) : copy.WriteAsync(text, NpgsqlDbType.Text, ct);
}
