using Followthrough.Analytics.Metrics;
using Followthrough.Analytics.Store;
using Followthrough.Dashboard.Access;
using Followthrough.Dashboard.Accounts;
using Followthrough.Dashboard.Layout;
using Npgsql;

namespace Followthrough.Dashboard.People;

/// <summary>Who somebody of ours is.</summary>
/// <param name="Key">Staff key.</param>
/// <param name="Name">What to show.</param>
/// <param name="Title">Null when not known.</param>
/// <param name="Manager">Null when not known.</param>
/// <param name="LeftAt">When he left; null while he is here.</param>
/// <param name="Teams">Those he is in now.</param>
public sealed record PersonFacts(string Key, string Name, string? Title, NamedKey? Manager, DateTimeOffset? LeftAt, IReadOnlyList<NamedKey> Teams)
{
    private static readonly string Sql = SqlText.Read(typeof(PersonFacts), "People/Person.sql");

    /// <summary>Null when there is none, or none that the viewer may see.</summary>
    internal static Task<PersonFacts?> FindAsync(NpgsqlDataSource db, PageFrame frame, string key, CancellationToken ct) => FindAsync(db, frame.Viewer, frame.Now, key, ct);

    /// <inheritdoc cref="FindAsync(NpgsqlDataSource, PageFrame, string, CancellationToken)"/>
    internal static async Task<PersonFacts?> FindAsync(NpgsqlDataSource db, Viewer viewer, DateTimeOffset now, string key, CancellationToken ct)
    {
        await using var command = db.CreateCommand(Sql);
        AccountScope.Bind(command, viewer);
        command.Parameters.AddWithValue("key", key);
        command.Parameters.AddWithValue("now", now);
        await using var row = await command.ExecuteReaderAsync(ct);
        if (!await row.ReadAsync(ct)) return null;
        var manager = row.IsDBNull(2) ? null : new NamedKey(row.GetString(2), row.IsDBNull(3) ? row.GetString(2) : row.GetString(3));
        var teams = row.GetFieldValue<string[]>(6).Zip(row.GetFieldValue<string[]>(7), (team, name) => new NamedKey(team, name));
        return new PersonFacts(
            key, row.GetString(0), row.IsDBNull(1) ? null : row.GetString(1), manager, await row.GetFieldValueAsync<DateTimeOffset?>(5, ct), [.. teams]);
    }
}
