using System.Security.Cryptography;
using Followthrough.Ingest.Sources.Webhooks;
using Microsoft.AspNetCore.DataProtection;

namespace Followthrough.Dashboard.Hooks;

/// <summary>Secrets of webhooks: kept encrypted with the key ring, in clear only while a signature is checked.</summary>
internal sealed class HookSecrets(IDataProtectionProvider protection)
{
    private const int Bytes = 32;

    private readonly IDataProtector _protector = protection.CreateProtector("hook secret");

    internal string Protect(string secret) => _protector.Protect(secret);

    /// <summary>The secrets that are good at present.</summary>
    /// <exception cref="CryptographicException">The key ring is another's, or the row was tampered with.</exception>
    internal IReadOnlyList<string> Of(HookSource source) =>
        source.PreviousSecret is null ? [_protector.Unprotect(source.Secret)] : [_protector.Unprotect(source.Secret), _protector.Unprotect(source.PreviousSecret)];

    /// <summary>A secret nobody can guess, to be shown once.</summary>
    internal static string New() => System.Buffers.Text.Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(Bytes));
}
