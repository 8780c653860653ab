using Followthrough.Analytics.Facts;
using Followthrough.Ingest.Identity;
using Followthrough.Ingest.Loading;
using Followthrough.Ingest.Mappings;
using Npgsql;

namespace Followthrough.Ingest.Replaying;

/// <summary>
/// Loads what had been rejected of one batch as a batch of its own, inside the caller's transaction. It names the same file, so its rows
/// are followed to the same bytes. Rows that are rejected again stay in the batch they were rejected in.
/// </summary>
internal sealed class ReplayLoad(NpgsqlConnection connection, HeldBatch held, KeptFile file, Mapping mapping, DateTimeOffset now)
{
    private readonly BatchRecord _batch = new() { Source = "replay", ReplayOf = held.Id, File = file, Mapping = mapping, Backfill = held.Backfill, KnownAt = now };
    private readonly Tombstones _tombstones = new(connection, held.Backfill, now);
    private readonly StageMerge _merge = new(connection, mapping.Rules, held.Backfill);
    private readonly List<MappedRow> _rejected = [];
    private MergeCount _merged;
    private bool _newAccounts;

    /// <summary>Loads them. Merges have to be locked by then.</summary>
    /// <param name="open">The rows of the quarantine that are tried again.</param>
    /// <param name="records">What their records become, by position.</param>
    /// <param name="ct">Stops it.</param>
    public async Task<ReplayReport> RunAsync(IReadOnlyList<Held> open, Dictionary<long, List<MappedRow>> records, CancellationToken ct)
    {
        await _batch.TakeIdAsync(connection, ct);
        _tombstones.BatchId = _batch.Id;
        var unknown = await LoadAsync([.. records.Values.SelectMany(r => r)], ct);
        var verdicts = new Verdicts(connection, now);
        var rejections = _rejected.ToLookup(r => r.Record.Line);
        foreach (var record in open.Where(h => records.ContainsKey(h.Position)).GroupBy(h => h.Position)) verdicts.Judge(record, [.. rejections[record.Key]]);
        await verdicts.WriteAsync(_batch.Id, ct);
        var released = _newAccounts ? await new Release(connection, now).RunAsync(ct) : 0;
        var wrote = verdicts.Settled > 0 || _merged.Read > 0;
        if (wrote) await _batch.WriteAsync(connection, records.Count(r => !rejections.Contains(r.Key)), _merged.Read + unknown, _merged, unknown, ct);
        return new ReplayReport
        {
            Settled = verdicts.Settled,
            Left = open.Count - verdicts.Settled,
            Added = _merged.Added,
            Changed = _merged.Changed,
            Unchanged = _merged.Unchanged,
            Released = released,
            Batches = wrote ? [_batch.Id] : [],
            Problems = [.. Missing(open, records), .. verdicts.Kept.Take(Replay.ShownProblems).Select(k => $"{k.Id} ({file.Name} {k.Row.Record.Line}): {k.Message}.")],
        };
    }

    private IEnumerable<string> Missing(IReadOnlyList<Held> open, Dictionary<long, List<MappedRow>> records) =>
        open.Where(h => !records.ContainsKey(h.Position)).Take(Replay.ShownProblems)
            .Select(h => $"{h.Id} ({file.Name} {h.Position}): its record can't be read any more: it is in no copy of the file on this machine.");

    private async Task<long> LoadAsync(List<MappedRow> rows, CancellationToken ct)
    {
        _rejected.AddRange(rows.Where(r => r.Cells is null));
        var sound = rows.Where(r => r is { Cells: not null, IsTombstone: false }).ToList();
        await _tombstones.AddAsync(await HeardOfAsync(rows, sound, ct), ct);
        var stages = new List<Stage>();
        foreach (var table in mapping.Tables)
        {
            var stage = await Stage.CreateAsync(connection, table, ct);
            await stage.WriteAsync([.. sound.Where(r => r.Table == table).Select(Staged)], ct);
            stages.Add(stage);
        }
        await Aliases.ResolveAsync(connection, stages, ct);
        var unknown = 0L;
        foreach (var stage in StageMerge.InOrder(stages)) unknown += await MergeAsync(stage, sound, ct);
        return unknown;
    }

    private async Task<long> MergeAsync(Stage stage, List<MappedRow> sound, CancellationToken ct)
    {
        var (buried, unknown, _) = await _tombstones.BuryAsync(stage, now, ct);
        stage.Rows += buried;
        if (stage.Rows == 0) return unknown;
        var nobodys = await _merge.TakeOutUnknownAsync(stage.Table, ct);
        _rejected.AddRange(sound.Where(r => r.Table == stage.Table && r.Account is { } a && nobodys.Contains((r.Record.Line, AccountId.Of(a)))).Select(UnknownAccount.Reject));
        await Superseded.YieldAsync(connection, stage.Table, held, ct);
        var count = await _merge.RunAsync(stage, ct);
        // What was rejected after it may be a newer version, which this one does not settle.
        await Quarantine.SettleAsync(connection, stage.Table, held.Id, now, ct);
        _merged += count;
        _newAccounts |= stage.Table.Name == "account" && count.Added > 0;
        return unknown;
    }

    // A deletion of what nobody has heard of goes on waiting where it is.
    private async Task<List<MappedRow>> HeardOfAsync(List<MappedRow> rows, List<MappedRow> sound, CancellationToken ct)
    {
        var heard = new List<MappedRow>();
        foreach (var deletions in rows.Where(r => r.IsTombstone).GroupBy(r => r.Table))
        {
            var known = sound.Where(r => r.Table == deletions.Key).Select(r => r.Key!).ToHashSet();
            known.UnionWith(await StoredAsync(deletions.Key, [.. deletions.Select(d => d.Key!)], ct));
            heard.AddRange(deletions.Where(d => known.Contains(d.Key!)));
            _rejected.AddRange(deletions.Where(d => !known.Contains(d.Key!)).Select(d => d with { Field = "source_key", Reason = Tombstones.Reason, Message = Tombstones.Waits }));
        }
        return heard;
    }

    private async Task<List<string>> StoredAsync(FactTable table, string[] keys, CancellationToken ct)
    {
        await using var command = new NpgsqlCommand($"select distinct source_key from {Stored.NameOf(table)} where source_key = any($1)", connection) { Parameters = { new() { Value = keys } } };
        await using var reader = await command.ExecuteReaderAsync(ct);
        var stored = new List<string>();
        while (await reader.ReadAsync(ct)) stored.Add(reader.GetString(0));
        return stored;
    }

    private StagedRow Staged(MappedRow row) => new(row.Cells!, _batch.Id, row.Record.Line, KnownTime.Of(row, held.Backfill, now));
}
