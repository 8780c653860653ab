using System.Globalization;
using Followthrough.Ingest.Sources.CloudEvents;
using Microsoft.AspNetCore.Diagnostics;
using Microsoft.AspNetCore.Mvc;

namespace Followthrough.Dashboard.Hooks;

/// <summary>Refusals in the words programs understand: problem details, and never a page.</summary>
internal static class Problem
{
    /// <summary>Whether a program asks and not a browser.</summary>
    internal static bool IsAskedFor(HttpContext http) =>
        http.Request.Path.StartsWithSegments(HookEndpoint.Path)
        || (http.Request.Path.StartsWithSegments(FactsEndpoint.Api, out var rest) && rest.HasValue);

    internal static IResult Of(int status, string title, string detail, IReadOnlyList<EventProblem>? errors = null)
    {
        var details = new ProblemDetails { Status = status, Title = title, Detail = detail };
        if (errors is not null) details.Extensions["errors"] = errors;
        return Results.Problem(details);
    }

    /// <summary>An answer with no body, which no page may fill in.</summary>
    internal static IResult Nothing(HttpContext http, int status)
    {
        http.Features.Get<IStatusCodePagesFeature>()?.Enabled = false;
        return Results.StatusCode(status);
    }

    internal static IResult TooLarge(int limit) =>
        Of(StatusCodes.Status413PayloadTooLarge, "The body is too large", string.Create(CultureInfo.InvariantCulture, $"Expected at most {limit:N0} bytes; nothing of it is in."));

    internal static IResult TooMany(HttpContext http, TimeSpan wait)
    {
        http.Response.Headers.RetryAfter = Math.Ceiling(wait.TotalSeconds).ToString(CultureInfo.InvariantCulture);
        return Of(StatusCodes.Status429TooManyRequests, "Too many deliveries", "Nothing of this one is in; send it again after the time in Retry-After.");
    }
}
