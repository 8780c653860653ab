using System.Reflection;

namespace Followthrough.Ingest.Mappings;

/// <summary>The mappings that ship, and those a path names.</summary>
internal static class MappingCatalogue
{
    private static readonly Assembly Here = typeof(MappingCatalogue).Assembly;

    /// <summary>Names of the shipped mappings.</summary>
    public static IReadOnlyList<string> Shipped { get; } =
        [.. Here.GetManifestResourceNames().Where(n => n.StartsWith("Mappings/", StringComparison.Ordinal)).Select(Path.GetFileNameWithoutExtension).Order()!];

    /// <summary>A shipped mapping by name, one from a .yaml file by path, or all of a system by its name: salesforce for salesforce_account and the others.</summary>
    /// <exception cref="MappingException">There is none of that name, or it is wrong.</exception>
    public static async Task<IReadOnlyList<Mapping>> FindAsync(string nameOrPath, CancellationToken ct)
    {
        if (File.Exists(nameOrPath)) return [MappingFile.Read(await File.ReadAllTextAsync(nameOrPath, ct), Path.GetFileName(nameOrPath))];
        var names = Shipped.Contains(nameOrPath) ? [nameOrPath] : Shipped.Where(n => n.StartsWith(nameOrPath + "_", StringComparison.Ordinal)).ToList();
        if (names.Count == 0)
            throw new MappingException($"There is no mapping '{nameOrPath}'{Nearest.Hint(nameOrPath, Shipped)}. Shipped: {string.Join(", ", Shipped)}; or give the path of a .yaml file.");
        return await Task.WhenAll(names.Select(n => ReadShippedAsync(n, ct)));
    }

    private static async Task<Mapping> ReadShippedAsync(string name, CancellationToken ct)
    {
        await using var stream = Here.GetManifestResourceStream($"Mappings/{name}.yaml")!;
        using var reader = new StreamReader(stream);
        return MappingFile.Read(await reader.ReadToEndAsync(ct), name + ".yaml");
    }
}
