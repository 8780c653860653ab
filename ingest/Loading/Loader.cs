using Followthrough.Analytics.Facts;
using Followthrough.Analytics.Jobs;
using Followthrough.Ingest.Identity;
using Followthrough.Ingest.Mappings;
using Followthrough.Ingest.Sources.Files;
using Npgsql;

namespace Followthrough.Ingest.Loading;

/// <summary>What a load is asked to do.</summary>
public sealed record LoadRequest
{
    /// <summary>File or folder.</summary>
    public required string Path { get; init; }

    /// <summary>What a single file was called when it was sent, where it stands under another name; null for the name it has.</summary>
    public string? SentAs { get; init; }

    /// <summary>Name of a shipped mapping or an own one, or path of a .yaml file; null for the canonical format and for the own mappings whose files are called so.</summary>
    public string? Mapping { get; init; }

    /// <summary>Brings in history: known_at is taken from the source's stamps instead of the clock.</summary>
    public bool Backfill { get; init; }
}

/// <summary>Loads files into facts, each as one batch in one transaction. Loading again changes nothing.</summary>
public sealed class Loader(NpgsqlDataSource db, KeptFiles kept, TimeProvider clock)
{
    private const int Attempts = 6;
    private const long RowsWorthAnalyzing = 10_000;

    /// <summary>Loads a file or a folder; a file that fails does not stop the others.</summary>
    /// <exception cref="SourceFileException">The path itself can't be loaded.</exception>
    /// <exception cref="MappingException">The mapping can't be used.</exception>
    public async Task<LoadReport> LoadAsync(LoadRequest request, IProgress<LoadProgress>? progress, CancellationToken ct)
    {
        var files = await LoadPlan.MakeAsync(request, kept.OwnMappings, ct);
        var total = files.Sum(f => new FileInfo(f.Path).Length);
        var done = 0L;
        var reports = new List<FileReport>();
        foreach (var file in files)
        {
            var before = done;
            reports.Add(await LoadFileAsync(file, request.Backfill, bytes => progress?.Report(new(file.Name, before + bytes, total)), ct) with { Mapping = file.Mapping?.Name });
            done += new FileInfo(file.Path).Length;
            progress?.Report(new(file.Name, done, total));
        }
        await AnalyzeAsync(reports, ct);
        // Of a store that was away nothing can be asked either.
        if (reports.All(r => r.Outcome == FileOutcome.Failed)) return new LoadReport(reports);
        return new LoadReport(reports) { Matches = await new Matching(db, clock).CatchUpAsync(ct) };
    }

    private async Task<FileReport> LoadFileAsync(PlannedFile file, bool backfill, Action<long> readBytes, CancellationToken ct)
    {
        if (file.Mapping is null) return FileReport.Failure(file.Name, file.Problem!);
        try
        {
            var copy = await kept.KeepAsync(file.Path, file.Name, ct);
            for (var attempt = 1; ; attempt++)
            {
                try
                {
                    return await LoadOnceAsync(copy, file.Mapping, backfill, readBytes, ct);
                }
                catch (NpgsqlException e) when (e.IsTransient && attempt < Attempts)
                {
                    // The transaction is gone whole; if its commit did get through, the next attempt finds the batch and stops.
                    await Task.Delay(TimeSpan.FromMilliseconds(250 << attempt), clock, ct);
                }
            }
        }
        catch (Exception e) when (e is SourceFileException or MappingException)
        {
            return FileReport.Failure(file.Name, e.Message);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or NpgsqlException)
        {
            return FileReport.Failure(file.Name, $"{file.Name}: nothing of it is in. {e.Message}") with { StoreWasAway = e is NpgsqlException };
        }
    }

    private async Task<FileReport> LoadOnceAsync(KeptFile file, Mapping mapping, bool backfill, Action<long> readBytes, CancellationToken ct)
    {
        await using var connection = await db.OpenConnectionAsync(ct);
        await using var transaction = await connection.BeginTransactionAsync(ct);
        var now = clock.GetUtcNow();
        var batch = new BatchRecord { File = file, Mapping = mapping, Backfill = backfill, KnownAt = now };
        var report = await new BatchLoad(connection, batch, new FileInput(file, mapping), now).RunAsync(readBytes, ct);
        if (report.Added + report.Changed + report.Released > 0) await AnnounceAsync(connection, ct);
        await transaction.CommitAsync(ct);
        return report;
    }

    /// <summary>Tells the ledger that facts changed: heard when the transaction commits, and not at all when it doesn't.</summary>
    internal static async Task AnnounceAsync(NpgsqlConnection connection, CancellationToken ct)
    {
        await using var notify = new NpgsqlCommand($"notify {LedgerRefresher.Channel}", connection);
        await notify.ExecuteNonQueryAsync(ct);
    }

    // Each batch has seen to its own facts; of those that had waited it does not say which they are.
    private async Task AnalyzeAsync(List<FileReport> reports, CancellationToken ct)
    {
        if (reports.Sum(r => r.Released) < RowsWorthAnalyzing) return;
        await using var analyze = db.CreateCommand($"analyze {string.Join(", ", FactTable.All.Select(t => t.Name))}");
        analyze.CommandTimeout = 0;
        await analyze.ExecuteNonQueryAsync(ct);
    }
}
