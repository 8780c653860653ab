using System.Text;
using System.Text.Json;
using Followthrough.Analytics.Facts;
using Followthrough.Ingest.Sources.Files;

namespace Followthrough.Ingest.Sources.Streams;

/// <summary>One fact of a message, or a piece of it that is none.</summary>
/// <param name="Table">The fact it says it is; null when it can't be read.</param>
/// <param name="Json">Its columns.</param>
/// <param name="Problem">What is wrong; null for a sound one.</param>
internal readonly record struct EventPiece(FactTable? Table, JsonElement Json, RecordProblem? Problem)
{
    /// <summary>A piece that can't be read.</summary>
    public static EventPiece Unreadable(JsonElement json, string reason, string message) => new(null, json, new RecordProblem(reason, message));
}

/// <summary>
/// Reads what a message says: a CloudEvent 1.0 (structured JSON) of type <c>followthrough.fact.TABLE</c> whose data is a fact or an array of
/// facts, an array of such events, or lines of JSON, each an event or a fact that names its table in <c>fact</c>.
/// </summary>
internal static class EventReader
{
    /// <summary>What the type of an event begins with.</summary>
    public const string TypePrefix = "followthrough.fact.";

    /// <summary>The field by which a bare fact names its table.</summary>
    public const string FactField = "fact";

    private static readonly JsonDocumentOptions Strict = new() { AllowDuplicateProperties = false, MaxDepth = 32 };

    /// <summary>The pieces of a message, in order.</summary>
    public static IEnumerable<EventPiece> Read(byte[]? value, int longest)
    {
        if (value is null || value.AsSpan().Trim(" \t\r\n"u8).IsEmpty) return [EventPiece.Unreadable(default, "empty_message", "is empty; expected a CloudEvent or a fact")];
        if (value.Length > longest) return [EventPiece.Unreadable(default, "too_large", $"has {value.Length} bytes; expected at most {longest}")];
        if (!System.Text.Unicode.Utf8.IsValid(value)) return [EventPiece.Unreadable(default, "bad_encoding", "is not valid UTF-8; expected JSON in UTF-8")];
        return TryParse(value, out var json) is null ? Events(json) : Lines(value);
    }

    private static IEnumerable<EventPiece> Lines(byte[] value)
    {
        foreach (var line in Encoding.UTF8.GetString(value).Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries))
            foreach (var piece in TryParse(Encoding.UTF8.GetBytes(line), out var json) is { } why ? [NotJson(why)] : Events(json))
                yield return piece;
    }

    private static EventPiece NotJson(string why) =>
        EventPiece.Unreadable(default, "bad_json", $"{why}; expected JSON, each name once, at most {Strict.MaxDepth} deep");

    private static string? TryParse(ReadOnlySpan<byte> utf8, out JsonElement json)
    {
        try
        {
            json = JsonElement.Parse(utf8, Strict);
            return null;
        }
        catch (JsonException e)
        {
            json = default;
            return JsonLinesRecords.Why(e);
        }
        catch (InvalidOperationException)
        {
            json = default;
            return JsonLinesRecords.HalfCharacter;
        }
    }

    private static IEnumerable<EventPiece> Events(JsonElement json) => json.ValueKind switch
    {
        JsonValueKind.Array => json.EnumerateArray().SelectMany(Event),
        _ => Event(json),
    };

    private static IEnumerable<EventPiece> Event(JsonElement json)
    {
        if (json.ValueKind != JsonValueKind.Object) return [EventPiece.Unreadable(json, "not_an_event", "is no JSON object; expected a CloudEvent or a fact")];
        return json.TryGetProperty("specversion", out var version) ? CloudEvent(json, version) : [Bare(json)];
    }

    private static IEnumerable<EventPiece> CloudEvent(JsonElement json, JsonElement version)
    {
        if (TextOf(version) != "1.0") return [EventPiece.Unreadable(json, "unknown_version", $"is of CloudEvents {Shown.Quoted(TextOf(version) ?? version.ToString())}; expected 1.0")];
        foreach (var needed in new[] { "id", "source", "type" })
            if (string.IsNullOrEmpty(Text(json, needed))) return [EventPiece.Unreadable(json, "not_an_event", $"has no {needed}; expected a CloudEvent with id, source, type and data")];
        if (!json.TryGetProperty("data", out var data) || data.ValueKind is not (JsonValueKind.Object or JsonValueKind.Array))
            return [EventPiece.Unreadable(json, "not_an_event", "has no data in JSON; expected a fact or an array of facts")];
        var type = Text(json, "type")!;
        if (!type.StartsWith(TypePrefix, StringComparison.Ordinal) || FactTable.Find(type[TypePrefix.Length..]) is not { } table) return [UnknownFact(json, type, TypePrefix)];
        return data.ValueKind == JsonValueKind.Array ? data.EnumerateArray().Select(d => Fact(table, d)) : [Fact(table, data)];
    }

    private static EventPiece Bare(JsonElement json) => Text(json, FactField) switch
    {
        null => EventPiece.Unreadable(json, "not_an_event", $"has neither specversion nor '{FactField}'; expected a CloudEvent, or a fact that names its table"),
        var name => FactTable.Find(name) is { } table ? new EventPiece(table, json, null) : UnknownFact(json, name, ""),
    };

    private static EventPiece Fact(FactTable table, JsonElement json) => json.ValueKind == JsonValueKind.Object ? new EventPiece(table, json, null)
        : EventPiece.Unreadable(json, "not_an_event", $"has {json.ValueKind.ToString().ToLowerInvariant()} as data; expected a fact's columns");

    private static EventPiece UnknownFact(JsonElement json, string name, string prefix)
    {
        var known = FactTable.All.Select(t => prefix + t.Name).ToList();
        return EventPiece.Unreadable(json, "unknown_fact", $"{Shown.Quoted(name)} is no fact{Nearest.Hint(name, known)}; expected for example {known[^1]}");
    }

    private static string? Text(JsonElement json, string name) => json.TryGetProperty(name, out var value) ? TextOf(value) : null;

    private static string? TextOf(JsonElement value)
    {
        try
        {
            return value.ValueKind == JsonValueKind.String ? value.GetString() : null;
        }
        catch (InvalidOperationException)
        {
            // Half a character, which no text can hold.
            return null;
        }
    }
}
