using Followthrough.Analytics.Facts;
using Followthrough.Ingest.Loading;
using Npgsql;

namespace Followthrough.Ingest.Identity;

/// <summary>Merges one account into another inside the caller's transaction. Merges have to be locked by then.</summary>
internal sealed class AccountJoin(NpgsqlConnection connection, DateTimeOffset now)
{
    /// <summary>Merges it.</summary>
    /// <exception cref="IdentityException">They can't be merged.</exception>
    public async Task<MergeReport> MergeAsync(MergeRequest request, CancellationToken ct)
    {
        var (one, into) = (await Known.FindAsync(connection, request.Key, ct), await Known.FindAsync(connection, request.Into, ct));
        Known.MustMerge(one, into);
        await RecordAsync(request, ct);
        // Facts of accounts that were merged into this one before go along.
        var moves = await FactMoves.BeginAsync(connection, now, ct);
        await using (var span = new NpgsqlCommand("""
            insert into moving
            select $1, $1, $2
            union all
            select $1, account_id, $2 from account_merge where survivor_id = $1 and undone_at is null
            """, connection) { Parameters = { new() { Value = one.Id }, new() { Value = into.Id } } })
            await span.ExecuteNonQueryAsync(ct);
        var facts = await moves.MoveAsync(ct);
        await AbsorbAsync(one.Id, into.Id, facts, ct);
        await MarkAsync(connection, one.Id, into.Id, ct);
        await SettleAsync(one.Id, into.Id, request.By, ct);
        var released = one.IsCustomer ? 0 : await new Release(connection, now).RunAsync(ct);
        return new MergeReport(one.Key, into.Key, facts, released);
    }

    /// <summary>Both accounts' ledgers are derived anew from their beginning, and both are compared with others anew.</summary>
    public static async Task MarkAsync(NpgsqlConnection connection, long one, long other, CancellationToken ct)
    {
        await using var mark = new NpgsqlCommand("""
            insert into dirty_account (account_id, since, facts)
            select account_id, '-infinity', '{account}' from unnest($1::bigint[]) a (account_id) order by 1
            on conflict (account_id) do update set since = excluded.since,
              facts = case when dirty_account.facts @> excluded.facts then dirty_account.facts else dirty_account.facts || excluded.facts end
            """, connection) { Parameters = { new() { Value = new[] { one, other } } } };
        await mark.ExecuteNonQueryAsync(ct);
        await using var compare = new NpgsqlCommand("insert into match_due select unnest($1::bigint[]) on conflict do nothing", connection)
        { Parameters = { new() { Value = new[] { one, other } } } };
        await compare.ExecuteNonQueryAsync(ct);
    }

    private async Task SettleAsync(long one, long other, string by, CancellationToken ct)
    {
        await using var settle = new NpgsqlCommand(
            "update account_match set state = 'merged', decided_at = $3, decided_by = $4 where one_id = least($1::bigint, $2) and other_id = greatest($1::bigint, $2)", connection);
        settle.Parameters.AddWithValue(one);
        settle.Parameters.AddWithValue(other);
        settle.Parameters.AddWithValue(now);
        settle.Parameters.AddWithValue(by);
        await settle.ExecuteNonQueryAsync(ct);
    }

    private async Task RecordAsync(MergeRequest request, CancellationToken ct)
    {
        await using var record = new NpgsqlCommand("""
            insert into account_merge (account_id, source_key, into_id, into_key, survivor_id, merged_at, merged_by, reason, score)
            values ($1, $2, $3, $4, $3, $5, $6, $7, $8)
            """, connection);
        record.Parameters.AddWithValue(AccountId.Of(request.Key));
        record.Parameters.AddWithValue(request.Key);
        record.Parameters.AddWithValue(AccountId.Of(request.Into));
        record.Parameters.AddWithValue(request.Into);
        record.Parameters.AddWithValue(now);
        record.Parameters.AddWithValue(request.By);
        record.Parameters.AddWithValue(request.Reason);
        record.Parameters.AddWithValue(NpgsqlTypes.NpgsqlDbType.Numeric, (object?)request.Score ?? DBNull.Value);
        await record.ExecuteNonQueryAsync(ct);
    }

    // Its record is kept apart from the customers'. It ends in their history now, so that it still was one before.
    private async Task AbsorbAsync(long account, long into, long facts, CancellationToken ct)
    {
        var columns = string.Join(", ", AccountColumns);
        await using var absorb = new NpgsqlCommand($"""
            with taken as (
              delete from account where account_id = $1 returning *
            ),
            kept as (
              insert into account_history ({columns}, known_to) select {columns}, greatest($3, known_at) from taken
            ),
            absorbed as (
              insert into absorbed_account ({columns}) select {columns} from taken
            )
            update account_merge set
              survivor_id = $2,
              facts = case when account_id = $1 then $4 else facts end
            where undone_at is null and (survivor_id = $1 or account_id = $1)
            """, connection) { Parameters = { new() { Value = account }, new() { Value = into }, new() { Value = now }, new() { Value = facts } } };
        await absorb.ExecuteNonQueryAsync(ct);
    }

    /// <summary>All columns of an account's record.</summary>
    internal static IReadOnlyList<string> AccountColumns { get; } =
        ["account_id", "source_key", .. Stored.ValuesOf(FactTable.Of<Account>()), "known_at", "batch_id", "position"];
}
