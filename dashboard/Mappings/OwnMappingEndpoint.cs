using System.Net.Mime;
using System.Text;
using Followthrough.Analytics.Store;
using Followthrough.Dashboard.Access;
using Followthrough.Dashboard.Hooks;
using Followthrough.Dashboard.Layout;
using Followthrough.Ingest.Mappings;
using Microsoft.AspNetCore.Mvc;

namespace Followthrough.Dashboard.Mappings;

/// <summary>The installation's own mappings: changing, downloading and deleting one.</summary>
internal static class OwnMappingEndpoint
{
    private const string Own = ConnectEndpoint.Path + "/own/{name}";

    /// <summary>Who sees data may read them: by their texts records became facts.</summary>
    internal static void MapOwnMappings(this IEndpointRouteBuilder pages)
    {
        var data = pages.MapGroup("").Needs(Right.Data);
        data.MapGet(Own, ShowAsync);
        data.MapGet(Own + "/yaml", DownloadAsync);
        var desk = pages.MapGroup("").Needs(Right.Connect);
        desk.MapPost(Own, SaveAsync);
        desk.MapGet(Own + "/delete", (PageFrame frame, OwnMappings own, string name) => Ask(frame, own, name, null));
        desk.MapPost(Own + "/delete", DeleteAsync);
    }

    /// <summary>The page of one, or a part of it.</summary>
    internal static string PathOf(string name, string part = "") => $"{ConnectEndpoint.Path}/own/{name}{part}";

    private static async Task<IResult> ShowAsync(PageFrame frame, OwnMappings own, DataFolder folder, string name, CancellationToken cancellation) =>
        await own.ReadAsync(name, cancellation) is { } yaml ? await PageAsync(frame, own, folder, name, yaml, [], cancellation) : Results.NotFound();

    private static async Task<IResult> SaveAsync(
        PageFrame frame, OwnMappings own, DataFolder folder, AccessLog log, string name, [FromForm] string? yaml, CancellationToken cancellation)
    {
        if (!own.Has(name)) return Results.NotFound();
        if (yaml is null) return Results.BadRequest();
        var text = CheckEndpoint.Text(yaml);
        try
        {
            await own.SaveAsync(name, text, frame.Viewer.Name, frame.Now, cancellation);
            await log.WriteAsync(frame.Viewer.Name, LoggedAction.MappingChanged, $"mapping {name}", null, "a new version, kept beside the one before", cancellation);
            return Results.LocalRedirect(PathOf(name));
        }
        catch (MappingException refused)
        {
            return await PageAsync(frame, own, folder, name, text, [refused.Message], cancellation);
        }
    }

    private static async Task<IResult> PageAsync(
        PageFrame frame, OwnMappings own, DataFolder folder, string name, string yaml, IReadOnlyList<string> problems, CancellationToken cancellation)
    {
        if (own.FileOf(name) is not { } file || await own.ReadAsync(name, cancellation) is not { } text) return Results.NotFound();
        var changes = await own.ChangesAsync(name, cancellation);
        var isEdited = changes is not [{ Version: { } last }, ..] || await own.ReadAsync(name, last, cancellation) != text;
        return Screen.Of<OwnMappingPage>(
            new OwnMappingModel(frame, name, yaml, changes, problems, folder.Path, file, isEdited),
            problems.Count == 0 ? StatusCodes.Status200OK : StatusCodes.Status400BadRequest);
    }

    private static async Task<IResult> DownloadAsync(OwnMappings own, string name, int? version, CancellationToken cancellation) =>
        (version is { } number ? await own.ReadAsync(name, number, cancellation) : await own.ReadAsync(name, cancellation)) is { } yaml
            ? Results.File(Encoding.UTF8.GetBytes(yaml), MediaTypeNames.Application.Octet, version is null ? $"{name}.yaml" : $"{name}.{version}.yaml")
            : Results.NotFound();

    private static async Task<IResult> DeleteAsync(
        PageFrame frame, OwnMappings own, AccessLog log, string name, [FromForm] string? typed, CancellationToken cancellation)
    {
        if (!own.Has(name)) return Results.NotFound();
        if (typed?.Trim() != name) return Ask(frame, own, name, $"Nothing was deleted: expected the name {name}.");
        await own.DeleteAsync(name, frame.Viewer.Name, frame.Now);
        await log.WriteAsync(frame.Viewer.Name, LoggedAction.MappingChanged, $"mapping {name}", "in use", "deleted; its versions are kept", cancellation);
        return Results.LocalRedirect(SourcesEndpoint.Path);
    }

    private static IResult Ask(PageFrame frame, OwnMappings own, string name, string? problem) => !own.Has(name) ? Results.NotFound()
        : ConfirmModel.Page(new ConfirmModel(
            frame, $"Delete the mapping “{name}”", "Facts that came in with it stay. Files, folders and webhooks that use it are refused from now on.", PathOf(name, "/delete"), name, "Delete it", problem));
}
