using Followthrough.Ingest.Identity;
using Followthrough.Ingest.Loading;
using Followthrough.Ingest.Mappings;
using Followthrough.Ingest.Sources.Files;
using Npgsql;

namespace Followthrough.Ingest.Sources.Webhooks;

/// <summary>
/// Takes deliveries in, each as one batch. The answer is written with the facts, so a sender that never heard it is given the same
/// one again, and nothing has an effect twice.
/// </summary>
internal sealed class Inbox(NpgsqlDataSource db, KeptFiles kept, TimeProvider clock)
{
    private const int Attempts = 4;

    /// <summary>Takes a delivery in; when this returns, it is committed or nothing of it is in.</summary>
    /// <exception cref="NpgsqlException">The store can't be reached or written.</exception>
    public async Task<Receipt> TakeAsync(Delivery delivery, CancellationToken ct)
    {
        try
        {
            for (var attempt = 1; ; attempt++)
            {
                try
                {
                    return await TakeOnceAsync(delivery, ct);
                }
                catch (NpgsqlException e) when (e.IsTransient && attempt < Attempts)
                {
                    // If the commit did get through after all, the next attempt finds the answer.
                    await Task.Delay(TimeSpan.FromMilliseconds(50 << attempt), clock, ct);
                }
            }
        }
        catch (Exception e) when (e is SourceFileException or MappingException)
        {
            return new Receipt(ReceiptKind.Unreadable, e.Message);
        }
    }

    private async Task<Receipt> TakeOnceAsync(Delivery delivery, CancellationToken ct)
    {
        await using var connection = await db.OpenConnectionAsync(ct);
        await using var transaction = await connection.BeginTransactionAsync(ct);
        if (await FindAsync(connection, delivery, ct) is { } earlier) return earlier;
        var file = await kept.KeepAsync(delivery.Name, delivery.Body, ct) with { Source = delivery.Sender };
        var now = clock.GetUtcNow();
        var batch = new BatchRecord { File = file, Mapping = delivery.Mapping, Backfill = false, KnownAt = now };
        var report = await new BatchLoad(connection, batch, new FileInput(file, delivery.Mapping), now).RunAsync(_ => { }, ct);
        var receipt = Receipt.Of(report);
        await WriteAsync(connection, delivery, report.Batch!.Value, receipt.Text, now, ct);
        if (report.Added + report.Changed + report.Released > 0) await Loader.AnnounceAsync(connection, ct);
        await transaction.CommitAsync(ct);
        await new Matching(db, clock).CatchUpAsync(ct);
        return receipt;
    }

    // The same delivery twice at once: the second waits here, then finds the first.
    private static async Task<Receipt?> FindAsync(NpgsqlConnection connection, Delivery delivery, CancellationToken ct)
    {
        await using var wait = new NpgsqlCommand("select pg_advisory_xact_lock(hashtextextended($1 || ' ' || $2, 30))", connection)
        {
            CommandTimeout = 0,
            Parameters = { new() { Value = delivery.Sender }, new() { Value = delivery.Key.Key } },
        };
        await wait.ExecuteNonQueryAsync(ct);
        await using var find = new NpgsqlCommand("select fingerprint, answer from delivery where sender = $1 and key = $2", connection)
        {
            Parameters = { new() { Value = delivery.Sender }, new() { Value = delivery.Key.Key } },
        };
        await using var reader = await find.ExecuteReaderAsync(ct);
        if (!await reader.ReadAsync(ct)) return null;
        return reader.GetString(0) == delivery.Key.Fingerprint
            ? new Receipt(ReceiptKind.In, reader.GetString(1))
            : new Receipt(ReceiptKind.OtherBody, $"{Shown.Quoted(delivery.Key.Key)} came before with another body, which is in. Expected the same body, or another key.");
    }

    private static async Task WriteAsync(NpgsqlConnection connection, Delivery delivery, long batch, string answer, DateTimeOffset now, CancellationToken ct)
    {
        await using var write = new NpgsqlCommand(
            "insert into delivery (sender, key, fingerprint, batch_id, answer, received_at) values ($1, $2, $3, $4, $5, $6)", connection)
        {
            Parameters =
            {
                new() { Value = delivery.Sender }, new() { Value = delivery.Key.Key }, new() { Value = delivery.Key.Fingerprint },
                new() { Value = batch }, new() { Value = answer }, new() { Value = now },
            },
        };
        await write.ExecuteNonQueryAsync(ct);
    }
}
