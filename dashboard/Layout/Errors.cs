using System.Diagnostics;
using Microsoft.AspNetCore.Diagnostics;

namespace Followthrough.Dashboard.Layout;

/// <summary>Answers without a page of their own get one: what happened, what to do, and a reference that the log has too.</summary>
internal static partial class Errors
{
    internal static void UseErrorPages(this IApplicationBuilder app)
    {
        // A sender's mistake is answered, and is no error of ours.
        app.UseExceptionHandler(new ExceptionHandlerOptions { ExceptionHandler = ShowAsync, SuppressDiagnosticsCallback = failed => failed.Exception is BadHttpRequestException });
        app.UseStatusCodePages(context => ShowAsync(context.HttpContext));
    }

    private static async Task ShowAsync(HttpContext http)
    {
        var failure = http.Features.Get<IExceptionHandlerFeature>()?.Error;
        var status = failure is BadHttpRequestException bad ? bad.StatusCode : http.Response.StatusCode;
        var asked = Hooks.Problem.IsAskedFor(http);
        var model = new ErrorModel(status, Activity.Current?.TraceId.ToString() ?? http.TraceIdentifier, asked ? null : await FrameAsync(http));
        http.Response.Headers.CacheControl = "no-store";
        if (asked)
        {
            await Hooks.Problem.Of(status, model.Title, $"{model.Advice} Reference: {model.Reference}").ExecuteAsync(http);
            return;
        }
        await Screen.Of<ErrorPage>(model, status).ExecuteAsync(http);
    }

    // In the frame where there is one: not for strangers, and not when the database is what failed.
    private static async Task<PageFrame?> FrameAsync(HttpContext http)
    {
        if (http.User.Identity?.IsAuthenticated != true || http.User.HasClaim(c => c.Type == Access.SignedInUser.MustChoosePassword)) return null;
        try
        {
            return await PageFrame.BindAsync(http);
        }
        catch (Exception failed)
        {
            LogNoFrame(http.RequestServices.GetRequiredService<ILoggerFactory>().CreateLogger(typeof(Errors)), failed);
            return null;
        }
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "An error page is shown without its frame.")]
    private static partial void LogNoFrame(ILogger log, Exception failed);
}

/// <summary>What went wrong.</summary>
/// <param name="Status">HTTP status.</param>
/// <param name="Reference">What the log calls this request.</param>
/// <param name="Frame">The page's frame; null where there is none.</param>
public sealed record ErrorModel(int Status, string Reference, PageFrame? Frame)
{
    /// <summary>What happened, in a few words.</summary>
    public string Title => Status switch
    {
        StatusCodes.Status400BadRequest => "This request cannot be understood",
        StatusCodes.Status404NotFound => "There is no such page",
        StatusCodes.Status405MethodNotAllowed => "This page cannot be asked that way",
        StatusCodes.Status413PayloadTooLarge => "This is too much at once",
        StatusCodes.Status429TooManyRequests => "Too many tries",
        >= 500 => "Something went wrong on our side",
        _ => $"Answer {Status}",
    };

    /// <summary>What to do.</summary>
    public string Advice => Status switch
    {
        StatusCodes.Status400BadRequest => "The form may have been open for too long, or its address was changed. Go back, reload the page and try again.",
        StatusCodes.Status404NotFound => "It may have been renamed, or the thing it showed is not there, or not for you to see.",
        StatusCodes.Status413PayloadTooLarge => "Nothing of it was taken. Send less of it.",
        StatusCodes.Status429TooManyRequests => "For safety the sign-in takes only a few tries a minute. Wait a minute, then try again.",
        >= 500 => "Nothing was changed. Try again; if it happens again, the reference below leads to the cause in the log.",
        _ => "Go back and try again.",
    };
}
