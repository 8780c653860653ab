using Followthrough.Analytics.Facts;
using Followthrough.Ingest.Drafting;
using Followthrough.Ingest.Mappings;
using Followthrough.Ingest.Sources;
using Followthrough.Ingest.Sources.Files;

namespace Followthrough.Ingest.Loading;

/// <summary>Which mapping reads a file for which none was named: the canonical format by its name, or an own mapping by its pattern.</summary>
internal static class MappingChoice
{
    /// <summary>The file with its mapping, or with the reason why it has none.</summary>
    /// <param name="path">Where it is.</param>
    /// <param name="name">What it was called when it was sent.</param>
    /// <param name="own">The installation's own mappings that can be read.</param>
    /// <param name="ct">Stops the reading.</param>
    public static async Task<PlannedFile> ForAsync(string path, string name, IReadOnlyList<Mapping> own, CancellationToken ct)
    {
        var canonical = FactTable.Find(FactOf(name)) is { } table ? CanonicalMapping.For(table) : null;
        var called = own.Where(m => m.Files.Trim('*').Length > 0 && FittingMapping.IsCalled(name, m)).ToList();
        if (called.Count == 0) return new PlannedFile(path, canonical, canonical is null ? Unknown(name) : null);
        List<Mapping> all = [.. canonical is null ? [] : new[] { canonical }, .. called];
        var fitting = new List<Mapping>();
        if (all.Count > 1)
            foreach (var mapping in all)
                if (await ReadsAsync(path, name, mapping, ct)) fitting.Add(mapping);
        // What fits the product's own format to the last name is in it.
        if (all.Count == 1 || fitting.Count == 1 || (canonical is not null && fitting.Contains(canonical))) return new PlannedFile(path, fitting.FirstOrDefault() ?? all[0], null);
        var meant = fitting.Count > 0 ? fitting : called;
        return new PlannedFile(path, null, $"{name}: {(meant.Count == 1 ? "" : "several of your mappings read files of this name. ")}Expected --mapping with {(meant.Count == 1 ? "" : "one of ")}{string.Join(", ", meant.Select(m => m.Name))}.");
    }

    /// <summary>The file in the canonical format.</summary>
    public static PlannedFile Canonical(string path, string name) =>
        FactTable.Find(FactOf(name)) is { } table ? new PlannedFile(path, CanonicalMapping.For(table), null) : new PlannedFile(path, null, Unknown(name));

    // interaction.csv, and interaction.2026-09.csv or interaction-2.csv for a part of it.
    private static string FactOf(string name) => name[..name.IndexOfAny(['.', '-'])];

    private static string Unknown(string name)
    {
        var fact = FactOf(name);
        return $"{name}: there is no fact {Shown.Quoted(fact)}{Nearest.Hint(fact, FactTable.All.Select(t => t.Name))}; expected a file named after one of {string.Join(", ", FactTable.All)}, "
            + "or as one of your mappings says, or --mapping.";
    }

    private static async Task<bool> ReadsAsync(string path, string name, Mapping mapping, CancellationToken ct)
    {
        try
        {
            using var source = SourceFile.Open(path, name, mapping.Reading);
            await foreach (var record in source.ReadAsync(mapping.ProblemOfHeader, ct)) return record.Problem is not null || mapping.ProblemOfRecord(record.Shape) is null;
            return true;
        }
        catch (SourceFileException)
        {
            return false;
        }
    }
}
