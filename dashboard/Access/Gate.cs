using Followthrough.Dashboard.Access.Tokens;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authorization;
using Npgsql;

namespace Followthrough.Dashboard.Access;

/// <summary>What an endpoint needs of who calls it.</summary>
internal sealed record Needed(Right Right);

/// <summary>Lets through who may. To whom something is refused it looks as if it were not there.</summary>
internal static class Gate
{
    // What the framework's routing puts in the place of an endpoint that is there for other methods only.
    private const string WrongMethod = "405 HTTP Method Not Supported";

    internal static TBuilder Needs<TBuilder>(this TBuilder endpoints, Right right) where TBuilder : IEndpointConventionBuilder =>
        endpoints.WithMetadata(new Needed(right));

    /// <summary>Who asks; only behind the sign-in.</summary>
    internal static SignedIn SignedIn(this HttpContext http) => http.Standing().Who;

    /// <summary>Who asks, of which company, and the version of its data; only behind the sign-in.</summary>
    internal static Standing Standing(this HttpContext http) =>
        http.Features.Get<Standing>() ?? throw new InvalidOperationException("Nobody is signed in here.");

    /// <summary>Reads who asks, once a request, and holds endpoints to what they need.</summary>
    internal static void UseGate(this IApplicationBuilder app) => app.Use(async (http, next) =>
    {
        // A form's address that is opened by hand: an answer of its own would tell that there is one.
        if (http.GetEndpoint() is { Metadata.Count: 0, DisplayName: WrongMethod })
        {
            http.Response.StatusCode = StatusCodes.Status404NotFound;
            return;
        }
        if (http.User.Identity?.IsAuthenticated != true || http.GetEndpoint()?.Metadata.GetMetadata<IAllowAnonymous>() is not null)
        {
            await next(http);
            return;
        }
        var standing = await Access.Standing.ReadAsync(http.RequestServices.GetRequiredService<NpgsqlDataSource>(), http.User, http.RequestAborted);
        if (standing is not { Who: var who })
        {
            await LeaveAsync(http);
            return;
        }
        http.Features.Set(standing);
        if (http.GetEndpoint()?.Metadata.GetMetadata<Needed>() is { } needed && !who.May(needed.Right))
            http.Response.StatusCode = StatusCodes.Status404NotFound;
        else
            await next(http);
    });

    // Of a program nothing was kept that could be forgotten; it is told what anybody with a bad token is.
    private static async Task LeaveAsync(HttpContext http)
    {
        if (BearerHandler.SchemeOf(http) == BearerHandler.Bearer)
        {
            await http.ChallengeAsync(BearerHandler.Bearer);
            return;
        }
        await http.RequestServices.GetRequiredService<SignIns>().SignOutAsync();
        if (Hooks.Problem.IsAskedFor(http))
            await http.ChallengeAsync(BearerHandler.Bearer);
        else
            await SignInEndpoint.AskAgainAsync(http);
    }
}
