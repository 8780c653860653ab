using System.Text.RegularExpressions;
using Followthrough.Ingest.Mappings;
using Followthrough.Ingest.Sources.Webhooks;

namespace Followthrough.Dashboard.Hooks;

/// <summary>What the form for a new source holds, as it was filled in.</summary>
/// <param name="Name">The last part of its address.</param>
/// <param name="Scheme">Who signs, by name.</param>
/// <param name="Mapping">What its fields mean.</param>
/// <param name="Address">The address as the sender calls it; only where that is signed.</param>
/// <param name="Secret">The sender's secret; empty to have one made.</param>
public sealed partial record SourceForm(string? Name, string? Scheme, string? Mapping, string? Address, string? Secret)
{
    private const int ShortestSecret = 16;
    private const int LongestSecret = 500;

    internal HookScheme? SchemeRead => Enum.TryParse<HookScheme>(Scheme, ignoreCase: true, out var scheme) && Enum.IsDefined(scheme) ? scheme : null;

    /// <summary>Whether a text can be the name of a source or a token.</summary>
    internal static bool IsName(string? text) => text is not null && NamePattern().IsMatch(text);

    /// <summary>What is wrong with it, in sentences.</summary>
    internal IReadOnlyList<string> Problems(OwnMappings own) =>
    [
        .. IsName(Name) ? (string[])[] : ["The name: expected up to 40 small letters, digits and hyphens, for example stripe or crm-eu."],
        .. SchemeRead is null ? (string[])["The sender: expected one of the list."] : [],
        .. Mapping is null || !HookMappings.IsKnown(Mapping, own) ? (string[])["What it sends: expected one of the list."] : [],
        .. SchemeRead == HookScheme.Hubspot && !IsPublic(Address) ? (string[])["The address: HubSpot signs it, so expected it as HubSpot calls it, beginning with https://."] : [],
        .. SchemeRead is { } scheme ? SecretProblems(scheme, Secret) : [],
    ];

    /// <summary>What is wrong with a secret, in sentences.</summary>
    internal static IReadOnlyList<string> SecretProblems(HookScheme scheme, string? secret) => secret switch
    {
        null or "" when IsGivenByTheSender(scheme) => ["The secret: the sender has made it; copy it from there."],
        null or "" => [],
        { Length: < ShortestSecret or > LongestSecret } => [$"The secret: expected {ShortestSecret} to {LongestSecret} characters."],
        _ => [],
    };

    /// <summary>Whether the sender makes the secret, and not we.</summary>
    internal static bool IsGivenByTheSender(HookScheme scheme) => scheme is not (HookScheme.Generic or HookScheme.Typeform);

    private static bool IsPublic(string? address) =>
        address is { Length: < 500 } && Uri.TryCreate(address, UriKind.Absolute, out var uri) && uri.Scheme == Uri.UriSchemeHttps;

    [GeneratedRegex(@"\A[a-z0-9][a-z0-9-]{0,39}\z")]
    private static partial Regex NamePattern();
}
