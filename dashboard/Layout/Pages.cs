using System.IO.Compression;
using Followthrough.Dashboard.Access;
using Microsoft.AspNetCore.ResponseCompression;

namespace Followthrough.Dashboard.Layout;

/// <summary>How pages and the files they use are served.</summary>
internal static class Pages
{
    internal static void AddPages(this IServiceCollection services)
    {
        services.AddRazorComponents();
        services.Configure<Microsoft.AspNetCore.Server.Kestrel.Core.KestrelServerOptions>(options => options.AddServerHeader = false);
        services.AddSingleton<PageFiles>();
        services.Configure<RouteHandlerOptions>(options => options.ThrowOnBadRequest = false);
        // Pages hold no secret that an attacker could measure by its length: form tokens are masked anew in each answer.
        services.AddResponseCompression(options =>
        {
            options.EnableForHttps = true;
            options.Providers.Add<BrotliCompressionProvider>();
            options.Providers.Add<GzipCompressionProvider>();
            options.MimeTypes = [.. ResponseCompressionDefaults.MimeTypes, "image/svg+xml", "text/csv"];
        });
        services.Configure<BrotliCompressionProviderOptions>(options => options.Level = CompressionLevel.Optimal);
        services.Configure<GzipCompressionProviderOptions>(options => options.Level = CompressionLevel.Optimal);
    }

    /// <summary>Style sheets, scripts and fonts; anybody may have them.</summary>
    internal static void UsePageFiles(this IApplicationBuilder app) =>
        app.UseStaticFiles(new StaticFileOptions { OnPrepareResponse = context => PageFiles.Keep(context.Context) });

    /// <summary>The pages behind the sign-in: an address that cannot be understood is answered in words and not guessed at.</summary>
    internal static RouteGroupBuilder MapPages(this IEndpointRouteBuilder app)
    {
        var pages = app.MapGroup("").Needs(Right.Figures);
        pages.AddEndpointFilter((context, next) =>
            context.Arguments.OfType<PageFrame>().FirstOrDefault() is { Problems.Count: > 0 } frame
                ? ValueTask.FromResult<object?>(Screen.Of<BadAddressPage>(frame, StatusCodes.Status400BadRequest))
                : next(context));
        pages.AddEndpointFilter(Knowing.FilterAsync);
        return pages;
    }

    /// <summary>A console that says what went wrong and is otherwise silent; Logging__LogLevel__… changes that.</summary>
    internal static void AddQuietConsole(this ILoggingBuilder logging)
    {
        logging.AddFilter("Microsoft", LogLevel.Warning);
        logging.AddFilter("Quartz", LogLevel.Warning);
        // The framework tells through our own class that somebody came without a token; the answer says so too.
        logging.AddFilter("Followthrough.Dashboard.Access.Tokens", LogLevel.Warning);
        // Keys are kept in the database, behind the same password as everything they protect.
        logging.AddFilter("Microsoft.AspNetCore.DataProtection", LogLevel.Error);
    }
}
