using System.Text.Json;
using Followthrough.Ingest.Sources.Files;

namespace Followthrough.Ingest.Sources.Webhooks;

/// <summary>A webhook's body: one JSON object, or a list of them.</summary>
/// <param name="Bytes">The bytes as they came.</param>
/// <param name="Objects">Its outermost objects, none when the list is empty.</param>
internal sealed record HookBody(ReadOnlyMemory<byte> Bytes, IReadOnlyList<SourceRecord> Objects)
{
    private static readonly JsonDocumentOptions Strict = new() { AllowDuplicateProperties = false, MaxDepth = 32 };

    /// <summary>Reads it.</summary>
    /// <returns>Null and what is wrong with it, when it can't be read.</returns>
    public static HookBody? Read(ReadOnlyMemory<byte> bytes, out string? problem)
    {
        problem = JsonLinesRecords.WhyNotText(bytes.Span);
        if (problem is not null) return null;
        try
        {
            using var document = JsonDocument.Parse(bytes, Strict);
            var objects = OutermostOf(document.RootElement)?.ToList();
            problem = objects is null ? "is neither a JSON object nor a list of them" : objects.Select(o => o.Problem?.Message).FirstOrDefault(m => m is not null);
            return problem is null ? new HookBody(bytes, objects!) : null;
        }
        catch (JsonException e)
        {
            problem = JsonLinesRecords.Why(e);
            return null;
        }
        catch (InvalidOperationException)
        {
            // A name of it, which the parser unescapes to see whether it stands twice.
            problem = JsonLinesRecords.HalfCharacter;
            return null;
        }
    }

    /// <summary>The first object's own plain fields, as the fields around its records: <c>event.type</c>.</summary>
    public IReadOnlyDictionary<string, string?> Envelope() => Objects.Count == 0 ? new Dictionary<string, string?>()
        : Objects[0].Shape.Names.Zip(Objects[0].Values).Where(f => !f.First.Contains('.', StringComparison.Ordinal)).ToDictionary(f => "event." + f.First, f => f.Second);

    private static IEnumerable<SourceRecord>? OutermostOf(JsonElement root) => root.ValueKind switch
    {
        JsonValueKind.Object => [RecordOf(root, 0)],
        JsonValueKind.Array => root.EnumerateArray().Select(RecordOf),
        _ => null,
    };

    private static SourceRecord RecordOf(JsonElement element, int index) => JsonLinesRecords.Parse(index + 1, element.GetRawText(), new RecordShapes());
}
