using System.Security.Claims;
using Followthrough.Analytics.Store;
using Microsoft.AspNetCore.Identity;
using Microsoft.Extensions.Options;

namespace Followthrough.Dashboard.Access;

/// <summary>What the cookie says about a user beyond the name: whether an own password is still to be chosen.</summary>
internal sealed class SignedInUser(UserManager<User> users, RoleManager<Role> roles, IOptions<IdentityOptions> options)
    : UserClaimsPrincipalFactory<User, Role>(users, roles, options)
{
    internal const string MustChoosePassword = "must_choose_password";

    protected override async Task<ClaimsIdentity> GenerateClaimsAsync(User user)
    {
        var identity = await base.GenerateClaimsAsync(user);
        if (user.MustChoosePassword)
            identity.AddClaim(new Claim(MustChoosePassword, "true"));
        return identity;
    }
}
