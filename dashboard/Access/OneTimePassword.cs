using System.Security.Cryptography;

namespace Followthrough.Dashboard.Access;

/// <summary>A password made for somebody else: it opens nothing but the page that replaces it.</summary>
internal static class OneTimePassword
{
    // Without 0, 1, l and o: it is read off a screen and typed.
    private const string Letters = "abcdefghijkmnpqrstuvwxyz23456789";

    internal static string New() => string.Join('-', Enumerable.Range(0, 4).Select(_ => RandomNumberGenerator.GetString(Letters, 5)));
}
