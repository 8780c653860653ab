using Followthrough.Dashboard.Access;
using Followthrough.Dashboard.Layout;
using Followthrough.Ingest.Mappings;
using Followthrough.Ingest.Sources.Webhooks;
using Microsoft.AspNetCore.Mvc;
using Npgsql;

namespace Followthrough.Dashboard.Hooks;

/// <summary>
/// The systems that send by themselves: what came, which who sees data may read, and setting them up. To who may not connect systems the
/// latter is not there.
/// </summary>
internal static class SourcesEndpoint
{
    internal const string Path = "/data/sources";
    internal const string New = Path + "/new";

    internal static void MapSources(this IEndpointRouteBuilder pages)
    {
        pages.MapTokens();
        pages.MapGroup("").Needs(Right.Data).MapGet(Path, ShowAsync);
        var desk = pages.MapGroup("").Needs(Right.Connect);
        desk.MapGet(New, (PageFrame frame, HttpContext http, OwnMappings own) => Form(frame, http, own, new SourceForm(null, null, null, null, null), []));
        desk.MapPost(New, MakeAsync);
        desk.MapGet(Path + "/{name}/rotate", (PageFrame frame, NpgsqlDataSource db, string name, CancellationToken cancellation) => RotateFormAsync(frame, db, name, [], cancellation));
        desk.MapPost(Path + "/{name}/rotate", RotateAsync);
        desk.MapGet(Path + "/{name}/remove", (PageFrame frame, NpgsqlDataSource db, string name, CancellationToken cancellation) => RemoveFormAsync(frame, db, name, null, cancellation));
        desk.MapPost(Path + "/{name}/remove", RemoveAsync);
    }

    /// <summary>A page that holds a secret is kept nowhere.</summary>
    internal static IResult ShowOnce(HttpContext http, ShownOnceModel model)
    {
        http.Response.Headers.CacheControl = "no-store";
        return Screen.Of<ShownOncePage>(model);
    }

    private static async Task<IResult> ShowAsync(PageFrame frame, NpgsqlDataSource db, ApiTokens tokens, OwnMappings own, HttpContext http, CancellationToken cancellation) =>
        Screen.Of<SourcesPage>(new SourcesModel(frame, await HookTally.ReadAsync(db, frame.Now, cancellation), await tokens.ReadAsync(cancellation), own.Names, Root(http),
            await SourceFreshness.ReadAsync(db, frame.Company.Zone, frame.Now, cancellation)));

    private static async Task<IResult> MakeAsync(
        PageFrame frame, HttpContext http, SourceDesk desk, OwnMappings own, [FromForm] string? name, [FromForm] string? scheme, [FromForm] string? mapping,
        [FromForm] string? address, [FromForm] string? secret, CancellationToken cancellation)
    {
        var form = new SourceForm(name?.Trim(), scheme, mapping, address?.Trim(), secret?.Trim());
        if (form.Problems(own) is { Count: > 0 } problems) return Form(frame, http, own, form, problems);
        var made = string.IsNullOrEmpty(form.Secret) ? HookSecrets.New() : null;
        if (!await desk.MakeAsync(form, made ?? form.Secret!, cancellation))
            return Form(frame, http, own, form, [$"There is a source “{form.Name}” already. Expected another name."]);
        await LogAsync(http, frame, "source_added", form.Name!, $"{form.Scheme}, {form.Mapping}", cancellation);
        return ShowOnce(http, new ShownOnceModel(
            frame, $"The source “{form.Name}” is set up", $"Let the sender call {Root(http)}{HookEndpoint.Path}/{form.Name}", made,
            made is null ? "The secret is kept encrypted and is not shown again." : "Give this secret to the sender now. It is kept encrypted and is not shown again.", Path));
    }

    private static async Task<IResult> RotateAsync(
        PageFrame frame, HttpContext http, NpgsqlDataSource db, SourceDesk desk, string name, [FromForm] string? secret, [FromForm(Name = "at_once")] string? atOnce,
        CancellationToken cancellation)
    {
        if (await HookSource.FindAsync(db, name, frame.Now, cancellation) is not { } source) return Results.NotFound();
        var given = secret?.Trim();
        if (SourceForm.SecretProblems(source.Scheme, given) is { Count: > 0 } problems) return await RotateFormAsync(frame, db, name, problems, cancellation);
        var made = string.IsNullOrEmpty(given) ? HookSecrets.New() : null;
        await desk.RotateAsync(name, made ?? given!, atOnce is not null, cancellation);
        await LogAsync(http, frame, "source_secret_changed", name, atOnce is null ? "the old one ends later" : "the old one ended at once", cancellation);
        var old = atOnce is null ? $"The old secret stays good for {SourceDesk.Overlap.TotalHours:0} hours." : "The old secret is worth nothing from now on.";
        return ShowOnce(http, new ShownOnceModel(
            frame, $"The source “{name}” has a new secret", old, made, made is null ? "It is kept encrypted and is not shown again." : "Give it to the sender now. It is kept encrypted and is not shown again.", Path));
    }

    private static async Task<IResult> RemoveAsync(PageFrame frame, HttpContext http, NpgsqlDataSource db, SourceDesk desk, string name, [FromForm] string? typed, CancellationToken cancellation)
    {
        if (typed?.Trim() != name) return await RemoveFormAsync(frame, db, name, $"Nothing was removed: expected the name {name}.", cancellation);
        await desk.RemoveAsync(name, cancellation);
        await LogAsync(http, frame, "source_removed", name, null, cancellation);
        return Results.LocalRedirect(Path);
    }

    private static IResult Form(PageFrame frame, HttpContext http, OwnMappings own, SourceForm form, IReadOnlyList<string> problems) =>
        Screen.Of<NewSourcePage>(new NewSourceModel(frame, form, problems, own.Names, Root(http)), problems.Count == 0 ? StatusCodes.Status200OK : StatusCodes.Status400BadRequest);

    private static async Task<IResult> RotateFormAsync(PageFrame frame, NpgsqlDataSource db, string name, IReadOnlyList<string> problems, CancellationToken cancellation) =>
        await HookSource.FindAsync(db, name, frame.Now, cancellation) is { } source
            ? Screen.Of<RotatePage>(new RotateModel(frame, source, problems), problems.Count == 0 ? StatusCodes.Status200OK : StatusCodes.Status400BadRequest)
            : Results.NotFound();

    private static async Task<IResult> RemoveFormAsync(PageFrame frame, NpgsqlDataSource db, string name, string? problem, CancellationToken cancellation) =>
        await HookSource.FindAsync(db, name, frame.Now, cancellation) is null ? Results.NotFound() : ConfirmModel.Page(new ConfirmModel(
            frame, $"Remove the source “{name}”", "What it has sent stays. What it sends from now on is refused, and its secret is forgotten.", $"{Path}/{name}/remove", name, "Remove it", problem));

    private static Task LogAsync(HttpContext http, PageFrame frame, string action, string name, string? after, CancellationToken cancellation) =>
        http.RequestServices.GetRequiredService<AccessLog>().WriteAsync(frame.Viewer.Name, action, $"source {name}", null, after, cancellation);

    private static string Root(HttpContext http) => $"{http.Request.Scheme}://{http.Request.Host}";
}
