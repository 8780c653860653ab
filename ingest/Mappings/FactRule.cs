using Followthrough.Analytics.Facts;
using Followthrough.Ingest.Loading;
using Followthrough.Ingest.Sources.Files;

namespace Followthrough.Ingest.Mappings;

/// <summary>Which fact a record becomes, under which conditions, and what feeds each column.</summary>
/// <param name="Number">Its place in the mapping, from 0.</param>
/// <param name="Table">The fact.</param>
/// <param name="Values">Per column of the fact what feeds it; null leaves it empty.</param>
/// <param name="Equal">Fields that must hold exactly these texts.</param>
/// <param name="FirstOf">Only the first record of each value of this field; null for every record.</param>
internal sealed record FactRule(
    int Number, FactTable Table, IReadOnlyList<Template?> Values, IReadOnlyList<(string Field, string Text)> Equal, string? FirstOf)
{
    private readonly int _account = Table.IndexOf("account");
    private readonly int _key = Table.IndexOf("source_key");

    /// <summary>Whether the record becomes this fact. <paramref name="seen"/> remembers the values of <see cref="FirstOf"/> within a file.</summary>
    public bool Applies(SourceRecord record, HashSet<string> seen) =>
        Equal.All(e => record[e.Field] == e.Text) && (FirstOf is null || seen.Add(record[FirstOf]));

    /// <summary>The fact's row, or what is wrong with the record.</summary>
    public MappedRow Map(SourceRecord record)
    {
        var cells = new Cell[Table.Columns.Count];
        List<(string Field, CellProblem Problem)>? problems = null;
        for (var i = 0; i < cells.Length; i++)
            if (CellReader.Read(Table.Columns[i], Values[i]?.Fill(record), out cells[i]) is { } problem)
                (problems ??= []).Add((Table.Columns[i].Name, problem));
        if (Table.Name == "account" && OwnCustomer(cells) is { } foreign) (problems ??= []).Add(("account", foreign));
        return problems is null
            ? MappedRow.Sound(Number, Table, record, cells)
            : MappedRow.Rejected(Number, Table, record, cells[_key].Text, problems[0].Field, problems[0].Problem.Reason,
                string.Join("; ", problems.Select(p => $"field {p.Field}: {p.Problem.Message}")));
    }

    // An account is its own customer and need not say so.
    private CellProblem? OwnCustomer(Cell[] cells)
    {
        if (cells[_account].IsNull) cells[_account] = cells[_key];
        return cells[_account].Text == cells[_key].Text ? null
            : new CellProblem("foreign_account", $"'{cells[_account].Text}' is not the record's own key; expected '{cells[_key].Text}' or nothing");
    }
}
