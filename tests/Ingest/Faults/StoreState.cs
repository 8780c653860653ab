using Followthrough.Analytics.Facts;
using Npgsql;

namespace Followthrough.Tests.Ingest.Faults;

/// <summary>What a store holds, without what differs from one run to the next: numbers of batches, moments of loading.</summary>
internal static class StoreState
{
    private const string PerRun = "'{batch_id,position,known_at,known_to}'::text[]";

    /// <summary>Every current fact, every replaced version, every rejected record, a text a row.</summary>
    internal static async Task<IReadOnlyList<string>> ReadAsync(NpgsqlDataSource db, CancellationToken ct)
    {
        var all = new List<string>();
        foreach (var table in FactTable.All.SelectMany(t => new[] { t.Name, $"{t.Name}_history" }))
            all.AddRange(await TextsAsync(db, $"select '{table} ' || (to_jsonb(f) - {PerRun})::text from {table} f order by 1", ct));
        all.AddRange(await TextsAsync(db, """
            select format('quarantine %s %s %s %s %s %s %s %s', fact, source_key, field, reason, message, record, waiting_for_account, resolved_at is not null) from quarantine order by 1
            """, ct));
        return all;
    }

    /// <summary>What each way read, and what became of it. Files and bodies are batches of themselves; a stream's depend on the moment.</summary>
    internal static Task<IReadOnlyList<string>> TallyAsync(NpgsqlDataSource db, CancellationToken ct) => TextsAsync(db, """
        select format('%s %s: %s = %s + %s + %s + %s', source, name, read, added, changed, unchanged, rejected) from batch where topic is null
        union all
        select format('stream %s: %s messages, %s read, %s new, %s rejected', partition, sum(records), sum(read), sum(added), sum(rejected)) from batch where topic is not null group by partition
        union all
        select format('%s not balanced', name) from batch where read <> added + changed + unchanged + rejected
        union all
        select format('hole or overlap at offset %s of %s', first_offset, partition) from (
          select partition, first_offset, lag(last_offset) over (partition by partition order by first_offset) + 1 as due from batch where topic is not null
        ) b where first_offset <> coalesce(due, 0)
        order by 1
        """, ct);

    private static async Task<IReadOnlyList<string>> TextsAsync(NpgsqlDataSource db, string sql, CancellationToken ct)
    {
        await using var command = db.CreateCommand(sql);
        await using var reader = await command.ExecuteReaderAsync(ct);
        var texts = new List<string>();
        while (await reader.ReadAsync(ct)) texts.Add(reader.GetString(0));
        return texts;
    }
}
