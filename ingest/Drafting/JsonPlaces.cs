using System.Text;
using System.Text.Json;
using Followthrough.Ingest.Sources.Files;

namespace Followthrough.Ingest.Drafting;

/// <summary>Where in a JSON document the records may be.</summary>
internal static class JsonPlaces
{
    private const int MostBytes = 64 << 20;
    private const int Deepest = 4;
    private static readonly JsonDocumentOptions Lenient = new() { MaxDepth = 64 };

    /// <summary>Dotted paths of arrays of objects, the fullest first, and an empty text for the outermost objects; none for other files.</summary>
    public static IReadOnlyList<string> Of(string path, string name)
    {
        if (!SourceFormats.Is(SourceFormat.Json, path, name)) return [];
        var bytes = SourceFile.Beginning(path, name, MostBytes);
        try
        {
            using var document = JsonDocument.Parse(bytes.AsMemory(bytes.AsSpan().StartsWith(Encoding.UTF8.Preamble) ? Encoding.UTF8.Preamble.Length : 0), Lenient);
            var found = new Dictionary<string, int>();
            if (document.RootElement.ValueKind == JsonValueKind.Object) Collect(document.RootElement, "", 1, found);
            return [.. found.OrderByDescending(f => f.Value).ThenBy(f => f.Key.Length).Select(f => f.Key), ""];
        }
        catch (JsonException)
        {
            // The reader of the records says what is wrong with it, and where.
            return [""];
        }
    }

    private static void Collect(JsonElement element, string prefix, int depth, Dictionary<string, int> found)
    {
        foreach (var property in element.EnumerateObject())
        {
            var path = prefix + property.Name;
            if (property.Value.ValueKind == JsonValueKind.Object && depth < Deepest) Collect(property.Value, path + ".", depth + 1, found);
            if (property.Value.ValueKind != JsonValueKind.Array || property.Name.Contains('.', StringComparison.Ordinal)) continue;
            var objects = property.Value.EnumerateArray().Count(e => e.ValueKind == JsonValueKind.Object);
            if (objects > 0) found[path] = objects;
        }
    }
}
