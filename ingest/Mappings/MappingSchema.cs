using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using Followthrough.Analytics.Facts;
using Followthrough.Ingest.Sources.Files;

namespace Followthrough.Ingest.Mappings;

/// <summary>The JSON Schema of mapping files, made from the facts, so that an editor completes and checks what the reader accepts.</summary>
internal static class MappingSchema
{
    private static readonly JsonSerializerOptions Indented = new() { WriteIndented = true, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>The schema as it is kept beside the mappings.</summary>
    public static string Text() => new JsonObject
    {
        ["$schema"] = "https://json-schema.org/draft/2020-12/schema",
        ["title"] = "What a source's records mean",
        ["type"] = "object",
        ["required"] = Names(["name", "files", "facts"]),
        ["additionalProperties"] = false,
        ["properties"] = Root(),
        ["$defs"] = new JsonObject { ["texts"] = Texts(), ["condition"] = Condition(), ["column"] = Column(), ["fact"] = Fact() },
    }.ToJsonString(Indented);

    private static JsonObject Root() => new()
    {
        ["name"] = Said("Name by which it is asked for and remembered."),
        ["files"] = Said("Pattern of the names of the files it reads, for example \"calls*.csv\"."),
        ["records"] = Texts("JSON: dotted paths of the objects that are records; arrays on the way are gone through."),
        ["encoding"] = Said("Encoding of a text without a byte-order mark; UTF-8 when left out.", SourceText.Encodings),
        ["header_lines"] = new JsonObject { ["type"] = "integer", ["minimum"] = 1, ["maximum"] = 100, ["description"] = "Lines before the data; the first has the names." },
        ["sheet"] = Said("XLSX: name of the sheet; the first when left out."),
        ["zone"] = Said("IANA zone of times that name none."),
        ["empty"] = Texts("Texts by which the source says that it has nothing."),
        ["optional"] = Texts("Columns that a file may leave out."),
        ["numbered_by"] = Texts("Fields by which records are alike; {#} is a record's number among its like."),
        ["hook"] = Block(["when"], new()
        {
            ["when"] = Ref("condition"),
            ["records"] = Texts("Dotted paths of the objects that are records in a webhook's body; the outermost ones when left out."),
        }),
        ["reject"] = new JsonObject
        {
            ["type"] = "array",
            ["description"] = "Records that can't be true; they go to quarantine as a whole.",
            ["items"] = Block(["reason", "message", "when"], new() { ["reason"] = Said("Stable code."), ["message"] = Said("What is wrong."), ["when"] = Ref("condition") }),
        },
        ["facts"] = new JsonObject { ["type"] = "array", ["minItems"] = 1, ["items"] = Ref("fact") },
    };

    private static JsonObject Fact() => new()
    {
        ["type"] = "object",
        ["required"] = Names(["fact", "columns"]),
        ["additionalProperties"] = false,
        ["properties"] = new JsonObject
        {
            ["fact"] = new JsonObject { ["enum"] = Names(FactTable.All.Select(t => t.Name)) },
            ["each"] = Said("The array inside the record of which every element becomes a fact."),
            ["when"] = Ref("condition"),
            ["columns"] = new JsonObject { ["type"] = "object" },
        },
        ["allOf"] = new JsonArray([.. FactTable.All.Select(ColumnsOf)]),
    };

    private static JsonNode ColumnsOf(FactTable table) => new JsonObject
    {
        ["if"] = new JsonObject { ["properties"] = new JsonObject { ["fact"] = new JsonObject { ["const"] = table.Name } } },
        ["then"] = new JsonObject
        {
            ["properties"] = new JsonObject
            {
                ["columns"] = new JsonObject
                {
                    ["additionalProperties"] = false,
                    ["required"] = Names(table.Columns.Where(c => c.Required).Select(c => c.Name)),
                    ["properties"] = new JsonObject(table.Columns.Select(c => KeyValuePair.Create<string, JsonNode?>(c.Name, ColumnOf(c)))),
                },
            },
        },
    };

    private static JsonObject ColumnOf(FactColumn column) => new()
    {
        ["$ref"] = "#/$defs/column",
        ["description"] = column.Kind.ToString().ToLowerInvariant() + (column.Choices.Count > 0 ? ": " + string.Join(", ", column.Choices) : ""),
    };

    private static JsonObject Column() => new() { ["anyOf"] = new JsonArray(Ref("texts"), Block([], Options())) };

    private static JsonObject Options() => new(ColumnNode.Names.Select(n => KeyValuePair.Create<string, JsonNode?>(n, n switch
    {
        "from" => Ref("texts"),
        "when" => Ref("condition"),
        "values" => new JsonObject { ["type"] = "object", ["description"] = "The source's words and ours.", ["additionalProperties"] = new JsonObject { ["type"] = "string" } },
        "otherwise" => Said("What stands for a word that is not among the values."),
        "date" => Said("epoch_seconds, epoch_milliseconds, json, iso, or a .NET format such as dd.MM.yyyy HH:mm."),
        "zone" => Said("IANA zone of times that name none."),
        "decimal" => Said("Decimal sign of numbers with thousands or a comma.", [",", "."]),
        "divided_by" => new JsonObject { ["type"] = new JsonArray("string", "number"), ["description"] = "What it is divided by." },
        "minus" => Said("What is taken off."),
        "times" => Said("What it is multiplied by."),
        "minor_units_of" => Said("The currency in whose smallest unit it is written."),
        "upper" => new JsonObject { ["enum"] = new JsonArray("true", true), ["description"] = "Written in capitals." },
        "sum_of" => Said("lines: the amount is the sum of the fact's stored lines.", ["lines"]),
        "through" => new JsonObject { ["enum"] = Names(FactTable.All.Where(t => t.HasAccount).Select(t => t.Name)), ["description"] = "Where no account has the key: the fact whose account is meant." },
        _ => throw new InvalidOperationException($"'{n}' is not described."),
    })));

    private static JsonObject Condition() => new()
    {
        ["type"] = "object",
        ["description"] = "Fields and the text or texts they must hold (a* stands for all that begin with a); besides them the words below.",
        ["properties"] = new JsonObject
        {
            ["present"] = Texts("Fields that hold something."),
            ["absent"] = Texts("Fields that hold nothing."),
            ["above"] = new JsonObject { ["type"] = "object", ["description"] = "Fields and the number they are above." },
            ["before"] = new JsonObject { ["type"] = "object", ["description"] = "A date or time and the one it is before." },
            ["not"] = Ref("condition"),
            ["any"] = Ref("condition"),
            ["all"] = new JsonObject { ["type"] = "array", ["items"] = Ref("condition") },
            ["first_of"] = Said("Only the first record of each value of this field."),
            ["earliest_of"] = Said("Of the records with one value of this field the one that happened first."),
        },
    };

    private static JsonObject Texts() => new()
    {
        ["anyOf"] = new JsonArray(Scalar(), new JsonObject { ["type"] = "array", ["items"] = Scalar() }),
    };

    private static JsonObject Scalar() => new() { ["type"] = new JsonArray("string", "number", "boolean") };

    private static JsonObject Texts(string description) => new() { ["$ref"] = "#/$defs/texts", ["description"] = description };

    private static JsonObject Said(string description, IEnumerable<string>? choices = null)
    {
        var node = new JsonObject { ["type"] = new JsonArray("string", "number", "boolean"), ["description"] = description };
        if (choices is not null) node["enum"] = Names(choices);
        return node;
    }

    private static JsonObject Block(IEnumerable<string> required, JsonObject properties) =>
        new() { ["type"] = "object", ["required"] = Names(required), ["additionalProperties"] = false, ["properties"] = properties };

    private static JsonObject Ref(string name) => new() { ["$ref"] = $"#/$defs/{name}" };

    private static JsonArray Names(IEnumerable<string> names) => new([.. names.Select(n => (JsonNode)n)]);
}
