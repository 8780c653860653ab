using System.Security.Cryptography;
using System.Text;
using Followthrough.Dashboard.Access;
using Followthrough.Dashboard.Hooks;

namespace Followthrough.Dashboard.Api;

/// <summary>
/// What an answer depends on, as an entity tag: the ledger, the data, the scoring and its model, who asks, what, and the program that answers. Where no moment is
/// asked for the clock decides too, since what is due turns into what was missed; such an answer stays good for its minute.
/// </summary>
internal static class ApiTag
{
    /// <summary>Refuses what cannot be understood, and answers that nothing changed where nothing did.</summary>
    internal static async ValueTask<object?> FilterAsync(EndpointFilterInvocationContext context, EndpointFilterDelegate next)
    {
        var http = context.HttpContext;
        var request = context.Arguments.OfType<ApiRequest>().Single();
        if (request.Problems.Count > 0) return Problem.Of(StatusCodes.Status400BadRequest, "This address cannot be answered", string.Join(' ', request.Problems));
        http.Response.Headers.CacheControl = "private, no-cache";
        http.Response.Headers.Vary = "Authorization, Cookie";
        if (http.GetEndpoint()!.Metadata.GetMetadata<Untagged>() is not null) return Plain(http, await next(context));
        var tag = Of(http, request);
        http.Response.Headers.ETag = tag;
        if (http.Request.Headers.IfNoneMatch.Any(known => known?.Split(',').Any(one => one.Trim() == tag) == true)) return Results.StatusCode(StatusCodes.Status304NotModified);
        var kept = http.RequestServices.GetRequiredService<KeptAnswers>();
        if (kept.Find(tag) is { } known) return Results.Bytes(known, KeptAnswers.ContentType);
        var answer = await next(context);
        if (answer is IStatusCodeHttpResult { StatusCode: StatusCodes.Status200OK } and IValueHttpResult { Value: { } value }) return Results.Bytes(kept.Keep(tag, value), KeptAnswers.ContentType);
        return Plain(http, answer);
    }

    // What is not there has no state of its own, and one that is refused must not be told from it.
    private static object? Plain(HttpContext http, object? answer)
    {
        if (answer is IStatusCodeHttpResult { StatusCode: >= StatusCodes.Status400BadRequest }) (http.Response.Headers.ETag, http.Response.Headers.Vary) = (default, default);
        return answer;
    }

    private static string Of(HttpContext http, ApiRequest request)
    {
        var (viewer, minute) = (request.Who.Viewer, request.Query.AsOf is null ? request.Now.UtcTicks / TimeSpan.TicksPerMinute : 0);
        var parts = new[]
        {
            http.Standing().Version, $"{request.Company}", request.Company.Zone.Id, viewer.Name, viewer.Teams is { } teams ? string.Join(',', teams.Order(StringComparer.Ordinal)) : "*",
            viewer.Staff ?? "*", $"{minute}", $"{http.Request.Path}{http.Request.QueryString}", $"{typeof(ApiTag).Assembly.ManifestModule.ModuleVersionId}",
        };
        return $"W/\"{Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(string.Join('\0', parts))))[..32]}\"";
    }
}

/// <summary>Of an answer that changes without the data or the ledger.</summary>
internal sealed record Untagged;
