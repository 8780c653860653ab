using System.Globalization;
using Followthrough.Analytics.Facts;
using Followthrough.Ingest.Sources.Files;

namespace Followthrough.Ingest.Mappings;

/// <summary>One kind of problem and how often it was met.</summary>
/// <param name="Fact">The fact it was met in.</param>
/// <param name="Field">The fact's column; null for a record that can't be read.</param>
/// <param name="Reason">Stable code.</param>
/// <param name="Count">How often.</param>
/// <param name="First">The first of them, with where it stands.</param>
public sealed record MapProblem(string Fact, string? Field, string Reason, long Count, string First);

/// <summary>One of the first rows that a rule made.</summary>
/// <param name="Where">Where its record stands.</param>
/// <param name="Fact">The fact it is.</param>
/// <param name="Values">What its columns hold, as the canonical format has it; those that hold nothing are not among them.</param>
public sealed record MapSample(string Where, string Fact, IReadOnlyDictionary<string, string> Values)
{
    /// <summary>The values as a reader in a zone expects them: moments to the second in that zone.</summary>
    public IReadOnlyDictionary<string, string> In(TimeZoneInfo zone)
    {
        var table = FactTable.Find(Fact)!;
        return Values.ToDictionary(v => v.Key, v => table.Column(v.Key) is { Kind: ColumnKind.Instant }
            ? TimeZoneInfo.ConvertTime(DateTimeOffset.Parse(v.Value, CultureInfo.InvariantCulture), zone).ToString("yyyy-MM-dd HH:mm:ss", CultureInfo.InvariantCulture) : v.Value);
    }
}

/// <summary>What a mapping would make of a file.</summary>
public sealed record MapReport
{
    /// <summary>Records that were read.</summary>
    public required long Records { get; init; }

    /// <summary>Whether the file has no more than those.</summary>
    public required bool IsWhole { get; init; }

    /// <summary>Sound rows by fact.</summary>
    public required IReadOnlyDictionary<string, long> Facts { get; init; }

    /// <summary>The first rows of every rule.</summary>
    public required IReadOnlyList<MapSample> Samples { get; init; }

    /// <summary>What is wrong, the most frequent first.</summary>
    public required IReadOnlyList<MapProblem> Problems { get; init; }

    /// <summary>Fields that the mapping reads and no record had.</summary>
    public required IReadOnlyList<string> NeverSeen { get; init; }

    /// <summary>What the rules will miss in the sound rows, in sentences.</summary>
    public required IReadOnlyList<string> Advice { get; init; }

    /// <summary>How many sound rows name which account that the file itself does not bring; at most <see cref="MapCheck.MostKeys"/> of them.</summary>
    public required IReadOnlyDictionary<string, long> Accounts { get; init; }

    /// <summary>How many sound rows name which of our people whom the file itself does not bring; at most as many.</summary>
    public required IReadOnlyDictionary<string, long> People { get; init; }
}

/// <summary>Runs a mapping over a file and writes nothing.</summary>
/// <param name="mapping">The mapping.</param>
/// <param name="path">Where the file is.</param>
/// <param name="name">What it was called when it was sent.</param>
/// <param name="most">Records to read at most.</param>
internal sealed class MapCheck(Mapping mapping, string path, string name, long most = long.MaxValue)
{
    /// <summary>Accounts, and people, that are remembered by name.</summary>
    public const int MostKeys = 50_000;

    private const int SamplesOfRule = 3;

    private readonly Dictionary<string, long> _facts = [];
    private readonly Dictionary<int, List<MapSample>> _samples = [];
    private readonly Dictionary<(string, string?, string), MapProblem> _problems = [];
    private readonly HashSet<string> _names = [];
    private readonly MapAdvice _advice = new();
    private readonly NamedKeys _accounts = new(MostKeys);
    private readonly NamedKeys _people = new(MostKeys);
    private RecordShape? _last;
    private long _records;

    /// <exception cref="SourceFileException">The file as a whole can't be read with it.</exception>
    public async Task<MapReport> RunAsync(CancellationToken ct)
    {
        using var source = SourceFile.Open(path, name, mapping.Reading);
        var run = mapping.Begin();
        var whole = true;
        await foreach (var record in source.ReadAsync(mapping.ProblemOfHeader, ct))
        {
            if (_records == most)
            {
                whole = false;
                break;
            }
            _records++;
            if (!ReferenceEquals(_last, record.Shape)) _names.UnionWith((_last = record.Shape).Names);
            foreach (var row in run.Map(record)) Count(row, $"{source.Unit} {record.Line}");
        }
        return new MapReport
        {
            Records = _records,
            IsWhole = whole,
            Facts = _facts,
            Samples = [.. _samples.OrderBy(s => s.Key).SelectMany(s => s.Value)],
            Problems = [.. _problems.Values.OrderByDescending(p => p.Count)],
            NeverSeen = _records == 0 ? [] : [.. mapping.Used.Except(_names).Where(f => !_names.Any(n => f.StartsWith(n + ".", StringComparison.Ordinal))).Order()],
            Advice = _advice.Sentences,
            Accounts = _accounts.Missing,
            People = _people.Missing,
        };
    }

    private void Count(MappedRow row, string where)
    {
        var fact = row.Table.Name;
        if (row.Cells is null)
        {
            var key = (fact, row.Field, row.Reason!);
            _problems[key] = _problems.TryGetValue(key, out var known) ? known with { Count = known.Count + 1 }
                : new MapProblem(fact, row.Field, row.Reason!, 1, $"{where}: {row.Message}");
            return;
        }
        _facts[fact] = _facts.GetValueOrDefault(fact) + 1;
        _advice.Look(row);
        if (row.Account is { } account) Note(_accounts, account, isBrought: fact == "account");
        if (fact == "staff") Note(_people, row.Key!, isBrought: true);
        else if ((row.Text("staff_key") ?? row.Text("owner_key")) is { } person) Note(_people, person, isBrought: false);
        if (!_samples.TryGetValue(row.Rule, out var samples)) samples = _samples[row.Rule] = [];
        if (samples.Count < SamplesOfRule) samples.Add(new MapSample(where, fact, row.ToCanonical()));
    }

    private static void Note(NamedKeys keys, string key, bool isBrought)
    {
        if (isBrought) keys.Bring(key);
        else keys.Name(key);
    }
}
