using System.Text.Json;
using Followthrough.Analytics.Facts;
using Followthrough.Ingest.Identity;
using Followthrough.Ingest.Mappings;
using Followthrough.Ingest.Sources.Files;
using Npgsql;

namespace Followthrough.Ingest.Loading;

/// <summary>
/// Lets the rows in that waited in quarantine for an account which is there now, so that files may come in any order.
/// They keep the batch and line they came from, and count as known since then.
/// </summary>
internal sealed class Release(NpgsqlConnection connection, DateTimeOffset now)
{
    private const int RowsAtOnce = 10_000;

    private readonly Dictionary<FactTable, Stage> _stages = [];

    /// <summary>Releases every such row and returns how many.</summary>
    public async Task<long> RunAsync(CancellationToken ct)
    {
        var released = 0L;
        for (var rows = await TakeAsync(ct); rows.Count > 0; rows = await TakeAsync(ct))
        {
            released += rows.Count;
            foreach (var group in rows.GroupBy(r => r.Table))
                await (await StageOfAsync(group.Key, ct)).WriteAsync([.. group.Select(r => r.Row)], ct);
        }
        await Aliases.ResolveAsync(connection, _stages.Values, ct);
        foreach (var table in FactTable.All.Where(_stages.ContainsKey).OrderBy(t => LineTotal.Of(t) is not null)) await MergeAsync(table, ct);
        return released;
    }

    private async Task MergeAsync(FactTable table, CancellationToken ct)
    {
        if (LineTotal.Of(table) is not null) await LineTotal.FillAsync(connection, table, ct);
        await Merge.RunAsync(connection, table, ct);
    }

    private async Task<List<(FactTable Table, StagedRow Row)>> TakeAsync(CancellationToken ct)
    {
        await using var take = new NpgsqlCommand($"""
            with ready as (
              select q.account_id, q.quarantine_id
              from quarantine q
              where q.resolved_at is null and q.waiting_for_account is not null
                and (exists (select from account a where a.account_id = q.account_id)
                  or exists (select from account_merge m where m.account_id = q.account_id and m.undone_at is null))
              limit {RowsAtOnce}
            )
            update quarantine q set resolved_at = $1
            from ready r, batch b
            where q.account_id = r.account_id and q.quarantine_id = r.quarantine_id and b.batch_id = q.batch_id
            returning q.fact, q.mapped, q.batch_id, q.position, b.backfill, b.known_at
            """, connection) { CommandTimeout = 0, Parameters = { new() { Value = now } } };
        await using var reader = await take.ExecuteReaderAsync(ct);
        var rows = new List<(FactTable, StagedRow)>();
        while (await reader.ReadAsync(ct)) rows.Add(Read(reader));
        return rows;
    }

    private static (FactTable Table, StagedRow Row) Read(NpgsqlDataReader reader)
    {
        var table = FactTable.Find(reader.GetString(0)) ?? throw new MappingException($"There is no fact '{reader.GetString(0)}' any more, of which rows wait for their account.");
        var fields = JsonSerializer.Deserialize<Dictionary<string, string>>(reader.GetString(1))!;
        var record = new SourceRecord(reader.GetInt64(3), new RecordShape([.. fields.Keys]), [.. fields.Values]);
        var row = CanonicalMapping.For(table, amountFromLines: LineTotal.Of(table) is not null && !fields.ContainsKey("amount")).Rules[0].Map(record);
        if (row.Cells is null) throw new MappingException($"A {table} that waited for its account can't be read any more: {row.Message}.");
        return (table, new StagedRow(row.Cells, reader.GetInt64(2), record.Line, KnownTime.Of(row, reader.GetBoolean(4), reader.GetFieldValue<DateTimeOffset>(5))));
    }

    private async Task<Stage> StageOfAsync(FactTable table, CancellationToken ct)
    {
        if (_stages.TryGetValue(table, out var stage)) return stage;
        // The batch itself may have used one of that name.
        await using var drop = new NpgsqlCommand($"drop table if exists {Stage.NameOf(table)}", connection);
        await drop.ExecuteNonQueryAsync(ct);
        return _stages[table] = await Stage.CreateAsync(connection, table, ct);
    }
}
