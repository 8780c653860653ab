using System.Security.Claims;
using Followthrough.Analytics.Compensation;
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

    /// <summary>Whose pay he sees.</summary>
    internal PayScope Pay { get; init; } = new("", false, [], null);

    /// <summary>Whether a role was given that shows a part of the figures, but not whose.</summary>
    public bool SeesNothing => Viewer is { Staff: Nobody } or { Teams.Count: 0 };

    public bool May(Right right) => Rights.Contains(right);

    /// <summary>Null for a user who is gone or may not sign in any more, and for a session older than the last change of password or roles.</summary>
    internal static async Task<SignedIn?> ReadAsync(NpgsqlDataSource db, ClaimsPrincipal user, CancellationToken ct) =>
        (await Standing.ReadAsync(db, user, ct))?.Who;

    /// <summary>The statement that finds him; null when he does not say who he is.</summary>
    internal static NpgsqlBatchCommand? Command(ClaimsPrincipal user) =>
        !Guid.TryParse(user.FindFirstValue(ClaimTypes.NameIdentifier), out var id) ? null : new NpgsqlBatchCommand(Sql)
        {
            Parameters = { new() { Value = id }, new() { NpgsqlDbType = NpgsqlDbType.Text, Value = (object?)user.FindFirstValue(Stamp) ?? DBNull.Value } },
        };

    /// <summary>Reads what <see cref="Command"/> gives.</summary>
    internal static async Task<SignedIn?> ReadAsync(NpgsqlDataReader row, CancellationToken ct)
    {
        if (!await row.ReadAsync(ct)) return null;
        var staff = await row.IsDBNullAsync(1, ct) ? null : row.GetString(1);
        var zone = await row.IsDBNullAsync(2, ct) ? null : row.GetString(2);
        var roles = await row.GetFieldValueAsync<string[]>(3, ct);
        var teams = await row.GetFieldValueAsync<string[]>(4, ct);
        var rights = Access.Rights.Of(roles);
        return new SignedIn(
            ViewerOf(row.GetString(0), roles, teams, staff), rights, staff,
            zone is not null && TimeZoneInfo.TryFindSystemTimeZoneById(zone, out var found) ? found : null)
        {
            Id = row.GetGuid(5),
            // The other roles of a manager who sees all figures do not show him everybody's pay.
            Pay = new PayScope(row.GetString(0), rights.Contains(Right.SeePay), roles.Contains(Role.Manager) ? teams : [], staff),
        };
    }

    // A manager's teams include him; whoever is neither sees his own record.
    private static Viewer ViewerOf(string name, string[] roles, string[] teams, string? staff)
    {
        if (Access.Rights.SeesAll(roles)) return Viewer.Everything(name);
        return roles.Contains(Role.Manager) ? new Viewer(name, teams, null) : new Viewer(name, null, staff ?? Nobody);
    }
}
