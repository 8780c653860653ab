using Followthrough.Analytics.Facts;
using Followthrough.Ingest.Mappings;
using Followthrough.Ingest.Sources.Files;
using Npgsql;

namespace Followthrough.Ingest.Loading;

/// <summary>
/// Lets the rows in that waited in quarantine for an account which is there now, so that files may come in any order.
/// They keep the batch and line they came from.
/// </summary>
internal sealed class Release(NpgsqlConnection connection, DateTimeOffset now)
{
    /// <summary>Releases every such row and returns how many.</summary>
    public async Task<long> RunAsync(CancellationToken ct)
    {
        var waiting = await TakeAsync(ct);
        foreach (var group in waiting.GroupBy(w => w.Row.Table).OrderBy(g => g.Key.Name, StringComparer.Ordinal))
        {
            var stage = await StageForAsync(group.Key, ct);
            await stage.WriteAsync([.. group.Select(w => new StagedRow(w.Row.Cells!, w.BatchId, w.Row.Record.Line, w.KnownAt))], ct);
            await Merge.RunAsync(connection, group.Key, ct);
        }
        return waiting.Count;
    }

    private async Task<List<Waiting>> TakeAsync(CancellationToken ct)
    {
        var candidates = new List<(string Mapping, int Rule, long BatchId, bool Backfill, SourceRecord Record)>();
        await using (var take = new NpgsqlCommand("""
            update quarantine q set resolved_at = $1
            from batch b
            where b.batch_id = q.batch_id and q.resolved_at is null and q.waiting_for_account is not null
              and exists (select from account a where a.account_id = q.account_id)
            returning b.mapping, q.rule, q.batch_id, b.backfill, q.position, q.record
            """, connection) { Parameters = { new() { Value = now } } })
        {
            await using var reader = await take.ExecuteReaderAsync(ct);
            while (await reader.ReadAsync(ct))
                candidates.Add((reader.GetString(0), reader.GetInt32(1), reader.GetInt64(2), reader.GetBoolean(3),
                    SourceRecord.FromJson(reader.GetInt64(4), reader.GetString(5))));
        }
        var waiting = new List<Waiting>();
        foreach (var byMapping in candidates.GroupBy(c => c.Mapping))
        {
            var mapping = await MappingCatalogue.FindStoredAsync(byMapping.Key, ct)
                ?? throw new MappingException($"The mapping '{byMapping.Key}' is gone, with which {byMapping.Count()} waiting rows were read.");
            waiting.AddRange(byMapping.Select(c => (c, row: mapping.Rules[c.Rule].Map(c.Record)))
                .Select(x => new Waiting(x.row, x.c.BatchId, KnownTime.Of(x.row, x.c.Backfill, now))));
        }
        return waiting;
    }

    private async Task<Stage> StageForAsync(FactTable table, CancellationToken ct)
    {
        await using var drop = new NpgsqlCommand($"drop table if exists {Stage.NameOf(table)}", connection);
        await drop.ExecuteNonQueryAsync(ct);
        return await Stage.CreateAsync(connection, table, ct);
    }

    private sealed record Waiting(MappedRow Row, long BatchId, DateTimeOffset KnownAt);
}
