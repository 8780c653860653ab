using System.Reflection;

namespace Followthrough.Ingest.Mappings;

/// <summary>The mappings that ship, and those a path names.</summary>
internal static class MappingCatalogue
{
    private static readonly Assembly Here = typeof(MappingCatalogue).Assembly;

    /// <summary>Names of the shipped mappings.</summary>
    public static IReadOnlyList<string> Shipped { get; } =
        [.. Here.GetManifestResourceNames().Where(n => n.StartsWith("Mappings/", StringComparison.Ordinal)).Select(Path.GetFileNameWithoutExtension).Order()!];

    /// <summary>A shipped mapping by name, or one from a .yaml file by path, with the pattern of the files it reads.</summary>
    /// <exception cref="MappingException">There is none of that name, or it is wrong.</exception>
    public static async Task<(Mapping Mapping, string FilePattern)> FindAsync(string nameOrPath, CancellationToken ct)
    {
        if (File.Exists(nameOrPath)) return MappingFile.Read(await File.ReadAllTextAsync(nameOrPath, ct), Path.GetFileName(nameOrPath));
        if (!Shipped.Contains(nameOrPath))
            throw new MappingException($"There is no mapping '{nameOrPath}'{Nearest.Hint(nameOrPath, Shipped)}. Shipped: {string.Join(", ", Shipped)}; or give the path of a .yaml file.");
        await using var stream = Here.GetManifestResourceStream($"Mappings/{nameOrPath}.yaml")!;
        using var reader = new StreamReader(stream);
        return MappingFile.Read(await reader.ReadToEndAsync(ct), nameOrPath + ".yaml");
    }
}
