using Followthrough.Ingest.Sources.Files;

namespace Followthrough.Ingest.Replaying;

/// <summary>A record with fields corrected by hand.</summary>
internal static class EditedRecord
{
    // What a line that is no JSON is kept under.
    private const string WholeLine = "line";

    /// <summary>The record as it should have been. What was wrong with its writing as a whole is right now: its fields are named.</summary>
    /// <param name="record">As it came; it stays what quarantine shows.</param>
    /// <param name="edit">Fields and their texts; an empty text leaves a field out.</param>
    public static SourceRecord Of(SourceRecord record, IReadOnlyDictionary<string, string> edit)
    {
        if (record is { Problem: not null, Shape.Names: [WholeLine] } && edit.TryGetValue(WholeLine, out var line))
            return JsonLinesRecords.Parse(record.Line, line, new RecordShapes()) with { ReadFrom = record };
        var fields = record.Shape.Names.Select((name, i) => (Name: name, Value: Of(edit, name, i < record.Values.Count ? record.Values[i] : null)))
            .Concat(edit.Where(e => record.Shape.IndexOf(e.Key) < 0).Select(e => (Name: e.Key, Value: (string?)e.Value)))
            .Where(f => !(f.Value is "" && edit.ContainsKey(f.Name))).ToList();
        return new SourceRecord(record.Line, new RecordShape([.. fields.Select(f => f.Name)]), [.. fields.Select(f => f.Value)]) { ReadFrom = record };
    }

    private static string? Of(IReadOnlyDictionary<string, string> edit, string name, string? value) => edit.TryGetValue(name, out var corrected) ? corrected : value;
}
