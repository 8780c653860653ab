using Followthrough.Analytics.Facts;
using Followthrough.Ingest.Sources;
using Followthrough.Ingest.Sources.Files;

namespace Followthrough.Ingest.Mappings;

/// <summary>How the records of one kind of file become facts.</summary>
internal sealed record Mapping
{
    private IReadOnlyList<FactTable>? _tables;
    private HashSet<string>? _used;

    /// <summary>Name by which it is asked for and remembered.</summary>
    public required string Name { get; init; }

    /// <summary>Hash of its definition: a changed mapping reads a known file again.</summary>
    public required string Hash { get; init; }

    /// <summary>Its definition as it was written; null for one the product makes itself.</summary>
    public string? Text { get; init; }

    /// <summary>Its rules, by number.</summary>
    public required IReadOnlyList<FactRule> Rules { get; init; }

    /// <summary>Pattern of the names of the files it reads.</summary>
    public string Files { get; init; } = "*";

    /// <summary>The canonical format: a column nobody knows is a mistake, not something to leave unread.</summary>
    public bool EveryFieldMustBeKnown { get; init; }

    /// <summary>How its files are read.</summary>
    public SourceReading Reading { get; init; } = new();

    /// <summary>Which webhook bodies it reads; null for those that look like its files.</summary>
    public HookRule? Hook { get; init; }

    /// <summary>What the event around the records says of itself, as fields <c>event.…</c> of each; empty for files.</summary>
    public IReadOnlyDictionary<string, string?> Envelope { get; init; } = new Dictionary<string, string?>();

    /// <summary>Texts by which the source says that it has nothing.</summary>
    public IReadOnlySet<string> Empty { get; init; } = new HashSet<string>();

    /// <summary>Columns that a file may leave out.</summary>
    public IReadOnlyList<string> Optional { get; init; } = [];

    /// <summary>Records that can't be true.</summary>
    public IReadOnlyList<RejectRule> Rejects { get; init; } = [];

    /// <summary>The fields by which records are alike, for a source whose records have no id; empty where none are counted.</summary>
    public IReadOnlyList<string> NumberedBy { get; init; } = [];

    /// <summary>Facts it makes, in loading order.</summary>
    public IReadOnlyList<FactTable> Tables => _tables ??= [.. FactTable.All.Where(t => Rules.Any(r => r.Table == t))];

    /// <summary>The source's fields it reads, apart from those inside arrays.</summary>
    public IReadOnlySet<string> Used => _used ??=
        [.. Rules.SelectMany(r => r.Fields), .. Rejects.SelectMany(r => r.When.Fields), .. NumberedBy];

    /// <summary>Starts a file: conditions such as "the first of its ticket" look back no further than that.</summary>
    public MappingRun Begin() => new(this);

    /// <summary>Says which name of a header the mapping can't place, or misses; null when all is well.</summary>
    public string? ProblemOfHeader(RecordShape shape) => EveryFieldMustBeKnown
        ? Unknown(shape) ?? MissingRequired(shape)
        : Used.Except(Optional).Where(f => shape.IndexOf(f) < 0).ToList() switch
        {
            [] => null,
            [var one] => $"column '{one}' is missing, which the mapping {Name} reads{Nearest.Hint(one, shape.Names)}",
            var several => $"the columns {string.Join(", ", several.Select(f => $"'{f}'{Nearest.Hint(f, shape.Names)}"))} are missing, which the mapping {Name} reads",
        };

    /// <summary>The same of a record that brings its own names, where a name may be left out.</summary>
    public string? ProblemOfRecord(RecordShape shape) => EveryFieldMustBeKnown ? Unknown(shape) : null;

    private string? Unknown(RecordShape shape) =>
        shape.Names.FirstOrDefault(n => !Used.Contains(n)) is { } unknown
            ? $"column {Shown.Quoted(unknown)} is no column of {Tables[0]}{Nearest.Hint(unknown, Used)}; expected some of {string.Join(", ", Tables[0].Columns.Select(c => c.Name))}"
            : null;

    private string? MissingRequired(RecordShape shape) =>
        Tables[0].Columns.Where(c => c.Required && shape.IndexOf(c.Name) < 0).Select(c => $"'{c.Name}'").ToList() switch
        {
            [] => null,
            [var one] => $"column {one} is missing; expected it, because a {Tables[0]} has no meaning without it",
            var several => $"the columns {string.Join(", ", several)} are missing; expected them, because a {Tables[0]} has no meaning without them",
        };
}
