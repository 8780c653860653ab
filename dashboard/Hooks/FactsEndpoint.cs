using Followthrough.Ingest.Sources.CloudEvents;
using Followthrough.Ingest.Sources.Webhooks;
using Microsoft.Extensions.Options;
using Microsoft.Net.Http.Headers;

namespace Followthrough.Dashboard.Hooks;

/// <summary>
/// Takes facts from programs, as CloudEvents 1.0 in JSON, one or a batch. A body is taken whole or not at all; rows whose account is
/// not there yet wait for it.
/// </summary>
internal sealed class FactsEndpoint(ApiTokens tokens, HookLimits limits, Inbox inbox, IOptions<HookOptions> options, IHostApplicationLifetime life)
{
    internal const string Api = "/api";
    internal const string Path = Api + "/v1/facts";

    private const string KeyHeader = "Idempotency-Key";
    private const string One = "application/cloudevents+json";
    private const string Batch = "application/cloudevents-batch+json";

    private async Task<IResult> TakeAsync(HttpContext http)
    {
        if (await tokens.FindAsync(http.Request.Headers.Authorization is [var only] ? only : null, http.RequestAborted) is not { } token) return Unknown(http);
        if (limits.Count(SenderOf(token)) is { } wait) return Problem.TooMany(http, wait);
        if (IsBatch(http.Request) is not { } isBatch)
            return Problem.Of(StatusCodes.Status415UnsupportedMediaType, "The body is of another kind", $"Expected {One} or {Batch}, in UTF-8.");
        if (await RequestBytes.ReadAsync(http.Request, options.Value.LargestBody, http.RequestAborted) is not { } body)
            return Problem.TooLarge(options.Value.LargestBody);
        return await TakeAsync(http, token, body, isBatch);
    }

    private async Task<IResult> TakeAsync(HttpContext http, string token, ReadOnlyMemory<byte> bytes, bool isBatch)
    {
        if (CloudEventBody.Read(bytes, isBatch, out var problems, out var isUnderstood) is not { } body) return Refuse(problems, isUnderstood);
        var fingerprint = HookKey.FingerprintOf(bytes);
        var given = http.Request.Headers[KeyHeader] is [var key] ? key : null;
        if (given is not null && !HookKey.Usable(given))
            return Problem.Of(StatusCodes.Status400BadRequest, "The key cannot be used", $"{KeyHeader}: expected 1 to 200 characters that can be seen.");
        var known = given ?? (HookKey.Usable(body.EventKey) ? body.EventKey! : fingerprint);
        var receipt = await inbox.TakeAsync(new Delivery(SenderOf(token), new HookKey(known, fingerprint), body.Mapping, bytes), life.ApplicationStopping);
        return receipt.Kind switch
        {
            ReceiptKind.In => Results.Content(receipt.Text, "application/json"),
            ReceiptKind.OtherBody => Problem.Of(StatusCodes.Status409Conflict, "The key stands for another body", receipt.Text),
            ReceiptKind.Unreadable => Problem.Of(StatusCodes.Status422UnprocessableEntity, "Nothing could be taken from the body", receipt.Text),
            _ => throw new InvalidOperationException($"No answer to {receipt.Kind}."),
        };
    }

    private static string SenderOf(string token) => $"api:{token}";

    private static IResult Refuse(IReadOnlyList<EventProblem> problems, bool isUnderstood) => isUnderstood
        ? Problem.Of(StatusCodes.Status422UnprocessableEntity, "Some values are wrong", "Nothing of the body is in. Correct what is listed and send all of it again.", problems)
        : Problem.Of(StatusCodes.Status400BadRequest, "These are no events of facts", "Nothing of the body is in. Each event needs specversion, id, source, type and data.", problems);

    private static IResult Unknown(HttpContext http)
    {
        http.Response.Headers.WWWAuthenticate = "Bearer";
        return Problem.Of(StatusCodes.Status401Unauthorized, "The token is not good", "Expected the header Authorization: Bearer with a token of this installation that has not expired.");
    }

    private static bool? IsBatch(HttpRequest request)
    {
        if (!MediaTypeHeaderValue.TryParse(request.ContentType, out var type)) return null;
        if (type.Charset.HasValue && !type.Charset.Equals("utf-8", StringComparison.OrdinalIgnoreCase)) return null;
        return type.MediaType.Equals(Batch, StringComparison.OrdinalIgnoreCase) ? true : type.MediaType.Equals(One, StringComparison.OrdinalIgnoreCase) ? false : null;
    }

    /// <summary>The route. The token stands for sign-in and form token here, and cookies for nothing.</summary>
    internal static void Map(IEndpointRouteBuilder app) =>
        app.MapPost(Path, (HttpContext http, IServiceProvider services) => ActivatorUtilities.CreateInstance<FactsEndpoint>(services).TakeAsync(http))
            .AllowAnonymous().DisableAntiforgery();
}
