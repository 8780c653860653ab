using Followthrough.Analytics.Store;
using Microsoft.AspNetCore.Identity;

namespace Followthrough.Dashboard.Access;

/// <summary>The second factor of a user: a code of his device, made from a key that both sides know.</summary>
internal static class SecondFactor
{
    internal const int RecoveryCodes = 10;

    // Where the framework keeps and looks for the key.
    private const string Store = "[AspNetUserStore]";
    private const string KeyName = "AuthenticatorKey";

    /// <summary>The key, made where there is none.</summary>
    internal static async Task<string> KeyAsync(UserManager<User> users, User user)
    {
        if (await users.GetAuthenticatorKeyAsync(user) is { Length: > 0 } key) return key;
        // The framework's own reset would end the user's sessions, this one too, only because he looked at the page.
        await users.SetAuthenticationTokenAsync(user, Store, KeyName, users.GenerateNewAuthenticatorKey());
        return (await users.GetAuthenticatorKeyAsync(user))!;
    }

    /// <summary>What an authenticator reads to know the key, the user and us.</summary>
    internal static string Uri(string user, string key) =>
        $"otpauth://totp/Followthrough:{System.Uri.EscapeDataString(user)}?secret={key}&issuer=Followthrough&digits=6";

    /// <summary>Turns it on once a code proves that the device has the key; the recovery codes, or null when the code is wrong.</summary>
    internal static async Task<IReadOnlyList<string>?> TurnOnAsync(UserManager<User> users, User user, string code)
    {
        var plain = string.Concat(code.Where(char.IsAsciiDigit));
        if (!await users.VerifyTwoFactorTokenAsync(user, users.Options.Tokens.AuthenticatorTokenProvider, plain)) return null;
        await users.SetTwoFactorEnabledAsync(user, true);
        return await NewCodesAsync(users, user);
    }

    internal static async Task<IReadOnlyList<string>> NewCodesAsync(UserManager<User> users, User user) =>
        [.. await users.GenerateNewTwoFactorRecoveryCodesAsync(user, RecoveryCodes) ?? []];

    /// <summary>Turns it off and forgets key and codes: what a lost device knows is worth nothing when it is turned on again.</summary>
    internal static async Task TurnOffAsync(UserManager<User> users, User user)
    {
        await users.SetTwoFactorEnabledAsync(user, false);
        await users.GenerateNewTwoFactorRecoveryCodesAsync(user, 0);
        await users.ResetAuthenticatorKeyAsync(user);
    }
}
