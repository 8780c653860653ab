using System.Collections.Concurrent;
using Followthrough.Analytics.Facts;
using Followthrough.Ingest.Identity;
using Npgsql;

namespace Followthrough.Ingest.Loading;

/// <summary>Rows merged into one fact.</summary>
internal readonly record struct MergeCount(long Read, long Added, long Changed)
{
    /// <summary>Rows equal to, or older than, what was stored.</summary>
    public long Unchanged => Read - Added - Changed;

    public static MergeCount operator +(MergeCount a, MergeCount b) => new(a.Read + b.Read, a.Added + b.Added, a.Changed + b.Changed);
}

/// <summary>Moves staged rows into their fact: newest version in, replaced version to history, accounts marked dirty, in one statement.</summary>
internal static class Merge
{
    private static readonly string Text = Analytics.Store.SqlText.Read(typeof(Merge), "Loading/Merge.sql");
    private const string ToCompare = """
        ,
        due as (
          insert into match_due select distinct account_id from touched order by 1 on conflict do nothing
        )
        """;

    private static readonly ConcurrentDictionary<string, string> Statements = new();

    public static async Task<MergeCount> RunAsync(NpgsqlConnection connection, FactTable table, CancellationToken ct)
    {
        var absorbed = table.Name == "account" && await Aliases.TakeOutAccountsAsync(connection, ct)
            ? await RunAsync(connection, table, Aliases.Absorbed, Aliases.AbsorbedStage, ct)
            : default;
        return absorbed + await RunAsync(connection, table, table.Name, Stage.NameOf(table), ct);
    }

    private static async Task<MergeCount> RunAsync(NpgsqlConnection connection, FactTable table, string name, string stage, CancellationToken ct)
    {
        await using var merge = new NpgsqlCommand(Statements.GetOrAdd(name, _ => StatementFor(table, name, stage)), connection) { CommandTimeout = 0 };
        await using var reader = await merge.ExecuteReaderAsync(ct);
        await reader.ReadAsync(ct);
        return new MergeCount(reader.GetInt64(2), reader.GetInt64(0), reader.GetInt64(1));
    }

    private static string StatementFor(FactTable table, string name, string stage)
    {
        var key = Stored.KeyOf(table);
        var values = Stored.ValuesOf(table);
        string[] columns = [.. key, .. values, "known_at", "batch_id", "position"];
        return Text
            .Replace("{fact}", name, StringComparison.Ordinal)
            .Replace("{stage}", stage, StringComparison.Ordinal)
            .Replace("{key}", string.Join(", ", key), StringComparison.Ordinal)
            .Replace("{returned_key}", string.Join(", ", key.Select(k => "f." + k)), StringComparison.Ordinal)
            .Replace("{returned_account}", table.HasAccount ? "account_id" : "0::bigint", StringComparison.Ordinal)
            .Replace("{columns}", string.Join(", ", columns), StringComparison.Ordinal)
            .Replace("{old_columns}", string.Join(", ", columns.Select(c => "f." + c)), StringComparison.Ordinal)
            .Replace("{new_values}", string.Join(", ", values.Select(c => "l." + c)), StringComparison.Ordinal)
            .Replace("{old_values}", string.Join(", ", values.Select(c => "f." + c)), StringComparison.Ordinal)
            .Replace("{assign}", string.Join(", ", columns.Except(key).Select(Assign)), StringComparison.Ordinal)
            .Replace("{returned_contact}", NamesContact(table) ? ", f.contact_key" : "", StringComparison.Ordinal)
            .Replace("{contacts}", NamesContact(table) ? "array[w.contact_key, f.contact_key]" : "null::text[]", StringComparison.Ordinal)
            .Replace("{to_compare}", table.Name is "account" or "contact" ? ToCompare : "", StringComparison.Ordinal)
            .Replace("{dirty}", DirtyFor(table.Reach), StringComparison.Ordinal);
    }

    // Knowledge never moves back, also when history is loaded after the present.
    private static string Assign(string column) =>
        column == "known_at" ? "known_at = greatest(f.known_at, excluded.known_at)" : $"{column} = excluded.{column}";

    // Of interactions the mark says whose changed: they are most of what changes, and a customer may have many contacts.
    private static bool NamesContact(FactTable table) => table.Name == "interaction";

    private static string DirtyFor(Reach reach) => reach switch
    {
        Reach.FromOccurrence =>
            "select account_id, min(since) as since, case when bool_and(contacts is not null) then array_remove(array_agg(distinct contact), null) end as contacts "
            + "from touched left join lateral unnest(contacts) contact on true group by account_id",
        Reach.WholeAccount => "select distinct account_id, '-infinity'::timestamptz as since, null::text[] as contacts from touched",
        Reach.EveryAccount => "select distinct a.account_id, t.since, null::text[] as contacts from account a, (select min(since) as since from touched) t where t.since is not null",
        Reach.Everything => "select distinct account_id, '-infinity'::timestamptz as since, null::text[] as contacts from account where exists (select from touched)",
        _ => throw new InvalidOperationException($"No reach {reach}."),
    };
}
