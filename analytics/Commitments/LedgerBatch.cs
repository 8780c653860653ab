using Followthrough.Analytics.Rollups;
using Followthrough.Analytics.Store;
using Npgsql;

namespace Followthrough.Analytics.Commitments;

/// <summary>Some changed accounts, made up to date in one transaction: the ledger and, with it, the roll-ups.</summary>
internal static class LedgerBatch
{
    /// <summary>Enough that what twenty rules cost whatever they find is little; few enough that who marks one of them waits for seconds.</summary>
    public const int AccountsAtOnce = 5_000;

    // Planned while the ledger is empty, it would read all of it for each account, however much another worker has written by then.
    private static readonly string Apply = $"""
        set local enable_seqscan = off;
        {SqlText.Read(typeof(LedgerBatch), "Commitments/Apply.sql")};
        set local enable_seqscan = on;
        truncate derived
        """;

    /// <summary>Takes at most so many and recomputes them; no accounts when nothing is left to do.</summary>
    public static async Task<LedgerChange> RunAsync(NpgsqlConnection connection, int atOnce, CancellationToken ct)
    {
        await using var transaction = await connection.BeginTransactionAsync(ct);
        // Before the accounts: who moves the state on marks accounts while holding it.
        await SlotHorizon.UseLedgersAsync(connection, ct);
        var accounts = await TakeAsync(connection, atOnce, ct);
        var change = new LedgerChange(accounts, 0, 0);
        if (accounts == 0) return change;
        await RollupUpkeep.BeginAsync(connection, ct);
        var marks = await MarksAsync(connection, ct);
        (List<string[]> Marks, bool ByContact) looked = ([], false);
        foreach (var rule in CommitmentRule.All)
        {
            // What a rule does not read cannot change what it says.
            var wanted = marks.FindAll(facts => facts.Intersect(rule.Inputs).Any());
            if (wanted.Count == 0) continue;
            if (rule.IsByContact != looked.ByContact || !wanted.SequenceEqual(looked.Marks)) await LookAtAsync(connection, rule, ct);
            looked = (wanted, rule.IsByContact);
            change = change.Plus(await RefreshAsync(connection, rule, ct));
        }
        await RollupUpkeep.FoldAsync(connection, ct);
        await transaction.CommitAsync(ct);
        return change;
    }

    // The rows stay locked until commit: facts that arrive meanwhile mark the account again afterwards.
    private static async Task<long> TakeAsync(NpgsqlConnection connection, int atOnce, CancellationToken ct)
    {
        await CommitmentRule.CreateWorkingTablesAsync(connection, ct);
        await using var take = new NpgsqlCommand($"""
            create temporary table derived (like commitment, primary key (account_id, commitment_key)) on commit drop;
            create temporary table taken (like dirty_account) on commit drop;
            with next as (
              select account_id from dirty_account order by account_id limit {atOnce} for update skip locked
            ),
            removed as (
              delete from dirty_account d using next n where d.account_id = n.account_id returning d.*
            )
            insert into taken select * from removed;
            select count(*) from taken
            """, connection);
        return (long)(await take.ExecuteScalarAsync(ct))!;
    }

    // The different sets of facts that changed.
    private static async Task<List<string[]>> MarksAsync(NpgsqlConnection connection, CancellationToken ct)
    {
        await using var read = new NpgsqlCommand("select distinct facts from taken", connection);
        await using var reader = await read.ExecuteReaderAsync(ct);
        List<string[]> marks = [];
        while (await reader.ReadAsync(ct)) marks.Add(reader.GetFieldValue<string[]>(0));
        return marks;
    }

    private static async Task<LedgerChange> RefreshAsync(NpgsqlConnection connection, CommitmentRule rule, CancellationToken ct)
    {
        if (await rule.DeriveAsync(connection, "derived", ct) == 0 && !await IsKnownAsync(connection, rule, ct)) return new LedgerChange(0, 0, 0);
        await using var apply = new NpgsqlCommand(Apply, connection) { CommandTimeout = 0 };
        apply.Parameters.AddWithValue("kind", rule.Kind);
        await using var reader = await apply.ExecuteReaderAsync(ct);
        await reader.ReadAsync(ct);
        return new LedgerChange(0, reader.GetInt64(1), reader.GetInt64(0));
    }

    // Whether the ledger has any of the kind that could have to go.
    private static async Task<bool> IsKnownAsync(NpgsqlConnection connection, CommitmentRule rule, CancellationToken ct)
    {
        await using var known = new NpgsqlCommand("select exists (select from commitment where kind = $1)", connection) { Parameters = { new() { Value = rule.Kind } } };
        return (bool)(await known.ExecuteScalarAsync(ct))!;
    }

    private static async Task LookAtAsync(NpgsqlConnection connection, CommitmentRule rule, CancellationToken ct)
    {
        await using var fill = new NpgsqlCommand("""
            truncate dirty;
            insert into dirty select account_id, since, case when @by_contact and facts = '{interaction}' then contacts end from taken where facts && @inputs;
            analyze dirty
            """, connection) { Parameters = { new("inputs", rule.Inputs.ToArray()), new("by_contact", rule.IsByContact) } };
        await fill.ExecuteNonQueryAsync(ct);
    }
}
