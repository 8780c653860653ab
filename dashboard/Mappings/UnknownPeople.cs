using Followthrough.Dashboard.Wording;
using Npgsql;

namespace Followthrough.Dashboard.Mappings;

/// <summary>Which of our people nobody has loaded: they have no name, no team and no scorecard, and are shown by their key.</summary>
internal static class UnknownPeople
{
    private const int Named = 3;

    /// <summary>A sentence about those that a file names, with what to do; null when all are known.</summary>
    /// <param name="db">The store.</param>
    /// <param name="rows">How many rows name whom.</param>
    /// <param name="ct">Stops the look-up.</param>
    internal static async Task<string?> InWordsAsync(NpgsqlDataSource db, IReadOnlyDictionary<string, long> rows, CancellationToken ct)
    {
        await using var command = db.CreateCommand("select k from unnest($1) k where not exists (select from staff s where s.source_key = k) order by k");
        command.Parameters.AddWithValue(rows.Keys.ToArray());
        await using var row = await command.ExecuteReaderAsync(ct);
        var unknown = new List<string>();
        while (await row.ReadAsync(ct)) unknown.Add(row.GetString(0));
        return unknown.Count == 0 ? null
            : $"{Figures.Count(unknown.Sum(key => rows[key]), "row names", "rows name")} people of ours whom you have not loaded ({string.Join(", ", unknown.Take(Named))}{(unknown.Count > Named ? ", …" : "")}): "
                + "load a staff file, or let each of them become a staff record on the page before. Their keys must begin alike.";
    }

    /// <summary>The same about the interactions that are stored; null when all are known.</summary>
    internal static async Task<string?> InWordsAsync(NpgsqlDataSource db, CancellationToken ct)
    {
        await using var command = db.CreateCommand("""
            select count(*), count(distinct i.staff_key), (array_agg(distinct i.staff_key))[1:3]
            from interaction i
            where not i.deleted and i.staff_key is not null and not exists (select from staff s where s.source_key = i.staff_key)
            """);
        await using var row = await command.ExecuteReaderAsync(ct);
        await row.ReadAsync(ct);
        var (interactions, people) = (row.GetInt64(0), row.GetInt64(1));
        return people == 0 ? null
            : $"{Figures.Count(interactions, "interaction names", "interactions name")} {Figures.Count(people, "person", "people")} of ours whom you have not loaded "
                + $"({string.Join(", ", row.GetFieldValue<string[]>(2))}{(people > Named ? ", …" : "")}): load a staff file, its keys like these.";
    }
}
