using Followthrough.Analytics.Store;
using Npgsql;

namespace Followthrough.Dashboard.Admin;

/// <summary>Somebody's time in a team.</summary>
/// <param name="Key">Key of the membership.</param>
/// <param name="Staff">Key of the person.</param>
/// <param name="Name">The person's name; the key where there is no such person.</param>
/// <param name="Since">From when on it counts.</param>
/// <param name="Until">When it ended or will, exclusive; null while it lasts.</param>
/// <param name="Holds">Whether it counts at present.</param>
public sealed record Member(string Key, string Staff, string Name, DateTimeOffset Since, DateTimeOffset? Until, bool Holds);

/// <summary>A team as the figures know it.</summary>
/// <param name="Key">Its key; null for the people who are in no team.</param>
/// <param name="Name">Its name.</param>
/// <param name="Region">Its region; null when none was given.</param>
/// <param name="Lead">Who leads it; null when nobody has said.</param>
/// <param name="Members">Who belongs to it, the longest first.</param>
public sealed record TeamRow(string? Key, string Name, string? Region, string? Lead, IReadOnlyList<Member> Members)
{
    private static readonly string Sql = SqlText.Read(typeof(TeamRow), "Admin/Teams.sql");

    internal static async Task<IReadOnlyList<TeamRow>> ReadAsync(NpgsqlDataSource db, DateTimeOffset now, bool ended, CancellationToken ct)
    {
        await using var command = db.CreateCommand(Sql);
        command.Parameters.AddWithValue(now);
        command.Parameters.AddWithValue(ended);
        await using var row = await command.ExecuteReaderAsync(ct);
        var teams = new List<(TeamRow Team, List<Member> Members)>();
        while (await row.ReadAsync(ct))
        {
            var key = Text(row, 0);
            if (teams.Count == 0 || teams[^1].Team.Key != key)
            {
                var members = new List<Member>();
                teams.Add((new TeamRow(key, Text(row, 1) ?? "In no team", Text(row, 2), Text(row, 3), members), members));
            }
            if (Text(row, 4) is { } staff)
                teams[^1].Members.Add(new Member(
                    Text(row, 8) ?? staff, staff, row.GetString(5), row.GetFieldValue<DateTimeOffset>(6), row.GetFieldValue<DateTimeOffset?>(7), row.GetBoolean(9)));
        }
        return [.. teams.Select(team => team.Team)];
    }

    private static string? Text(NpgsqlDataReader row, int column) => row.IsDBNull(column) ? null : row.GetString(column);
}
