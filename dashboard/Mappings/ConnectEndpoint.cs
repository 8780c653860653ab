using Followthrough.Analytics.Facts;
using Followthrough.Dashboard.Access;
using Followthrough.Dashboard.Hooks;
using Followthrough.Dashboard.Layout;
using Followthrough.Ingest.Drafting;
using Followthrough.Ingest.Mappings;
using Followthrough.Ingest.Sources.Files;
using Microsoft.AspNetCore.Mvc;
using Npgsql;

namespace Followthrough.Dashboard.Mappings;

/// <summary>
/// Connecting files that nobody has described yet: a sample, what its records are, what its fields mean, what comes of it, and loading.
/// To who may not connect systems it is not there.
/// </summary>
internal static class ConnectEndpoint
{
    internal const string Path = "/data/mappings";
    internal const string New = Path + "/new";
    private const string Sample = Path + "/samples/{id}";

    internal static void MapConnect(this IEndpointRouteBuilder pages)
    {
        var desk = pages.MapGroup("").Needs(Right.Connect);
        desk.MapUpload();
        desk.MapGet(Sample, FactAsync);
        desk.MapPost(Sample, ChooseFactAsync);
        desk.MapPost(Sample + "/read", ReadSoAsync);
        desk.MapPost(Sample + "/use", UseAsync);
        desk.MapPost(Sample + "/discard", Discard);
        desk.MapGet(Sample + "/columns", ColumnsAsync);
        desk.MapPost(Sample + "/columns", FillInAsync);
        desk.MapCheck();
        desk.MapLoad();
        pages.MapOwnMappings();
    }

    /// <summary>The page of a sample, or a step of it.</summary>
    internal static string PathOf(string id, string step = "") => $"{Path}/samples/{id}{step}";

    /// <summary>What is in a sample, read as somebody said.</summary>
    internal static Task<Sample> ReadAsync(UploadedSample uploaded, CancellationToken cancellation) =>
        SampleReader.ReadAsync(uploaded.Path, uploaded.Name, uploaded.Reading, cancellation);

    private static async Task<IResult> FactAsync(PageFrame frame, UploadedSamples samples, OwnMappings own, string id, CancellationToken cancellation) =>
        await samples.FindAsync(id, cancellation) is { } uploaded ? await FactPageAsync(frame, uploaded, own, null, [], cancellation) : Results.NotFound();

    // A name that another mapping has is no proposal.
    private static string Free(string name, OwnMappings own)
    {
        if (!own.Has(name)) return name;
        var number = 2;
        while (own.Has($"{name}_{number}")) number++;
        return $"{name}_{number}";
    }

    private static async Task<IResult> FactPageAsync(
        PageFrame frame, UploadedSample uploaded, OwnMappings own, (string Name, string Fact)? chosen, string[] problems, CancellationToken cancellation)
    {
        var status = problems.Length == 0 ? StatusCodes.Status200OK : StatusCodes.Status400BadRequest;
        try
        {
            var sample = await ReadAsync(uploaded, cancellation);
            var facts = Drafts.Facts(sample);
            var fitting = await FittingMapping.FindAsync(uploaded.Path, uploaded.Name, own, cancellation);
            var named = FileNames.MappingName(sample.Name);
            var proposed = uploaded.Draft is { } draft ? (draft.Name, draft.Fact) : (Free(named, own), facts[0].Name);
            var taken = new[] { chosen?.Name, named }.FirstOrDefault(name => own.Has(name ?? "") && uploaded.Mapping != name);
            return Screen.Of<ConnectFactPage>(new FactModel(frame, uploaded, sample, fitting, facts, chosen ?? proposed, taken, problems), status);
        }
        catch (SourceFileException unreadable)
        {
            return Screen.Of<ConnectFactPage>(new FactModel(frame, uploaded, null, [], [], ("", ""), null, [unreadable.Message]), StatusCodes.Status400BadRequest);
        }
    }

    private static async Task<IResult> ChooseFactAsync(
        PageFrame frame, NpgsqlDataSource db, UploadedSamples samples, OwnMappings own, string id, [FromForm] string? name, [FromForm] string? fact, CancellationToken cancellation)
    {
        if (await samples.FindAsync(id, cancellation) is not { } uploaded) return Results.NotFound();
        var (called, table) = (name?.Trim() ?? "", FactTable.Find(fact ?? ""));
        string[] problems = [.. new[] { ProblemOf(called, own, uploaded), table is null ? "What each row is: expected one of the list." : null }.OfType<string>()];
        if (problems.Length > 0 || table is null) return await FactPageAsync(frame, uploaded, own, (called, fact ?? ""), problems, cancellation);
        var known = new DraftKnowledge(frame.Company.Zone.HasIanaId ? frame.Company.Zone.Id : null, frame.Company.Currency);
        try
        {
            var draft = uploaded.Draft is { } there && there.Fact == table.Name ? there with { Name = called } : await GuessAsync(db, uploaded, table, called, known, cancellation);
            await samples.WriteAsync(uploaded with { Draft = draft, Yaml = null, IsTried = false, Mapping = null }, cancellation);
        }
        catch (SourceFileException unreadable)
        {
            return await FactPageAsync(frame, uploaded, own, (called, table.Name), [unreadable.Message], cancellation);
        }
        return Results.LocalRedirect(PathOf(id, "/columns"));
    }

