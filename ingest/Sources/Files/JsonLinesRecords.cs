using System.Runtime.CompilerServices;
using System.Text.Json;

namespace Followthrough.Ingest.Sources.Files;

/// <summary>Records of a file with one JSON object a line. Nested objects become dotted names.</summary>
internal static class JsonLinesRecords
{
    private static readonly JsonDocumentOptions Strict = new() { AllowDuplicateProperties = false, MaxDepth = 32 };

    /// <summary>Yields every record in file order; blank lines are passed over.</summary>
    public static async IAsyncEnumerable<SourceRecord> ReadAsync(TextReader text, [EnumeratorCancellation] CancellationToken ct)
    {
        for (var line = 1L; await text.ReadLineAsync(ct) is { } json; line++)
            if (!string.IsNullOrWhiteSpace(json))
                yield return Parse(line, json);
    }

    private static SourceRecord Parse(long line, string json)
    {
        try
        {
            using var document = JsonDocument.Parse(json, Strict);
            if (document.RootElement.ValueKind != JsonValueKind.Object) return Unreadable(line, json, "is no JSON object");
            var fields = new Dictionary<string, string?>();
            Flatten("", document.RootElement, fields);
            return new SourceRecord(line, new RecordShape([.. fields.Keys]), [.. fields.Values]);
        }
        catch (JsonException e)
        {
            return Unreadable(line, json, $"is not valid JSON: {e.Message}");
        }
    }

    private static SourceRecord Unreadable(long line, string json, string why) =>
        new(line, new RecordShape(["line"]), [json], new RecordProblem("bad_json", $"{why}; expected one JSON object a line"));

    private static void Flatten(string prefix, JsonElement element, Dictionary<string, string?> fields)
    {
        foreach (var property in element.EnumerateObject())
        {
            var name = prefix + property.Name;
            if (property.Value.ValueKind == JsonValueKind.Object) Flatten(name + ".", property.Value, fields);
            else fields[name] = TextOf(property.Value);
        }
    }

    private static string? TextOf(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.Null => null,
        JsonValueKind.String => value.GetString(),
        _ => value.GetRawText(),
    };
}
