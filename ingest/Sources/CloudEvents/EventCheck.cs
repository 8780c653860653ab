using System.Text.Json;
using Followthrough.Analytics.Facts;

namespace Followthrough.Ingest.Sources.CloudEvents;

/// <summary>Says what of a body is no CloudEvents 1.0 of facts we know. The values themselves are not looked at.</summary>
internal static class EventCheck
{
    private const int LongestAttribute = 512;
    private static readonly string[] Own = ["specversion", "id", "source", "type", "subject", "time", "datacontenttype", "dataschema", "data"];

    /// <summary>Everything that is wrong, in the body's order.</summary>
    public static IEnumerable<EventProblem> Problems(JsonElement root, bool isBatch)
    {
        if (!isBatch) return ProblemsOf(root, 0);
        return root.ValueKind == JsonValueKind.Array ? root.EnumerateArray().SelectMany(ProblemsOf)
            : [new EventProblem(null, null, null, "The body is no list; expected a JSON array of events.")];
    }

    /// <summary>The fact an event is about; null when there is none of that name.</summary>
    public static FactTable? TableOf(JsonElement element) =>
        TextOf(element, "type") is { } type && type.StartsWith(CloudEventMapping.TypePrefix, StringComparison.Ordinal)
            ? FactTable.Find(type[CloudEventMapping.TypePrefix.Length..]) : null;

    /// <summary>A text attribute; null where there is none that can be read.</summary>
    public static string? TextOf(JsonElement element, string name)
    {
        if (element.ValueKind != JsonValueKind.Object || !element.TryGetProperty(name, out var value) || value.ValueKind != JsonValueKind.String) return null;
        try
        {
            return value.GetString();
        }
        catch (InvalidOperationException)
        {
            // Half a character, which no text can hold.
            return null;
        }
    }

    private static IEnumerable<EventProblem> ProblemsOf(JsonElement element, int index)
    {
        if (element.ValueKind != JsonValueKind.Object) return [new EventProblem(index, null, null, "is no JSON object; expected an event")];
        var id = TextOf(element, "id");
        return AttributesOf(element).Concat(DataOf(element)).Select(p => new EventProblem(index, id, p.Field, p.Expected));
    }

    private static IEnumerable<(string Field, string Expected)> AttributesOf(JsonElement element)
    {
        if (TextOf(element, "specversion") != "1.0") yield return ("specversion", "expected \"1.0\"");
        foreach (var name in new[] { "id", "source" })
            if (TextOf(element, name) is not { Length: > 0 and <= LongestAttribute } text || text.Any(char.IsControl))
                yield return (name, $"expected a text of 1 to {LongestAttribute} characters");
        if (TextOf(element, "datacontenttype") is { } content && content.Split(';')[0].Trim() != "application/json") yield return ("datacontenttype", "expected application/json, or nothing");
        // A member that is no attribute of ours may be an extension, whose names are small letters and digits.
        foreach (var member in element.EnumerateObject().Select(p => p.Name).Where(n => !Own.Contains(n) && (n == "data_base64" || !n.All(c => char.IsAsciiLetterLower(c) || char.IsAsciiDigit(c)))))
            yield return (Shown.Quoted(member), "is no attribute of an event; expected the columns in data");
        if (TableOf(element) is null) yield return ("type", $"{UnknownType(TextOf(element, "type"))}; expected {CloudEventMapping.TypePrefix} and a fact, for example {CloudEventMapping.TypePrefix}interaction");
    }

    private static string UnknownType(string? type)
    {
        if (type is null) return "is missing";
        var fact = type.StartsWith(CloudEventMapping.TypePrefix, StringComparison.Ordinal) ? type[CloudEventMapping.TypePrefix.Length..] : type;
        return $"{Shown.Quoted(type)} is no fact{Nearest.Hint(fact, FactTable.All.Select(t => t.Name))}";
    }

    private static IEnumerable<(string Field, string Expected)> DataOf(JsonElement element)
    {
        if (!element.TryGetProperty("data", out var data) || data.ValueKind != JsonValueKind.Object) return [("data", "expected an object with the fact's columns")];
        return TableOf(element) is not { } table ? [] : data.EnumerateObject().SelectMany(p => ProblemOf(table, p));
    }

    private static IEnumerable<(string Field, string Expected)> ProblemOf(FactTable table, JsonProperty property)
    {
        var columns = table.Columns.Select(c => c.Name).ToList();
        if (table.Column(property.Name) is null)
            yield return ($"data.{property.Name}", $"is no column of {table}{Nearest.Hint(property.Name, columns)}; expected some of {string.Join(", ", columns)}");
        else if (property.Value.ValueKind is JsonValueKind.Object or JsonValueKind.Array)
            yield return ($"data.{property.Name}", "is a list or an object; expected one value");
    }
}
