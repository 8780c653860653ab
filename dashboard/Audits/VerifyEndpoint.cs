using Followthrough.Analytics.Editions;
using Followthrough.Dashboard.Layout;

namespace Followthrough.Dashboard.Audits;

/// <summary>Checks a bundle that somebody brings, and keeps nothing of it.</summary>
internal static class VerifyEndpoint
{
    private const long Largest = 256 << 20;

    internal static void MapVerify(this IEndpointRouteBuilder pages)
    {
        pages.MapGet(AuditsEndpoint.VerifyPath, (PageFrame frame) => Screen.Of<VerifyPage>(new VerifyModel(frame)));
        pages.MapPost(AuditsEndpoint.VerifyPath, VerifyAsync);
    }

    private static async Task<IResult> VerifyAsync(PageFrame frame, IFormFile? file, CancellationToken cancellation)
    {
        if (file is null || file.Length == 0) return Refuse(frame, "The file: expected one.");
        if (file.Length > Largest) return Refuse(frame, $"The file is larger than {Largest >> 20} MB; “analytics verify” checks it on the command line.");
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
