using Followthrough.Dashboard.Access;
using Followthrough.Dashboard.Layout;
using Followthrough.Ingest.Drafting;
using Followthrough.Ingest.Mappings;
using Followthrough.Ingest.Sources.Files;
using Microsoft.AspNetCore.Mvc;
using Npgsql;

namespace Followthrough.Dashboard.Mappings;

/// <summary>What a mapping makes of a sample, its text, and saving it.</summary>
internal static class CheckEndpoint
{
    private const long MostRecords = 50_000;
    private const string Step = ConnectEndpoint.Path + "/samples/{id}/check";

    internal static void MapCheck(this IEndpointRouteBuilder desk)
    {
        desk.MapGet(Step, ShowAsync);
        desk.MapPost(Step, ChangeAsync);
        desk.MapPost(ConnectEndpoint.Path + "/samples/{id}/save", SaveAsync);
    }

    /// <summary>Runs a mapping over a sample, as <c>ingest map check</c> does. Nothing is written.</summary>
    /// <exception cref="SourceFileException">The file as a whole can't be read with it.</exception>
    internal static Task<MapReport> RunAsync(Mapping mapping, UploadedSample uploaded, CancellationToken cancellation) =>
        new MapCheck(mapping, uploaded.Path, uploaded.Name, MostRecords).RunAsync(cancellation);

    private static async Task<IResult> ShowAsync(PageFrame frame, NpgsqlDataSource db, UploadedSamples samples, string id, CancellationToken cancellation) =>
        await samples.FindAsync(id, cancellation) is { Draft: not null } uploaded ? await PageAsync(frame, db, uploaded, [], cancellation) : Results.NotFound();

    private static async Task<IResult> ChangeAsync(PageFrame frame, NpgsqlDataSource db, UploadedSamples samples, string id, [FromForm] string? yaml, CancellationToken cancellation)
    {
        if (await samples.FindAsync(id, cancellation) is not { Draft: { } draft } uploaded) return Results.NotFound();
        if (yaml is null) return Results.BadRequest();
        var text = Text(yaml);
        var changed = uploaded with { Yaml = text == draft.ToYaml() ? null : text };
        if (text.Length > OwnMappings.LongestText)
            return await PageAsync(frame, db, uploaded, [$"The text has {Wording.Figures.Count(text.Length)} characters; expected at most {Wording.Figures.Count(OwnMappings.LongestText)}. It was left as it was."], cancellation);
        await samples.WriteAsync(changed, cancellation);
        return Results.LocalRedirect(ConnectEndpoint.PathOf(id, "/check"));
    }

    private static async Task<IResult> SaveAsync(
        PageFrame frame, NpgsqlDataSource db, UploadedSamples samples, OwnMappings own, AccessLog log, string id, IFormCollection form, CancellationToken cancellation)
    {
        if (await samples.FindAsync(id, cancellation) is not { Draft: not null } uploaded) return Results.NotFound();
        try
        {
            var text = uploaded.Text!;
            var name = MappingFile.Read(text, uploaded.Draft.Name + ".yaml").Name;
            if (own.Has(name) && uploaded.Mapping != name)
                return await PageAsync(frame, db, uploaded, [$"There is a mapping “{name}” already, and it was left as it is. Give this one another name, or change that one on its own page."], cancellation);
            await own.SaveAsync(name, text, frame.Viewer.Name, frame.Now, cancellation);
            await log.WriteAsync(frame.Viewer.Name, LoggedAction.MappingChanged, $"mapping {name}", null, $"made for {uploaded.Name}", cancellation);
            await samples.WriteAsync(uploaded with { Mapping = name }, cancellation);
            return Results.LocalRedirect(ConnectEndpoint.PathOf(id, "/load"));
        }
        catch (MappingException refused)
        {
            return await PageAsync(frame, db, uploaded, [refused.Message], cancellation);
        }
    }

    /// <summary>A text as it was typed; browsers send its lines ended as in mail.</summary>
    internal static string Text(string sent) => sent.ReplaceLineEndings("\n");

    private static async Task<IResult> PageAsync(PageFrame frame, NpgsqlDataSource db, UploadedSample uploaded, IReadOnlyList<string> problems, CancellationToken cancellation)
    {
        var status = problems.Count == 0 ? StatusCodes.Status200OK : StatusCodes.Status400BadRequest;
        try
        {
            var report = await RunAsync(MappingFile.Read(uploaded.Text!, uploaded.Draft!.Name + ".yaml"), uploaded, cancellation);
            var doubts = new List<string>(await DoubtsAsync(uploaded, cancellation));
            if (await UnknownAccounts.InWordsAsync(db, report.Accounts, cancellation) is { } unknown) doubts.Add(unknown);
            if (await UnknownPeople.InWordsAsync(db, report.People, cancellation) is { } people) doubts.Add(people);
            return Screen.Of<ConnectCheckPage>(new CheckModel(frame, uploaded, report, [.. doubts, .. report.Advice], problems), status);
        }
        catch (Exception refused) when (refused is MappingException or SourceFileException)
        {
            return Screen.Of<ConnectCheckPage>(new CheckModel(frame, uploaded, null, [], [.. problems, .. problems.Contains(refused.Message) ? (string[])[] : [refused.Message]]), status);
        }
    }

    // Of a text that was changed by hand the form knows nothing.
    private static async Task<IReadOnlyList<string>> DoubtsAsync(UploadedSample uploaded, CancellationToken cancellation) => uploaded.Yaml is not null ? []
        : [.. DraftProblem.Of(uploaded.Draft!, await ConnectEndpoint.ReadAsync(uploaded, cancellation)).Select(p => p.Text)];
}
