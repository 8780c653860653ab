using System.Reflection;
using Followthrough.Analytics.Facts;

namespace Followthrough.Ingest.Mappings;

/// <summary>The mappings that ship, the installation's own, and those a path names.</summary>
internal static class MappingCatalogue
{
    private static readonly Assembly Here = typeof(MappingCatalogue).Assembly;

    /// <summary>Names of the shipped mappings.</summary>
    public static IReadOnlyList<string> Shipped { get; } =
        [.. Here.GetManifestResourceNames().Where(n => n.StartsWith("Mappings/", StringComparison.Ordinal)).Select(Path.GetFileNameWithoutExtension).Order()!];

    /// <summary>
    /// A shipped mapping by name, one of the installation's own by name, one from a .yaml file by path, or all of a system by its name:
    /// salesforce for salesforce_account and the others, pbx for the own pbx_calls and pbx_agents.
    /// </summary>
    /// <exception cref="MappingException">There is none of that name, or it is wrong.</exception>
    public static async Task<IReadOnlyList<Mapping>> FindAsync(string nameOrPath, OwnMappings own, CancellationToken ct)
    {
        if (File.Exists(nameOrPath)) return [MappingFile.Read(await File.ReadAllTextAsync(nameOrPath, ct), Path.GetFileName(nameOrPath))];
        if (Called(nameOrPath, Shipped) is { Count: > 0 } shipped) return await Task.WhenAll(shipped.Select(n => ReadShippedAsync(n, ct)));
        var names = own.Names;
        if (Called(nameOrPath, names) is { Count: > 0 } called) return (await Task.WhenAll(called.Select(n => own.FindAsync(n, ct)))).OfType<Mapping>().ToList();
        throw new MappingException(
            $"There is no mapping '{nameOrPath}'{Nearest.Hint(nameOrPath, [.. Shipped, .. names])}. {(names.Count == 0 ? "" : $"Own: {string.Join(", ", names)}. ")}Shipped: {string.Join(", ", Shipped)}; or give the path of a .yaml file.");
    }

    /// <summary>A shipped mapping.</summary>
    public static async Task<Mapping> ReadShippedAsync(string name, CancellationToken ct)
    {
        await using var stream = Here.GetManifestResourceStream($"Mappings/{name}.yaml")!;
        using var reader = new StreamReader(stream);
        return MappingFile.Read(await reader.ReadToEndAsync(ct), name + ".yaml");
    }

    private static List<string> Called(string name, IReadOnlyList<string> names) =>
        names.Contains(name) ? [name] : names.Where(n => n.StartsWith(name + "_", StringComparison.Ordinal)).ToList();
}
