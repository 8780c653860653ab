using Npgsql;

namespace Followthrough.Dashboard.Admin;

/// <summary>A person or a team of the facts that can be chosen.</summary>
/// <param name="Key">Its key.</param>
/// <param name="Name">Its name.</param>
public sealed record FactChoice(string Key, string Name)
{
    private const int Suggested = 20;

    internal static Task<IReadOnlyList<FactChoice>> TeamsAsync(NpgsqlDataSource db, CancellationToken ct) =>
        ReadAsync(db, "select source_key, name from team where not deleted order by name, source_key", [], ct);

    /// <summary>People whose name or key holds a text.</summary>
    internal static Task<IReadOnlyList<FactChoice>> PeopleAsync(NpgsqlDataSource db, string text, CancellationToken ct) => ReadAsync(
        db, "select source_key, name from staff where not deleted and strpos(lower(name || ' ' || source_key), lower($1)) > 0 order by name, source_key limit $2",
        [text, Suggested], ct);

    /// <summary>The people of a key or, where no key is that, of a name.</summary>
    internal static Task<IReadOnlyList<FactChoice>> PersonAsync(NpgsqlDataSource db, string given, CancellationToken ct) => ReadAsync(
        db, "select source_key, name from staff where not deleted and (source_key = $1 or lower(name) = lower($1)) order by source_key <> $1, source_key limit 2", [given], ct);

    private static async Task<IReadOnlyList<FactChoice>> ReadAsync(NpgsqlDataSource db, string sql, object[] values, CancellationToken ct)
    {
        await using var command = db.CreateCommand(sql);
        foreach (var value in values) command.Parameters.AddWithValue(value);
        await using var row = await command.ExecuteReaderAsync(ct);
        var found = new List<FactChoice>();
        while (await row.ReadAsync(ct)) found.Add(new FactChoice(row.GetString(0), row.GetString(1)));
        return found;
    }
}
