using Followthrough.Analytics.Commitments;
using Followthrough.Analytics.Store;
using Npgsql;
using NpgsqlTypes;

namespace Followthrough.Analytics.Rollups;

/// <summary>
/// Keeps the roll-ups equal to the ledger as of the instant up to which it has settled. Whoever changes the ledger shares its state (for key share) and folds its
/// moves in the same transaction; whoever moves the instant up to which it has settled, or counts all again, has it alone (for update).
/// </summary>
internal static class RollupUpkeep
{
    private const string Ledger = "(select 1 as sign, c.*, s.settled_until as as_of from commitment c cross join ledger_state s)";

    private static readonly string Moves = Sql("Moves.sql");
    private static readonly string SettleText = Sql("Settle.sql");
    private static readonly string[] FoldTexts = [.. Folds("rollup_move")];
    private static readonly string[] CountTexts = [.. Folds(Ledger)];

    /// <summary>Makes the transaction's table of moves.</summary>
    public static async Task BeginAsync(NpgsqlConnection connection, CancellationToken ct)
    {
        await using var create = new NpgsqlCommand(Moves, connection);
        await create.ExecuteNonQueryAsync(ct);
    }

    /// <summary>Adds the transaction's moves to the cells; cells in which nothing is left are removed. The last thing before the commit.</summary>
    public static async Task FoldAsync(NpgsqlConnection connection, CancellationToken ct)
    {
        var basis = await RollupBasis.ReadAsync(connection, ct);
        foreach (var fold in FoldTexts)
        {
            await using var command = basis.Command(connection, fold);
            await command.ExecuteNonQueryAsync(ct);
        }
        await using var clear = new NpgsqlCommand("""
            delete from rollup where kept = 0 and missed = 0 and pending = 0;
            delete from rollup_excused where n = 0;
            delete from rollup_hours where n = 0
            """, connection);
        await clear.ExecuteNonQueryAsync(ct);
    }

    /// <summary>
    /// Takes in what time alone has changed until now. The instant never goes back, whatever a clock says. While another process is changing
    /// the ledger nothing happens: what has not been taken in is judged by the clock.
    /// </summary>
    public static async Task SettleAsync(NpgsqlConnection connection, DateTimeOffset now, CancellationToken ct)
    {
        await using (var hold = new NpgsqlCommand("select from ledger_state where settled_until < @now for update skip locked", connection))
        {
            hold.Parameters.AddWithValue("now", NpgsqlDbType.TimestampTz, now);
            await using var reader = await hold.ExecuteReaderAsync(ct);
            if (!await reader.ReadAsync(ct)) return;
        }
        await BeginAsync(connection, ct);
        await using (var settle = new NpgsqlCommand(SettleText, connection) { CommandTimeout = 0 })
        {
            settle.Parameters.AddWithValue("now", NpgsqlDbType.TimestampTz, now);
            settle.Parameters.AddWithValue("kinds", CommitmentRule.All.Select(r => r.Kind).ToArray());
            await settle.ExecuteNonQueryAsync(ct);
        }
        await FoldAsync(connection, ct);
    }

    /// <summary>Counts everything again when the roll-ups were made by another zone or catalogue.</summary>
    public static async Task EnsureBasisAsync(NpgsqlConnection connection, CancellationToken ct)
    {
        var basis = await RollupBasis.ReadAsync(connection, ct);
        await using var check = new NpgsqlCommand("select rollup_basis from ledger_state", connection);
        if ((string)(await check.ExecuteScalarAsync(ct))! != basis.Text) await RecountAsync(connection, ct);
    }

    /// <summary>Empties the roll-ups and counts the ledger.</summary>
    public static async Task RecountAsync(NpgsqlConnection connection, CancellationToken ct)
    {
        var basis = await RollupBasis.ReadAsync(connection, ct);
        await using (var empty = new NpgsqlCommand("""
            select from ledger_state for update;
            update ledger_state set rollup_basis = @basis;
            delete from rollup;
            delete from rollup_excused;
            delete from rollup_hours
            """, connection) { CommandTimeout = 0, Parameters = { new("basis", basis.Text) } })
            await empty.ExecuteNonQueryAsync(ct);
        await CountAsync(connection, basis, ct);
    }

    /// <summary>Counts the commitments of an earlier moment into roll-ups of its own, beside the temporary tables that hold them.</summary>
    public static async Task CountAsKnownAsync(NpgsqlConnection connection, DateTimeOffset at, CancellationToken ct)
    {
        await using (var create = new NpgsqlCommand("""
            create temporary table rollup (like public.rollup including indexes);
            create temporary table rollup_excused (like public.rollup_excused including indexes);
            create temporary table rollup_hours (like public.rollup_hours including indexes);
            create temporary table ledger_state as select * from public.ledger_state;
            update ledger_state set settled_until = @at
            """, connection))
        {
            create.Parameters.AddWithValue("at", NpgsqlDbType.TimestampTz, at);
            await create.ExecuteNonQueryAsync(ct);
        }
        await CountAsync(connection, await RollupBasis.ReadAsync(connection, ct), ct);
    }

    private static async Task CountAsync(NpgsqlConnection connection, RollupBasis basis, CancellationToken ct)
    {
        foreach (var count in CountTexts)
        {
            await using var command = basis.Command(connection, count);
            await command.ExecuteNonQueryAsync(ct);
        }
    }

    private static IEnumerable<string> Folds(string moves)
    {
        var counted = Sql("Counted.sql").Replace("{moves}", moves, StringComparison.Ordinal);
        return new[] { "FoldCells.sql", "FoldReasons.sql", "FoldHours.sql" }.Select(fold => counted + Sql(fold));
    }

    private static string Sql(string file) => SqlText.Read(typeof(RollupUpkeep), $"Rollups/{file}");
}
