using Followthrough.Analytics.Facts;
using Npgsql;

namespace Followthrough.Ingest.Identity;

/// <summary>What is known of an account's key.</summary>
/// <param name="Key">The key.</param>
/// <param name="IsCustomer">It is a customer of its own.</param>
/// <param name="Anonymous">It stands for buyers nobody named.</param>
/// <param name="Deleted">Its source has deleted it.</param>
/// <param name="MergedInto">Key of the customer its facts are under; null where it was not merged.</param>
/// <param name="Waiting">Facts that wait for it.</param>
internal sealed record Known(string Key, bool IsCustomer, bool Anonymous, bool Deleted, string? MergedInto, long Waiting)
{
    public long Id => AccountId.Of(Key);

    public static async Task<Known> FindAsync(NpgsqlConnection connection, string key, CancellationToken ct)
    {
        await using var find = new NpgsqlCommand("""
            select a.account_id is not null, coalesce(a.anonymous, false), coalesce(a.deleted, false), s.source_key,
              (select count(*) from quarantine q where q.resolved_at is null and q.waiting_for_account = $2)
            from (select $1::bigint as account_id) k
            left join account a using (account_id)
            left join account_merge m on m.account_id = k.account_id and m.undone_at is null
            left join account s on s.account_id = m.survivor_id
            """, connection) { Parameters = { new() { Value = AccountId.Of(key) }, new() { Value = key } } };
        await using var row = await find.ExecuteReaderAsync(ct);
        await row.ReadAsync(ct);
        return new Known(key, row.GetBoolean(0), row.GetBoolean(1), row.GetBoolean(2), row.IsDBNull(3) ? null : row.GetString(3), row.GetInt64(4));
    }

    /// <summary>Refuses what can't be merged.</summary>
    public static void MustMerge(Known one, Known into)
    {
        if (one.Key == into.Key) throw new IdentityException($"{one.Key} can't be merged into itself.");
        if (one.MergedInto is { } already) throw new IdentityException($"{one.Key} is merged into {already} already; unmerge it first.");
        if (into.MergedInto is { } survivor) throw new IdentityException(survivor == one.Key
            ? $"{into.Key} is merged into {one.Key}: they are one customer already."
            : $"{into.Key} is itself merged into {survivor}; merge into {survivor} instead.");
        if (!into.IsCustomer) throw new IdentityException($"There is no account {into.Key}.");
        if (into.Deleted) throw new IdentityException($"{into.Key} was deleted by its source, so it can't be the one that stays.");
        if (!one.IsCustomer && one.Waiting == 0) throw new IdentityException($"There is no account {one.Key}, and nothing waits for it.");
        if (one.Anonymous || into.Anonymous) throw new IdentityException($"{(one.Anonymous ? one : into).Key} stands for buyers nobody named; it is nobody's other name.");
    }
}
