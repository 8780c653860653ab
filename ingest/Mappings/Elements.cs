using System.Text.Json;
using Followthrough.Ingest.Sources.Files;

namespace Followthrough.Ingest.Mappings;

/// <summary>The elements of an array inside a record, each as a record of its own that still has the whole record's fields.</summary>
internal static class Elements
{
    /// <summary>The elements at a path; arrays on the way to it are gone through one by one. None where there is no such array.</summary>
    public static IEnumerable<SourceRecord> Of(SourceRecord record, string path)
    {
        if (record.Shape.IndexOf(path) >= 0) return In(record, path);
        for (var dot = path.LastIndexOf('.'); dot > 0; dot = path.LastIndexOf('.', dot - 1))
        {
            var outer = path[..dot];
            if (record.Shape.IndexOf(outer) >= 0) return In(record, outer).SelectMany(e => Of(e, path));
        }
        return [];
    }

    private static List<SourceRecord> In(SourceRecord record, string path)
    {
        if (record[path] is not ['[', ..] json) return [];
        using var array = JsonDocument.Parse(json);
        var elements = new List<SourceRecord>();
        foreach (var element in array.RootElement.EnumerateArray()) elements.Add(With(record, path, element));
        return elements;
    }

    private static SourceRecord With(SourceRecord record, string path, JsonElement element)
    {
        var fields = new List<(string Name, string? Value)>();
        if (element.ValueKind == JsonValueKind.Object) JsonLinesRecords.Flatten(path + ".", element, fields);
        else fields.Add((path + ".value", JsonLinesRecords.TextOf(element)));
        var outer = record.Shape.Names.Zip(record.Values).Where(f => f.First != path);
        var all = outer.Concat(fields.Select(f => (First: f.Name, Second: f.Value))).DistinctBy(f => f.First).ToList();
        return record with
        {
            Shape = new RecordShape([.. all.Select(f => f.First)]),
            Values = [.. all.Select(f => f.Second)],
            ReadFrom = record.ReadFrom ?? record,
        };
    }
}
