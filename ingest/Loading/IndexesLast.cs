using Followthrough.Analytics.Facts;
using Followthrough.Analytics.Store;
using Npgsql;

namespace Followthrough.Ingest.Loading;

/// <summary>
/// Lets the first history of a fact in before its indexes are made: an index made of many rows at once costs a fraction of one that every
/// row is put into. Whoever reads the fact meanwhile waits, as it is empty until the batch commits; with a batch that fails all is as it was.
/// </summary>
internal static class IndexesLast
{
    private const long RowsWorthIt = 20_000;

    private static readonly string Text = SqlText.Read(typeof(IndexesLast), "Loading/IndexesLast.sql");

    /// <summary>Does the work without the indexes where that can be had, and with them where not.</summary>
    public static async Task<MergeCount> RunAsync(NpgsqlConnection connection, Stage stage, Func<Task<MergeCount>> work, CancellationToken ct)
    {
        var indexes = stage.Rows >= RowsWorthIt ? await TakeAwayAsync(connection, stage.Table, ct) : [];
        var count = await work();
        foreach (var create in indexes) await ExecuteAsync(connection, create, ct);
        return count;
    }

    private static async Task<List<string>> TakeAwayAsync(NpgsqlConnection connection, FactTable table, CancellationToken ct)
    {
        if (await StatementsAsync(connection, table, ct) is not { Count: > 0 } statements) return [];
        // A refresh holds marked accounts when it asks for facts, and this batch will mark accounts: first come the accounts, for both.
        await ExecuteAsync(connection, $"lock table dirty_account in exclusive mode; lock table {table.Name} in access exclusive mode", ct);
        foreach (var (drop, _) in statements) await ExecuteAsync(connection, drop, ct);
        return [.. statements.Select(s => s.Create)];
    }

    private static async Task<List<(string Drop, string Create)>> StatementsAsync(NpgsqlConnection connection, FactTable table, CancellationToken ct)
    {
        await using var find = new NpgsqlCommand(Text.Replace("{fact}", table.Name, StringComparison.Ordinal), connection) { Parameters = { new() { Value = table.Name } } };
        await using var reader = await find.ExecuteReaderAsync(ct);
        var statements = new List<(string, string)>();
        while (await reader.ReadAsync(ct)) statements.Add((reader.GetString(0), reader.GetString(1)));
        return statements;
    }

    private static async Task ExecuteAsync(NpgsqlConnection connection, string sql, CancellationToken ct)
    {
        await using var command = new NpgsqlCommand(sql, connection) { CommandTimeout = 0 };
        await command.ExecuteNonQueryAsync(ct);
    }
}
