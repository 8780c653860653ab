using Followthrough.Dashboard.Wording;
using Npgsql;

namespace Followthrough.Dashboard.Mappings;

/// <summary>Which of the accounts that a file names nobody has heard of: its facts about them would wait.</summary>
internal static class UnknownAccounts
{
    private const int Named = 3;

    /// <summary>A sentence with what to do; null when all are known.</summary>
    /// <param name="db">The store.</param>
    /// <param name="rows">How many rows name which account.</param>
    /// <param name="ct">Stops the look-up.</param>
    internal static async Task<string?> InWordsAsync(NpgsqlDataSource db, IReadOnlyDictionary<string, long> rows, CancellationToken ct)
    {
        var unknown = await FindAsync(db, [.. rows.Keys], ct);
        if (unknown.Count == 0) return null;
        var waiting = unknown.Sum(key => rows[key]);
        var names = string.Join(", ", unknown.Take(Named)) + (unknown.Count > Named ? ", …" : "");
        var sources = await SourcesAsync(db, ct);
        return $"{Figures.Count(waiting, "row names an account", "rows name accounts")} nobody knows yet ({names}); they would wait in quarantine and go in when the account comes. "
            + (sources.Count == 0 ? "There are no accounts yet: load the customers, or wait."
                : unknown.All(key => sources.Exists(source => key.StartsWith(source, StringComparison.Ordinal))) ? "Others of their source are known: load these, too, or wait."
                : $"Known accounts begin with {string.Join(", ", sources)} and if these are the same customers, their keys must begin alike.");
    }

    private static async Task<List<string>> FindAsync(NpgsqlDataSource db, string[] keys, CancellationToken ct)
    {
        await using var command = db.CreateCommand("""
            select k from unnest($1) k
            where not exists (select from account a where a.source_key = k) and not exists (select from account_merge m where m.source_key = k and m.undone_at is null)
            order by k
            """);
        command.Parameters.AddWithValue(keys);
        await using var row = await command.ExecuteReaderAsync(ct);
        var unknown = new List<string>();
        while (await row.ReadAsync(ct)) unknown.Add(row.GetString(0));
        return unknown;
    }

    private static async Task<List<string>> SourcesAsync(NpgsqlDataSource db, CancellationToken ct)
    {
        await using var command = db.CreateCommand("""
            select split_part(source_key, ':', 1) || ':' from account where not deleted and position(':' in source_key) > 0 group by 1 order by count(*) desc, 1 limit 5
            """);
        await using var row = await command.ExecuteReaderAsync(ct);
        var sources = new List<string>();
        while (await row.ReadAsync(ct)) sources.Add(row.GetString(0));
        return sources;
    }
}
