using System.Collections.Concurrent;
using Followthrough.Analytics.Facts;
using Followthrough.Analytics.Store;
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
    private static readonly string Text = SqlText.Read(typeof(Merge), "Loading/Merge.sql");
    private static readonly string FreshText = SqlText.Read(typeof(Merge), "Loading/Fresh.sql");

    // Counted, because mostly there is none: planned to stop at the first one, the join looks every row up by itself.
    private const string NewsText =
        "select count(*) > 0 from {stage} l left join {fact} f using ({key}) where f.source_key is null or ({new_values}) is distinct from ({old_values})";

    private const string TouchedContacts =
        "(select account_id, since, contact from touched union all select account_id, since, contact_before from touched where contact_before is distinct from contact)";

    private static readonly ConcurrentDictionary<(string Name, string Text), string> Statements = new();

    public static async Task<MergeCount> RunAsync(NpgsqlConnection connection, FactTable table, CancellationToken ct)
    {
        var absorbed = table.Name == "account" && await Aliases.TakeOutAccountsAsync(connection, ct)
            ? await RunAsync(connection, StatementFor(table, Text, Aliases.Absorbed, Aliases.AbsorbedStage), ct)
            : default;
        return absorbed + await RunAsync(connection, StatementFor(table, Text), ct);
    }

    /// <summary>The same where <see cref="IsFreshAsync"/> holds, for a fraction of the work.</summary>
    public static async Task<MergeCount> RunFreshAsync(NpgsqlConnection connection, FactTable table, CancellationToken ct)
    {
        await using var merge = new NpgsqlCommand(StatementFor(table, FreshText), connection) { CommandTimeout = 0 };
        await using var reader = await merge.ExecuteReaderAsync(ct);
        await reader.ReadAsync(ct);
        return new MergeCount(reader.GetInt64(1), reader.GetInt64(0), 0);
    }

    /// <summary>Whether any staged row says something else than what is stored.</summary>
    public static async Task<bool> IsNewsAsync(NpgsqlConnection connection, FactTable table, CancellationToken ct)
    {
        await using var news = new NpgsqlCommand(StatementFor(table, NewsText), connection) { CommandTimeout = 0 };
        return (bool)(await news.ExecuteScalarAsync(ct))!;
    }

    /// <summary>Whether the fact has none of the staged keys.</summary>
    public static async Task<bool> IsFreshAsync(NpgsqlConnection connection, FactTable table, CancellationToken ct)
    {
        await using var known = new NpgsqlCommand(
            $"select exists (select from {table}) and exists (select from {Stage.NameOf(table)} join {table} using ({string.Join(", ", Stored.KeyOf(table))}))", connection)
        { CommandTimeout = 0 };
        return !(bool)(await known.ExecuteScalarAsync(ct))!;
    }

    private static async Task<MergeCount> RunAsync(NpgsqlConnection connection, string statement, CancellationToken ct)
    {
        await using var merge = new NpgsqlCommand(statement, connection) { CommandTimeout = 0 };
        await using var reader = await merge.ExecuteReaderAsync(ct);
        await reader.ReadAsync(ct);
        return new MergeCount(reader.GetInt64(2), reader.GetInt64(0), reader.GetInt64(1));
    }

    private static string StatementFor(FactTable table, string text) => StatementFor(table, text, table.Name, Stage.NameOf(table));

    private static string StatementFor(FactTable table, string text, string name, string stage) => Statements.GetOrAdd((name, text), _ => Write(table, text, name, stage));

    private static string Write(FactTable table, string text, string name, string stage)
    {
        var key = Stored.KeyOf(table);
        var values = Stored.ValuesOf(table);
        string[] columns = [.. key, .. values, "known_at", "batch_id", "position"];
        var contact = DirtyMark.NamesContact(table);
        var account = table.HasAccount ? "account_id" : "0::bigint";
        return text
            .Replace("{mark}", DirtyMark.For(table, text == FreshText ? "written" : contact ? TouchedContacts : "touched") + ToCompare(table, text), StringComparison.Ordinal)
            .Replace("{fact}", name, StringComparison.Ordinal)
            .Replace("{stage}", stage, StringComparison.Ordinal)
            .Replace("{key}", string.Join(", ", key), StringComparison.Ordinal)
            .Replace("{returned}", $"{account} as account_id, occurred_at as since{(contact ? ", contact_key as contact" : "")}", StringComparison.Ordinal)
            .Replace("{returned_key}", string.Join(", ", key.Select(k => "f." + k)), StringComparison.Ordinal)
            .Replace("{returned_account}", account, StringComparison.Ordinal)
            .Replace("{columns}", string.Join(", ", columns), StringComparison.Ordinal)
            .Replace("{old_columns}", string.Join(", ", columns.Select(c => "f." + c)), StringComparison.Ordinal)
            .Replace("{new_values}", string.Join(", ", values.Select(c => "l." + c)), StringComparison.Ordinal)
            .Replace("{old_values}", string.Join(", ", values.Select(c => "f." + c)), StringComparison.Ordinal)
            .Replace("{assign}", string.Join(", ", columns.Except(key).Select(Assign)), StringComparison.Ordinal)
            .Replace("{returned_contact}", contact ? ", f.contact_key" : "", StringComparison.Ordinal)
            .Replace("{contacts}", contact ? ", w.contact_key as contact, f.contact_key as contact_before" : "", StringComparison.Ordinal);
    }

    // What is known of a customer is compared with what is known of the others, when it changed.
    private static string ToCompare(FactTable table, string text) => table.Name is not ("account" or "contact") ? "" : $"""
        ,
        due as (
          insert into match_due select distinct account_id from {(text == FreshText ? "written" : "touched")} order by 1 on conflict do nothing
        )
        """;

    // Knowledge never moves back, also when history is loaded after the present.
    private static string Assign(string column) =>
        column == "known_at" ? "known_at = greatest(f.known_at, excluded.known_at)" : $"{column} = excluded.{column}";
}
