using System.Text;
using Followthrough.Ingest.Sources.Webhooks;
using Followthrough.Tests.Support;

namespace Followthrough.Tests.Ingest.Sources;

/// <summary>Signatures made by another implementation of HMAC, over one body and one secret.</summary>
public sealed class HookSignatureTests
{
    private const string Secret = "a secret of sixteen or more";
    private const string Body = "{\"id\":\"evt_1\",\"amount\":10,\"name\":\"Zoë\"}";
    private const string Hex = "e1731c3d0af47b81ff910aa37946655db3d56b5ad51a8bb018a07c7cc697fa96";
    private const string OfBody = "BHLyF5OJRWi/niUBnmGUvvTBvUyMIuZQbEr4mlUKtTg=";

    private static readonly DateTimeOffset SignedAt = Given.At("2026-09-15T12:00Z");

    public static TheoryData<HookScheme> Schemes => [.. Enum.GetValues<HookScheme>()];

    public static TheoryData<HookScheme> Timed => [HookScheme.Generic, HookScheme.Stripe, HookScheme.Hubspot, HookScheme.Zendesk];

    [Theory]
    [MemberData(nameof(Schemes))]
    public void A_right_signature_is_good(HookScheme scheme) => Assert.Equal(SignatureVerdict.Good, Check(scheme, Signed(scheme)));

    [Theory]
    [MemberData(nameof(Schemes))]
    public void Another_secret_or_one_changed_byte_is_wrong(HookScheme scheme)
    {
        Assert.Equal(SignatureVerdict.Wrong, Check(scheme, Signed(scheme), secrets: ["another secret of some length"]));
        Assert.Equal(SignatureVerdict.Wrong, Check(scheme, Signed(scheme), body: Body.Replace("10", "11", StringComparison.Ordinal)));
    }

    [Theory]
    [MemberData(nameof(Schemes))]
    public void While_a_secret_changes_the_old_one_is_good_too(HookScheme scheme) =>
        Assert.Equal(SignatureVerdict.Good, Check(scheme, Signed(scheme), secrets: ["the new secret, not yet in use", Secret]));

    [Theory]
    [MemberData(nameof(Schemes))]
    public void Without_its_headers_or_with_garbage_in_them_it_is_missing(HookScheme scheme)
    {
        Assert.Equal(SignatureVerdict.Missing, Check(scheme, []));
        Assert.Equal(SignatureVerdict.Missing, Check(scheme, Signed(scheme).ToDictionary(h => h.Key, _ => "sha256=%%%, t=x")));
        Assert.Equal(SignatureVerdict.Missing, Check(scheme, Signed(scheme).ToDictionary(h => h.Key, _ => "")));
    }

    [Theory]
    [MemberData(nameof(Timed))]
    public void Five_minutes_are_allowed_both_ways_and_not_a_second_more(HookScheme scheme)
    {
        foreach (var seconds in (int[])[-300, -299, 299, 300])
            Assert.Equal(SignatureVerdict.Good, Check(scheme, Signed(scheme), now: SignedAt.AddSeconds(seconds)));
        foreach (var seconds in (int[])[-301, 301, 86_400])
            Assert.Equal(SignatureVerdict.Stale, Check(scheme, Signed(scheme), now: SignedAt.AddSeconds(seconds)));
    }

    [Theory]
    [MemberData(nameof(Timed))]
    public void A_time_that_was_moved_into_the_window_is_not_what_was_signed(HookScheme scheme)
    {
        var moved = Signed(scheme).ToDictionary(h => h.Key, h => h.Value.Replace("1789473600", "1789560000", StringComparison.Ordinal).Replace("2026-09-15", "2026-09-16", StringComparison.Ordinal));
        Assert.Equal(SignatureVerdict.Wrong, Check(scheme, moved, now: SignedAt.AddDays(1)));
    }

    [Fact]
    public void Stripe_may_sign_with_two_secrets_and_its_test_signature_counts_for_nothing()
    {
        var zeros = new string('0', 64);
        Assert.Equal(SignatureVerdict.Good, Check(HookScheme.Stripe, new() { ["Stripe-Signature"] = $"t=1789473600,v1={zeros},v1={Hex},v0={zeros}" }));
        Assert.Equal(SignatureVerdict.Missing, Check(HookScheme.Stripe, new() { ["Stripe-Signature"] = $"t=1789473600,v0={Hex}" }));
    }

    [Fact]
    public void Hubspot_signs_the_address_it_called() =>
        Assert.Equal(SignatureVerdict.Wrong, Check(HookScheme.Hubspot, Signed(HookScheme.Hubspot), address: "https://figures.example/hooks/other"));

    [Theory]
    [InlineData("99999999999999999999")]
    [InlineData("9223372036854775807")]
    [InlineData("-1")]
    [InlineData("1789473600.5")]
    public void A_time_that_is_none_is_missing(string time) =>
        Assert.Equal(SignatureVerdict.Missing, Check(HookScheme.Stripe, new() { ["Stripe-Signature"] = $"t={time},v1={Hex}" }));

    private static SignatureVerdict Check(
        HookScheme scheme, Dictionary<string, string> headers, string body = Body, string address = "https://figures.example/hooks/hubspot",
        string[]? secrets = null, DateTimeOffset? now = null) =>
        HookSignature.Check(scheme, new HookRequest("POST", address, headers.GetValueOrDefault, Encoding.UTF8.GetBytes(body)), secrets ?? [Secret], now ?? SignedAt);

    private static Dictionary<string, string> Signed(HookScheme scheme) => scheme switch
    {
        HookScheme.Generic => new() { ["X-Timestamp"] = "1789473600", ["X-Signature"] = "sha256=" + Hex },
        HookScheme.Stripe => new() { ["Stripe-Signature"] = $"t=1789473600,v1={Hex}" },
        HookScheme.Hubspot => new() { ["X-HubSpot-Request-Timestamp"] = "1789473600000", ["X-HubSpot-Signature-v3"] = "YxZKawyt/UpCjnq8N8lxBlizr/5dsNjFV+OVW9n13jk=" },
        HookScheme.Typeform => new() { ["Typeform-Signature"] = "sha256=" + OfBody },
        HookScheme.Xero => new() { ["x-xero-signature"] = OfBody },
        HookScheme.Zendesk => new() { ["X-Zendesk-Webhook-Signature-Timestamp"] = "2026-09-15T12:00:00Z", ["X-Zendesk-Webhook-Signature"] = "UVWdvs3PDXvPzV295V+O4OD5vcDEXbZMfQpq1y9jDZk=" },
        _ => throw new ArgumentOutOfRangeException(nameof(scheme), scheme, null),
    };
}
