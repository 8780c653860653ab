using Followthrough.Analytics.Facts;
using Followthrough.Ingest.Loading;
using Followthrough.Ingest.Sources.Files;

namespace Followthrough.Ingest.Mappings;

/// <summary>Which fact a record becomes, under which conditions, and what feeds each column.</summary>
/// <param name="Number">Its place in the mapping, from 0.</param>
/// <param name="Table">The fact.</param>
/// <param name="Values">Per column of the fact what feeds it; null leaves it empty.</param>
internal sealed record FactRule(int Number, FactTable Table, IReadOnlyList<ColumnSource?> Values)
{
    private readonly int _account = Table.IndexOf("account");
    private readonly int _key = Table.IndexOf("source_key");
    private readonly int _occurred = Table.IndexOf("occurred_at");
    private readonly int _deleted = Table.IndexOf("deleted");

    /// <summary>What must be so of the record.</summary>
    public Condition When { get; init; } = Condition.Always;

    /// <summary>Only the first record of each value of this field; null for every record.</summary>
    public string? FirstOf { get; init; }

    /// <summary>Of the records with one value of this field the one that happened first, whatever their order and files; null for every record.</summary>
    public string? EarliestOf { get; init; }

    /// <summary>The array inside the record of which every element becomes a fact of its own; null for the record itself.</summary>
    public string? Each { get; init; }

    /// <summary>The fact through which it finds its account; null when the record names it.</summary>
    public FactTable? Through => _account < 0 ? null : Values[_account]?.Through;

    /// <summary>The source's fields it reads, apart from those inside <see cref="Each"/>.</summary>
    public IEnumerable<string> Fields => Values.SelectMany(v => v?.Fields ?? []).Concat(When.Fields)
        .Concat(FirstOf is null ? [] : [FirstOf]).Concat(EarliestOf is null ? [] : [EarliestOf]).Where(f => Each is null || !f.StartsWith(Each + ".", StringComparison.Ordinal));

    /// <summary>The rows a record becomes. <paramref name="seen"/> remembers what the file has had.</summary>
    public IEnumerable<MappedRow> Rows(SourceRecord record, RuleMemory seen)
    {
        var rows = Each is null ? Applies(record, seen) ? [Map(record)] : [] : Elements.Of(record, Each).Where(e => Applies(e, seen)).Select(Map);
        return EarliestOf is null ? rows : rows.Where(r => r.Cells is null || seen.IsEarliest(r.Record[EarliestOf], r.Cells[_occurred].Instant));
    }

    /// <summary>The fact's row, or what is wrong with the record.</summary>
    public MappedRow Map(SourceRecord record)
    {
        var cells = new Cell[Table.Columns.Count];
        List<(string Field, CellProblem Problem)>? problems = null;
        for (var i = 0; i < cells.Length; i++)
            if (Read(i, record, out cells[i]) is { } problem)
                (problems ??= []).Add((Table.Columns[i].Name, problem));
        if (Table.Name == "account" && OwnCustomer(cells) is { } foreign) (problems ??= []).Add(("account", foreign));
        if (problems is null) return MappedRow.Sound(Number, Table, record, cells);
        // A source that deletes mostly says no more than what.
        if (IsDeletion(cells) && problems.All(p => p.Problem.Reason == CellReader.Missing)) return MappedRow.Tombstone(Number, Table, record, cells);
        return MappedRow.Rejected(Number, Table, record, cells[_key].Text, problems[0].Field, problems[0].Problem.Reason,
            string.Join("; ", problems.Select(p => $"field {p.Field}: {p.Problem.Message}")));
    }

    private bool Applies(SourceRecord record, RuleMemory seen) => When.Holds(record) && (FirstOf is null || seen.IsFirst(record[FirstOf]));

    private CellProblem? Read(int column, SourceRecord record, out Cell cell) =>
        Values[column] is { } source ? source.Read(Table.Columns[column], record, out cell) : CellReader.Read(Table.Columns[column], null, out cell);

    private bool IsDeletion(Cell[] cells) => !cells[_key].IsNull && cells[_deleted].IsTrue;

    // An account is its own customer and need not say so.
    private CellProblem? OwnCustomer(Cell[] cells)
    {
        if (cells[_account].IsNull) cells[_account] = cells[_key];
        return cells[_account].Text == cells[_key].Text ? null
            : new CellProblem("foreign_account", $"'{cells[_account].Text}' is not the record's own key; expected '{cells[_key].Text}' or nothing");
    }
}
