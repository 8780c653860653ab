using System.Security.Cryptography;
using Followthrough.Analytics.Store;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.Identity;
using Microsoft.AspNetCore.Identity.EntityFrameworkCore;

namespace Followthrough.Dashboard.Access;

/// <summary>Users as the framework keeps them, but for the second factor: its key and its recovery codes are encrypted with the key ring.</summary>
internal sealed class SealedUserStore(AnalyticsDbContext context, IDataProtectionProvider protection, IdentityErrorDescriber describer)
    : UserStore<User, Role, AnalyticsDbContext, Guid>(context, describer)
{
    private readonly IDataProtector _protector = protection.CreateProtector("second factor");

    public override Task SetTokenAsync(User user, string loginProvider, string name, string? value, CancellationToken cancellationToken) =>
        base.SetTokenAsync(user, loginProvider, name, value is null ? null : _protector.Protect(value), cancellationToken);

    /// <exception cref="CryptographicException">The key ring is another's, or the row was tampered with.</exception>
    public override async Task<string?> GetTokenAsync(User user, string loginProvider, string name, CancellationToken cancellationToken) =>
        await base.GetTokenAsync(user, loginProvider, name, cancellationToken) is { } kept ? _protector.Unprotect(kept) : null;
}
