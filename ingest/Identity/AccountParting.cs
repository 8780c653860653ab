using Followthrough.Analytics.Facts;
using Npgsql;

namespace Followthrough.Ingest.Identity;

/// <summary>Parts a merged account from its survivor inside the caller's transaction. Merges have to be locked by then.</summary>
internal sealed class AccountParting(NpgsqlConnection connection, DateTimeOffset now)
{
    /// <summary>Parts it.</summary>
    /// <exception cref="IdentityException">It is not merged.</exception>
    public async Task<MergeReport> UnmergeAsync(string key, string by, string reason, CancellationToken ct)
    {
        var account = AccountId.Of(key);
        var (id, survivor, into, mergedAt) = await FindAsync(account, ct) ?? throw new IdentityException($"{key} is not merged into another account.");
        var moves = await FactMoves.BeginAsync(connection, now, ct);
        await SpanAsync(account, survivor, ct);
        var facts = await moves.MoveAsync(ct);
        await moves.RestoreAsync(mergedAt, ct);
        if (!await ReturnAsync(account, ct)) await moves.SendToWaitAsync(key, ct);
        await RunAsync(
            "update account_merge set undone_at = $2, undone_by = $3, undone_reason = $4, facts_back = $5 where account_merge_id = $1", ct, id, now, by, reason, facts);
        await AccountJoin.MarkAsync(connection, account, survivor, ct);
        await RunAsync("""
            insert into account_match as m (one_id, one_key, other_id, other_key, score, state, found_at, decided_at, decided_by)
            select least(p.account_id, $2), case when p.account_id < $2 then p.key else s.source_key end,
              greatest(p.account_id, $2), case when p.account_id < $2 then s.source_key else p.key end, 0, 'rejected', $4, $4, $5
            from (select $1::bigint as account_id, $3::text as key) p join account s on s.account_id = $2
            on conflict (one_id, other_id) do update set state = excluded.state, decided_at = excluded.decided_at, decided_by = excluded.decided_by
            """, ct, account, survivor, key, now, by);
        return new MergeReport(key, into, facts, 0);
    }

    private async Task<(long Id, long Survivor, string Into, DateTimeOffset MergedAt)?> FindAsync(long account, CancellationToken ct)
    {
        await using var find = new NpgsqlCommand(
            "select account_merge_id, survivor_id, into_key, merged_at from account_merge where account_id = $1 and undone_at is null", connection)
        { Parameters = { new() { Value = account } } };
        await using var row = await find.ExecuteReaderAsync(ct);
        return await row.ReadAsync(ct) ? (row.GetInt64(0), row.GetInt64(1), row.GetString(2), row.GetFieldValue<DateTimeOffset>(3)) : null;
    }

    // Whom the facts name that go, and where facts of either belong afterwards.
    private async Task SpanAsync(long account, long survivor, CancellationToken ct)
    {
        await RunAsync("""
            with recursive led as (
              select $1 as account_id
              union
              select m.account_id from account_merge m join led on m.into_id = led.account_id where m.undone_at is null
            )
            insert into moving select $2, account_id, $1 from led
            """, ct, account, survivor);
        await RunAsync("""
            insert into home
            select stated_id, to_id from moving
            union all
            select $1, $1
            union all
            select account_id, $1 from account_merge where survivor_id = $1 and undone_at is null and account_id not in (select stated_id from moving)
            """, ct, survivor);
    }

    // Its record is a customer's again; false where no record ever came and it was but a further key.
    private async Task<bool> ReturnAsync(long account, CancellationToken ct)
    {
        await RunAsync("update account_merge set survivor_id = $1 where undone_at is null and account_id in (select stated_id from moving) and account_id <> $1", ct, account);
        var columns = string.Join(", ", AccountJoin.AccountColumns);
        return await RunAsync($"""
            with taken as (
              delete from absorbed_account where account_id = $1 returning *
            )
            insert into account ({columns}) select {columns.Replace("known_at", "$2", StringComparison.Ordinal)} from taken
            """, ct, account, now) > 0;
    }

    private async Task<int> RunAsync(string sql, CancellationToken ct, params object[] values)
    {
        await using var command = new NpgsqlCommand(sql, connection);
        foreach (var value in values) command.Parameters.Add(new NpgsqlParameter { Value = value });
        return await command.ExecuteNonQueryAsync(ct);
    }
}
