using System.Globalization;
using System.Net.Http.Headers;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using Followthrough.Dashboard.Hooks;
using Followthrough.Ingest.Sources.Webhooks;

namespace Followthrough.Tests.Dashboard.Hooks;

/// <summary>A system that sends webhooks to the dashboard, and signs them as its vendor does.</summary>
internal sealed class HookSender
{
    internal const string Secret = "whsec_of_a_vendor_in_a_test";

    private readonly HttpClient _http;
    private readonly HookScheme _scheme;

    private HookSender(HttpClient http, HookScheme scheme, string name) => (_http, _scheme, Path) = (http, scheme, $"/hooks/{name}");

    internal string Path { get; }

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    /// <summary>Sets the source up and returns its sender.</summary>
    internal static async Task<HookSender> NewAsync(DashboardHost host, HookScheme scheme, string name, string mapping)
    {
        var form = new SourceForm(name, scheme.ToString(), mapping, $"https://figures.example/hooks/{name}", Secret);
        Assert.Empty(form.Problems(await host.PartAsync<Followthrough.Ingest.Mappings.OwnMappings>()));
        Assert.True(await (await host.PartAsync<SourceDesk>()).MakeAsync(form, Secret, Cancellation));
        return new HookSender(await host.NewProgramAsync(), scheme, name);
    }

    /// <summary>Sends a body and gives status and answer.</summary>
    internal async Task<HookAnswer> SendAsync(string body, DateTimeOffset? at = null, string secret = Secret, string? key = null)
    {
        using var request = Request(Encoding.UTF8.GetBytes(body), at ?? SmallCompany.Now, secret);
        if (key is not null) request.Headers.Add("Idempotency-Key", key);
        return await SendAsync(request);
    }

    internal async Task<HookAnswer> SendAsync(HttpRequestMessage request)
    {
        using var response = await _http.SendAsync(request, Cancellation);
        return new HookAnswer((int)response.StatusCode, await response.Content.ReadAsStringAsync(Cancellation), response.Headers);
    }

    internal HttpRequestMessage Unsigned(byte[] body) => new(HttpMethod.Post, new Uri(Path, UriKind.Relative)) { Content = new ByteArrayContent(body) };

    internal HttpRequestMessage Request(byte[] body, DateTimeOffset at, string secret = Secret)
    {
        var request = Unsigned(body);
        foreach (var (name, value) in Headers(body, at, secret)) request.Headers.TryAddWithoutValidation(name, value);
        return request;
    }

    internal IEnumerable<(string Name, string Value)> Headers(byte[] body, DateTimeOffset at, string secret = Secret)
    {
        var seconds = at.ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture);
        var zulu = at.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture);
        byte[] Hash(string before, string after = "") =>
            HMACSHA256.HashData(Encoding.UTF8.GetBytes(secret), (byte[])[.. Encoding.UTF8.GetBytes(before), .. body, .. Encoding.UTF8.GetBytes(after)]);
        return _scheme switch
        {
            HookScheme.Generic => [("X-Timestamp", seconds), ("X-Signature", "sha256=" + Convert.ToHexStringLower(Hash(seconds + ".")))],
            HookScheme.Stripe => [("Stripe-Signature", $"t={seconds},v1={Convert.ToHexStringLower(Hash(seconds + "."))}")],
            HookScheme.Hubspot => [("X-HubSpot-Request-Timestamp", seconds + "000"), ("X-HubSpot-Signature-v3", Convert.ToBase64String(Hash($"POSThttps://figures.example{Path}", seconds + "000")))],
            HookScheme.Typeform => [("Typeform-Signature", "sha256=" + Convert.ToBase64String(Hash("")))],
            HookScheme.Xero => [("x-xero-signature", Convert.ToBase64String(Hash("")))],
            HookScheme.Zendesk => [("X-Zendesk-Webhook-Signature-Timestamp", zulu), ("X-Zendesk-Webhook-Signature", Convert.ToBase64String(Hash(zulu)))],
            _ => throw new ArgumentOutOfRangeException(nameof(body), _scheme, null),
        };
    }
}

/// <summary>What the dashboard answered.</summary>
internal sealed record HookAnswer(int Status, string Text, HttpResponseHeaders Headers)
{
    internal JsonNode Json => JsonNode.Parse(Text)!;

    /// <summary>Rows read, new and rejected.</summary>
    internal (int Read, int Added, int Rejected) Counts => ((int)Json["read"]!, (int)Json["added"]!, (int)Json["rejected"]!);
}
