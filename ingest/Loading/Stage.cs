using Followthrough.Analytics.Facts;
using Npgsql;
using NpgsqlTypes;

namespace Followthrough.Ingest.Loading;

/// <summary>The temporary table a fact's rows are copied into before they are merged. It goes with the transaction.</summary>
internal sealed class Stage
{
    private readonly NpgsqlConnection _connection;
    private readonly string _copy;
    private readonly int _account;

    private Stage(NpgsqlConnection connection, FactTable table)
    {
        _connection = connection;
        Table = table;
        _account = table.IndexOf("account");
        _copy = $"copy {Name} ({(table.HasAccount ? "account_id, " : "")}{string.Join(", ", table.Columns.Select(c => c.Name))}, "
            + "known_at, batch_id, position) from stdin (format binary)";
    }

    public FactTable Table { get; }

    public string Name => NameOf(Table);

    /// <summary>Rows in it so far.</summary>
    public long Rows { get; set; }

    public static string NameOf(FactTable table) => $"stage_{table.Name}";

    public static async Task<Stage> CreateAsync(NpgsqlConnection connection, FactTable table, CancellationToken ct)
    {
        var stage = new Stage(connection, table);
        await using var create = new NpgsqlCommand(
            $"create temporary table {stage.Name} (like {table.Name}{(table.HasAccount ? ", account text not null" : "")}) on commit drop", connection);
        await create.ExecuteNonQueryAsync(ct);
        if (LineTotal.Of(table) is not null) await LineTotal.LeaveOpenAsync(connection, table, ct);
        return stage;
    }

    /// <summary>Copies rows in; all or none of them.</summary>
    public async Task WriteAsync(IReadOnlyList<StagedRow> rows, CancellationToken ct)
    {
        if (rows.Count == 0) return;
        await using var copy = await _connection.BeginBinaryImportAsync(_copy, ct);
        foreach (var row in rows) Write(copy, row);
        await copy.CompleteAsync(ct);
        Rows += rows.Count;
    }

    /// <summary>Gives the planner the table's true size.</summary>
    public async Task AnalyzeAsync(CancellationToken ct)
    {
        await using var analyze = new NpgsqlCommand($"analyze {Name}", _connection) { CommandTimeout = 0 };
        await analyze.ExecuteNonQueryAsync(ct);
    }

    private void Write(NpgsqlBinaryImporter copy, in StagedRow row)
    {
        copy.StartRow();
        if (_account >= 0) copy.Write(AccountId.Of(row.Cells[_account].Text!), NpgsqlDbType.Bigint);
        foreach (ref readonly var cell in row.Cells.AsSpan()) cell.WriteTo(copy);
        copy.Write(row.KnownAt, NpgsqlDbType.TimestampTz);
        copy.Write(row.BatchId, NpgsqlDbType.Bigint);
        copy.Write(row.Position, NpgsqlDbType.Bigint);
    }
}
