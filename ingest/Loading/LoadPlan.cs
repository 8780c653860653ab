using Followthrough.Analytics.Facts;
using Followthrough.Ingest.Mappings;
using Followthrough.Ingest.Sources;
using Followthrough.Ingest.Sources.Files;

namespace Followthrough.Ingest.Loading;

/// <summary>A file to load, with its mapping or with the reason why it has none.</summary>
internal sealed record PlannedFile(string Path, Mapping? Mapping, string? Problem)
{
    public string Name => System.IO.Path.GetFileName(Path);
}

/// <summary>Which files of a path are loaded, in which order, with which mapping.</summary>
internal static class LoadPlan
{
    /// <summary>Plans a file or a folder (not its subfolders).</summary>
    /// <exception cref="SourceFileException">The path is not there, or holds nothing that can be loaded.</exception>
    public static async Task<IReadOnlyList<PlannedFile>> MakeAsync(string path, string? mappingName, CancellationToken ct)
    {
        if (File.Exists(path)) return [await PlanAsync(path, mappingName, ct)];
        if (!Directory.Exists(path)) throw new SourceFileException($"{path}: there is no such file or folder.");
        return mappingName is null or CanonicalMapping.Name ? Canonical(path) : await MappedAsync(path, mappingName, ct);
    }

    private static PlannedFile[] Canonical(string folder)
    {
        var files = Directory.EnumerateFiles(folder).Where(SourceFormat.IsKnown).Select(Plan)
            .OrderBy(f => f.Mapping is null ? -1 : FactTable.All.ToList().IndexOf(f.Mapping.Tables[0])).ThenBy(f => f.Name, StringComparer.Ordinal).ToArray();
        return files.Length > 0 ? files : throw new SourceFileException($"{folder}: holds no .csv or .jsonl file; expected files named after facts, for example account.csv.");
    }

    private static async Task<IReadOnlyList<PlannedFile>> MappedAsync(string folder, string mappingName, CancellationToken ct)
    {
        var (mapping, pattern) = await MappingCatalogue.FindAsync(mappingName, ct);
        var files = Directory.EnumerateFiles(folder, pattern).Where(SourceFormat.IsKnown).Order(StringComparer.Ordinal).ToList();
        return files.Count > 0
            ? [.. files.Select(f => new PlannedFile(f, mapping, null))]
            : throw new SourceFileException($"{folder}: holds no file {pattern}, which the mapping {mapping.Name} reads.");
    }

    private static async Task<PlannedFile> PlanAsync(string file, string? mappingName, CancellationToken ct)
    {
        if (mappingName is not (null or CanonicalMapping.Name))
            return new PlannedFile(file, (await MappingCatalogue.FindAsync(mappingName, ct)).Mapping, null);
        return SourceFormat.IsKnown(file) ? Plan(file)
            : new PlannedFile(file, null, $"{Path.GetFileName(file)}: expected a .csv or .jsonl file.");
    }

    private static PlannedFile Plan(string file)
    {
        // interaction.csv, and interaction.2026-09.csv or interaction-2.csv for a part of it.
        var name = Path.GetFileName(file);
        var fact = name[..name.IndexOfAny(['.', '-'])];
        if (FactTable.Find(fact) is { } table) return new PlannedFile(file, CanonicalMapping.For(table), null);
        var hint = Nearest.Hint(fact, FactTable.All.Select(t => t.Name));
        return new PlannedFile(file, null,
            $"{name}: there is no fact {Shown.Quoted(fact)}{hint}; expected a file named after one of {string.Join(", ", FactTable.All)}, or --mapping.");
    }
}
