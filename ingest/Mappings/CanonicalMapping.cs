using Followthrough.Analytics.Facts;

namespace Followthrough.Ingest.Mappings;

/// <summary>The product's own format: a file is named after its fact and its columns after the fact's.</summary>
internal static class CanonicalMapping
{
    public const string Name = "canonical";

    /// <summary>The mapping of one fact.</summary>
    /// <param name="table">The fact.</param>
    /// <param name="amountFromLines">Whether its amount is left to its lines, as of a row that waited for its account.</param>
    public static Mapping For(FactTable table, bool amountFromLines = false) => new()
    {
        Name = $"{Name}:{table}",
        Hash = "1",
        Rules = [new FactRule(0, table, [.. table.Columns.Select(c => amountFromLines && c.Name == "amount" ? ColumnSource.Lines : ColumnSource.ForField(c.Name))])],
        EveryFieldMustBeKnown = true,
    };
}
