using Followthrough.Dashboard.Layout;
using Microsoft.AspNetCore.Antiforgery;
using Microsoft.AspNetCore.Identity;
using Microsoft.AspNetCore.Mvc;

namespace Followthrough.Dashboard.Access;

/// <summary>Choosing a password of one's own: whoever came in with one made by somebody else gets nowhere else first.</summary>
internal static class ChoosePasswordEndpoint
{
    internal const string Path = "/choose-password";

    private const int Longest = 256;

    internal static void MapChoosePassword(this IEndpointRouteBuilder app)
    {
        app.MapGet(Path, (HttpContext http, IAntiforgery antiforgery, [FromQuery(Name = SignInEndpoint.ReturnTo)] string? to) => Page(http, antiforgery, to, []));
        app.MapPost(Path, ChooseAsync).RequireRateLimiting(AccessServices.SignInLimit);
    }

    /// <summary>Its address for who goes on from there to the page he asked for.</summary>
    internal static string For(string? to) =>
        SignInEndpoint.Onward(to) is var asked && asked == FirstPage.Overview ? Path : $"{Path}?{SignInEndpoint.ReturnTo}={Uri.EscapeDataString(asked)}";

    /// <summary>Holds everybody with a one-time password on this page.</summary>
    internal static void UseOwnPasswords(this IApplicationBuilder app) => app.Use((http, next) =>
    {
        var open = http.Request.Path.StartsWithSegments(Path) || http.Request.Path.StartsWithSegments("/sign-out")
            || http.GetEndpoint()?.Metadata.GetMetadata<Microsoft.AspNetCore.Authorization.IAllowAnonymous>() is not null;
        if (open || !http.User.HasClaim(claim => claim.Type == SignedInUser.MustChoosePassword)) return next(http);
        http.Response.Redirect(Path);
        return Task.CompletedTask;
    });

    private static async Task<IResult> ChooseAsync(
        HttpContext http, SignIns signIn, IAntiforgery antiforgery, AccessLog log,
        [FromForm] string? current, [FromForm] string? chosen, [FromForm] string? repeated, [FromForm(Name = SignInEndpoint.ReturnTo)] string? to, CancellationToken ct)
    {
        if (await signIn.UserManager.GetUserAsync(http.User) is not { } user) return Results.Challenge();
        var problems = Problems(current, chosen, repeated);
        if (problems.Count > 0) return Page(http, antiforgery, to, problems);
        var result = await signIn.UserManager.ChangePasswordAsync(user, current!, chosen!);
        if (!result.Succeeded) return Page(http, antiforgery, to, result.Errors.Select(InWords).ToList());
        user.MustChoosePassword = false;
        await signIn.UserManager.UpdateAsync(user);
        await signIn.RefreshSignInAsync(user);
        await log.WriteAsync(user.UserName!, "password_chosen", "own sign-in; every other session of it ended", null, null, ct);
        return Results.LocalRedirect(await signIn.OnwardAsync(user, to));
    }

    private static List<string> Problems(string? current, string? chosen, string? repeated)
    {
        var problems = new List<string>();
        if (string.IsNullOrEmpty(current)) problems.Add("The present password is missing.");
        if (chosen is null || chosen.Length < AccessServices.SmallestPassword)
            problems.Add($"The new password is too short: at least {AccessServices.SmallestPassword} characters.");
        if (chosen?.Length > Longest) problems.Add($"The new password is too long: at most {Longest} characters.");
        if (chosen != repeated) problems.Add("The new password was not repeated alike.");
        if (chosen is not null && chosen == current) problems.Add("The new password is the present one.");
        return problems;
    }

    private static string InWords(IdentityError error) => error.Code switch
    {
        nameof(IdentityErrorDescriber.PasswordMismatch) => "The present password is not right.",
        nameof(IdentityErrorDescriber.PasswordRequiresUniqueChars) => "The new password repeats too few different characters: at least 5.",
        _ => error.Description,
    };

    private static IResult Page(HttpContext http, IAntiforgery antiforgery, string? to, List<string> problems) =>
        Screen.Of<ChoosePasswordPage>(
            new ChoosePasswordModel(
                FormToken.For(http, antiforgery), http.User.Identity?.Name ?? "", SignInEndpoint.Onward(to), problems,
                http.User.HasClaim(claim => claim.Type == SignedInUser.MustChoosePassword)),
            problems.Count == 0 ? StatusCodes.Status200OK : StatusCodes.Status400BadRequest);
}

/// <summary>What the page for an own password shows.</summary>
/// <param name="Token">Proof that the form is ours.</param>
/// <param name="Name">Whose password it is.</param>
/// <param name="To">Where to go afterwards.</param>
/// <param name="Problems">What was wrong with the last try, in sentences.</param>
/// <param name="Forced">True while the password is a one-time one.</param>
public sealed record ChoosePasswordModel(FormToken Token, string Name, string To, IReadOnlyList<string> Problems, bool Forced);
