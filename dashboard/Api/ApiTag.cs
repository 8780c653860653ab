using System.Security.Cryptography;
using System.Text;
using Followthrough.Dashboard.Hooks;
using Npgsql;

namespace Followthrough.Dashboard.Api;

/// <summary>
/// What an answer depends on, as an entity tag: the ledger, the data, the scoring and its model, who asks, what, and the program that answers. Where no moment is
/// asked for the clock decides too, since what is due turns into what was missed; such an answer stays good for its minute.
/// </summary>
internal static class ApiTag
{
    private const string Sql = """
        select concat_ws('|', version, refreshed_at, (select max(batch_id) from batch), (select max(scoring_id) from churn_scoring), (select max(approval_id) from churn_approval))
        from ledger_state
        """;

    /// <summary>Refuses what cannot be understood, and answers that nothing changed where nothing did.</summary>
    internal static async ValueTask<object?> FilterAsync(EndpointFilterInvocationContext context, EndpointFilterDelegate next)
    {
        var http = context.HttpContext;
        var request = context.Arguments.OfType<ApiRequest>().Single();
        if (request.Problems.Count > 0) return Problem.Of(StatusCodes.Status400BadRequest, "This address cannot be answered", string.Join(' ', request.Problems));
        http.Response.Headers.CacheControl = "private, no-cache";
        http.Response.Headers.Vary = "Authorization, Cookie";
        if (http.GetEndpoint()!.Metadata.GetMetadata<Untagged>() is not null) return await next(context);
        var tag = await OfAsync(http, request);
        http.Response.Headers.ETag = tag;
        if (http.Request.Headers.IfNoneMatch.Any(known => known?.Split(',').Any(one => one.Trim() == tag) == true)) return Results.StatusCode(StatusCodes.Status304NotModified);
        var answer = await next(context);
        // What is not there has no state of its own, and one that is refused must not be told from it.
        if (answer is IStatusCodeHttpResult { StatusCode: >= StatusCodes.Status400BadRequest }) http.Response.Headers.ETag = default;
        return answer;
    }

    private static async Task<string> OfAsync(HttpContext http, ApiRequest request)
    {
        await using var command = http.RequestServices.GetRequiredService<NpgsqlDataSource>().CreateCommand(Sql);
        var state = await command.ExecuteScalarAsync(http.RequestAborted);
        var (viewer, minute) = (request.Who.Viewer, request.Query.AsOf is null ? request.Now.UtcTicks / TimeSpan.TicksPerMinute : 0);
        var parts = new[]
        {
            $"{state}", $"{request.Company}", request.Company.Zone.Id, viewer.Name, viewer.Teams is { } teams ? string.Join(',', teams.Order(StringComparer.Ordinal)) : "*",
            viewer.Staff ?? "*", $"{minute}", $"{http.Request.Path}{http.Request.QueryString}", $"{typeof(ApiTag).Assembly.ManifestModule.ModuleVersionId}",
        };
        return $"W/\"{Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(string.Join('\0', parts))))[..32]}\"";
    }
}

/// <summary>Of an answer that changes without the data or the ledger.</summary>
internal sealed record Untagged;
