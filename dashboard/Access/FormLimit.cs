using Microsoft.AspNetCore.Antiforgery;
using Microsoft.AspNetCore.Http.Features;

namespace Followthrough.Dashboard.Access;

/// <summary>How much a form may send. Our forms are small, and what reads more than it needs can be made to run out of memory.</summary>
internal static class FormLimit
{
    internal const long Largest = 256 << 10;

    /// <summary>Holds every endpoint that takes a form to the limit; those that read the body themselves have limits of their own.</summary>
    internal static void UseFormLimit(this IApplicationBuilder app) => app.Use((http, next) =>
    {
        if (http.GetEndpoint()?.Metadata.GetMetadata<IAntiforgeryMetadata>() is not { RequiresValidation: true }) return next(http);
        if (http.Request.ContentLength > Largest)
        {
            http.Response.StatusCode = StatusCodes.Status413PayloadTooLarge;
            return Task.CompletedTask;
        }
        if (http.Features.Get<IHttpMaxRequestBodySizeFeature>() is { IsReadOnly: false } body) body.MaxRequestBodySize = Largest;
        return next(http);
    });
}
