using Followthrough.Analytics.Store;
using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;

namespace Followthrough.Dashboard.Access;

/// <summary>The way in on a new installation: a name and a password for one use, told on the console and nowhere else.</summary>
internal sealed class FirstAdministrator(UserManager<User> users, RoleManager<Role> roles, TimeProvider clock)
{
    internal const string Name = "admin";

    /// <summary>A fresh one-time password; null once somebody has chosen an own one, and then for ever.</summary>
    internal async Task<string?> InviteAsync(CancellationToken cancellation)
    {
        foreach (var role in Role.All)
        {
            if (!await roles.RoleExistsAsync(role)) Check(await roles.CreateAsync(new Role { Name = role }));
        }
        if (await users.Users.AnyAsync(user => !user.MustChoosePassword, cancellation)) return null;
        var password = OneTimePassword.New();
        if (await users.FindByNameAsync(Name) is { } waiting)
            await ReplacePasswordAsync(waiting, password);
        else
            await AddAsync(password);
        return password;
    }

    private async Task AddAsync(string password)
    {
        var administrator = new User { UserName = Name, MustChoosePassword = true, CreatedAt = clock.GetUtcNow() };
        Check(await users.CreateAsync(administrator, password));
        Check(await users.AddToRoleAsync(administrator, Role.Administrator));
    }

    private async Task ReplacePasswordAsync(User waiting, string password)
    {
        Check(await users.RemovePasswordAsync(waiting));
        Check(await users.AddPasswordAsync(waiting, password));
        Check(await users.SetLockoutEndDateAsync(waiting, null));
        Check(await users.ResetAccessFailedCountAsync(waiting));
    }

    private static void Check(IdentityResult result)
    {
        if (!result.Succeeded)
            throw new InvalidOperationException($"The first user could not be set up: {string.Join(' ', result.Errors.Select(e => e.Description))}");
    }
}
