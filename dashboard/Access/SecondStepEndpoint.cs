using Followthrough.Analytics.Store;
using Followthrough.Dashboard.Layout;
using Microsoft.AspNetCore.Antiforgery;
using Microsoft.AspNetCore.Mvc;

namespace Followthrough.Dashboard.Access;

/// <summary>The second step of a sign-in: a code of the user's device, or one of his recovery codes. Whatever is wrong, the answer is the same sentence.</summary>
internal static class SecondStepEndpoint
{
    internal const string Path = SignInEndpoint.Path + "/code";

    private const string Wrong = "This code is not right, or not any more.";
    private const int LongestCode = 64;

    internal static void MapSecondStep(this IEndpointRouteBuilder app)
    {
        app.MapGet(Path, ShowAsync).AllowAnonymous();
        app.MapPost(Path, EnterAsync).AllowAnonymous().RequireRateLimiting(AccessServices.SignInLimit);
    }

    internal static IResult Ask(string? to) =>
        Results.LocalRedirect($"{Path}?{SignInEndpoint.ReturnTo}={Uri.EscapeDataString(SignInEndpoint.Onward(to))}");

    private static async Task<IResult> ShowAsync(HttpContext http, SignIns signIn, IAntiforgery antiforgery, [FromQuery(Name = SignInEndpoint.ReturnTo)] string? to) =>
        await signIn.GetTwoFactorAuthenticationUserAsync() is null ? Results.LocalRedirect(SignInEndpoint.Path) : Page(http, antiforgery, to, null);

    private static async Task<IResult> EnterAsync(
        HttpContext http, SignIns signIn, IAntiforgery antiforgery, [FromForm] string? code, [FromForm(Name = SignInEndpoint.ReturnTo)] string? to, CancellationToken ct)
    {
        if (await signIn.GetTwoFactorAuthenticationUserAsync() is not { } user) return Results.LocalRedirect(SignInEndpoint.Path);
        var result = await TryAsync(signIn, user, code ?? "");
        if (!result.Succeeded)
        {
            await signIn.RefuseAsync(user, result.IsLockedOut ? "locked out at the second step" : "wrong code", ct);
            return Page(http, antiforgery, to, Wrong);
        }
        await signIn.WelcomeAsync(user, "password and code", ct);
        return Results.LocalRedirect(user.MustChoosePassword ? ChoosePasswordEndpoint.For(to) : await signIn.OnwardAsync(user, to));
    }

    // Six digits are a code of the device; anything else can only be a recovery code, and counts as a failure when it is none.
    private static async Task<Microsoft.AspNetCore.Identity.SignInResult> TryAsync(SignIns signIn, User user, string code)
    {
        var plain = string.Concat(code.Where(c => !char.IsWhiteSpace(c)));
        if (plain.Length > LongestCode || await signIn.UserManager.IsLockedOutAsync(user)) return Microsoft.AspNetCore.Identity.SignInResult.LockedOut;
        if (plain.Length == 6 && plain.All(char.IsAsciiDigit)) return await signIn.TwoFactorAuthenticatorSignInAsync(plain, isPersistent: false, rememberClient: false);
        var result = plain.Length == 0 ? Microsoft.AspNetCore.Identity.SignInResult.Failed : await signIn.TwoFactorRecoveryCodeSignInAsync(plain.ToUpperInvariant());
        if (!result.Succeeded) await signIn.UserManager.AccessFailedAsync(user);
        return result;
    }

    private static IResult Page(HttpContext http, IAntiforgery antiforgery, string? to, string? problem) =>
        Screen.Of<SecondStepPage>(
            new SecondStepModel(FormToken.For(http, antiforgery), SignInEndpoint.Onward(to), problem),
            problem is null ? StatusCodes.Status200OK : StatusCodes.Status401Unauthorized);
}

/// <summary>What the page for the code draws.</summary>
/// <param name="Token">Proof that the form is ours.</param>
/// <param name="To">Where to go afterwards.</param>
/// <param name="Problem">Why it did not work; null on the first showing.</param>
public sealed record SecondStepModel(FormToken Token, string To, string? Problem);
