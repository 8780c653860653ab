using Followthrough.Ingest.Sources.Webhooks;

namespace Followthrough.Dashboard.Hooks;

/// <summary>Senders in words.</summary>
internal static class HookNames
{
    internal static string Of(HookScheme scheme) => scheme switch
    {
        HookScheme.Generic => "any other system",
        HookScheme.Stripe => "Stripe",
        HookScheme.Hubspot => "HubSpot",
        HookScheme.Typeform => "Typeform",
        HookScheme.Xero => "Xero",
        HookScheme.Zendesk => "Zendesk",
        _ => throw new ArgumentOutOfRangeException(nameof(scheme), scheme, null),
    };

    /// <summary>A system by the word its mappings begin with, as it writes itself.</summary>
    internal static string Of(string system) => system switch
    {
        "crm" => "CRM",
        "hubspot" => "HubSpot",
        "quickbooks" => "QuickBooks",
        { Length: > 0 } => char.ToUpperInvariant(system[0]) + system[1..],
        _ => system,
    };

    /// <summary>Where the sender shows its secret.</summary>
    internal static string WhereTheSecretIs(HookScheme scheme) => scheme switch
    {
        HookScheme.Stripe => "the endpoint's signing secret, whsec_…",
        HookScheme.Hubspot => "the app's client secret",
        HookScheme.Xero => "the app's webhooks key",
        HookScheme.Zendesk => "the webhook's signing secret",
        _ => "leave it empty to have one made",
    };
}
