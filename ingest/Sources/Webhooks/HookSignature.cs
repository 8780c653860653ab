using System.Security.Cryptography;
using System.Text;

namespace Followthrough.Ingest.Sources.Webhooks;

/// <summary>What a signature is worth.</summary>
internal enum SignatureVerdict
{
    Good,

    /// <summary>There is none, or it is not written as the scheme has it.</summary>
    Missing,

    /// <summary>It is of another secret or another body.</summary>
    Wrong,

    /// <summary>It is right, but of another time: a recorded request may have been sent again.</summary>
    Stale,
}

/// <summary>Checks signatures, in a time that does not tell how much of a wrong one was right.</summary>
internal static class HookSignature
{
    /// <summary>How far the sender's clock may be from ours, both ways, inclusive.</summary>
    public static readonly TimeSpan Window = TimeSpan.FromMinutes(5);

    /// <summary>Checks a request.</summary>
    /// <param name="scheme">How the sender signs.</param>
    /// <param name="request">What it sent.</param>
    /// <param name="secrets">The secrets that are good at present.</param>
    /// <param name="now">Our clock.</param>
    public static SignatureVerdict Check(HookScheme scheme, HookRequest request, IReadOnlyList<string> secrets, DateTimeOffset now)
    {
        if (SignatureClaim.Of(scheme, request) is not { } claim) return SignatureVerdict.Missing;
        // All are compared, whichever fits.
        var good = false;
        foreach (var secret in secrets)
            foreach (var signature in claim.Signatures)
                good |= CryptographicOperations.FixedTimeEquals(Hash(secret, claim, request.Body.Span), signature);
        if (!good) return SignatureVerdict.Wrong;
        return claim.At is { } at && (now - at).Duration() > Window ? SignatureVerdict.Stale : SignatureVerdict.Good;
    }

    private static byte[] Hash(string secret, SignatureClaim claim, ReadOnlySpan<byte> body)
    {
        using var hmac = IncrementalHash.CreateHMAC(HashAlgorithmName.SHA256, Encoding.UTF8.GetBytes(secret));
        hmac.AppendData(Encoding.UTF8.GetBytes(claim.Before));
        hmac.AppendData(body);
        hmac.AppendData(Encoding.UTF8.GetBytes(claim.After));
        return hmac.GetHashAndReset();
    }
}
