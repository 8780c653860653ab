using Followthrough.Analytics.Store;
using Followthrough.Dashboard.Access.External;
using Followthrough.Dashboard.Access.Tokens;
using Followthrough.Dashboard.Layout;
using Microsoft.AspNetCore.Antiforgery;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication.Cookies;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Identity;
using Microsoft.AspNetCore.Mvc;

namespace Followthrough.Dashboard.Access;

/// <summary>Signing in and out. Whatever is wrong with name, password or account, the answer is the same sentence.</summary>
internal static class SignInEndpoint
{
    internal const string Path = "/sign-in";
    internal const string ReturnTo = "to";

    private const string Wrong = "Wrong name or password.";
    private const string NotKnown = "The other sign-in did not lead to a user here. An administrator enters your e-mail address under Admin, Users.";
    private const int LongestField = 256;

    internal static void MapSignIn(this IEndpointRouteBuilder app)
    {
        app.MapGet(Path, ShowAsync).AllowAnonymous();
        app.MapPost(Path, SignInAsync).AllowAnonymous().RequireRateLimiting(AccessServices.SignInLimit);
        app.MapPost("/sign-out", SignOutAsync);
        app.MapSecondStep();
        app.MapExternalSignIn();
        app.MapChoosePassword();
        app.MapWho();
    }

    /// <summary>Sends who is not signed in to the sign-in page; a part of a page that refreshes itself sends the whole page there.</summary>
    internal static Task AskAsync(RedirectContext<CookieAuthenticationOptions> asked)
    {
        // A session that ended is worth what a bad token is.
        if (asked.Request.Path.StartsWithSegments(Hooks.FactsEndpoint.Api, out var rest) && rest.HasValue)
            return asked.HttpContext.ChallengeAsync(Tokens.BearerHandler.Bearer);
        if (Hooks.Problem.IsAskedFor(asked.HttpContext))
        {
            // A program that sends webhooks cannot sign in.
            asked.Response.StatusCode = StatusCodes.Status404NotFound;
            return Task.CompletedTask;
        }
        if (!asked.Request.Headers.ContainsKey("HX-Request"))
        {
            asked.Response.Redirect(asked.RedirectUri);
            return Task.CompletedTask;
        }
        asked.Response.StatusCode = StatusCodes.Status401Unauthorized;
        asked.Response.Headers["HX-Redirect"] = Path;
        return Task.CompletedTask;
    }

    /// <summary>For a user who is gone or may not come in any more, in the middle of what he did.</summary>
    internal static Task AskAgainAsync(HttpContext http)
    {
        if (http.Request.Headers.ContainsKey("HX-Request"))
        {
            http.Response.StatusCode = StatusCodes.Status401Unauthorized;
            http.Response.Headers["HX-Redirect"] = Path;
        }
        else
        {
            http.Response.Redirect(Path);
        }
        return Task.CompletedTask;
    }

    /// <summary>The page that was asked for: one of ours, or the Overview, which is as good as none.</summary>
    internal static string Onward(string? to) =>
        to is ['/', ..] && !to.StartsWith("//", StringComparison.Ordinal) && !to.Contains('\\', StringComparison.Ordinal)
        && !to.Any(char.IsControl) && !to.StartsWith(Path, StringComparison.Ordinal) ? to : FirstPage.Overview;

    private static async Task<IResult> ShowAsync(HttpContext http, SignIns signIn, IAntiforgery antiforgery, [FromQuery(Name = ReturnTo)] string? to, bool? refused) =>
        await signIn.UserManager.GetUserAsync(http.User) is { } user
            ? Results.LocalRedirect(await signIn.OnwardAsync(user, to))
            : Page(http, antiforgery, to, null, refused == true ? NotKnown : null);

    private static async Task<IResult> SignInAsync(
        HttpContext http, SignIns signIn, IPasswordHasher<User> hasher, IAntiforgery antiforgery,
        [FromForm] string? name, [FromForm] string? password, [FromForm(Name = ReturnTo)] string? to, CancellationToken ct)
    {
        var fits = name is { Length: > 0 and <= LongestField } && password is { Length: > 0 and <= LongestField };
        var user = fits ? await signIn.UserManager.FindByNameAsync(name!) : null;
        if (user is not { DisabledAt: null })
        {
            // As much work as for a user who may come in, so that the time does not tell.
            hasher.HashPassword(new User { CreatedAt = default }, Wrong);
            await signIn.RefuseAsync(user, user is null ? "no such user" : "disabled", ct);
            return Page(http, antiforgery, to, name, Wrong);
        }
        var result = await signIn.PasswordSignInAsync(user, password!, isPersistent: false, lockoutOnFailure: true);
        if (result.RequiresTwoFactor) return SecondStepEndpoint.Ask(to);
        if (!result.Succeeded)
        {
            await signIn.RefuseAsync(user, result.IsLockedOut ? "locked out" : "wrong password", ct);
            return Page(http, antiforgery, to, name, Wrong);
        }
        await signIn.WelcomeAsync(user, "password", ct);
        return Results.LocalRedirect(user.MustChoosePassword ? ChoosePasswordEndpoint.For(to) : await signIn.OnwardAsync(user, to));
    }

    private static async Task<RedirectHttpResult> SignOutAsync(HttpContext http, SignIns signIn, AccessLog log, [FromForm] string? confirm, CancellationToken ct)
    {
        _ = confirm;
        if (http.User.Identity?.Name is { } who) await log.WriteAsync(who, LoggedAction.SignedOut, "this browser", null, null, ct);
        await signIn.SignOutAsync();
        return TypedResults.LocalRedirect(Path);
    }

    private static IResult Page(HttpContext http, IAntiforgery antiforgery, string? to, string? name, string? problem) =>
        Screen.Of<SignInPage>(
            new SignInModel(FormToken.For(http, antiforgery), Onward(to), name, problem, http.RequestServices.GetService<ExternalSignInOptions>()?.Name),
            problem is null ? StatusCodes.Status200OK : StatusCodes.Status401Unauthorized);
}

/// <summary>What the sign-in page shows.</summary>
/// <param name="Token">Proof that the form is ours.</param>
/// <param name="To">Where to go afterwards.</param>
/// <param name="Name">The name tried; null on the first showing.</param>
/// <param name="Problem">Why it did not work; null on the first showing.</param>
/// <param name="Elsewhere">The name of the other sign-in; null where there is none.</param>
public sealed record SignInModel(FormToken Token, string To, string? Name, string? Problem, string? Elsewhere);
