using System.Text.Encodings.Web;
using System.Text.Json;
using Followthrough.Analytics.Facts;
using Followthrough.Ingest.Loading;
using Followthrough.Ingest.Sources.Files;

namespace Followthrough.Ingest.Mappings;

/// <summary>What a record became: a sound row, or a rejection with its reason.</summary>
internal sealed record MappedRow
{
    // It is read by people, and never becomes part of a page unescaped.
    private static readonly JsonSerializerOptions Readable = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    private MappedRow() { }

    /// <summary>The rule that made it, counted from 0.</summary>
    public required int Rule { get; init; }

    public required FactTable Table { get; init; }
    public required SourceRecord Record { get; init; }

    /// <summary>Whether it says no more than that the fact of its key was deleted.</summary>
    public bool IsTombstone { get; init; }

    /// <summary>Values in the order of the table's columns; null for a row that could not be read.</summary>
    public required Cell[]? Cells { get; init; }

    /// <summary>The fact's own key; null where the record gave none.</summary>
    public required string? Key { get; init; }

    public required string? Field { get; init; }
    public required string? Reason { get; init; }
    public required string? Message { get; init; }

    /// <summary>Key of the account it belongs to; null for reference data and for what could not be read.</summary>
    public string? Account => Cells is not null && Table.HasAccount ? Cells[Table.IndexOf("account")].Text : null;

    /// <summary>What a column holds; null when it holds nothing, or the fact has no such column.</summary>
    public string? Text(string column) => Cells is not null && Table.IndexOf(column) is >= 0 and var i && !Cells[i].IsNull ? Cells[i].Text : null;

    public static MappedRow Sound(int rule, FactTable table, SourceRecord record, Cell[] cells) =>
        new() { Rule = rule, Table = table, Record = record, Cells = cells, Key = cells[table.IndexOf("source_key")].Text, Field = null, Reason = null, Message = null };

    public static MappedRow Tombstone(int rule, FactTable table, SourceRecord record, Cell[] cells) =>
        Sound(rule, table, record, cells) with { IsTombstone = true };

    public static MappedRow Rejected(int rule, FactTable table, SourceRecord record, string? key, string? field, string reason, string message) =>
        new() { Rule = rule, Table = table, Record = record, Cells = null, Key = key, Field = field, Reason = reason, Message = message };

    /// <summary>The values by column, as the canonical format has them: it can be read again without the mapping that made it.</summary>
    public string ToCanonicalJson() => JsonSerializer.Serialize(ToCanonical(), Readable);

    /// <summary>The values by column, without those that are nothing.</summary>
    public IReadOnlyDictionary<string, string> ToCanonical() =>
        Table.Columns.Zip(Cells!).Where(x => !x.Second.IsNull).ToDictionary(x => x.First.Name, x => x.Second.ToString());
}
