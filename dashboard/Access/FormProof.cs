using Microsoft.AspNetCore.Antiforgery;

namespace Followthrough.Dashboard.Access;

/// <summary>Refuses a form that is not ours, once it is clear that who sends it may send one there.</summary>
internal static class FormProof
{
    /// <summary>Behind the gate: to whom an address is refused, a form for it is as absent as the address.</summary>
    internal static void UseFormProof(this IApplicationBuilder app) => app.Use((http, next) =>
    {
        if (http.Features.Get<IAntiforgeryValidationFeature>() is not { IsValid: false }) return next(http);
        http.Response.StatusCode = StatusCodes.Status400BadRequest;
        return Task.CompletedTask;
    });
}
