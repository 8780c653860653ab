using System.Globalization;
using System.Runtime.CompilerServices;
using Followthrough.Analytics.Facts;
using Followthrough.Ingest.Mappings;
using Followthrough.Ingest.Sources.Files;
using Npgsql;

namespace Followthrough.Ingest.Loading;

/// <summary>Loads one kept file as one batch in one transaction: whatever dies, all of it is in or nothing is.</summary>
internal sealed class BatchLoad(NpgsqlConnection connection, KeptFile file, Mapping mapping, bool backfill, DateTimeOffset now)
{
    // Small enough that a chunk is garbage before the collector has moved it.
    private const int ChunkSize = 1_000;
    private const int ShownProblems = 10;

    private readonly Dictionary<FactTable, Stage> _stages = [];
    private readonly List<string> _problems = [];
    private readonly BatchRecord _batch = new() { File = file, Mapping = mapping, Backfill = backfill, KnownAt = now };
    private readonly Tombstones _tombstones = new(connection, backfill, now);
    private MergeCount _merged;
    private string _unit = "line";
    private long _records;
    private long _rejected;
    private long _rows;

    /// <summary>Loads it; the caller commits.</summary>
    public async Task<FileReport> RunAsync(Action<long> readBytes, CancellationToken ct)
    {
        await _batch.LockAsync(connection, ct);
        if (await _batch.FindEarlierAsync(connection, ct) is { } earlier) return AlreadyLoaded(earlier);
        await _batch.TakeIdAsync(connection, ct);
        _tombstones.BatchId = _batch.Id;
        foreach (var table in mapping.Tables) _stages[table] = await Stage.CreateAsync(connection, table, ct);
        await StageRecordsAsync(readBytes, ct);
        var released = await MergeAsync(ct);
        await _batch.WriteAsync(connection, _records, _rows, _merged, _rejected, ct);
        return new FileReport
        {
            Name = file.Name,
            Outcome = FileOutcome.Loaded,
            Read = _rows,
            Added = _merged.Added,
            Changed = _merged.Changed,
            Unchanged = _merged.Unchanged,
            Rejected = _rejected,
            Released = released,
            Problems = _problems,
        };
    }

    private FileReport AlreadyLoaded((long Batch, DateTimeOffset At) earlier) => new()
    {
        Name = file.Name,
        Outcome = FileOutcome.AlreadyLoaded,
        Problems = [string.Create(CultureInfo.InvariantCulture, $"{file.Name}: already loaded as batch {earlier.Batch} on {earlier.At:yyyy-MM-dd HH:mm}Z; nothing to do.")],
    };

    private async Task StageRecordsAsync(Action<long> readBytes, CancellationToken ct)
    {
        var run = mapping.Begin();
        await foreach (var chunk in RecordsAsync(readBytes, ct).Chunk(ChunkSize).WithCancellation(ct))
        {
            _records += chunk.Length;
            var rows = chunk.SelectMany(run.Map).ToList();
            _rows += rows.Count;
            await RejectAsync([.. rows.Where(r => r.Cells is null)], ct);
            await _tombstones.AddAsync([.. rows.Where(r => r.IsTombstone)], ct);
            foreach (var (table, stage) in _stages)
                await stage.WriteAsync([.. rows.Where(r => r is { Cells: not null, IsTombstone: false } && r.Table == table).Select(Staged)], ct);
        }
    }

    private async Task<long> MergeAsync(CancellationToken ct)
    {
        await StageMerge.LockAsync(connection, ct);
        var newAccounts = false;
        foreach (var stage in StageMerge.InOrder(_stages.Values))
        {
            await BuryAsync(stage, ct);
            if (stage.Rows == 0) continue;
            var count = await MergeAsync(stage, ct);
            newAccounts |= stage.Table.Name == "account" && count.Added > 0;
        }
        return newAccounts ? await new Release(connection, now).RunAsync(ct) : 0;
    }

    private async Task<MergeCount> MergeAsync(Stage stage, CancellationToken ct)
    {
        var merge = new StageMerge(connection, mapping, backfill);
        await RejectUnknownAsync(stage.Table, await merge.TakeOutUnknownAsync(stage.Table, ct), ct);
        var count = await merge.RunAsync(stage, ct);
        _merged += count;
        await Quarantine.SettleAsync(connection, stage.Table, _batch.Id, now, ct);
        return count;
    }

    private async Task BuryAsync(Stage stage, CancellationToken ct)
    {
        var (buried, unknown, earlier) = await _tombstones.BuryAsync(stage, now, ct);
        _rejected += unknown;
        _rows += earlier;
        if (unknown > 0 && _problems.Count < ShownProblems)
            _problems.Add($"{file.Name}: {unknown} deletions of {stage.Table} name a key nobody has heard of. They are kept and take effect if it arrives.");
        stage.Rows += buried;
    }

    private async Task RejectUnknownAsync(FactTable table, HashSet<(long Position, long AccountId)> unknown, CancellationToken ct)
    {
        if (unknown.Count == 0) return;
        // Only positions were kept in memory: the kept file gives the whole records again.
        var run = mapping.Begin();
        await foreach (var chunk in RecordsAsync(_ => { }, ct).Chunk(ChunkSize).WithCancellation(ct))
            await RejectAsync([.. chunk.SelectMany(run.Map)
                .Where(r => r.Account is { } account && r.Table == table && unknown.Contains((r.Record.Line, AccountId.Of(account))))
                .Select(UnknownAccount.Reject)], ct);
    }

    private async Task RejectAsync(List<MappedRow> rows, CancellationToken ct)
    {
        _rejected += rows.Count;
        _problems.AddRange(rows.Take(ShownProblems - _problems.Count).Select(r => $"{file.Name} {_unit} {r.Record.Line}: {r.Message}."));
        await Quarantine.WriteAsync(connection, _batch.Id, now, rows, ct);
    }

    private StagedRow Staged(MappedRow row) => new(row.Cells!, _batch.Id, row.Record.Line, KnownTime.Of(row, backfill, now));

    private async IAsyncEnumerable<SourceRecord> RecordsAsync(
        Action<long> readBytes, [EnumeratorCancellation] CancellationToken ct)
    {
        using var source = SourceFile.Open(file.Path, file.Name, mapping.Reading);
        _unit = source.Unit;
        // The rows of a file share one header: a wrong one refuses the file, since ignoring a misspelled column would lose data.
        await foreach (var record in source.ReadAsync(mapping.ProblemOfHeader, ct))
        {
            readBytes(source.Position);
            yield return record;
        }
    }
}
