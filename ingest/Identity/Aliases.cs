using Followthrough.Ingest.Loading;
using Npgsql;

namespace Followthrough.Ingest.Identity;

/// <summary>Leads what is loaded under the key of a merged account to the customer it is. Merges have to be locked by then.</summary>
internal static class Aliases
{
    /// <summary>Where the records of merged accounts are kept.</summary>
    public const string Absorbed = "absorbed_account";

    /// <summary>The stage of such records.</summary>
    public const string AbsorbedStage = "stage_absorbed_account";

    /// <summary>
    /// Gives staged rows that name a merged account the account of its survivor; each remembers whom it named. They count as known no
    /// earlier than the merge, so that what was known before it stays apart.
    /// </summary>
    public static async Task ResolveAsync(NpgsqlConnection connection, IEnumerable<Stage> stages, CancellationToken ct)
    {
        var moving = stages.Where(s => s.Rows > 0 && Stored.Moves(s.Table)).ToList();
        if (moving.Count == 0 || !await AnyAsync(connection, ct)) return;
        foreach (var stage in moving)
        {
            await using var resolve = new NpgsqlCommand($"""
                update {stage.Name} s
                set account_id = m.survivor_id, {Stored.StatedAs} = m.account_id, known_at = greatest(s.known_at, m.merged_at)
                from account_merge m where m.account_id = s.account_id and m.undone_at is null
                """, connection) { CommandTimeout = 0 };
            await resolve.ExecuteNonQueryAsync(ct);
        }
    }

    /// <summary>Moves staged records of accounts that were merged into a stage of their own; false when there are none.</summary>
    public static async Task<bool> TakeOutAccountsAsync(NpgsqlConnection connection, CancellationToken ct)
    {
        if (!await AnyAsync(connection, ct)) return false;
        await using var take = new NpgsqlCommand($"""
            drop table if exists {AbsorbedStage};
            create temporary table {AbsorbedStage} (like stage_account) on commit drop;
            with taken as (
              delete from stage_account s using account_merge m where m.account_id = s.account_id and m.undone_at is null returning s.*
            )
            insert into {AbsorbedStage} select * from taken
            """, connection) { CommandTimeout = 0 };
        return await take.ExecuteNonQueryAsync(ct) > 0;
    }

    private static async Task<bool> AnyAsync(NpgsqlConnection connection, CancellationToken ct)
    {
        await using var any = new NpgsqlCommand("select exists (select from account_merge where undone_at is null)", connection);
        return (bool)(await any.ExecuteScalarAsync(ct))!;
    }
}
