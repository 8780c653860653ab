using System.Runtime.InteropServices;
using Followthrough.Ingest.Sources.Files;

namespace Followthrough.Ingest.Drafting;

/// <summary>Counts what stands in the fields of records.</summary>
internal sealed class SampleTally
{
    private readonly Dictionary<string, int> _index = [];
    private readonly List<Dictionary<string, long>> _counts = [];
    private readonly List<string?[]> _records = [];

    public List<string> Names { get; } = [];
    public int Records => _records.Count;

    /// <summary>Characters kept so far.</summary>
    public long Text { get; private set; }

    public void Add(SourceRecord record)
    {
        foreach (var name in record.Shape.Names)
            if (_index.TryAdd(name, Names.Count))
            {
                Names.Add(name);
                _counts.Add([]);
            }
        var values = new string?[Names.Count];
        for (var i = 0; i < record.Shape.Names.Count && i < record.Values.Count; i++)
        {
            var text = SourceRecord.Clean(record.Values[i]);
            if (text.Length == 0) continue;
            var at = _index[record.Shape.Names[i]];
            values[at] = text;
            Text += text.Length;
            CollectionsMarshal.GetValueRefOrAddDefault(_counts[at], text, out _)++;
        }
        _records.Add(values);
    }

    /// <summary>The records, all as long as there are fields.</summary>
    public IReadOnlyList<string?[]> All()
    {
        for (var i = 0; i < _records.Count; i++)
            if (_records[i].Length < Names.Count)
            {
                var longer = _records[i];
                Array.Resize(ref longer, Names.Count);
                _records[i] = longer;
            }
        return _records;
    }

    public IReadOnlyList<SampleField> Fields() => [.. Names.Select((name, i) =>
    {
        var values = _counts[i].Where(v => !SampleReader.StandsForNothing(v.Key)).OrderByDescending(v => v.Value).ThenBy(v => v.Key, StringComparer.Ordinal)
            .Select(v => new ValueCount(v.Key, v.Value)).ToList();
        return new SampleField { Name = name, Values = values, Filled = values.Sum(v => v.Count) };
    })];

    /// <summary>The texts of the records that stand for nothing.</summary>
    public static IReadOnlyList<string> NothingsOf(Sample sample) =>
        [.. sample.All.SelectMany(r => r).OfType<string>().Where(SampleReader.StandsForNothing).Distinct().Order(StringComparer.Ordinal)];
}
