using Followthrough.Analytics.Store;
using Followthrough.Dashboard.Access;
using Followthrough.Dashboard.Layout;

namespace Followthrough.Dashboard.Mappings;

/// <summary>Loading an uploaded file, and how far that is.</summary>
internal static class LoadEndpoint
{
    private const string Step = ConnectEndpoint.Path + "/samples/{id}/load";

    internal static void MapLoad(this IEndpointRouteBuilder desk)
    {
        desk.MapGet(Step, ShowAsync);
        desk.MapPost(Step, StartAsync);
    }

    private static async Task<IResult> ShowAsync(PageFrame frame, UploadedSamples samples, SampleLoads loads, DataFolder folder, string id, CancellationToken cancellation)
    {
        var load = loads.Find(id);
        if (await samples.FindAsync(id, cancellation) is { Mapping: { } mapping } uploaded)
            return Page(frame, id, uploaded.Name, mapping, load, folder);
        // Once it is in, the file is gone and what became of it stays for a day.
        return load is null ? Results.NotFound() : Page(frame, id, load.Name, load.Mapping, load, folder);
    }

    private static async Task<IResult> StartAsync(
        PageFrame frame, UploadedSamples samples, SampleLoads loads, AccessLog log, string id, IFormCollection form, CancellationToken cancellation)
    {
        if (await samples.FindAsync(id, cancellation) is { Mapping: { } mapping } uploaded)
        {
            loads.Start(uploaded, mapping, form["history"] == "yes", frame.Viewer.Name);
            await log.WriteAsync(frame.Viewer.Name, LoggedAction.FileLoaded, $"file {uploaded.Name}", null, $"by mapping {mapping}", cancellation);
        }
        else if (loads.Find(id) is null) return Results.NotFound();
        return Results.LocalRedirect(ConnectEndpoint.PathOf(id, "/load"));
    }

    private static IResult Page(PageFrame frame, string id, string name, string mapping, SampleLoad? load, DataFolder folder) =>
        Screen.Of<ConnectLoadPage>(new LoadModel(frame, id, name, mapping, load, folder.Path));
}
