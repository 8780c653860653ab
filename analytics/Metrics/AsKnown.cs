using System.Data;
using Followthrough.Analytics.Calendars;
using Followthrough.Analytics.Commitments;
using Followthrough.Analytics.Facts;
using Npgsql;
using NpgsqlTypes;

namespace Followthrough.Analytics.Metrics;

/// <summary>
/// The ledger as it was known at an earlier moment: the same rules over the facts known then, in temporary tables that the same
/// statements find first. Facts learned since are unseen, replaced versions are back. One transaction, for several questions.
/// </summary>
internal sealed class AsKnown : IAsyncDisposable
{
    private readonly HashSet<string> _kinds = [];
    private readonly HashSet<FactTable> _laidOut = [];

    private AsKnown(NpgsqlConnection connection, NpgsqlTransaction transaction, DateTimeOffset at, long? account) =>
        (Connection, Transaction, At, Account) = (connection, transaction, at, account);

    public NpgsqlConnection Connection { get; }

    public NpgsqlTransaction Transaction { get; }

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
            create temporary table {fact.Name} (like public.{fact.Name} including defaults including indexes) on commit drop;
            insert into {fact.Name} select * from as_known.{fact.Name}{(fact.HasAccount ? " where @account::bigint is null or account_id = @account" : "")};
            analyze {fact.Name}
            """, Connection) { CommandTimeout = 0, Parameters = { new("account", NpgsqlDbType.Bigint) { Value = (object?)Account ?? DBNull.Value } } };
        await layOut.ExecuteNonQueryAsync(ct);
    }

    public async ValueTask DisposeAsync()
    {
        // Rolling back drops all that was laid out.
        await Transaction.DisposeAsync();
        await Connection.DisposeAsync();
    }

    private async Task PrepareAsync(CancellationToken ct)
    {
        await using (var enter = new NpgsqlCommand("""
            select set_config('search_path', 'pg_temp, as_known, public', true), set_config('followthrough.known_as_of', $1, true)
            """, Connection) { Parameters = { new() { Value = At.ToString("O") } } })
            await enter.ExecuteNonQueryAsync(ct);
        await using (var create = new NpgsqlCommand("""
            create temporary table commitment (like public.commitment) on commit drop;
            create index on commitment (account_id, kind, commitment_key);
            create temporary table open_interval (like public.open_interval including indexes) on commit drop;
            create temporary table business_day (like public.business_day including indexes) on commit drop;
            """, Connection))
            await create.ExecuteNonQueryAsync(ct);
        await SlotHorizon.UseAsync(Connection, At, ct);
        await CommitmentRule.CreateWorkingTablesAsync(Connection, ct);
        await CalendarLayout.LayOutAsync(Connection, DateOnly.FromDateTime(At.UtcDateTime), ct);
        await using var all = new NpgsqlCommand("""
            insert into dirty select distinct account_id, '-infinity'::timestamptz from account where @account::bigint is null or account_id = @account;
            analyze dirty
            """, Connection) { Parameters = { new("account", NpgsqlDbType.Bigint) { Value = (object?)Account ?? DBNull.Value } } };
        await all.ExecuteNonQueryAsync(ct);
    }
}
