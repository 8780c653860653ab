using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using Followthrough.Analytics.Facts;
using Followthrough.Ingest.Loading;
using Followthrough.Ingest.Mappings;
using Followthrough.Ingest.Sources.Files;

namespace Followthrough.Ingest.Sources.Streams;

/// <summary>Makes rows of messages, numbered from 1 in the order in which they are received.</summary>
internal sealed class EventRows(int longestMessage)
{
    private const int LongestKept = 64 * 1024;
    private static readonly JsonSerializerOptions Readable = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    private readonly Dictionary<FactTable, (MappingRun Run, RecordShapes Shapes)> _facts = [];
    private long _position;

    /// <summary>The mapping that a batch of events names.</summary>
    public static Mapping Mapping { get; } = new() { Name = $"{CanonicalMapping.Name}:events", Hash = "1", Rules = [] };

    public List<MappedRow> Rows { get; } = [];
    public List<Unreadable> Unreadable { get; } = [];

    /// <summary>Takes the next message in.</summary>
    /// <returns>Whether anything of it could be read.</returns>
    public bool Add(StreamMessage message)
    {
        var before = Rows.Count;
        foreach (var piece in EventReader.Read(message.Value, longestMessage))
        {
            _position++;
            if (piece.Problem is { } problem) Unreadable.Add(new Unreadable(_position, message.Offset, problem.Reason, problem.Message, Kept(message, piece.Json)));
            else Rows.AddRange(Map(piece.Table!, piece.Json, message.Offset));
        }
        return Rows.Count > before;
    }

    /// <summary>None yet, read alike.</summary>
    public EventRows Empty() => new(longestMessage);

    /// <summary>A message that the database does not take, whole.</summary>
    public EventRows Refused(StreamMessage message, string why)
    {
        var refused = Empty();
        refused.Unreadable.Add(new Unreadable(1, message.Offset, "refused_by_database", $"is refused by the database: {why}", Kept(message, default)));
        return refused;
    }

    private IEnumerable<MappedRow> Map(FactTable table, JsonElement json, long offset)
    {
        if (!_facts.TryGetValue(table, out var fact)) _facts[table] = fact = (CanonicalMapping.For(table).Begin(), new RecordShapes());
        return fact.Run.Map(RecordOf(json, fact.Shapes, offset));
    }

    private SourceRecord RecordOf(JsonElement json, RecordShapes shapes, long offset)
    {
        try
        {
            var fields = new List<(string Name, string? Value)>();
            JsonLinesRecords.Flatten("", json, fields);
            fields.RemoveAll(f => f.Name == EventReader.FactField);
            return new SourceRecord(_position, shapes.Of(fields), [.. fields.Select(f => f.Value)]) { Offset = offset };
        }
        catch (Exception e) when (e is InvalidOperationException or ArgumentException)
        {
            var why = e is ArgumentException ? "names a column twice" : "holds half a character (a lone surrogate)";
            return new SourceRecord(_position, new RecordShape(["data"]), [json.GetRawText()], new RecordProblem("bad_json", $"{why}; expected each column once, in whole characters")) { Offset = offset };
        }
    }

    private static string Kept(StreamMessage message, JsonElement json)
    {
        var text = json.ValueKind == JsonValueKind.Undefined ? Encoding.UTF8.GetString(message.Value ?? []) : json.GetRawText();
        return JsonSerializer.Serialize(new Dictionary<string, string?> { ["message"] = Storable(text) }, Readable);
    }

    // Text of the database holds no NUL.
    private static string Storable(string text)
    {
        var cut = text.Length > LongestKept ? $"{text[..200]}… ({text.Length} characters, whole in the kept range)" : text;
        return cut.Replace('\0', '\uFFFD');
    }
}
