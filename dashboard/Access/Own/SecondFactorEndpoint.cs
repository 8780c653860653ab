using Followthrough.Analytics.Store;
using Followthrough.Dashboard.Hooks;
using Followthrough.Dashboard.Layout;
using Microsoft.AspNetCore.Identity;
using Microsoft.AspNetCore.Mvc;

namespace Followthrough.Dashboard.Access.Own;

/// <summary>Turning the second factor on, with a code as proof, and off, with the password.</summary>
internal static class SecondFactorEndpoint
{
    internal const string Path = SettingsEndpoint.Path + "/second-factor";
    internal const string Off = Path + "/off";
    internal const string Codes = Path + "/codes";

    internal static void MapSecondFactor(this IEndpointRouteBuilder pages)
    {
        pages.MapGet(Path, async (PageFrame frame, HttpContext http, UserManager<User> users) => await SetUpAsync(frame, http, users, []));
        pages.MapPost(Path, TurnOnAsync).RequireRateLimiting(AccessServices.SignInLimit);
        pages.MapGet(Off, (PageFrame frame) => Ask(frame, Off, []));
        pages.MapPost(Off, TurnOffAsync).RequireRateLimiting(AccessServices.SignInLimit);
        pages.MapGet(Codes, (PageFrame frame) => Ask(frame, Codes, []));
        pages.MapPost(Codes, NewCodesAsync).RequireRateLimiting(AccessServices.SignInLimit);
    }

    private static async Task<IResult> SetUpAsync(PageFrame frame, HttpContext http, UserManager<User> users, IReadOnlyList<string> problems)
    {
        var user = (await users.GetUserAsync(http.User))!;
        if (user.TwoFactorEnabled) return Results.LocalRedirect(SettingsEndpoint.Path);
        var key = await SecondFactor.KeyAsync(users, user);
        http.Response.Headers.CacheControl = "no-store";
        return Screen.Of<SecondFactorPage>(
            new SecondFactorModel(frame, key, SecondFactor.Uri(user.UserName!, key), problems), problems.Count == 0 ? StatusCodes.Status200OK : StatusCodes.Status400BadRequest);
    }

    private static async Task<IResult> TurnOnAsync(PageFrame frame, HttpContext http, SignIns signIn, AccessLog log, [FromForm] string? code, CancellationToken ct)
    {
        var users = signIn.UserManager;
        var user = (await users.GetUserAsync(http.User))!;
        if (user.TwoFactorEnabled) return Results.LocalRedirect(SettingsEndpoint.Path);
        if (await SecondFactor.TurnOnAsync(users, user, code ?? "") is not { } codes)
            return await SetUpAsync(frame, http, users, ["This code is not right, or not any more. Is the clock of your device right?"]);
        await signIn.RefreshSignInAsync(user);
        await log.WriteAsync(frame.Viewer.Name, "second_factor_on", "own sign-in", "off", "on", ct);
        return ShowOnce(http, frame, codes, "The second factor is on", "From now on each sign-in asks for a code.");
    }

    private static async Task<IResult> TurnOffAsync(PageFrame frame, HttpContext http, SignIns signIn, AccessLog log, [FromForm] string? password, CancellationToken ct)
    {
        if (await CheckAsync(http, signIn, password) is not { } user) return Ask(frame, Off, ["The password is not right."]);
        await SecondFactor.TurnOffAsync(signIn.UserManager, user);
        await signIn.RefreshSignInAsync(user);
        await log.WriteAsync(frame.Viewer.Name, LoggedAction.SecondFactorOff, "own sign-in", "on", "off", ct);
        return Results.LocalRedirect($"{SettingsEndpoint.Path}?saved=true");
    }

    private static async Task<IResult> NewCodesAsync(PageFrame frame, HttpContext http, SignIns signIn, AccessLog log, [FromForm] string? password, CancellationToken ct)
    {
        if (await CheckAsync(http, signIn, password) is not { TwoFactorEnabled: true } user) return Ask(frame, Codes, ["The password is not right."]);
        var codes = await SecondFactor.NewCodesAsync(signIn.UserManager, user);
        await log.WriteAsync(frame.Viewer.Name, "recovery_codes_made", "own sign-in", null, null, ct);
        return ShowOnce(http, frame, codes, "New recovery codes", "Those made before are worth nothing any more.");
    }

    // Whoever finds an open session must not be able to guess the password here at leisure: wrong ones count as at the sign-in.
    private static async Task<User?> CheckAsync(HttpContext http, SignIns signIn, string? password)
    {
        var user = (await signIn.UserManager.GetUserAsync(http.User))!;
        return (await signIn.CheckPasswordSignInAsync(user, password ?? "", lockoutOnFailure: true)).Succeeded ? user : null;
    }

    private static IResult ShowOnce(HttpContext http, PageFrame frame, IReadOnlyList<string> codes, string title, string sentence) =>
        SourcesEndpoint.ShowOnce(http, new ShownOnceModel(
            frame, title, sentence, string.Join('\n', codes),
            "Each of these recovery codes lets you in once without your device. Keep them where the device is not; they are not shown again.",
            SettingsEndpoint.Path)
        { Trail = SettingsEndpoint.Trail(frame) });

    private static IResult Ask(PageFrame frame, string path, IReadOnlyList<string> problems) =>
        Screen.Of<PasswordAgainPage>(new PasswordAgainModel(frame, path, problems), problems.Count == 0 ? StatusCodes.Status200OK : StatusCodes.Status400BadRequest);
}

/// <summary>What setting up the second factor draws.</summary>
/// <param name="Frame">The page it stands on.</param>
/// <param name="Key">The key, to be typed where no camera is.</param>
/// <param name="Address">The key as an authenticator reads it.</param>
/// <param name="Problems">What was wrong with the last try, in sentences.</param>
public sealed record SecondFactorModel(PageFrame Frame, string Key, string Address, IReadOnlyList<string> Problems);

/// <summary>What the page draws that asks for the password again.</summary>
public sealed record PasswordAgainModel(PageFrame Frame, string Path, IReadOnlyList<string> Problems)
{
    internal bool TurnsOff => Path == SecondFactorEndpoint.Off;
}
