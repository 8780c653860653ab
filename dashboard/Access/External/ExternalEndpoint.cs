using System.Security.Claims;
using Followthrough.Analytics.Store;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Identity;
using Microsoft.AspNetCore.Mvc;

namespace Followthrough.Dashboard.Access.External;

/// <summary>The way to another sign-in and back. It lets in who is a user already and makes nobody one.</summary>
internal static class ExternalEndpoint
{
    internal const string Path = SignInEndpoint.Path + "/elsewhere";
    internal const string Refused = SignInEndpoint.Path + "?refused=true";

    private const string Arrived = SignInEndpoint.Path + "/arrived";

    /// <summary>Only where the configuration names another sign-in.</summary>
    internal static void MapExternalSignIn(this IEndpointRouteBuilder app)
    {
        if (app.ServiceProvider.GetService<ExternalSignInOptions>() is null) return;
        app.MapGet(Path, ([FromQuery(Name = SignInEndpoint.ReturnTo)] string? to) => Results.Challenge(
            new AuthenticationProperties { RedirectUri = $"{Arrived}?{SignInEndpoint.ReturnTo}={Uri.EscapeDataString(SignInEndpoint.Onward(to))}" },
            [ExternalSignIn.Scheme])).AllowAnonymous();
        app.MapGet(Arrived, EnterAsync).AllowAnonymous();
    }

    private static async Task<IResult> EnterAsync(HttpContext http, SignIns signIn, [FromQuery(Name = SignInEndpoint.ReturnTo)] string? to, CancellationToken ct)
    {
        var proof = await http.AuthenticateAsync(IdentityConstants.ExternalScheme);
        await http.SignOutAsync(IdentityConstants.ExternalScheme);
        if (!proof.Succeeded) return Results.LocalRedirect(SignInEndpoint.Path);
        var user = proof.Principal.FindFirstValue(ClaimTypes.Email) is { Length: > 0 } email ? await signIn.UserManager.FindByEmailAsync(email) : null;
        if (user is null || user.DisabledAt is not null || await signIn.UserManager.IsLockedOutAsync(user))
        {
            await signIn.RefuseAsync(user, "signed in elsewhere", ct);
            return Results.LocalRedirect(Refused);
        }
        await DropOneTimePasswordAsync(signIn.UserManager, user);
        if ((await signIn.EnterAsync(user)).RequiresTwoFactor) return SecondStepEndpoint.Ask(to);
        await signIn.WelcomeAsync(user, "signed in elsewhere", ct);
        return Results.LocalRedirect(await signIn.OnwardAsync(user, to));
    }

    // Who comes this way needs none: a password that somebody else made must not stay good beside it.
    private static async Task DropOneTimePasswordAsync(UserManager<User> users, User user)
    {
        if (!user.MustChoosePassword) return;
        user.MustChoosePassword = false;
        await users.RemovePasswordAsync(user);
    }
}
