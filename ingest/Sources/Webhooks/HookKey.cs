using System.Buffers;
using System.Security.Cryptography;
using System.Text.Json;
using Followthrough.Ingest.Sources.Files;

namespace Followthrough.Ingest.Sources.Webhooks;

/// <summary>By what a delivery is known when it comes again.</summary>
/// <param name="Key">The sender's own id of the event, else the fingerprint.</param>
/// <param name="Fingerprint">SHA-256 of the body, hexadecimal, without what changes from one attempt to the next.</param>
internal sealed record HookKey(string Key, string Fingerprint)
{
    private const int Longest = 200;

    /// <summary>The key of a webhook.</summary>
    /// <param name="scheme">Who sent it.</param>
    /// <param name="body">What was sent.</param>
    /// <param name="given">The key a generic sender gives beside the body; null when it gives none.</param>
    public static HookKey Of(HookScheme scheme, HookBody body, string? given)
    {
        var fingerprint = FingerprintOf(body.Bytes, ChangesWithEachAttempt(scheme));
        var id = scheme == HookScheme.Generic ? given : body.Objects.Count == 1 ? EventId(scheme, body.Objects[0]) : null;
        return new HookKey(Usable(id) ? id! : fingerprint, fingerprint);
    }

    /// <summary>Whether a text can be a key: short, and nothing unseen in it.</summary>
    public static bool Usable(string? id) => id is { Length: > 0 and <= Longest } && !id.Any(char.IsControl) && !SourceRecord.HasLoneSurrogate(id);

    /// <summary>SHA-256 of a body, hexadecimal.</summary>
    public static string FingerprintOf(ReadOnlyMemory<byte> body, string? without = null)
    {
        if (without is null) return Convert.ToHexStringLower(SHA256.HashData(body.Span));
        using var document = JsonDocument.Parse(body);
        var rest = new ArrayBufferWriter<byte>(body.Length);
        using (var writer = new Utf8JsonWriter(rest)) Write(writer, document.RootElement, without);
        return Convert.ToHexStringLower(SHA256.HashData(rest.WrittenSpan));
    }

    // What is no event of the vendor's has an id of something else.
    private static string? EventId(HookScheme scheme, SourceRecord body) => scheme switch
    {
        HookScheme.Stripe when body["object"] == "event" => body["id"],
        HookScheme.Zendesk when body["type"].StartsWith("zen:", StringComparison.Ordinal) => body["id"],
        HookScheme.Typeform => body["event_id"],
        _ => null,
    };

    private static string? ChangesWithEachAttempt(HookScheme scheme) => scheme switch
    {
        HookScheme.Stripe => "pending_webhooks",
        HookScheme.Hubspot => "attemptNumber",
        _ => null,
    };

    private static void Write(Utf8JsonWriter writer, JsonElement element, string without)
    {
        if (element.ValueKind == JsonValueKind.Array)
        {
            writer.WriteStartArray();
            foreach (var item in element.EnumerateArray()) Write(writer, item, without);
            writer.WriteEndArray();
            return;
        }
        if (element.ValueKind != JsonValueKind.Object)
        {
            element.WriteTo(writer);
            return;
        }
        writer.WriteStartObject();
        foreach (var property in element.EnumerateObject().Where(p => p.Name != without)) property.WriteTo(writer);
        writer.WriteEndObject();
    }
}
