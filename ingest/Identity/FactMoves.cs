using Followthrough.Analytics.Facts;
using Followthrough.Analytics.Store;
using Followthrough.Ingest.Loading;
using Npgsql;

namespace Followthrough.Ingest.Identity;

/// <summary>Moves all facts between accounts, by temporary tables that say which. Merges have to be locked by then.</summary>
internal sealed class FactMoves
{
    private static readonly string Move = SqlText.Read(typeof(FactMoves), "Identity/Move.sql");
    private static readonly string Restore = SqlText.Read(typeof(FactMoves), "Identity/Restore.sql");
    private static readonly string Wait = SqlText.Read(typeof(FactMoves), "Identity/Wait.sql");

    private static readonly FactTable[] Tables = [.. FactTable.All.Where(Stored.Moves)];

    private readonly NpgsqlConnection _connection;
    private readonly DateTimeOffset _now;

    private FactMoves(NpgsqlConnection connection, DateTimeOffset now) => (_connection, _now) = (connection, now);

    /// <summary>Begins with empty tables.</summary>
    public static async Task<FactMoves> BeginAsync(NpgsqlConnection connection, DateTimeOffset now, CancellationToken ct)
    {
        await using var create = new NpgsqlCommand("""
            drop table if exists moving, home;
            create temporary table moving (account_id bigint not null, stated_id bigint not null, to_id bigint not null) on commit drop;
            create temporary table home (stated_id bigint not null, account_id bigint not null) on commit drop
            """, connection);
        await create.ExecuteNonQueryAsync(ct);
        return new FactMoves(connection, now);
    }

    /// <summary>Moves what <c>moving</c> names and returns how many facts that were.</summary>
    public async Task<long> MoveAsync(CancellationToken ct)
    {
        var moved = 0L;
        foreach (var table in Tables)
        {
            await using var move = Command(Move, table);
            moved += (long)(await move.ExecuteScalarAsync(ct))!;
        }
        return moved;
    }

    /// <summary>Brings back what was replaced by the other account's version since they were merged, by the temporary table <c>home</c>.</summary>
    public async Task RestoreAsync(DateTimeOffset mergedAt, CancellationToken ct)
    {
        foreach (var table in Tables)
        {
            await using var restore = Command(Restore, table);
            restore.Parameters.AddWithValue(mergedAt);
            await restore.ExecuteNonQueryAsync(ct);
        }
    }

    /// <summary>Sends what is under an account that is none back to wait for it.</summary>
    public async Task SendToWaitAsync(string key, CancellationToken ct)
    {
        foreach (var table in Tables)
        {
            await using var wait = Command(Wait, table);
            wait.Parameters.AddWithValue(AccountId.Of(key));
            wait.Parameters.AddWithValue(key);
            await wait.ExecuteNonQueryAsync(ct);
        }
    }

    private NpgsqlCommand Command(string sql, FactTable table)
    {
        string[] values = ["source_key", .. Stored.ValuesOf(table).Where(v => v != Stored.StatedAs), "batch_id", "position"];
        var text = sql
            .Replace("{fact}", table.Name, StringComparison.Ordinal)
            .Replace("{columns}", string.Join(", ", ["account_id", Stored.StatedAs, .. values, "known_at"]), StringComparison.Ordinal)
            .Replace("{values}", string.Join(", ", values), StringComparison.Ordinal)
            .Replace("{given}", string.Join(", ", table.Columns.Where(c => !c.IsAccount).Select(c => $"'{c.Name}', {c.Name}")), StringComparison.Ordinal)
            .Replace("{assign}", string.Join(", ", values.Skip(1).Select(v => $"{v} = excluded.{v}")), StringComparison.Ordinal);
        return new NpgsqlCommand(text, _connection) { CommandTimeout = 0, Parameters = { new() { Value = _now } } };
    }
}
