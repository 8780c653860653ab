using System.Globalization;
using Followthrough.Analytics.Facts;
using Followthrough.Ingest.Identity;
using Followthrough.Ingest.Mappings;
using Npgsql;

namespace Followthrough.Ingest.Loading;

/// <summary>Loads one file or one range of a stream as one batch in one transaction: whatever dies, all of it is in or nothing is.</summary>
internal sealed class BatchLoad(NpgsqlConnection connection, BatchRecord batch, IBatchInput input, DateTimeOffset now)
{
    private const int ShownProblems = 10;

    private readonly Dictionary<FactTable, Stage> _stages = [];
    private readonly List<string> _problems = [];
    private readonly Tombstones _tombstones = new(connection, batch.Backfill, now);
    private MergeCount _merged;
    private long _records;
    private long _rejected;
    private long _rows;

    /// <summary>Loads it; the caller commits.</summary>
    public async Task<FileReport> RunAsync(Action<long> readBytes, CancellationToken ct)
    {
        await batch.LockAsync(connection, ct);
        if (await batch.FindEarlierAsync(connection, ct) is { } earlier) return AlreadyLoaded(earlier);
        await batch.TakeIdAsync(connection, ct);
        _tombstones.BatchId = batch.Id;
        foreach (var table in input.Tables) _stages[table] = await Stage.CreateAsync(connection, table, ct);
        await StageRecordsAsync(readBytes, ct);
        var released = await MergeAsync(ct);
        await batch.WriteAsync(connection, _records, _rows, _merged, _rejected, ct);
        return new FileReport
        {
            Name = input.Name,
            Outcome = FileOutcome.Loaded,
            Batch = batch.Id,
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
        Name = input.Name,
        Outcome = FileOutcome.AlreadyLoaded,
        Batch = earlier.Batch,
        Problems = [string.Create(CultureInfo.InvariantCulture, $"{input.Name}: already loaded as batch {earlier.Batch} on {earlier.At:yyyy-MM-dd HH:mm}Z; nothing to do.")],
    };

    private async Task StageRecordsAsync(Action<long> readBytes, CancellationToken ct)
    {
        await foreach (var (records, rows, unreadable) in input.ReadAsync(readBytes, ct))
        {
            _records += records;
            _rows += rows.Count + unreadable.Count;
            await RejectAsync(unreadable, ct);
            await RejectAsync([.. rows.Where(r => r.Cells is null)], ct);
            await _tombstones.AddAsync([.. rows.Where(r => r.IsTombstone)], ct);
            foreach (var (table, stage) in _stages)
                await stage.WriteAsync([.. rows.Where(r => r is { Cells: not null, IsTombstone: false } && r.Table == table).Select(Staged)], ct);
        }
    }

    private async Task<long> MergeAsync(CancellationToken ct)
    {
        await StageMerge.LockAsync(connection, ct);
        await Aliases.ResolveAsync(connection, _stages.Values, ct);
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
        var merge = new StageMerge(connection, input.Rules, batch.Backfill);
        await RejectUnknownAsync(stage.Table, await merge.TakeOutUnknownAsync(stage.Table, ct), ct);
        var count = await merge.RunAsync(stage, ct);
        _merged += count;
        await Quarantine.SettleAsync(connection, stage.Table, batch.Id, now, ct);
        return count;
    }

    private async Task BuryAsync(Stage stage, CancellationToken ct)
    {
        var (buried, unknown, earlier) = await _tombstones.BuryAsync(stage, now, ct);
        _rejected += unknown;
        _rows += earlier;
        if (unknown > 0 && _problems.Count < ShownProblems)
            _problems.Add($"{input.Name}: {unknown} deletions of {stage.Table} name a key nobody has heard of. They are kept and take effect if it arrives.");
        stage.Rows += buried;
    }

    private async Task RejectUnknownAsync(FactTable table, HashSet<(long Position, long AccountId)> unknown, CancellationToken ct)
    {
        if (unknown.Count == 0) return;
        // Only positions were kept in memory: what was received gives the whole records again.
        await foreach (var chunk in input.ReadAsync(_ => { }, ct))
            await RejectAsync([.. chunk.Rows
                .Where(r => r.Account is { } account && r.Table == table && unknown.Contains((r.Record.Line, AccountId.Of(account))))
                .Select(UnknownAccount.Reject)], ct);
    }

    private async Task RejectAsync(List<MappedRow> rows, CancellationToken ct)
    {
        _rejected += rows.Count;
        _problems.AddRange(rows.Take(ShownProblems - _problems.Count).Select(r => $"{input.Name} {input.Unit} {r.Record.Line}: {r.Message}."));
        await Quarantine.WriteAsync(connection, batch.Id, now, rows, ct);
    }

    private async Task RejectAsync(IReadOnlyList<Unreadable> unreadable, CancellationToken ct)
    {
        _rejected += unreadable.Count;
        _problems.AddRange(unreadable.Take(ShownProblems - _problems.Count).Select(u => $"{input.Name} offset {u.Offset}: {u.Message}."));
        await Quarantine.WriteAsync(connection, batch.Id, now, unreadable, ct);
    }

    private StagedRow Staged(MappedRow row) => new(row.Cells!, batch.Id, row.Record.Line, KnownTime.Of(row, batch.Backfill, now));
}
