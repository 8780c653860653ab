using Followthrough.Dashboard.Layout;

namespace Followthrough.Dashboard.Startup;

/// <summary>While the first start goes on, every page is the one that says how far it is.</summary>
internal static class PreparingEndpoint
{
    private const string Path = "/preparing";

    internal static void UsePreparing(this IApplicationBuilder app, Preparation preparation) => app.Use(async (http, next) =>
    {
        if (preparation.IsDone || http.Request.Path.StartsWithSegments(Path) || http.Request.Path.StartsWithSegments(Health.Path))
        {
            await next(http);
            return;
        }
        http.Response.Headers.RetryAfter = "5";
        http.Response.Headers.CacheControl = "no-store";
        await Screen.Of<PreparingPage>(preparation, StatusCodes.Status503ServiceUnavailable).ExecuteAsync(http);
    });

    /// <summary>The part of the page that asks for itself again; when all is done it sends the browser on.</summary>
    internal static void MapPreparing(this IEndpointRouteBuilder app) => app.MapGet(Path, (HttpContext http, Preparation preparation) =>
    {
        http.Response.Headers.CacheControl = "no-store";
        if (!preparation.IsDone) return Screen.Of<PreparingStep>(preparation);
        http.Response.Headers["HX-Redirect"] = "/";
        return http.Request.Headers.ContainsKey("HX-Request") ? Results.NoContent() : Results.LocalRedirect("/");
    }).AllowAnonymous();
}
