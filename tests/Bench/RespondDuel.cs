using System.Collections.Concurrent;
using System.Diagnostics;
using System.Globalization;
using Followthrough.Analytics.Commitments;
using Npgsql;

namespace Followthrough.Bench;

/// <summary>All commitments of <c>respond</c> from the same interactions, by the product's statement and by DuckDB, and whether they agree.</summary>
internal sealed class RespondDuel(NpgsqlDataSource db, long accounts, DirectoryInfo folder, string duckDb)
{
    private string Facts => Path.Combine(folder.FullName, "facts.csv");

    private string Answer => Path.Combine(folder.FullName, "answer.csv");

    public async Task RunAsync(CancellationToken ct)
    {
        await ExportAsync(ct);
        var theirs = await DuckDbAsync(ct);
        var ours = await OursAsync(ct);
        var (rows, differ) = await CompareAsync(ct);
        RefreshResult.Print($"  {rows:N0} commitments of respond, {differ} differ between the two");
        if (differ > 0) throw new InvalidOperationException("DuckDB's answer is another one.");
        RefreshResult.Print($"respond from nothing: {ours:0.0} s, DuckDB {theirs}: {ours / theirs.Median:0.0} times");
    }

    private async Task ExportAsync(CancellationToken ct)
    {
        await using var connection = await db.OpenConnectionAsync(ct);
        using var reader = await connection.BeginTextExportAsync("""
            copy (select account_id, source_key, occurred_at at time zone 'UTC' as occurred_at, direction, kind, contact_key, thread_key, automatic, bulk,
              to_bot, connected, duration_seconds, missed_reason from interaction) to stdout (format csv, header)
            """, ct);
        await using var file = new StreamWriter(Facts);
        var buffer = new char[1 << 16];
        for (int n; (n = await reader.ReadAsync(buffer, ct)) > 0;) await file.WriteAsync(buffer.AsMemory(0, n), ct);
    }

    private async Task<Timing> DuckDbAsync(CancellationToken ct)
    {
        var script = Path.Combine(AppContext.BaseDirectory, "duckdb.mjs");
        var start = new ProcessStartInfo("node", [script, duckDb, Facts, Answer]) { RedirectStandardOutput = true };
        using var node = Process.Start(start) ?? throw new InvalidOperationException("node does not start.");
        var output = await node.StandardOutput.ReadToEndAsync(ct);
        await node.WaitForExitAsync(ct);
        if (node.ExitCode != 0) throw new InvalidOperationException("DuckDB did not answer.");
        return new Timing([.. output.Trim().Split(' ').Select(s => double.Parse(s, CultureInfo.InvariantCulture))]);
    }

    // As a rebuild does it, group of accounts by group and a worker for each processor, but without the ledger: a table of its own holds the answer.
    private async Task<double> OursAsync(CancellationToken ct)
    {
        await using (var connection = await db.OpenConnectionAsync(ct))
        {
            await using var transaction = await connection.BeginTransactionAsync(ct);
            await CommitmentRule.CreateWorkingTablesAsync(connection, ct);
            await ExecuteAsync(connection, "create unlogged table ours as select * from obligation", ct);
            await transaction.CommitAsync(ct);
        }
        var groups = new ConcurrentQueue<long>(Enumerable.Range(0, (int)((accounts + LedgerBatch.AccountsAtOnce - 1) / LedgerBatch.AccountsAtOnce)).Select(g => 1 + g * (long)LedgerBatch.AccountsAtOnce));
        return await Timing.OfAsync(() => Task.WhenAll(Enumerable.Range(0, Environment.ProcessorCount).Select(_ => WorkAsync(groups, ct))));
    }

    private async Task WorkAsync(ConcurrentQueue<long> groups, CancellationToken ct)
    {
        await using var connection = await db.OpenConnectionAsync(ct);
        await using var transaction = await connection.BeginTransactionAsync(ct);
        await CommitmentRule.CreateWorkingTablesAsync(connection, ct);
        while (groups.TryDequeue(out var from))
        {
            await ExecuteAsync(connection, $"truncate dirty; insert into dirty select a, '-infinity' from generate_series({from}, {Math.Min(accounts, from + LedgerBatch.AccountsAtOnce - 1)}) a; analyze dirty", ct);
            await ExecuteAsync(connection, $"insert into ours {CommitmentRule.Of("respond").Sql}", ct);
        }
        await transaction.CommitAsync(ct);
    }

    private async Task<(long Rows, long Differ)> CompareAsync(CancellationToken ct)
    {
        await using var connection = await db.OpenConnectionAsync(ct);
        await using var transaction = await connection.BeginTransactionAsync(ct);
        await ExecuteAsync(connection, """
            create temporary table theirs (account_id bigint, commitment_key text, opened_at timestamptz, fulfilled_at timestamptz, fulfilled_by_key text, reminders bigint)
            on commit drop
            """, ct);
        await using (var import = await connection.BeginTextImportAsync("copy theirs from stdin (format csv)", ct))
        {
            using var answer = new StreamReader(Answer);
            var buffer = new char[1 << 16];
            for (int n; (n = await answer.ReadAsync(buffer, ct)) > 0;) await import.WriteAsync(buffer.AsMemory(0, n), ct);
        }
        await using var compare = new NpgsqlCommand("""
            with o as (select account_id, commitment_key, opened_at, fulfilled_at, fulfilled_by_key, reminders from ours)
            select (select count(*) from o),
              (select count(*) from (select * from o except all select * from theirs) a) + (select count(*) from (select * from theirs except all select * from o) b)
            """, connection) { CommandTimeout = 0 };
        await using var reader = await compare.ExecuteReaderAsync(ct);
        await reader.ReadAsync(ct);
        return (reader.GetInt64(0), reader.GetInt64(1));
    }

    private static async Task ExecuteAsync(NpgsqlConnection connection, string sql, CancellationToken ct)
    {
        await using var command = new NpgsqlCommand(sql, connection) { CommandTimeout = 0 };
        await command.ExecuteNonQueryAsync(ct);
    }
}
