using Followthrough.Analytics.Facts;
using Followthrough.Ingest.Drafting;
using Followthrough.Ingest.Mappings;
using Followthrough.Ingest.Sources.Files;

namespace Followthrough.Ingest.Loading;

/// <summary>A file to load, with its mapping or with the reason why it has none.</summary>
internal sealed record PlannedFile(string Path, Mapping? Mapping, string? Problem)
{
    /// <summary>What it was called when it was sent.</summary>
    public string Name { get; init; } = System.IO.Path.GetFileName(Path);
}

/// <summary>Which files of a path are loaded, in which order, with which mapping.</summary>
internal static class LoadPlan
{
    /// <summary>Plans a file or a folder (not its subfolders).</summary>
    /// <exception cref="SourceFileException">The path is not there, or holds nothing that can be loaded.</exception>
    public static async Task<IReadOnlyList<PlannedFile>> MakeAsync(LoadRequest request, OwnMappings own, CancellationToken ct)
    {
        var (path, mappingName) = (request.Path, request.Mapping);
        if (File.Exists(path))
        {
            var name = request.SentAs ?? Path.GetFileName(path);
            return [await PlanAsync(path, name, mappingName, own, ct) with { Name = name }];
        }
        if (!Directory.Exists(path)) throw new SourceFileException($"{path}: there is no such file or folder.");
        return mappingName is null or CanonicalMapping.Name ? await UnnamedAsync(path, mappingName is null ? await own.ReadableAsync(ct) : [], ct) : await MappedAsync(path, mappingName, own, ct);
    }

    private static async Task<IReadOnlyList<PlannedFile>> UnnamedAsync(string folder, IReadOnlyList<Mapping> own, CancellationToken ct)
    {
        var files = new List<PlannedFile>();
        foreach (var file in Directory.EnumerateFiles(folder).Where(SourceFormats.IsKnown)) files.Add(await MappingChoice.ForAsync(file, Path.GetFileName(file), own, ct));
        if (files.Count == 0) throw new SourceFileException($"{folder}: holds no {SourceFormats.Expected}; expected files named after facts, for example account.csv, or as one of your mappings says.");
        return [.. files.OrderBy(f => f.Mapping is null ? -1 : FactTable.All.ToList().IndexOf(f.Mapping.Tables[0])).ThenBy(f => f.Name, StringComparer.Ordinal)];
    }

    private static async Task<IReadOnlyList<PlannedFile>> MappedAsync(string folder, string mappingName, OwnMappings own, CancellationToken ct)
    {
        var mappings = await MappingCatalogue.FindAsync(mappingName, own, ct);
        var files = mappings.OrderBy(m => FactTable.All.ToList().IndexOf(m.Tables[0])).SelectMany(m => FilesOf(folder, m).Select(f => new PlannedFile(f, m, null))).ToList();
        return files.Count > 0 ? files
            : throw new SourceFileException($"{folder}: holds no file {string.Join(" or ", mappings.Select(m => m.Files))}, which the mapping {mappingName} reads.");
    }

    // Packed or not, the file is the mapping's.
    private static IEnumerable<string> FilesOf(string folder, Mapping mapping) =>
        new[] { "", ".gz", ".zip" }.SelectMany(ending => Directory.EnumerateFiles(folder, mapping.Files + ending)).Where(SourceFormats.IsKnown)
            .Distinct().Order(StringComparer.Ordinal);

    private static async Task<PlannedFile> PlanAsync(string file, string name, string? mappingName, OwnMappings own, CancellationToken ct)
    {
        if (!SourceFormats.IsKnown(name)) return new PlannedFile(file, null, $"{name}: expected a {SourceFormats.Expected}.");
        if (mappingName is null) return await MappingChoice.ForAsync(file, name, await own.ReadableAsync(ct), ct);
        if (mappingName is CanonicalMapping.Name) return MappingChoice.Canonical(file, name);
        var mappings = await MappingCatalogue.FindAsync(mappingName, own, ct);
        var fitting = mappings.Count == 1 ? mappings : [.. mappings.Where(m => FittingMapping.IsCalled(name, m))];
        return fitting.Count == 1 ? new PlannedFile(file, fitting[0], null)
            : new PlannedFile(file, null, $"{name}: which of its mappings is meant does not follow from the name; expected --mapping with one of {string.Join(", ", mappings.Select(m => m.Name))}.");
    }
}
