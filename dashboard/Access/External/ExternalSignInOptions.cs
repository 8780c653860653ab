namespace Followthrough.Dashboard.Access.External;

/// <summary>
/// Signing in with an account of another system that speaks OAuth 2; the section <c>SignIn:OAuth</c> of the configuration, off while it names
/// no client. It makes no users: who comes is the one user to whom an administrator gave that e-mail address.
/// </summary>
public sealed class ExternalSignInOptions
{
    /// <summary>The other system, as the sign-in page names it.</summary>
    public string Name { get; set; } = "your company account";

    /// <summary>What the other system calls us; null for off.</summary>
    public string? ClientId { get; set; }

    /// <summary>File that holds the client's secret and nothing else.</summary>
    public string? ClientSecretFile { get; set; }

    /// <summary>Where a browser signs in.</summary>
    public string? AuthorizationEndpoint { get; set; }

    /// <summary>Where we exchange what the browser brings.</summary>
    public string? TokenEndpoint { get; set; }

    /// <summary>Where we read who it is, as JSON.</summary>
    public string? UserInformationEndpoint { get; set; }

    /// <summary>What we ask to know, separated by blanks.</summary>
    public string Scopes { get; set; } = "openid email";

    /// <summary>The field of the answer with the e-mail address.</summary>
    public string EmailField { get; set; } = "email";

    /// <summary>
    /// The field that must be true for the address to count: without a check there, anybody could write your address into his account.
    /// Empty only for a system in which nobody chooses his own address.
    /// </summary>
    public string VerifiedField { get; set; } = "email_verified";

    /// <summary>What is missing, in a sentence; null when it can be used.</summary>
    internal string? Problem()
    {
        (string Name, string? Value)[] addresses =
            [(nameof(AuthorizationEndpoint), AuthorizationEndpoint), (nameof(TokenEndpoint), TokenEndpoint), (nameof(UserInformationEndpoint), UserInformationEndpoint)];
        if (addresses.FirstOrDefault(a => !IsSafe(a.Value)) is { Name: { } wrong })
            return $"SignIn:OAuth:{wrong} is no address: expected one that begins with https://.";
        return File.Exists(ClientSecretFile) ? null : "SignIn:OAuth:ClientSecretFile names no file: expected one that holds the client's secret.";
    }

    // In clear only on this machine, where nobody listens.
    private static bool IsSafe(string? address) =>
        Uri.TryCreate(address, UriKind.Absolute, out var uri) && (uri.Scheme == Uri.UriSchemeHttps || (uri.Scheme == Uri.UriSchemeHttp && uri.IsLoopback));
}
