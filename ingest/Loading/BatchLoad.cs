using System.Globalization;
using Followthrough.Analytics.Facts;
using Followthrough.Ingest.Identity;
using Followthrough.Ingest.Mappings;
using Npgsql;

namespace Followthrough.Ingest.Loading;

/// <summary>Loads one file or one range of a stream as one batch in one transaction: whatever dies, all of it is in or nothing is.</summary>
internal sealed class BatchLoad(NpgsqlConnection connection, BatchRecord batch, IBatchInput input, DateTimeOffset now)
{
    private const int ChunksAhead = 4;
    private const int RejectedAtOnce = 1_000;
    private const long RejectedLengthAtOnce = 4 << 20;

    private readonly Dictionary<FactTable, Stage> _stages = [];
    private readonly ProblemFold _problems = new(input.Name);
    private readonly Tombstones _tombstones = new(connection, batch.Backfill, now);
    private readonly List<MappedRow> _waitingRejected = [];
    private long _waitingLength;
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
            Problems = _problems.Sentences,
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
        try
        {
            await foreach (var chunk in ReadAhead.Of(input.ReadAsync(readBytes, ct), ChunksAhead, ct)) await StageAsync(chunk, ct);
            await WriteRejectedAsync(ct);
        }
        finally
        {
            foreach (var stage in _stages.Values) await stage.AbandonAsync();
        }
    }

    private async Task StageAsync(RowChunk chunk, CancellationToken ct)
    {
        var (records, rows, unreadable) = chunk;
        _records += records;
        _rows += rows.Count + unreadable.Count;
        if (unreadable.Count > 0) await RejectAsync(unreadable, ct);
        foreach (var row in rows) if (row.Cells is null) Reject(row);
        if (_waitingRejected.Count >= RejectedAtOnce || _waitingLength >= RejectedLengthAtOnce) await WriteRejectedAsync(ct);
        if (rows.Where(r => r.IsTombstone).ToList() is { Count: > 0 } tombstones)
        {
            await CompleteStagesAsync(null, ct);
            await _tombstones.AddAsync(tombstones, ct);
        }
        foreach (var (table, stage) in _stages) await StageAsync(stage, [.. rows.Where(r => r is { Cells: not null, IsTombstone: false } && r.Table == table).Select(Staged)], ct);
    }

    private async Task StageAsync(Stage stage, List<StagedRow> rows, CancellationToken ct)
    {
        if (rows.Count == 0) return;
        await CompleteStagesAsync(stage, ct);
        await stage.AppendAsync(rows, ct);
    }

    // A connection copies into one table at a time.
    private async Task CompleteStagesAsync(Stage? except, CancellationToken ct)
    {
        foreach (var stage in _stages.Values) if (stage != except) await stage.CompleteAsync(ct);
    }

    private async Task WriteRejectedAsync(CancellationToken ct)
    {
        await CompleteStagesAsync(null, ct);
        await Quarantine.WriteAsync(connection, batch.Id, now, _waitingRejected, ct);
        _waitingRejected.Clear();
        _waitingLength = 0;
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
        if (unknown > 0)
            _problems.Add($"{input.Name}: {unknown} deletions of {stage.Table} name a key nobody has heard of. They are kept and take effect if it arrives.");
        stage.Rows += buried;
    }

    private async Task RejectUnknownAsync(FactTable table, HashSet<(long Position, long AccountId)> unknown, CancellationToken ct)
    {
        if (unknown.Count == 0) return;
        // Only positions were kept in memory: what was received gives the whole records again.
        await foreach (var chunk in input.ReadAsync(_ => { }, ct))
        {
            foreach (var row in chunk.Rows.Where(r => r.Account is { } account && r.Table == table && unknown.Contains((r.Record.Line, AccountId.Of(account)))))
                Reject(UnknownAccount.Reject(row));
            await WriteRejectedAsync(ct);
        }
    }

    // Kept by and by: writing them ends the copying of the others.
    private void Reject(MappedRow row)
    {
        _rejected++;
        // Those that wait are alike, whichever account it is that they wait for.
        _problems.Add(input.Unit, row.Record.Line, row.Message!, row.Reason == UnknownAccount.Reason ? UnknownAccount.Reason : row.Message!);
        _waitingRejected.Add(row);
        _waitingLength += row.Record.Values.Sum(v => (long)(v?.Length ?? 0));
    }

    private async Task RejectAsync(IReadOnlyList<Unreadable> unreadable, CancellationToken ct)
    {
        await CompleteStagesAsync(null, ct);
        _rejected += unreadable.Count;
        foreach (var one in unreadable) _problems.Add("offset", one.Offset, one.Message, one.Message);
        await Quarantine.WriteAsync(connection, batch.Id, now, unreadable, ct);
    }

    private StagedRow Staged(MappedRow row) => new(row.Cells!, batch.Id, row.Record.Line, KnownTime.Of(row, batch.Backfill, now));
}
