using Followthrough.Analytics.Facts;
using Followthrough.Ingest.Loading;
using Followthrough.Ingest.Sources.Files;

namespace Followthrough.Ingest.Mappings;

/// <summary>What feeds one column of a fact, and how the source writes it.</summary>
/// <param name="From">The first of these that gives a text.</param>
internal sealed record ColumnSource(IReadOnlyList<Template> From)
{
    /// <summary>The amount is the sum of the fact's lines, reckoned where they are stored.</summary>
    public static ColumnSource Lines { get; } = new([]);

    /// <summary>Only for records of which this is so; the column stays empty for the others.</summary>
    public Condition When { get; init; } = Condition.Always;

    /// <summary>The source's words and ours; what is not among them stays as it is.</summary>
    public IReadOnlyDictionary<string, string>? Values { get; init; }

    /// <summary>What stands for a word that is not among <see cref="Values"/>.</summary>
    public string? Otherwise { get; init; }

    public DateReading? Date { get; init; }
    public NumberReading? Number { get; init; }

    /// <summary>Where no account has the key: the fact that has it, whose account is meant; null when only an account can be meant.</summary>
    public FactTable? Through { get; init; }

    /// <summary>Written in capitals, as currency and country codes are.</summary>
    public bool Upper { get; init; }

    /// <summary>The fields it reads.</summary>
    public IEnumerable<string> Fields => From.SelectMany(t => t.Fields).Concat(When.Fields).Concat(Number?.Fields ?? []);

    /// <summary>A field as it stands.</summary>
    public static ColumnSource ForField(string name) => new([Template.ForField(name)]);

    /// <summary>The value for a record.</summary>
    /// <returns>What is wrong with it, or null.</returns>
    public CellProblem? Read(FactColumn column, SourceRecord record, out Cell cell)
    {
        cell = Cell.Null;
        if (ReferenceEquals(this, Lines)) return null;
        var text = When.Holds(record) ? First(record) : "";
        if (text.Length > 0 && Convert(column, record, ref text) is { } problem) return problem;
        return CellReader.Read(column, text, out cell);
    }

    private string First(SourceRecord record)
    {
        // By index: an enumerator for every value of every row would be most of the garbage.
        for (var i = 0; i < From.Count; i++)
            if (From[i].Fill(record) is { Length: > 0 } text) return text;
        return "";
    }

    private CellProblem? Convert(FactColumn column, SourceRecord record, ref string text)
    {
        if (Values is not null) text = Values.TryGetValue(text, out var ours) ? ours : Otherwise ?? text;
        if (Upper) text = text.ToUpperInvariant();
        return text.Length == 0 ? null : Date?.Read(column, ref text) ?? Number?.Read(column, record, ref text);
    }
}
