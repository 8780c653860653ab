using System.Security.Claims;
using Followthrough.Analytics.Metrics;
using Followthrough.Analytics.Store;
using Npgsql;
using NpgsqlTypes;

namespace Followthrough.Dashboard.Access;

/// <summary>Who asks, as the database has it at this moment: a role taken away is gone with the next request.</summary>
/// <param name="Viewer">For whom figures are computed.</param>
/// <param name="Rights">What he may do.</param>
/// <param name="StaffKey">The person in the facts he is; null when nobody has said.</param>
/// <param name="Zone">In which zone he reads times; null for the company's.</param>
public sealed record SignedIn(Viewer Viewer, IReadOnlySet<Right> Rights, string? StaffKey, TimeZoneInfo? Zone)
{
    // No key of a person or a team is empty, so this is nobody.
    private const string Nobody = "";

    private static readonly string Sql = SqlText.Read(typeof(SignedIn), "Access/SignedIn.sql");

    // As the framework names it in its cookies.
    private const string Stamp = "AspNet.Identity.SecurityStamp";

    /// <summary>The user.</summary>
    public required Guid Id { get; init; }

    /// <summary>Whether a role was given that shows a part of the figures, but not whose.</summary>
    public bool SeesNothing => Viewer is { Staff: Nobody } or { Teams.Count: 0 };

    public bool May(Right right) => Rights.Contains(right);

    /// <summary>Null for a user who is gone or may not sign in any more, and for a session older than the last change of password or roles.</summary>
    internal static async Task<SignedIn?> ReadAsync(NpgsqlDataSource db, ClaimsPrincipal user, CancellationToken ct)
    {
        if (!Guid.TryParse(user.FindFirstValue(ClaimTypes.NameIdentifier), out var id)) return null;
        await using var command = db.CreateCommand(Sql);
        command.Parameters.AddWithValue(id);
        command.Parameters.AddWithValue(NpgsqlDbType.Text, (object?)user.FindFirstValue(Stamp) ?? DBNull.Value);
        await using var row = await command.ExecuteReaderAsync(ct);
        if (!await row.ReadAsync(ct)) return null;
        var staff = await row.IsDBNullAsync(1, ct) ? null : row.GetString(1);
        var zone = await row.IsDBNullAsync(2, ct) ? null : row.GetString(2);
        var roles = await row.GetFieldValueAsync<string[]>(3, ct);
        var teams = await row.GetFieldValueAsync<string[]>(4, ct);
        return new SignedIn(
            ViewerOf(row.GetString(0), roles, teams, staff), Access.Rights.Of(roles), staff,
            zone is not null && TimeZoneInfo.TryFindSystemTimeZoneById(zone, out var found) ? found : null)
        { Id = id };
    }

    // A manager's teams include him; whoever is neither sees his own record.
    private static Viewer ViewerOf(string name, string[] roles, string[] teams, string? staff)
    {
        if (Access.Rights.SeesAll(roles)) return Viewer.Everything(name);
        return roles.Contains(Role.Manager) ? new Viewer(name, teams, null) : new Viewer(name, null, staff ?? Nobody);
    }
}
