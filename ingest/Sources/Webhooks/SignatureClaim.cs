using System.Globalization;
using Followthrough.Ingest.Loading;

namespace Followthrough.Ingest.Sources.Webhooks;

/// <summary>What a request claims about itself.</summary>
/// <param name="Signatures">The signatures it carries; a sender that changes its secret may carry two.</param>
/// <param name="At">When it says it was sent; null for schemes without a time.</param>
/// <param name="Before">What is signed before the body.</param>
/// <param name="After">What is signed after it.</param>
internal sealed record SignatureClaim(IReadOnlyList<byte[]> Signatures, DateTimeOffset? At, string Before, string After = "")
{
    private const string Sha256 = "sha256=";
    private const int MostSignatures = 8;

    /// <summary>The claim of a request; null when it makes none that can be understood.</summary>
    public static SignatureClaim? Of(HookScheme scheme, HookRequest request) => scheme switch
    {
        HookScheme.Generic => Generic(request),
        HookScheme.Stripe => Stripe(request),
        HookScheme.Hubspot => Hubspot(request),
        HookScheme.Typeform => Base64(request.Header("Typeform-Signature"), Sha256) is { } signature ? new([signature], null, "") : null,
        HookScheme.Xero => Base64(request.Header("x-xero-signature"), "") is { } signature ? new([signature], null, "") : null,
        HookScheme.Zendesk => Zendesk(request),
        _ => throw new ArgumentOutOfRangeException(nameof(scheme), scheme, null),
    };

    /// <summary>The headers a scheme expects, in words.</summary>
    public static string Expected(HookScheme scheme) => scheme switch
    {
        HookScheme.Generic => "X-Signature: sha256=<hex> and X-Timestamp: <seconds since 1970>",
        HookScheme.Stripe => "Stripe-Signature: t=<seconds>,v1=<hex>",
        HookScheme.Hubspot => "X-HubSpot-Signature-v3 and X-HubSpot-Request-Timestamp",
        HookScheme.Typeform => "Typeform-Signature: sha256=<base64>",
        HookScheme.Xero => "x-xero-signature",
        HookScheme.Zendesk => "X-Zendesk-Webhook-Signature and X-Zendesk-Webhook-Signature-Timestamp",
        _ => throw new ArgumentOutOfRangeException(nameof(scheme), scheme, null),
    };

    private static SignatureClaim? Generic(HookRequest request) =>
        request.Header("X-Timestamp") is { } time && Since1970(time, TimeSpan.TicksPerSecond) is { } at
        && request.Header("X-Signature") is { } text && text.StartsWith(Sha256, StringComparison.Ordinal) && Hex(text[Sha256.Length..]) is { } signature
            ? new([signature], at, time + ".") : null;

    private static SignatureClaim? Stripe(HookRequest request)
    {
        var parts = (request.Header("Stripe-Signature") ?? "").Split(',', StringSplitOptions.TrimEntries).Select(p => p.Split('=', 2)).Where(p => p.Length == 2).ToList();
        var time = parts.FirstOrDefault(p => p[0] == "t")?[1];
        // v0 is of test events and signs nothing that counts.
        var signatures = parts.Where(p => p[0] == "v1").Take(MostSignatures).Select(p => Hex(p[1])).OfType<byte[]>().ToList();
        return time is not null && Since1970(time, TimeSpan.TicksPerSecond) is { } at && signatures.Count > 0 ? new(signatures, at, time + ".") : null;
    }

    private static SignatureClaim? Hubspot(HookRequest request) =>
        request.Header("X-HubSpot-Request-Timestamp") is { } time && Since1970(time, TimeSpan.TicksPerMillisecond) is { } at
        && Base64(request.Header("X-HubSpot-Signature-v3"), "") is { } signature
            ? new([signature], at, request.Method + request.Address, time) : null;

    private static SignatureClaim? Zendesk(HookRequest request) =>
        request.Header("X-Zendesk-Webhook-Signature-Timestamp") is { } time && InstantText.TryRead(time, out var at, out var offset) && offset is not null
        && Base64(request.Header("X-Zendesk-Webhook-Signature"), "") is { } signature
            ? new([signature], at, time) : null;

    private static DateTimeOffset? Since1970(string text, long unit) =>
        long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var count) && count < DateTimeOffset.MaxValue.Ticks / unit / 2
            ? DateTimeOffset.UnixEpoch.AddTicks(count * unit) : null;

    private static byte[]? Hex(string text)
    {
        var bytes = new byte[text.Length / 2];
        return text.Length > 0 && text.Length % 2 == 0 && Convert.FromHexString(text, bytes, out _, out _) == System.Buffers.OperationStatus.Done ? bytes : null;
    }

    private static byte[]? Base64(string? text, string prefix)
    {
        if (text is null || !text.StartsWith(prefix, StringComparison.Ordinal)) return null;
        var bytes = new byte[text.Length];
        return Convert.TryFromBase64String(text[prefix.Length..], bytes, out var length) && length > 0 ? bytes[..length] : null;
    }
}
