using Followthrough.Ingest.Mappings;
using Followthrough.Ingest.Sources.Webhooks;
using Microsoft.Extensions.Options;
using Npgsql;

namespace Followthrough.Dashboard.Hooks;

/// <summary>
/// Takes webhooks. Who sent a body is decided by its signature alone; 2xx is answered only when it is committed, and the same answer
/// again to a sender that asks again.
/// </summary>
internal sealed partial class HookEndpoint(
    NpgsqlDataSource db, HookSecrets secrets, HookLimits limits, HookMappings mappings, Inbox inbox, IOptions<HookOptions> options, TimeProvider clock,
    IHostApplicationLifetime life, ILogger<HookEndpoint> log)
{
    internal const string Path = "/hooks";

    private const string KeyHeader = "Idempotency-Key";

    private async Task<IResult> TakeAsync(HttpContext http, string name)
    {
        if (await HookSource.FindAsync(db, name, clock.GetUtcNow(), http.RequestAborted) is not { } source)
            return Problem.Of(StatusCodes.Status404NotFound, "There is no such source", "Nobody sends to this address.");
        if (await RequestBytes.ReadAsync(http.Request, options.Value.LargestBody, http.RequestAborted) is not { } body)
            return Problem.TooLarge(options.Value.LargestBody);
        var request = new HookRequest(http.Request.Method, source.Address ?? "", header => http.Request.Headers[header] is [var only] ? only : null, body);
        var verdict = HookSignature.Check(source.Scheme, request, secrets.Of(source), clock.GetUtcNow());
        if (verdict != SignatureVerdict.Good) return Refuse(http, source, verdict);
        if (limits.Count(source.Sender) is { } wait) return Problem.TooMany(http, wait);
        return await TakeAsync(http, source, body);
    }

    private async Task<IResult> TakeAsync(HttpContext http, HookSource source, ReadOnlyMemory<byte> bytes)
    {
        if (HookBody.Read(bytes, out var problem) is not { } body)
            return Problem.Of(StatusCodes.Status400BadRequest, "The body cannot be read", $"The body {problem}.");
        var given = http.Request.Headers[KeyHeader] is [var key] ? key : null;
        if (source.Scheme == HookScheme.Generic && given is not null && !HookKey.Usable(given))
            return Problem.Of(StatusCodes.Status400BadRequest, "The key cannot be used", $"{KeyHeader}: expected 1 to 200 characters that can be seen.");
        // From here on it is our matter: a sender that hangs up finds the answer when it asks again.
        var cancellation = life.ApplicationStopping;
        try
        {
            var mapping = await mappings.ChooseAsync(source.Mapping, body, cancellation);
            var receipt = await inbox.TakeAsync(new Delivery(source.Sender, HookKey.Of(source.Scheme, body, given), mapping, bytes), cancellation);
            return Answer(http, source.Scheme, receipt);
        }
        catch (MappingException unusable)
        {
            // The sender did nothing wrong, and asks again: by then it may be mended.
            LogUnusable(log, source.Name, unusable.Message);
            return Problem.Of(StatusCodes.Status503ServiceUnavailable, "It can't be read now", "The mapping of this source can't be used. Nothing was taken; send it again.");
        }
    }

    private IResult Refuse(HttpContext http, HookSource source, SignatureVerdict verdict)
    {
        LogRefused(log, source.Name, verdict);
        if (source.Scheme == HookScheme.Xero) return Problem.Nothing(http, StatusCodes.Status401Unauthorized);
        return Problem.Of(StatusCodes.Status401Unauthorized, "The signature is not good", verdict switch
        {
            SignatureVerdict.Missing => $"It is missing or cannot be read; expected {SignatureClaim.Expected(source.Scheme)}.",
            SignatureVerdict.Stale => $"It is more than {HookSignature.Window.TotalMinutes:0} minutes from our clock; sign again and send at once.",
            _ => "It is not of this body and the secret of this source.",
        });
    }

    private static IResult Answer(HttpContext http, HookScheme scheme, Receipt receipt) => receipt.Kind switch
    {
        ReceiptKind.In when scheme == HookScheme.Xero => Problem.Nothing(http, StatusCodes.Status200OK),
        ReceiptKind.In => Results.Content(receipt.Text, "application/json"),
        ReceiptKind.OtherBody => Problem.Of(StatusCodes.Status409Conflict, "The key stands for another body", receipt.Text),
        ReceiptKind.Unreadable => Problem.Of(StatusCodes.Status422UnprocessableEntity, "Nothing could be taken from the body", receipt.Text),
        _ => throw new InvalidOperationException($"No answer to {receipt.Kind}."),
    };

    [LoggerMessage(EventId = 4001, Level = LogLevel.Warning, Message = "A delivery to the webhook source {Source} was refused: signature {Verdict}.")]
    private static partial void LogRefused(ILogger log, string source, SignatureVerdict verdict);

    [LoggerMessage(EventId = 4002, Level = LogLevel.Error, Message = "A delivery to the webhook source {Source} could not be taken, because its mapping can't be used: {Why}")]
    private static partial void LogUnusable(ILogger log, string source, string why);

    /// <summary>The route. Signatures stand for sign-in and form token here.</summary>
    internal static void Map(IEndpointRouteBuilder app) =>
        app.MapPost(Path + "/{name}", (HttpContext http, IServiceProvider services, string name) => ActivatorUtilities.CreateInstance<HookEndpoint>(services).TakeAsync(http, name))
            .AllowAnonymous().DisableAntiforgery();
}
