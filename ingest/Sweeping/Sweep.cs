using Followthrough.Analytics.Facts;
using Followthrough.Analytics.Store;
using Followthrough.Ingest.Loading;
using Followthrough.Ingest.Mappings;
using Followthrough.Ingest.Sources.Files;
using Npgsql;
using NpgsqlTypes;

namespace Followthrough.Ingest.Sweeping;

/// <summary>
/// Marks as deleted what a source no longer has, by a full list of its ids: a deletion that no export or event told of. The list is kept;
/// the deletions are a batch of their own, and what was known before stays in the history.
/// </summary>
public sealed class Sweep(NpgsqlDataSource db, KeptFiles kept, TimeProvider clock)
{
    // A list that was cut off, or is of another object, looks like a great many deletions.
    private const int UsualShare = 20;
    private const int Named = 10;

    private static readonly string Found = SqlText.Read(typeof(Sweep), "Sweeping/Found.sql");
    private static readonly string Bury = SqlText.Read(typeof(Sweep), "Sweeping/Bury.sql");

    /// <summary>Sweeps, all or nothing.</summary>
    /// <exception cref="SourceFileException">The list can't be read, or names another source.</exception>
    public async Task<SweepReport> RunAsync(SweepRequest request, CancellationToken ct)
    {
        var file = await kept.KeepAsync(request.Path, ct);
        await using var connection = await db.OpenConnectionAsync(ct);
        await using var transaction = await connection.BeginTransactionAsync(ct);
        await CopyAsync(connection, file, request, ct);
        await StageMerge.LockAsync(connection, ct);
        var report = await FindAsync(connection, request, ct);
        if (report.Vanished * UsualShare > report.Living && !request.Agreed) return report with { Refused = true };
        var (batch, marked) = await MarkAsync(connection, file, request, report.Listed, ct);
        if (marked > 0) await Loader.AnnounceAsync(connection, ct);
        await transaction.CommitAsync(ct);
        return report with { Batch = batch, Marked = marked };
    }

    private static async Task CopyAsync(NpgsqlConnection connection, KeptFile file, SweepRequest request, CancellationToken ct)
    {
        await RunAsync(connection, "create temporary table sweep_copied (source_key text not null) on commit drop", ct);
        await using (var copy = await connection.BeginBinaryImportAsync("copy sweep_copied (source_key) from stdin (format binary)", ct))
        {
            await foreach (var (_, id) in IdList.ReadAsync(file.Path, file.Name, request.Column, ct))
            {
                await copy.StartRowAsync(ct);
                await copy.WriteAsync(SourceKey.Of(request.Source, id), NpgsqlDbType.Text, ct);
            }
            await copy.CompleteAsync(ct);
        }
        await RunAsync(connection, """
            create temporary table sweep_listed on commit drop as select distinct source_key from sweep_copied;
            create unique index on sweep_listed (source_key);
            analyze sweep_listed
            """, ct);
    }

    private static async Task RunAsync(NpgsqlConnection connection, string sql, CancellationToken ct)
    {
        await using var command = new NpgsqlCommand(sql, connection) { CommandTimeout = 0 };
        await command.ExecuteNonQueryAsync(ct);
    }

    private static async Task<SweepReport> FindAsync(NpgsqlConnection connection, SweepRequest request, CancellationToken ct)
    {
        await using var find = new NpgsqlCommand(Found.Replace("{fact}", Stored.NameOf(request.Fact), StringComparison.Ordinal), connection)
        {
            CommandTimeout = 0,
            Parameters = { new() { Value = SourceKey.Of(request.Source, "") }, new() { Value = request.ListedAt }, new() { Value = Named } },
        };
        await using var row = await find.ExecuteReaderAsync(ct);
        await row.ReadAsync(ct);
        return new SweepReport
        {
            Listed = row.GetInt64(0),
            Living = row.GetInt64(1),
            Vanished = row.GetInt64(2),
            Missing = row.GetInt64(3),
            Deleted = row.GetInt64(4),
            Younger = row.GetInt64(5),
            FirstVanished = row.GetFieldValue<string[]>(6),
            FirstMissing = row.GetFieldValue<string[]>(7),
        };
    }

    private async Task<(long Batch, long Marked)> MarkAsync(NpgsqlConnection connection, KeptFile file, SweepRequest request, long listed, CancellationToken ct)
    {
        var now = clock.GetUtcNow();
        var mapping = new Mapping { Name = $"sweep:{request.Source}:{request.Fact}", Hash = "1", Rules = [] };
        var batch = new BatchRecord { Source = "sweep", File = file, Mapping = mapping, Backfill = false, KnownAt = now };
        await batch.TakeIdAsync(connection, ct);
        await Stage.CreateAsync(connection, request.Fact, ct);
        await using (var bury = new NpgsqlCommand(BuryFor(request.Fact), connection) { CommandTimeout = 0 })
        {
            bury.Parameters.AddWithValue(SourceKey.Of(request.Source, ""));
            bury.Parameters.AddWithValue(request.ListedAt);
            bury.Parameters.AddWithValue(batch.Id);
            bury.Parameters.AddWithValue(now);
            await bury.ExecuteNonQueryAsync(ct);
        }
        var merged = await Merge.RunAsync(connection, request.Fact, ct);
        await batch.WriteAsync(connection, listed, merged.Read, merged, 0, ct);
        return (batch.Id, merged.Changed);
    }

    private static string BuryFor(FactTable fact)
    {
        var key = Stored.KeyOf(fact);
        var values = Stored.ValuesOf(fact).Except(["deleted", "source_modified_at"]).ToList();
        return Bury
            .Replace("{fact}", Stored.NameOf(fact), StringComparison.Ordinal)
            .Replace("{stage}", Stage.NameOf(fact), StringComparison.Ordinal)
            .Replace("{key}", string.Join(", ", key), StringComparison.Ordinal)
            .Replace("{stored_key}", string.Join(", ", key.Select(k => "f." + k)), StringComparison.Ordinal)
            .Replace("{values}", string.Join(", ", values), StringComparison.Ordinal)
            .Replace("{stored_values}", string.Join(", ", values.Select(v => "f." + v)), StringComparison.Ordinal)
            .Replace("{account}", fact.HasAccount ? ", account" : "", StringComparison.Ordinal)
            .Replace("{no_account}", fact.HasAccount ? ", ''" : "", StringComparison.Ordinal);
    }
}
