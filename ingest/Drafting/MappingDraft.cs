using System.Text.Json.Serialization;
using Followthrough.Analytics.Facts;
using Followthrough.Ingest.Sources.Files;

namespace Followthrough.Ingest.Drafting;

/// <summary>A mapping in the making: what of it was found out or said so far.</summary>
public sealed record MappingDraft
{
    /// <summary>Name of the mapping.</summary>
    public required string Name { get; init; }

    /// <summary>Pattern of the names of the files it will read.</summary>
    public required string Files { get; init; }

    /// <summary>The source: what its keys begin with.</summary>
    public required string Prefix { get; init; }

    /// <summary>The fact each record becomes.</summary>
    public required string Fact { get; init; }

    /// <summary>How the file is read.</summary>
    public required SourceReading Reading { get; init; }

    /// <summary>IANA zone of times that name none; null while nobody has said it.</summary>
    public string? Zone { get; init; }

    /// <summary>Texts that stand for nothing.</summary>
    public IReadOnlyList<string> Empty { get; init; } = [];

    /// <summary>The fields that together identify a record.</summary>
    public IReadOnlyList<string> KeyFields { get; init; } = [];

    /// <summary>Whether records that are alike in those fields are told apart by their number.</summary>
    public bool Numbered { get; init; }

    /// <summary>Whether each customer that the records name becomes an account too.</summary>
    public bool MakesAccounts { get; init; }

    /// <summary>The field with the customers' names, where accounts are made; null for the field that names the account.</summary>
    public string? AccountName { get; init; }

    /// <summary>Whether each of our people whom the records name becomes a staff record too.</summary>
    public bool MakesStaff { get; init; }

    /// <summary>What feeds the columns, in the order of the fact's columns; those that nothing feeds are not among them.</summary>
    public IReadOnlyList<DraftColumn> Columns { get; init; } = [];

    /// <summary>The fact's table.</summary>
    [JsonIgnore]
    public FactTable Table => FactTable.Find(Fact) ?? throw new InvalidOperationException($"There is no fact {Fact}.");

    /// <summary>What feeds a column; null when nothing does.</summary>
    public DraftColumn? Column(string name) => Columns.FirstOrDefault(c => c.Name == name);
}

/// <summary>What feeds one column.</summary>
public sealed record DraftColumn
{
    /// <summary>The fact's column.</summary>
    public required string Name { get; init; }

    /// <summary>The source's field; null for a constant, and for the key, which has fields of its own.</summary>
    public string? Field { get; init; }

    /// <summary>What stands there in every record; null where a field feeds it.</summary>
    public string? Constant { get; init; }

    /// <summary>Keys: the source whose record is meant; null for texts that are whole keys or no keys.</summary>
    public string? Prefix { get; init; }

    /// <summary>How its dates are written; null when it has none or nobody has decided between several.</summary>
    public string? Date { get; init; }

    /// <summary>How its decimals are written; null when it has none or nobody has decided between several.</summary>
    public string? DecimalSign { get; init; }

    /// <summary>The source's words and ours, of keys the whole keys they stand for; an empty text for those that stand for nothing.</summary>
    public IReadOnlyDictionary<string, string> Values { get; init; } = new Dictionary<string, string>();

    /// <summary>Ways to write it that read the sample alike and mean different things: somebody has to choose. Empty when decided.</summary>
    public IReadOnlyList<string> Undecided { get; init; } = [];

    /// <summary>Whether it was found out and nobody has confirmed it.</summary>
    public bool IsGuess { get; init; }

    /// <summary>Whether the same feeds it, read in the same way.</summary>
    public bool IsLike(DraftColumn other) => (Field, Constant, Prefix, Date, DecimalSign) == (other.Field, other.Constant, other.Prefix, other.Date, other.DecimalSign)
        && Values.Count == other.Values.Count && !Values.Except(other.Values).Any();
}