    private static async Task<MappingDraft> GuessAsync(
        NpgsqlDataSource db, UploadedSample uploaded, FactTable table, string name, DraftKnowledge known, CancellationToken cancellation)
    {
        var sample = await ReadAsync(uploaded, cancellation);
        return await KnownKeys.PreferAsync(db, Drafts.Guess(sample, table, name, known), sample, cancellation);
    }

    // One that this very file was saved as may be saved again.
    private static string? ProblemOf(string name, OwnMappings own, UploadedSample uploaded) => OwnMappings.ProblemOfName(name)
        ?? (own.Has(name) && uploaded.Mapping != name ? $"The name: there is a mapping “{name}” already. Expected another one, or change that one on its own page." : null);

    private static async Task<IResult> ReadSoAsync(
        UploadedSamples samples, string id, [FromForm] string? place, [FromForm] string? encoding, [FromForm(Name = "header_lines")] int? headerLines, CancellationToken cancellation)
    {
        if (await samples.FindAsync(id, cancellation) is not { } uploaded) return Results.NotFound();
        if (!string.IsNullOrEmpty(encoding) && !SourceText.IsKnown(encoding) || headerLines is < 1 or > 100) return Results.BadRequest();
        var reading = new SourceReading
        {
            Records = string.IsNullOrEmpty(place) ? [] : [place],
            Encoding = string.IsNullOrEmpty(encoding) ? null : encoding,
            HeaderLines = headerLines ?? 1,
        };
        await samples.WriteAsync(uploaded with { Reading = reading, Draft = null, Yaml = null, IsTried = false }, cancellation);
        return Results.LocalRedirect(PathOf(id));
    }

    private static async Task<IResult> UseAsync(UploadedSamples samples, OwnMappings own, string id, [FromForm] string? mapping, CancellationToken cancellation)
    {
        if (await samples.FindAsync(id, cancellation) is not { } uploaded) return Results.NotFound();
        if (mapping is null || !(MappingCatalogue.Shipped.Contains(mapping) || own.Has(mapping))) return Results.BadRequest();
        await samples.WriteAsync(uploaded with { Mapping = mapping }, cancellation);
        return Results.LocalRedirect(PathOf(id, "/load"));
    }

    private static IResult Discard(UploadedSamples samples, string id, IFormCollection form)
    {
        samples.Remove(id);
        return Results.LocalRedirect(SourcesEndpoint.Path);
    }

    private static async Task<IResult> ColumnsAsync(PageFrame frame, NpgsqlDataSource db, UploadedSamples samples, string id, CancellationToken cancellation)
    {
        if (await samples.FindAsync(id, cancellation) is not { Draft: { } draft } uploaded) return Results.NotFound();
        return await ColumnsPageAsync(frame, db, uploaded, draft, await ReadAsync(uploaded, cancellation), [], cancellation);
    }

    private static async Task<IResult> ColumnsPageAsync(
        PageFrame frame, NpgsqlDataSource db, UploadedSample uploaded, MappingDraft draft, Sample sample, IReadOnlyList<string> problems, CancellationToken cancellation) =>
        Screen.Of<ConnectColumnsPage>(
            new ColumnsModel(frame, uploaded, draft, sample, DraftProblem.Of(draft, sample), await KnownAsync(db, draft, sample, cancellation), problems),
            problems.Count == 0 ? StatusCodes.Status200OK : StatusCodes.Status400BadRequest);

    // By column: how many of the records that it names are known.
    private static async Task<IReadOnlyDictionary<string, string>> KnownAsync(NpgsqlDataSource db, MappingDraft draft, Sample sample, CancellationToken cancellation)
    {
        var known = new Dictionary<string, string>();
        foreach (var source in draft.Columns)
            // An account's own key is no reference to one.
            if (draft.Fact != source.Name && KnownKeys.TableOf(draft.Table.Column(source.Name)!) is { } table && sample.Field(source.Field) is { } field)
                known[source.Name] = (await KnownKeys.FindAsync(db, table, field, cancellation)).InWords(source.Prefix);
        return known;
    }

    private static async Task<IResult> FillInAsync(PageFrame frame, NpgsqlDataSource db, UploadedSamples samples, string id, IFormCollection form, CancellationToken cancellation)
    {
        if (await samples.FindAsync(id, cancellation) is not { Draft: { } before } uploaded) return Results.NotFound();
        var sample = await ReadAsync(uploaded, cancellation);
        var filledIn = new DraftForm(form, before, sample);
        var draft = await PreferAsync(db, before, filledIn.Read(), sample, cancellation);
        var now = uploaded with { Draft = draft, Yaml = null, IsTried = true };
        if (filledIn.Problems.Count > 0) return await ColumnsPageAsync(frame, db, now, draft, sample, filledIn.Problems, cancellation);
        await samples.WriteAsync(now, cancellation);
        var goesOn = form["go"] == "check" && !DraftProblem.Of(draft, sample).Any(p => p.Stops);
        return Results.LocalRedirect(PathOf(id, goesOn ? "/check" : "/columns"));
    }

    // A key that comes from another field than before is of the source that knows it.
    private static async Task<MappingDraft> PreferAsync(NpgsqlDataSource db, MappingDraft before, MappingDraft draft, Sample sample, CancellationToken cancellation)
    {
        var columns = new List<DraftColumn>();
        foreach (var source in draft.Columns)
            columns.Add(before.Column(source.Name)?.Field == source.Field ? source : await KnownKeys.PreferAsync(db, draft.Table.Column(source.Name)!, source, sample, cancellation));
        return draft with { Columns = columns };
    }
}
