using System.Collections.Concurrent;
using Followthrough.Analytics.Facts;
using Followthrough.Analytics.Store;
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

    private static readonly ConcurrentDictionary<(string Table, string Text), string> Statements = new();

    public static async Task<MergeCount> RunAsync(NpgsqlConnection connection, FactTable table, CancellationToken ct)
    {
        await using var merge = new NpgsqlCommand(StatementFor(table, Text), connection) { CommandTimeout = 0 };
        await using var reader = await merge.ExecuteReaderAsync(ct);
        await reader.ReadAsync(ct);
        return new MergeCount(reader.GetInt64(2), reader.GetInt64(0), reader.GetInt64(1));
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
            $"select exists (select from {table}) and exists (select from {Stage.NameOf(table)} join {table} using ({string.Join(", ", KeyOf(table))}))", connection) { CommandTimeout = 0 };
        return !(bool)(await known.ExecuteScalarAsync(ct))!;
    }

    private static string[] KeyOf(FactTable table) => table.HasAccount ? ["account_id", "source_key"] : ["source_key"];

    private static string StatementFor(FactTable table, string text) => Statements.GetOrAdd((table.Name, text), _ => Write(table, text));

    private static string Write(FactTable table, string text)
    {
        var key = KeyOf(table);
        var values = table.Columns.Where(c => !c.IsAccount && c.Name != "source_key").Select(c => c.Name).ToList();
        string[] columns = [.. key, .. values, "known_at", "batch_id", "position"];
        var contact = DirtyMark.NamesContact(table);
        var account = table.HasAccount ? "account_id" : "0::bigint";
        return text
            .Replace("{mark}", DirtyMark.For(table, text == FreshText ? "written" : contact ? TouchedContacts : "touched"), StringComparison.Ordinal)
            .Replace("{fact}", table.Name, StringComparison.Ordinal)
            .Replace("{stage}", Stage.NameOf(table), StringComparison.Ordinal)
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

    private const string TouchedContacts =
        "(select account_id, since, contact from touched union all select account_id, since, contact_before from touched where contact_before is distinct from contact)";

    // Knowledge never moves back, also when history is loaded after the present.
    private static string Assign(string column) =>
        column == "known_at" ? "known_at = greatest(f.known_at, excluded.known_at)" : $"{column} = excluded.{column}";
}
