using System.Text.Json;
using System.Text.Json.Serialization;
using Followthrough.Dashboard.Access;
using Followthrough.Dashboard.Audits;
using Followthrough.Dashboard.Churn;
using Followthrough.Dashboard.Compensation;
using Followthrough.Dashboard.Hooks;
using Followthrough.Dashboard.Layout;
using Followthrough.Dashboard.Scorecards;

namespace Followthrough.Dashboard.Api;

/// <summary>What the pages show, for programs, in JSON, for whoever the token or the session stands for. Read only, but for the steps of pay runs, disputes and project audits and for signing quarters.</summary>
internal static class ApiEndpoint
{
    internal const string Path = FactsEndpoint.Api + "/v1";
    internal const string Document = Path + "/openapi.json";

    internal static void AddApi(this IServiceCollection services)
    {
        services.ConfigureHttpJsonOptions(options =>
        {
            options.SerializerOptions.PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower;
            options.SerializerOptions.Converters.Add(new JsonStringEnumConverter(JsonNamingPolicy.SnakeCaseLower, allowIntegerValues: false));
        });
        services.AddSingleton<KeptAnswers>();
        services.AddOpenApi(ApiDocument.Describe);
    }

    internal static void MapApi(this IEndpointRouteBuilder app)
    {
        var api = app.MapGroup(Path).Needs(Right.Figures).AddEndpointFilter(ApiTag.FilterAsync);
        api.MapMetricsApi();
        api.MapAccountsApi();
        api.MapPeopleApi();
        api.MapScoreApi();
        api.MapPayApi();
        api.MapChurnApi();
        api.MapAuditsApi();
        api.MapSourcesApi();
        app.MapOpenApi(Document).Needs(Right.Figures);
    }

    internal static void MapApiPage(this IEndpointRouteBuilder pages) =>
        pages.MapGet(FactsEndpoint.Api, (PageFrame frame, HttpContext http) => Screen.Of<ApiPage>(new ApiModel(frame, $"{http.Request.Scheme}://{http.Request.Host}")));

    internal static RouteHandlerBuilder Takes(this RouteHandlerBuilder endpoint, params IReadOnlyList<ApiParameter> parameters) =>
        endpoint.WithMetadata(new ApiParameters(parameters));

    internal static RouteHandlerBuilder Gives<T>(this RouteHandlerBuilder endpoint, string summary) => endpoint.WithSummary(summary)
        .Produces<T>().Produces(StatusCodes.Status304NotModified)
        .ProducesProblem(StatusCodes.Status400BadRequest).ProducesProblem(StatusCodes.Status401Unauthorized).ProducesProblem(StatusCodes.Status404NotFound);

    /// <summary>What does something, and is answered anew each time.</summary>
    internal static RouteHandlerBuilder Changes<T>(this RouteHandlerBuilder endpoint, string summary, int done = StatusCodes.Status200OK) =>
        endpoint.Takes().WithMetadata(new Untagged()).WithSummary(summary).Produces<T>(done)
            .ProducesProblem(StatusCodes.Status400BadRequest).ProducesProblem(StatusCodes.Status401Unauthorized).ProducesProblem(StatusCodes.Status403Forbidden)
            .ProducesProblem(StatusCodes.Status404NotFound).ProducesProblem(StatusCodes.Status409Conflict);
}

/// <summary>What the page about the API draws.</summary>
/// <param name="Frame">The page it stands on.</param>
/// <param name="Root">Scheme and host it was asked by.</param>
public sealed record ApiModel(PageFrame Frame, string Root);
