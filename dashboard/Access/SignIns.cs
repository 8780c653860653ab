using Followthrough.Analytics.Store;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Identity;
using Microsoft.Extensions.Options;

namespace Followthrough.Dashboard.Access;

/// <summary>The framework's sign-in, closed to who is disabled, and on record.</summary>
internal sealed class SignIns(
    UserManager<User> users, IHttpContextAccessor http, IUserClaimsPrincipalFactory<User> claims, IOptions<IdentityOptions> options,
    ILogger<SignInManager<User>> log, IAuthenticationSchemeProvider schemes, IUserConfirmation<User> confirmation, AccessLog entries, TimeProvider clock)
    : SignInManager<User>(users, http, claims, options, log, schemes, confirmation)
{
    // A name that is nobody's may be a password typed into the wrong field.
    private const string Stranger = "(nobody)";

    public override async Task<bool> CanSignInAsync(User user) => user.DisabledAt is null && await base.CanSignInAsync(user);

    /// <summary>Lets in who has proved elsewhere who he is; the second factor is asked for where he has one.</summary>
    internal Task<SignInResult> EnterAsync(User user) => SignInOrTwoFactorAsync(user, isPersistent: false);

    /// <summary>The page to go on to: the one that was asked for, else the first of the user's role.</summary>
    internal async Task<string> OnwardAsync(User user, string? to) =>
        SignInEndpoint.Onward(to) is var asked && asked != FirstPage.Overview ? asked : FirstPage.Of(await UserManager.GetRolesAsync(user));

    /// <summary>Notes that a user came in.</summary>
    internal async Task WelcomeAsync(User user, string how, CancellationToken ct)
    {
        user.SignedInAt = clock.GetUtcNow();
        await UserManager.UpdateAsync(user);
        await entries.WriteAsync(user.UserName!, LoggedAction.SignedIn, $"{how}, {From}", null, null, ct);
    }

    /// <summary>Notes a try that failed, and why; what was tried is not kept.</summary>
    internal Task RefuseAsync(User? user, string why, CancellationToken ct) =>
        entries.WriteAsync(user?.UserName ?? Stranger, LoggedAction.SignInRefused, $"{why}, {From}", null, null, ct);

    private string From => $"from {Context.Connection.RemoteIpAddress?.ToString() ?? "this machine"}";
}
