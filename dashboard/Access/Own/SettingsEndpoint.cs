using Followthrough.Analytics.Store;
using Followthrough.Dashboard.Access.Tokens;
using Followthrough.Dashboard.Hooks;
using Followthrough.Dashboard.Layout;
using Microsoft.AspNetCore.Identity;
using Microsoft.AspNetCore.Mvc;

namespace Followthrough.Dashboard.Access.Own;

/// <summary>What everybody sets for himself: zone, password, second factor, tokens that read for him.</summary>
internal static class SettingsEndpoint
{
    internal const string Path = "/settings";

    internal static IReadOnlyList<(string Name, string Address)> Trail(PageFrame frame) => [("Settings", frame.Query.Carry(Path))];

    internal static void MapSettings(this IEndpointRouteBuilder pages)
    {
        pages.MapGet(Path, ShowAsync);
        pages.MapPost(Path + "/zone", SetZoneAsync);
        pages.MapSecondFactor();
        pages.MapOwnTokens();
    }

    private static async Task<IResult> ShowAsync(PageFrame frame, HttpContext http, UserManager<User> users, ReadTokens tokens, bool? saved, CancellationToken ct)
    {
        var user = (await users.GetUserAsync(http.User))!;
        return Screen.Of<SettingsPage>(new SettingsModel(
            frame, [.. (await users.GetRolesAsync(user)).Order(StringComparer.Ordinal)], user.TimeZone, await users.HasPasswordAsync(user),
            user.TwoFactorEnabled, user.TwoFactorEnabled ? await users.CountRecoveryCodesAsync(user) : 0, await tokens.ReadAsync(user.Id, ct), saved == true));
    }

    private static async Task<IResult> SetZoneAsync(PageFrame frame, HttpContext http, UserManager<User> users, AccessLog log, [FromForm] string? zone, CancellationToken ct)
    {
        var chosen = string.IsNullOrWhiteSpace(zone) ? null : zone.Trim();
        if (chosen is not null && !Zones.All.Contains(chosen)) return Results.BadRequest();
        var user = (await users.GetUserAsync(http.User))!;
        var before = user.TimeZone;
        user.TimeZone = chosen;
        await users.UpdateAsync(user);
        await log.WriteAsync(frame.Viewer.Name, LoggedAction.SettingChanged, "own time zone", before ?? "the company's", chosen ?? "the company's", ct);
        return Results.LocalRedirect($"{Path}?saved=true");
    }
}

/// <summary>Zones to choose from.</summary>
internal static class Zones
{
    /// <summary>IANA names of places, and UTC; without the old names of countries and the fixed offsets.</summary>
    internal static IReadOnlyList<string> All { get; } =
    [
        .. TimeZoneInfo.GetSystemTimeZones().Select(zone => zone.Id)
            .Where(id => id.Contains('/', StringComparison.Ordinal) && !id.StartsWith("Etc/", StringComparison.Ordinal) && !id.StartsWith("SystemV/", StringComparison.Ordinal) && !id.StartsWith("US/", StringComparison.Ordinal))
            .Append("Etc/UTC").Distinct().Order(StringComparer.Ordinal),
    ];
}

/// <summary>What the own settings draw.</summary>
/// <param name="Frame">The page it stands on.</param>
/// <param name="Roles">The user's roles.</param>
/// <param name="Zone">The chosen zone; null for the company's.</param>
/// <param name="HasPassword">False for a user who only signs in elsewhere.</param>
/// <param name="HasSecondFactor">Whether a code is asked for.</param>
/// <param name="CodesLeft">Recovery codes that are not used up.</param>
/// <param name="Tokens">Tokens that read for the user, the newest first.</param>
/// <param name="Saved">Whether something was just saved.</param>
public sealed record SettingsModel(
    PageFrame Frame, IReadOnlyList<string> Roles, string? Zone, bool HasPassword, bool HasSecondFactor, int CodesLeft, IReadOnlyList<ApiToken> Tokens, bool Saved);
