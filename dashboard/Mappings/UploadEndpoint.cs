using Followthrough.Dashboard.Layout;
using Followthrough.Ingest.Sources.Files;
using Microsoft.AspNetCore.Antiforgery;
using Microsoft.AspNetCore.Http.Features;

namespace Followthrough.Dashboard.Mappings;

/// <summary>Takes a sample in. It is hostile until shown otherwise: its length is limited, and nothing it calls itself becomes a path.</summary>
internal static class UploadEndpoint
{
    // A browser that is cut off in the middle of sending shows no answer; up to here it may send to the end.
    private const long LongestBody = 256 << 20;
    private const int AroundTheFile = 64 << 10;

    private static readonly string TooLarge =
        $"The file is larger than {UploadedSamples.Largest >> 20} MB. Expected a sample: the first rows are enough, or the file packed with gzip. The whole file is loaded with “ingest load”.";

    internal static void MapUpload(this IEndpointRouteBuilder desk)
    {
        desk.MapGet(ConnectEndpoint.New, (PageFrame frame) => Form(frame, StatusCodes.Status200OK));
        // Who sent the form is looked at here, after its length and before anything of it is kept.
        desk.MapPost(ConnectEndpoint.New, UploadAsync).DisableAntiforgery();
    }

    private static async Task<IResult> UploadAsync(PageFrame frame, HttpContext http, IAntiforgery antiforgery, UploadedSamples samples, CancellationToken cancellation)
    {
        if (http.Features.Get<IHttpMaxRequestBodySizeFeature>() is { IsReadOnly: false } limit) limit.MaxRequestBodySize = LongestBody;
        try
        {
            if (http.Request.ContentLength > UploadedSamples.Largest + AroundTheFile)
            {
                await http.Request.Body.CopyToAsync(Stream.Null, cancellation);
                return Form(frame, StatusCodes.Status413PayloadTooLarge, TooLarge);
            }
            if (!http.Request.HasFormContentType) return Results.BadRequest();
            var form = await http.Request.ReadFormAsync(new FormOptions { MultipartBodyLengthLimit = UploadedSamples.Largest + 1, ValueCountLimit = 16 }, cancellation);
            await antiforgery.ValidateRequestAsync(http);
            return await KeepAsync(frame, form.Files.GetFile("file"), samples, cancellation);
        }
        catch (InvalidDataException)
        {
            return Form(frame, StatusCodes.Status413PayloadTooLarge, TooLarge);
        }
        catch (AntiforgeryValidationException)
        {
            return Results.BadRequest();
        }
    }

    private static async Task<IResult> KeepAsync(PageFrame frame, IFormFile? file, UploadedSamples samples, CancellationToken cancellation)
    {
        if (file is null || file.FileName.Length == 0) return Form(frame, StatusCodes.Status400BadRequest, "The file: expected one.");
        if (file.Length > UploadedSamples.Largest) return Form(frame, StatusCodes.Status413PayloadTooLarge, TooLarge);
        if (!SourceFormats.IsKnown(file.FileName)) return Form(frame, StatusCodes.Status400BadRequest, $"“{file.FileName}” is of no kind that is read. Expected a {SourceFormats.Expected}.");
        await using var content = file.OpenReadStream();
        return await samples.KeepAsync(content, file.FileName, frame.Viewer.Name, frame.Now, cancellation) is { } kept
            ? Results.LocalRedirect(ConnectEndpoint.PathOf(kept.Id))
            : Form(frame, StatusCodes.Status429TooManyRequests, "There are too many samples already that nobody has finished. Each is removed after a day; finish or discard one, or wait.");
    }

    private static IResult Form(PageFrame frame, int status, params string[] problems) => Screen.Of<ConnectPage>(new UploadModel(frame, problems), status);
}
