using Followthrough.Analytics.Facts;
using Followthrough.Ingest.Sources;
using Followthrough.Ingest.Sources.Files;

namespace Followthrough.Ingest.Mappings;

/// <summary>How the records of one kind of file become facts.</summary>
internal sealed class Mapping(string name, string hash, IReadOnlyList<FactRule> rules, bool everyFieldMustBeKnown)
{
    private readonly HashSet<string> _used = [.. rules.SelectMany(r => r.Values.SelectMany(v => v?.Fields ?? [])
        .Concat(r.Equal.Select(e => e.Field)).Concat(r.FirstOf is null ? [] : [r.FirstOf]))];

    /// <summary>Name by which it is asked for and remembered.</summary>
    public string Name { get; } = name;

    /// <summary>Hash of its definition: a changed mapping reads a known file again.</summary>
    public string Hash { get; } = hash;

    /// <summary>Facts it makes, in loading order.</summary>
    public IReadOnlyList<FactTable> Tables { get; } = [.. FactTable.All.Where(t => rules.Any(r => r.Table == t))];

    /// <summary>Its rules, by number.</summary>
    public IReadOnlyList<FactRule> Rules { get; } = rules;

    /// <summary>Starts a file: conditions such as "the first of its ticket" look back no further than that.</summary>
    public MappingRun Begin() => new(this);

    /// <summary>Says which name of a header the mapping can't place, or misses; null when all is well.</summary>
    public string? ProblemOfHeader(RecordShape shape) => everyFieldMustBeKnown
        ? Unknown(shape) ?? MissingRequired(shape)
        : _used.Where(f => shape.IndexOf(f) < 0).Select(f => $"column '{f}' is missing, which the mapping {Name} reads").FirstOrDefault();

    /// <summary>The same of a record that brings its own names, where a name may be left out.</summary>
    public string? ProblemOfRecord(RecordShape shape) => everyFieldMustBeKnown ? Unknown(shape) : null;

    private string? Unknown(RecordShape shape) =>
        shape.Names.FirstOrDefault(n => !_used.Contains(n)) is { } unknown
            ? $"column {Shown.Quoted(unknown)} is no column of {Tables[0]}{Nearest.Hint(unknown, _used)}; expected some of {string.Join(", ", Tables[0].Columns.Select(c => c.Name))}"
            : null;

    private string? MissingRequired(RecordShape shape) =>
        Tables[0].Columns.FirstOrDefault(c => c.Required && shape.IndexOf(c.Name) < 0) is { } column
            ? $"column '{column.Name}' is missing; expected it, because a {Tables[0]} has no meaning without it"
            : null;
}

/// <summary>One pass of a mapping over a file.</summary>
internal sealed class MappingRun(Mapping mapping)
{
    private readonly HashSet<string>[] _seen = [.. mapping.Rules.Select(_ => new HashSet<string>())];
    private RecordShape? _checked;
    private string? _problem;

    /// <summary>The rows a record becomes; none when no rule wants it.</summary>
    public IEnumerable<MappedRow> Map(SourceRecord record)
    {
        if (record.Problem is { } unreadable)
            return [MappedRow.Rejected(0, mapping.Tables[0], record, null, null, unreadable.Reason, unreadable.Message)];
        if (ProblemOf(record.Shape) is { } problem)
            return [MappedRow.Rejected(0, mapping.Tables[0], record, null, null, "unknown_column", problem)];
        return mapping.Rules.Where(rule => rule.Applies(record, _seen[rule.Number])).Select(rule => rule.Map(record));
    }

    private string? ProblemOf(RecordShape shape)
    {
        if (ReferenceEquals(_checked, shape)) return _problem;
        _checked = shape;
        return _problem = mapping.ProblemOfRecord(shape);
    }
}
