using Followthrough.Analytics.Facts;
using Followthrough.Ingest.Mappings;
using Npgsql;

namespace Followthrough.Ingest.Loading;

/// <summary>Brings a fact's staged rows in under the rules of the mapping that made them.</summary>
internal sealed class StageMerge(NpgsqlConnection connection, IReadOnlyList<FactRule> rules, bool backfill)
{
    private const long RowsWorthAnalyzing = 10_000;
    private const int SampleSize = 30;

    /// <summary>
    /// One batch merges at a time, until it commits: of two versions of a fact the newer wins whichever comes first, and a row that
    /// finds no account is seen by the batch that brings it.
    /// </summary>
    public static async Task LockAsync(NpgsqlConnection connection, CancellationToken ct)
    {
        await using var command = new NpgsqlCommand("select pg_advisory_xact_lock(hashtextextended('merge', 20))", connection) { CommandTimeout = 0 };
        await command.ExecuteNonQueryAsync(ct);
    }

    /// <summary>The order in which facts are merged: what is the sum of its lines comes after them.</summary>
    public static IEnumerable<Stage> InOrder(IEnumerable<Stage> stages) => stages.OrderBy(s => LineTotal.Of(s.Table) is not null);

    /// <summary>Finds the accounts of rows that name another record instead, then takes out rows that name nobody we know.</summary>
    /// <returns>Where those stood and whom they name.</returns>
    public async Task<HashSet<(long Position, long AccountId)>> TakeOutUnknownAsync(FactTable table, CancellationToken ct)
    {
        foreach (var through in rules.Where(r => r.Table == table).Select(r => r.Through).OfType<FactTable>().Distinct())
            await AccountThrough.FindAsync(connection, table, through, ct);
        return table is { HasAccount: true, Name: not "account" } ? await UnknownAccount.TakeOutAsync(connection, table, ct) : [];
    }

    /// <summary>Merges what is left.</summary>
    public async Task<MergeCount> RunAsync(Stage stage, CancellationToken ct)
    {
        if (LineTotal.Of(stage.Table) is not null)
        {
            // Before anything joins it: the planner takes an unknown stage for a small one, and looks lines up one invoice at a time.
            await stage.AnalyzeAsync(ct);
            await LineTotal.FillAsync(connection, stage.Table, ct);
        }
        if (rules.Any(r => r.Table == stage.Table && r.EarliestOf is not null)) await Earliest.YieldAsync(connection, stage.Table, ct);
        // An account may be one that was merged into another, which only the whole merge looks for.
        var fresh = stage.Table.Name != "account" && await Merge.IsFreshAsync(connection, stage.Table, ct);
        var count = fresh ? await AddAsync(stage, ct) : await MergeAsync(stage, ct);
        if (count.Added + count.Changed >= RowsWorthAnalyzing) await AnalyzeAsync(stage.Table, count.Added + count.Changed, ct);
        return count;
    }

    private async Task<MergeCount> AddAsync(Stage stage, CancellationToken ct)
    {
        var count = await Merge.RunFreshAsync(connection, stage.Table, ct);
        // Fewer facts than rows: some came in several versions.
        if (backfill && count.Unchanged > 0) await OlderVersions.KeepAsync(connection, stage.Table, fresh: true, ct);
        return count;
    }

    private async Task<MergeCount> MergeAsync(Stage stage, CancellationToken ct)
    {
        await stage.AnalyzeAsync(ct);
        if (backfill) await OlderVersions.KeepAsync(connection, stage.Table, fresh: false, ct);
        // Most of what a source sends again is what it sent before.
        if (!await Merge.IsNewsAsync(connection, stage.Table, ct)) return new MergeCount(await stage.CountAsync(ct), 0, 0);
        return await Merge.RunAsync(connection, stage.Table, ct);
    }

    // What follows in this transaction and right after it is planned for the table as it is now, not for the one it was. A sample will
    // do: once the transaction is in, autovacuum looks at the table for itself.
    private async Task AnalyzeAsync(FactTable table, long written, CancellationToken ct)
    {
        await using var share = new NpgsqlCommand($"select $1 >= reltuples / 10 from pg_class where oid = '{table.Name}'::regclass", connection) { Parameters = { new() { Value = written } } };
        if (!(bool)(await share.ExecuteScalarAsync(ct))!) return;
        await using var analyze = new NpgsqlCommand($"set local default_statistics_target = {SampleSize}; analyze {table.Name}", connection) { CommandTimeout = 0 };
        await analyze.ExecuteNonQueryAsync(ct);
    }
}
