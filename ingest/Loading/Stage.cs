using Followthrough.Analytics.Facts;
using Npgsql;

namespace Followthrough.Ingest.Loading;

/// <summary>The temporary table a fact's rows are copied into before they are merged. It goes with the transaction.</summary>
internal sealed class Stage
{
    private const int RememberedAccounts = 50_000;
    private const int Enough = 1 << 15;
    private const int SampleSize = 30;

    private readonly NpgsqlConnection _connection;
    private readonly string _copy;
    private readonly int _account;
    private readonly Dictionary<string, long> _accountIds = [];
    private readonly BinaryRows _rows = new();
    private readonly short _columns;
    private NpgsqlRawCopyStream? _open;

    private Stage(NpgsqlConnection connection, FactTable table)
    {
        _connection = connection;
        Table = table;
        _account = table.IndexOf("account");
        _columns = (short)(table.Columns.Count + 3 + (table.HasAccount ? 1 : 0));
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

    /// <summary>Copies rows in.</summary>
    public async Task WriteAsync(IReadOnlyList<StagedRow> rows, CancellationToken ct)
    {
        await AppendAsync(rows, ct);
        await CompleteAsync(ct);
    }

    /// <summary>Copies rows in. The connection can do nothing else until <see cref="CompleteAsync"/>.</summary>
    public async Task AppendAsync(IReadOnlyList<StagedRow> rows, CancellationToken ct)
    {
        if (rows.Count == 0) return;
        if (_open is null)
        {
            _open = await _connection.BeginRawBinaryCopyAsync(_copy, ct);
            await _open.WriteAsync(BinaryRows.Header, ct);
        }
        foreach (var row in rows)
        {
            Write(row);
            if (_rows.Written.Length >= Enough) await SendAsync(_open, ct);
        }
        await SendAsync(_open, ct);
        Rows += rows.Count;
    }

    private async Task SendAsync(NpgsqlRawCopyStream copy, CancellationToken ct)
    {
        await copy.WriteAsync(_rows.Written, ct);
        _rows.Clear();
    }

    /// <summary>Ends the copying; what was written is in.</summary>
    public async Task CompleteAsync(CancellationToken ct)
    {
        if (_open is null) return;
        await _open.WriteAsync(BinaryRows.End, ct);
        await _open.DisposeAsync();
        _open = null;
    }

    /// <summary>Takes the copying back where an error left it half-way.</summary>
    public async ValueTask AbandonAsync()
    {
        if (_open is not { } open) return;
        _open = null;
        try
        {
            await open.CancelAsync();
        }
        catch (ObjectDisposedException)
        {
            // The connection broke and took it along; why is what the error says that led here.
        }
    }

    /// <summary>Rows in it now, without those that were taken out again.</summary>
    public async Task<long> CountAsync(CancellationToken ct)
    {
        await using var count = new NpgsqlCommand($"select count(*) from {Name}", _connection) { CommandTimeout = 0 };
        return (long)(await count.ExecuteScalarAsync(ct))!;
    }

    /// <summary>Gives the planner the table's true size and how its keys are spread, which is all that joins ask for, and how many amounts are left to lines.</summary>
    public async Task AnalyzeAsync(CancellationToken ct)
    {
        var columns = new[] { Table.HasAccount ? "account_id" : null, "source_key", LineTotal.Of(Table) is null ? null : "amount" }.OfType<string>();
        await using var analyze = new NpgsqlCommand($"set local default_statistics_target = {SampleSize}; analyze {Name} ({string.Join(", ", columns)})", _connection) { CommandTimeout = 0 };
        await analyze.ExecuteNonQueryAsync(ct);
    }

    private void Write(in StagedRow row)
    {
        _rows.StartRow(_columns);
        if (_account >= 0) _rows.Write(AccountOf(row.Cells[_account].Text!));
        foreach (ref readonly var cell in row.Cells.AsSpan()) cell.WriteTo(_rows);
        _rows.Write(row.KnownAt);
        _rows.Write(row.BatchId);
        _rows.Write(row.Position);
    }

    // A customer comes many times over, and hashing is a good part of writing a row. Bounded, because a file may have a million.
    private long AccountOf(string key)
    {
        if (_accountIds.TryGetValue(key, out var id)) return id;
        if (_accountIds.Count >= RememberedAccounts) _accountIds.Clear();
        return _accountIds[key] = AccountId.Of(key);
    }
}
