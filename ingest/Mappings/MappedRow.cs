using Followthrough.Analytics.Facts;
using Followthrough.Ingest.Loading;
using Followthrough.Ingest.Sources.Files;

namespace Followthrough.Ingest.Mappings;

/// <summary>What a record became: a sound row, or a rejection with its reason.</summary>
internal sealed record MappedRow
{
    private MappedRow() { }

    /// <summary>The rule that made it, counted from 0.</summary>
    public required int Rule { get; init; }

    public required FactTable Table { get; init; }
    public required SourceRecord Record { get; init; }

    /// <summary>Values in the order of the table's columns; null for a rejected row.</summary>
    public required Cell[]? Cells { get; init; }

    public required string? Field { get; init; }
    public required string? Reason { get; init; }
    public required string? Message { get; init; }

    public static MappedRow Sound(int rule, FactTable table, SourceRecord record, Cell[] cells) =>
        new() { Rule = rule, Table = table, Record = record, Cells = cells, Field = null, Reason = null, Message = null };

    public static MappedRow Rejected(int rule, FactTable table, SourceRecord record, string? field, string reason, string message) =>
        new() { Rule = rule, Table = table, Record = record, Cells = null, Field = field, Reason = reason, Message = message };
}
