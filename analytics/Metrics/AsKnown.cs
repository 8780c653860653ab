using System.Data;
using Followthrough.Analytics.Calendars;
using Followthrough.Analytics.Commitments;
using Followthrough.Analytics.Facts;
using Followthrough.Analytics.Rollups;
using Npgsql;
using NpgsqlTypes;

namespace Followthrough.Analytics.Metrics;

/// <summary>
/// The ledger as it was known at an earlier moment: the same rules over the facts known then, in temporary tables that the same
/// statements find first. Facts learned since are unseen, replaced versions are back. One transaction, for several questions; or kept
/// for several transactions, with every kind derived and counted.
/// </summary>
internal sealed class AsKnown : IAsyncDisposable
{
    // As the ledger has them, for the statements that read it; and the accounts, which nearly every figure reads.
    private const string Indexes = """
        create temporary table customer as select * from as_known.customer;
        create unique index on customer (account_id);
        analyze customer;
        create index on commitment (kind, opened_at);
        create index on commitment (kind, due_at) where fulfilled_at is null and excused_at is null;
        create index on commitment (kind, settles_at) where fulfilled_at is not null or excused_at is not null;
        analyze commitment
        """;

    private readonly HashSet<string> _kinds = [];
    private readonly HashSet<FactTable> _laidOut = [];

    private AsKnown(NpgsqlConnection connection, NpgsqlTransaction transaction, DateTimeOffset at, long? account) =>
        (Connection, Transaction, At, Account) = (connection, transaction, at, account);

    public NpgsqlConnection Connection { get; }

    public NpgsqlTransaction Transaction { get; private set; }

    public DateTimeOffset At { get; }

    /// <summary>The only account it can be asked about; null for all.</summary>
    public long? Account { get; }

    /// <summary>Goes to that moment, for one account or all.</summary>
    public static async Task<AsKnown> EnterAsync(NpgsqlDataSource db, DateTimeOffset at, long? account, CancellationToken ct)
    {
        var connection = await db.OpenConnectionAsync(ct);
        try
        {
            var moment = new AsKnown(connection, await connection.BeginTransactionAsync(IsolationLevel.RepeatableRead, ct), at, account);
            await moment.PrepareAsync(ct);
            return moment;
        }
        catch
        {
            await connection.DisposeAsync();
            throw;
        }
    }

    /// <summary>Derives the commitments of a kind, the first time it is asked about.</summary>
    public async Task DeriveAsync(string kind, CancellationToken ct)
    {
        if (!_kinds.Add(kind)) return;
        var rule = CommitmentRule.Of(kind);
        foreach (var fact in FactTable.All.Where(f => rule.Inputs.Contains(f.Name))) await LayOutAsync(fact, ct);
        await rule.DeriveAsync(Connection, "commitment", ct);
    }

    /// <summary>
    /// Makes a table of what was known of a fact, once. Rules look facts up account by account, for which a view over two tables has no
    /// index; a table has.
    /// </summary>
    public async Task LayOutAsync(FactTable fact, CancellationToken ct)
    {
        if (!_laidOut.Add(fact)) return;
        await using var layOut = new NpgsqlCommand($"""
            create temporary table {fact.Name} (like public.{fact.Name} including defaults including indexes);
            insert into {fact.Name} select * from as_known.{fact.Name}{(fact.HasAccount ? " where @account::bigint is null or account_id = @account" : "")};
            analyze {fact.Name}
            """, Connection) { CommandTimeout = 0, Parameters = { new("account", NpgsqlDbType.Bigint) { Value = (object?)Account ?? DBNull.Value } } };
        await layOut.ExecuteNonQueryAsync(ct);
    }

    /// <summary>Derives every kind, counts the roll-ups, and makes all of it outlive the transaction, which ends.</summary>
    public async Task KeepAsync(IProgress<int>? progress, CancellationToken ct)
    {
        await DeriveAllAsync(progress, ct);
        await RollupUpkeep.CountAsKnownAsync(Connection, At, ct);
        await Transaction.CommitAsync(ct);
    }

    /// <summary>Derives every kind and lays out every fact, for as long as the transaction lasts.</summary>
    public async Task DeriveAllAsync(IProgress<int>? progress, CancellationToken ct)
    {
        for (var done = 0; done < CommitmentRule.All.Count; done++)
        {
            progress?.Report(done);
            await DeriveAsync(CommitmentRule.All[done].Kind, ct);
        }
        // What measures read besides, each of them several times.
        foreach (var fact in FactTable.All) await LayOutAsync(fact, ct);
        await using var index = new NpgsqlCommand(Indexes, Connection) { CommandTimeout = 0 };
        await index.ExecuteNonQueryAsync(ct);
    }

    /// <summary>Goes to the moment that is kept once more, in a new transaction.</summary>
    public async Task ReturnAsync(CancellationToken ct)
    {
        await Transaction.DisposeAsync();
        Transaction = await Connection.BeginTransactionAsync(IsolationLevel.RepeatableRead, ct);
        await UseSettingsAsync(ct);
    }

    public async ValueTask DisposeAsync()
    {
        // Rolling back drops all that was laid out and not kept, and the pool what was kept, before the connection serves anybody else.
        await Transaction.DisposeAsync();
        await Connection.DisposeAsync();
    }

    private async Task PrepareAsync(CancellationToken ct)
    {
        await UseSettingsAsync(ct);
        await using (var create = new NpgsqlCommand("""
            create temporary table commitment (like public.commitment);
            create index on commitment (account_id, kind, commitment_key);
            create temporary table open_interval (like public.open_interval including indexes);
            create temporary table business_day (like public.business_day including indexes);
            """, Connection))
            await create.ExecuteNonQueryAsync(ct);
        await CommitmentRule.CreateWorkingTablesAsync(Connection, ct);
        await CalendarLayout.LayOutAsync(Connection, DateOnly.FromDateTime(At.UtcDateTime), ct);
        await using var all = new NpgsqlCommand("""
            insert into dirty select distinct account_id, '-infinity'::timestamptz from account where @account::bigint is null or account_id = @account;
            analyze dirty
            """, Connection) { Parameters = { new("account", NpgsqlDbType.Bigint) { Value = (object?)Account ?? DBNull.Value } } };
        await all.ExecuteNonQueryAsync(ct);
    }

    private async Task UseSettingsAsync(CancellationToken ct)
    {
        await using (var enter = new NpgsqlCommand("""
            select set_config('search_path', 'pg_temp, as_known, public', true), set_config('followthrough.known_as_of', $1, true)
            """, Connection) { Parameters = { new() { Value = At.ToString("O") } } })
            await enter.ExecuteNonQueryAsync(ct);
        await SlotHorizon.UseAsync(Connection, At, ct);
    }
}
