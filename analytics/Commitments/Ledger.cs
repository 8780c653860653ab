using Followthrough.Analytics.Calendars;
using Followthrough.Analytics.Rollups;
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
    /// <summary>A second worker costs the twenty rules once more; with fewer accounts it would cost more than it saves.</summary>
    private const long AccountsOfWorker = 2_000;

    /// <summary>The server has others to serve.</summary>
    private const long MostWorkers = 4;

    /// <summary>Recomputes the accounts whose facts changed or in which a new day opens slots, each from the earliest instant that changed.</summary>
    /// <param name="progress">Told how many accounts are done and how many there were at the start; may be null.</param>
    /// <param name="ct">Stops between two groups of accounts; what is done stays done.</param>
    public async Task<LedgerChange> RefreshAsync(IProgress<(long Done, long Total)>? progress, CancellationToken ct)
    {
        await using var connection = await db.OpenConnectionAsync(ct);
        await CatchUpWithTimeAsync(connection, ct);
        var total = await CountDirtyAsync(connection, ct);
        if (total > 0) progress?.Report((0, total));
        var tally = new Tally(total, progress);
        var workers = Math.Clamp(total / AccountsOfWorker, 1, Math.Min(Environment.ProcessorCount, MostWorkers));
        var group = (int)Math.Clamp((total + workers - 1) / workers, 1, LedgerBatch.AccountsAtOnce);
        await Task.WhenAll(Enumerable.Range(0, (int)workers).Select(_ => WorkAsync(group, tally, ct)));
        var sum = tally.Sum;
        await StampAsync(connection, sum, ct);
        await AnalyzeAsync(connection, sum.Written, ct);
        return sum;
    }

    /// <summary>Recomputes every account from the beginning, with the same statements, and counts the roll-ups anew.</summary>
    public async Task<LedgerChange> RebuildAsync(IProgress<(long Done, long Total)>? progress, CancellationToken ct)
    {
        await using (var mark = db.CreateCommand("""
            insert into dirty_account (account_id, since, facts)
            select account_id, '-infinity'::timestamptz, '{account}'::text[] from account
            union
            select account_id, '-infinity'::timestamptz, '{account}'::text[] from commitment
            order by 1
            on conflict (account_id) do update set since = excluded.since, facts = excluded.facts
            """))
            await mark.ExecuteNonQueryAsync(ct);
        var change = await RefreshAsync(progress, ct);
        await using var connection = await db.OpenConnectionAsync(ct);
        await using var transaction = await connection.BeginTransactionAsync(ct);
        await RollupUpkeep.RecountAsync(connection, ct);
        await transaction.CommitAsync(ct);
        return change;
    }

    // Groups of accounts until none is left that nobody else has.
    private async Task WorkAsync(int group, Tally tally, CancellationToken ct)
    {
        await using var connection = await db.OpenConnectionAsync(ct);
        while (true)
        {
            var change = await LedgerBatch.RunAsync(connection, group, ct);
            if (change.Accounts == 0) break;
            tally.Add(change);
        }
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
        await RollupUpkeep.EnsureBasisAsync(connection, ct);
        await RollupUpkeep.SettleAsync(connection, clock.GetUtcNow(), ct);
        await transaction.CommitAsync(ct);
    }

    // After a tenth of the ledger is new; less is left to the server's own housekeeping.
    private static async Task AnalyzeAsync(NpgsqlConnection connection, long written, CancellationToken ct)
    {
        await using var size = new NpgsqlCommand("select greatest(reltuples, 100000)::bigint from pg_class where oid = 'commitment'::regclass", connection);
        if (written < (long)(await size.ExecuteScalarAsync(ct))! / 10) return;
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

    private sealed class Tally(long total, IProgress<(long Done, long Total)>? progress)
    {
        private readonly Lock _gate = new();

        public LedgerChange Sum { get; private set; } = new(0, 0, 0);

        public void Add(LedgerChange change)
        {
            lock (_gate)
            {
                Sum = Sum.Plus(change);
                progress?.Report((Sum.Accounts, Math.Max(total, Sum.Accounts)));
            }
        }
    }
}
