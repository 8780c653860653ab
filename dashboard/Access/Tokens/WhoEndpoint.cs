using Followthrough.Dashboard.Hooks;

namespace Followthrough.Dashboard.Access.Tokens;

/// <summary>For whom a token reads, and what of it: the first thing a program asks, to learn that its token is good.</summary>
internal static class WhoEndpoint
{
    internal const string Path = FactsEndpoint.Api + "/v1/who";

    internal static void MapWho(this IEndpointRouteBuilder app) => app.MapGet(Path, (HttpContext http) =>
    {
        var who = http.SignedIn();
        return Results.Json(new
        {
            name = who.Viewer.Name,
            sees = who.Viewer is { Teams: null, Staff: null } ? "all" : who.SeesNothing ? "nothing" : who.Viewer.Teams is null ? "own" : "teams",
            rights = who.Rights.Order().Select(right => right.ToString().ToLowerInvariant()),
        });
    }).Needs(Right.Figures);
}
