using Followthrough.Analytics.Metrics;

namespace Followthrough.Dashboard.Layout;

/// <summary>
/// An earlier moment takes seconds to work out, once. A page about it that would keep its reader waiting is the one that says how far the
/// work is, and asks again by itself. Parts of pages, files and programs wait.
/// </summary>
internal static class Knowing
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(2);
    private const string AskAgainAfterSeconds = "1";

    internal static async ValueTask<object?> FilterAsync(EndpointFilterInvocationContext context, EndpointFilterDelegate next)
    {
        var http = context.HttpContext;
        if (context.Arguments.OfType<PageFrame>().FirstOrDefault() is not { Query: { AsOf: { } at, Account: null } } frame || !IsPageOfFigures(context)) return await next(context);
        var moment = await http.RequestServices.GetRequiredService<KnownMoments>().AskAsync(at, http.RequestAborted);
        if (await moment.WaitAsync(Patience, http.RequestAborted)) return await next(context);
        http.Response.Headers["Refresh"] = AskAgainAfterSeconds;
        http.Response.Headers.CacheControl = "no-store";
        return Screen.Of<KnowingPage>(new KnowingModel(frame, new WorkDone(moment.Done, KnownMoment.Total)), StatusCodes.Status202Accepted);
    }

    private static bool IsPageOfFigures(EndpointFilterInvocationContext context) =>
        context.Arguments.OfType<MetricReader>().Any()
        && !context.HttpContext.Request.Headers.ContainsKey("HX-Request")
        && !Path.HasExtension(context.HttpContext.Request.Path)
        && context.HttpContext.GetEndpoint()!.Metadata.GetMetadata<AboutOneAccount>() is null;
}

/// <summary>Of a page about one account, which is worked out at once.</summary>
internal sealed record AboutOneAccount;

/// <summary>What is drawn while an earlier moment is worked out.</summary>
/// <param name="Frame">The page that was asked for.</param>
/// <param name="Done">Kinds of commitments.</param>
public sealed record KnowingModel(PageFrame Frame, WorkDone Done);
