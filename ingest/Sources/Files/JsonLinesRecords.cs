using System.Runtime.CompilerServices;
using System.Text.Json;

namespace Followthrough.Ingest.Sources.Files;

/// <summary>Records of a file with one JSON object a line. Nested objects become dotted names.</summary>
internal static class JsonLinesRecords
{
    private static readonly JsonDocumentOptions Strict = new() { AllowDuplicateProperties = false, MaxDepth = 32 };

    /// <summary>Yields every record in file order; blank lines are passed over.</summary>
    /// <exception cref="SourceFileException">A line is longer than anybody writes.</exception>
    public static async IAsyncEnumerable<SourceRecord> ReadAsync(TextReader text, string shownName, [EnumeratorCancellation] CancellationToken ct)
    {
        var shapes = new RecordShapes();
        var line = 0L;
        await foreach (var json in BoundedLines.ReadAsync(text, shownName, ct))
        {
            line++;
            if (!string.IsNullOrWhiteSpace(json)) yield return Parse(line, json, shapes);
        }
    }

    /// <summary>The record an object is; one with a problem when it is none.</summary>
    internal static SourceRecord Parse(long line, string json, RecordShapes shapes)
    {
        try
        {
            using var document = JsonDocument.Parse(json, Strict);
            if (document.RootElement.ValueKind != JsonValueKind.Object) return Unreadable(line, json, "is no JSON object");
            var fields = new List<(string Name, string? Value)>();
            Flatten("", document.RootElement, fields);
            if (fields.GroupBy(f => f.Name).FirstOrDefault(g => g.Count() > 1) is { } twice)
                return Unreadable(line, json, $"names {Shown.Quoted(twice.Key)} twice");
            return new SourceRecord(line, shapes.Of(fields), [.. fields.Select(f => f.Value)]);
        }
        catch (JsonException e)
        {
            return Unreadable(line, json, Why(e));
        }
        catch (InvalidOperationException)
        {
            return Unreadable(line, json, HalfCharacter);
        }
    }

    // The framework's own words may quote the whole line. Of a name that stands twice it does not say where.
    internal static string Why(JsonException e) =>
        e.BytePositionInLine is { } at ? $"is not valid JSON (at byte {at})" : "is not valid JSON, or has a name twice in one object";

    /// <summary>What of some bytes no JSON document can be made of, where the parser itself would not say so or says it by another exception.</summary>
    internal static string? WhyNotText(ReadOnlySpan<byte> utf8) => System.Text.Unicode.Utf8.IsValid(utf8) ? null : "is not valid UTF-8";

    /// <summary>What the parser means when it says that an operation is invalid.</summary>
    internal const string HalfCharacter = "holds half a character (a lone surrogate)";

    private static SourceRecord Unreadable(long line, string json, string why) =>
        new(line, new RecordShape(["line"]), [json], new RecordProblem("bad_json", $"{why}; expected one JSON object a line, each name once, at most {Strict.MaxDepth} deep"));

    /// <summary>The fields of an object, nested ones by dotted names, arrays as they are written.</summary>
    internal static void Flatten(string prefix, JsonElement element, List<(string Name, string? Value)> fields)
    {
        foreach (var property in element.EnumerateObject())
        {
            var name = prefix + property.Name;
            if (property.Value.ValueKind == JsonValueKind.Object) Flatten(name + ".", property.Value, fields);
            else fields.Add((name, TextOf(property.Value)));
        }
    }

    /// <summary>A value as text: strings without quotes, null as nothing.</summary>
    internal static string? TextOf(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.Null => null,
        JsonValueKind.String => value.GetString(),
        _ => value.GetRawText(),
    };
}
