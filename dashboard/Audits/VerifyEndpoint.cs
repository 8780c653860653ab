using Followthrough.Analytics.Editions;
using Followthrough.Dashboard.Layout;
using Microsoft.AspNetCore.Antiforgery;
using Microsoft.AspNetCore.Http.Features;

namespace Followthrough.Dashboard.Audits;

/// <summary>Checks a bundle that somebody brings, and keeps nothing of it.</summary>
internal static class VerifyEndpoint
{
    private const long Largest = 256 << 20;

    internal static void MapVerify(this IEndpointRouteBuilder pages)
    {
        pages.MapGet(AuditsEndpoint.VerifyPath, (PageFrame frame) => Screen.Of<VerifyPage>(new VerifyModel(frame)));
        // Who sent the form is looked at here, after its length.
        pages.MapPost(AuditsEndpoint.VerifyPath, VerifyAsync).DisableAntiforgery();
    }

    private static async Task<IResult> VerifyAsync(PageFrame frame, HttpContext http, IAntiforgery antiforgery, CancellationToken cancellation)
    {
        if (http.Features.Get<IHttpMaxRequestBodySizeFeature>() is { IsReadOnly: false } limit) limit.MaxRequestBodySize = Largest;
        if (http.Request.ContentLength > Largest) return Refuse(frame, $"The file is larger than {Largest >> 20} MB; “analytics verify” checks it on the command line.");
        if (!http.Request.HasFormContentType) return Results.BadRequest();
        try
        {
            var form = await http.Request.ReadFormAsync(new FormOptions { MultipartBodyLengthLimit = Largest, ValueCountLimit = 16 }, cancellation);
            await antiforgery.ValidateRequestAsync(http);
            return form.Files.GetFile("file") is { Length: > 0 } file ? await CheckAsync(frame, file, cancellation) : Refuse(frame, "The file: expected one.");
        }
        catch (Exception refused) when (refused is AntiforgeryValidationException or InvalidDataException)
        {
            return Results.BadRequest();
        }
    }

    private static async Task<IResult> CheckAsync(PageFrame frame, IFormFile file, CancellationToken cancellation)
    {
        try
        {
            await using var bundle = file.OpenReadStream();
            var report = await BundleVerifier.VerifyAsync(bundle, cancellation);
            return Screen.Of<VerifyPage>(new VerifyModel(frame) { Report = report, Ours = frame.Editions.All.FirstOrDefault(e => e.Hash == report.Hash) });
        }
        catch (BundleException none)
        {
            return Refuse(frame, none.Message);
        }
    }

    private static IResult Refuse(PageFrame frame, string problem) => Screen.Of<VerifyPage>(new VerifyModel(frame) { Problem = problem }, StatusCodes.Status400BadRequest);
}

/// <summary>What the page that checks bundles draws.</summary>
public sealed record VerifyModel(PageFrame Frame)
{
    /// <summary>What was found; null before a file was brought.</summary>
    public BundleReport? Report { get; init; }

    /// <summary>Our own edition of that hash; null when there is none.</summary>
    public Edition? Ours { get; init; }

    /// <summary>Why nothing could be checked; null where it could.</summary>
    public string? Problem { get; init; }
}
