using Followthrough.Analytics.Calendars;
using Followthrough.Analytics.Store;
using Npgsql;

namespace Followthrough.Analytics.Commitments;

/// <summary>What a refresh did.</summary>
/// <param name="Accounts">Accounts whose facts had changed, or in which a new day may have opened slots.</param>
/// <param name="Written">Commitments added or changed.</param>
/// <param name="Removed">Commitments that no longer are.</param>
public sealed record LedgerChange(long Accounts, long Written, long Removed)
{
    internal LedgerChange Plus(LedgerChange other) => new(Accounts + other.Accounts, Written + other.Written, Removed + other.Removed);
}

/// <summary>Keeps the ledger equal to what its rules derive from the facts. Any number of processes may refresh at once.</summary>
public sealed class Ledger(NpgsqlDataSource db, TimeProvider clock)
{
    private const int AccountsAtOnce = 2_000;
    private const long RowsWorthAnalyzing = 10_000;
    private static readonly string Apply = SqlText.Read(typeof(Ledger), "Commitments/Apply.sql");

    /// <summary>Recomputes the accounts whose facts changed or in which a new day opens slots, each from the earliest instant that changed.</summary>
    /// <param name="progress">Told how many accounts are done and how many there were at the start; may be null.</param>
    /// <param name="ct">Stops between two groups of accounts; what is done stays done.</param>
    public async Task<LedgerChange> RefreshAsync(IProgress<(long Done, long Total)>? progress, CancellationToken ct)
    {
        await using var connection = await db.OpenConnectionAsync(ct);
        await CatchUpWithTimeAsync(connection, ct);
        var total = await CountDirtyAsync(connection, ct);
        if (total > 0) progress?.Report((0, total));
        var sum = new LedgerChange(0, 0, 0);
        while (true)
        {
            var change = await RefreshSomeAsync(connection, ct);
            if (change.Accounts == 0) break;
            sum = sum.Plus(change);
            progress?.Report((sum.Accounts, Math.Max(total, sum.Accounts)));
        }
        await StampAsync(connection, sum, ct);
        if (sum.Written >= RowsWorthAnalyzing) await AnalyzeAsync(connection, ct);
        return sum;
    }

    /// <summary>Recomputes every account from the beginning, with the same statements.</summary>
    public async Task<LedgerChange> RebuildAsync(IProgress<(long Done, long Total)>? progress, CancellationToken ct)
    {
        await using (var mark = db.CreateCommand("""
            insert into dirty_account (account_id, since)
            select account_id, '-infinity'::timestamptz from account
            union
            select account_id, '-infinity'::timestamptz from commitment
            order by 1
            on conflict (account_id) do update set since = excluded.since
            """))
            await mark.ExecuteNonQueryAsync(ct);
        return await RefreshAsync(progress, ct);
    }

    private static async Task<long> CountDirtyAsync(NpgsqlConnection connection, CancellationToken ct)
    {
        await using var count = new NpgsqlCommand("select count(*) from dirty_account", connection);
        return (long)(await count.ExecuteScalarAsync(ct))!;
    }

    private async Task CatchUpWithTimeAsync(NpgsqlConnection connection, CancellationToken ct)
    {
        await using var transaction = await connection.BeginTransactionAsync(ct);
        await CalendarLayout.EnsureAsync(connection, clock.GetUtcNow(), ct);
        await SlotHorizon.AdvanceAsync(connection, clock.GetUtcNow(), ct);
        await transaction.CommitAsync(ct);
    }

    private static async Task<LedgerChange> RefreshSomeAsync(NpgsqlConnection connection, CancellationToken ct)
    {
        await using var transaction = await connection.BeginTransactionAsync(ct);
        var accounts = await TakeDirtyAsync(connection, ct);
        var change = new LedgerChange(accounts, 0, 0);
        if (accounts == 0) return change;
        await SlotHorizon.UseLedgersAsync(connection, ct);
        foreach (var rule in CommitmentRule.All) change = change.Plus(await RefreshKindAsync(connection, rule, ct));
        await transaction.CommitAsync(ct);
        return change;
    }

    // The rows stay locked until commit: facts that arrive meanwhile mark the account again afterwards.
    private static async Task<long> TakeDirtyAsync(NpgsqlConnection connection, CancellationToken ct)
    {
        await CommitmentRule.CreateWorkingTablesAsync(connection, ct);
        await using var take = new NpgsqlCommand($"""
            create temporary table derived (like commitment, primary key (account_id, commitment_key)) on commit drop;
            with taken as (
              select account_id from dirty_account order by account_id limit {AccountsAtOnce} for update skip locked
            ),
            removed as (
              delete from dirty_account d using taken t where d.account_id = t.account_id returning d.account_id, d.since
            )
            insert into dirty select account_id, since from removed;
            analyze dirty;
            select count(*) from dirty
            """, connection);
        return (long)(await take.ExecuteScalarAsync(ct))!;
    }

    private static async Task<LedgerChange> RefreshKindAsync(NpgsqlConnection connection, CommitmentRule rule, CancellationToken ct)
    {
        await using (var clear = new NpgsqlCommand("truncate derived", connection)) await clear.ExecuteNonQueryAsync(ct);
        await rule.DeriveAsync(connection, "derived", ct);
        await using var apply = new NpgsqlCommand(Apply, connection) { CommandTimeout = 0 };
        apply.Parameters.AddWithValue("kind", rule.Kind);
        await using var reader = await apply.ExecuteReaderAsync(ct);
        await reader.ReadAsync(ct);
        return new LedgerChange(0, reader.GetInt64(1), reader.GetInt64(0));
    }

    private static async Task AnalyzeAsync(NpgsqlConnection connection, CancellationToken ct)
    {
        await using var analyze = new NpgsqlCommand("analyze commitment", connection);
        await analyze.ExecuteNonQueryAsync(ct);
    }

    private async Task StampAsync(NpgsqlConnection connection, LedgerChange sum, CancellationToken ct)
    {
        await using var stamp = new NpgsqlCommand(
            "update ledger_state set version = version + $1, refreshed_at = $2", connection)
        {
            Parameters = { new() { Value = sum.Written + sum.Removed > 0 ? 1L : 0L }, new() { Value = clock.GetUtcNow() } },
        };
        await stamp.ExecuteNonQueryAsync(ct);
    }
}
