using System.IO.Enumeration;
using Followthrough.Ingest.Mappings;
using Followthrough.Ingest.Sources.Files;

namespace Followthrough.Ingest.Drafting;

/// <summary>A mapping that is there already and reads a file.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Facts">The facts it made of the first records.</param>
/// <param name="KnowsTheName">Whether the file is called as its files are.</param>
public sealed record FittingMapping(string Name, IReadOnlyList<string> Facts, bool KnowsTheName)
{
    private const int Tried = 200;
    private const double Seen = 0.6;

    /// <summary>Those among the shipped and the own ones that make more facts than problems of a file, and find most of their fields in it.</summary>
    public static async Task<IReadOnlyList<FittingMapping>> FindAsync(string path, string name, OwnMappings own, CancellationToken ct)
    {
        var found = new List<FittingMapping>();
        foreach (var mapping in await AllAsync(own, ct))
            if (await TryAsync(mapping, path, name, ct) is { } fitting) found.Add(fitting);
        return [.. found.OrderByDescending(f => f.KnowsTheName).ThenBy(f => f.Name, StringComparer.Ordinal)];
    }

    /// <summary>Whether a file is called as a mapping's files are, packed or not.</summary>
    internal static bool IsCalled(string name, Mapping mapping) =>
        new[] { "", ".gz", ".zip" }.Any(ending => FileSystemName.MatchesSimpleExpression(mapping.Files + ending, name));

    private static async Task<IReadOnlyList<Mapping>> AllAsync(OwnMappings own, CancellationToken ct) =>
        [.. await Task.WhenAll(MappingCatalogue.Shipped.Select(n => MappingCatalogue.ReadShippedAsync(n, ct))), .. await own.ReadableAsync(ct)];

    private static async Task<FittingMapping?> TryAsync(Mapping mapping, string path, string name, CancellationToken ct)
    {
        try
        {
            var report = await new MapCheck(mapping, path, name, Tried).RunAsync(ct);
            var made = report.Facts.Values.Sum();
            var fields = mapping.Used.Count;
            var fits = made > report.Problems.Sum(p => p.Count) && fields - report.NeverSeen.Count >= Seen * fields;
            return fits ? new FittingMapping(mapping.Name, [.. report.Facts.Keys], IsCalled(name, mapping)) : null;
        }
        catch (SourceFileException)
        {
            return null;
        }
    }
}
