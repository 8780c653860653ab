using Followthrough.Analytics.Metrics;
using Followthrough.Analytics.Store;
using Followthrough.Dashboard.Access;
using Followthrough.Dashboard.Accounts;
using Followthrough.Dashboard.Layout;
using Npgsql;

namespace Followthrough.Dashboard.People;

/// <summary>What a team is; null values are not known.</summary>
public sealed record TeamFacts(string Key, string Name, string? Unit, string? Region, NamedKey? Lead)
{
    private static readonly string Sql = SqlText.Read(typeof(TeamFacts), "People/Team.sql");

    /// <summary>Null when there is none, or none whose figures the viewer may see.</summary>
    internal static Task<TeamFacts?> FindAsync(NpgsqlDataSource db, PageFrame frame, string key, CancellationToken ct) => FindAsync(db, frame.Viewer, key, ct);

    /// <inheritdoc cref="FindAsync(NpgsqlDataSource, PageFrame, string, CancellationToken)"/>
    internal static async Task<TeamFacts?> FindAsync(NpgsqlDataSource db, Viewer viewer, string key, CancellationToken ct)
    {
        await using var command = db.CreateCommand(Sql);
        AccountScope.Bind(command, viewer);
        command.Parameters.AddWithValue("key", key);
        await using var row = await command.ExecuteReaderAsync(ct);
        if (!await row.ReadAsync(ct)) return null;
        return new TeamFacts(
            key, row.GetString(0), Text(1), Text(2), Text(3) is { } lead ? new NamedKey(lead, Text(4) ?? lead) : null);

        string? Text(int column) => row.IsDBNull(column) ? null : row.GetString(column);
    }
}
