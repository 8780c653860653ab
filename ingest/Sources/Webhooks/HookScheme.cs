namespace Followthrough.Ingest.Sources.Webhooks;

/// <summary>How a sender proves that a body is its own. Each is the vendor's published way.</summary>
public enum HookScheme
{
    /// <summary><c>X-Signature: sha256=</c> hexadecimal HMAC of <c>X-Timestamp</c> (seconds since 1970), a point and the body.</summary>
    Generic,

    /// <summary><c>Stripe-Signature: t=…,v1=…</c>; hexadecimal HMAC of the time, a point and the body.</summary>
    Stripe,

    /// <summary><c>X-HubSpot-Signature-v3</c>; base64 HMAC of method, address, body and <c>X-HubSpot-Request-Timestamp</c> (milliseconds).</summary>
    Hubspot,

    /// <summary><c>Typeform-Signature: sha256=</c> base64 HMAC of the body. It has no time.</summary>
    Typeform,

    /// <summary><c>x-xero-signature</c>; base64 HMAC of the body. It has no time, and answers must be empty.</summary>
    Xero,

    /// <summary><c>X-Zendesk-Webhook-Signature</c>; base64 HMAC of <c>X-Zendesk-Webhook-Signature-Timestamp</c> and the body.</summary>
    Zendesk,
}
