using System.Security.Cryptography;
using System.Text;
using Followthrough.Ingest.Sources.Files;

namespace Followthrough.Ingest.Mappings;

/// <summary>One pass of a mapping over a file.</summary>
internal sealed class MappingRun(Mapping mapping)
{
    private const int MostShapes = 100;

    private readonly RuleMemory[] _seen = [.. mapping.Rules.Select(_ => new RuleMemory())];

    // By hash: a file may have a million records that are counted.
    private readonly Dictionary<UInt128, int> _counts = [];
    private readonly Dictionary<RecordShape, string?> _checked = [];

    /// <summary>The rows a record becomes; none when no rule wants it.</summary>
    public IEnumerable<MappedRow> Map(SourceRecord record)
    {
        if (mapping.Rules.Count == 0) return [];
        if (record.Problem is { } unreadable) return [Reject(record, unreadable.Reason, unreadable.Message)];
        if (ProblemOf(record.Shape) is { } problem) return [Reject(record, "unknown_column", problem)];
        var prepared = Numbered(WithoutMarkers(Enveloped(record)));
        foreach (var impossible in mapping.Rejects)
            if (impossible.When.Holds(prepared)) return [Reject(record, impossible.Reason, impossible.Message)];
        return mapping.Rules.SelectMany(rule => rule.Rows(prepared, _seen[rule.Number]));
    }

    private MappedRow Reject(SourceRecord record, string reason, string message) =>
        MappedRow.Rejected(0, mapping.Tables[0], record, null, null, reason, message);

    private SourceRecord Enveloped(SourceRecord record)
    {
        if (mapping.Envelope.Count == 0) return record;
        var around = mapping.Envelope.Where(f => record.Shape.IndexOf(f.Key) < 0).ToList();
        return record with
        {
            Shape = new RecordShape([.. record.Shape.Names, .. around.Select(f => f.Key)]),
            Values = [.. record.Values, .. around.Select(f => f.Value)],
            ReadFrom = record,
        };
    }

    private SourceRecord WithoutMarkers(SourceRecord record) => mapping.Empty.Count == 0 ? record : record with
    {
        Values = [.. record.Values.Select(v => mapping.Empty.Contains(SourceRecord.Clean(v)) ? null : v)],
        ReadFrom = record,
    };

    private SourceRecord Numbered(SourceRecord record)
    {
        if (mapping.NumberedBy.Count == 0) return record;
        var text = string.Join('\u001F', mapping.NumberedBy.Select(f => record[f]));
        var key = BitConverter.ToUInt128(SHA256.HashData(Encoding.UTF8.GetBytes(text)));
        var ordinal = _counts[key] = _counts.GetValueOrDefault(key) + 1;
        return record with { Ordinal = ordinal };
    }

    private string? ProblemOf(RecordShape shape)
    {
        if (_checked.TryGetValue(shape, out var known)) return known;
        if (_checked.Count == MostShapes) _checked.Clear();
        return _checked[shape] = mapping.ProblemOfRecord(shape);
    }
}
