using Followthrough.Analytics.Facts;

namespace Followthrough.Ingest.Mappings;

/// <summary>The product's own format: a file is named after its fact and its columns after the fact's.</summary>
internal static class CanonicalMapping
{
    public const string Name = "canonical";

    /// <summary>The mapping of one fact.</summary>
    public static Mapping For(FactTable table)
    {
        var values = table.Columns.Select(c => Template.ForField(c.Name)).ToList();
        return new Mapping($"{Name}:{table}", "1", [new FactRule(0, table, values, [], null)], everyFieldMustBeKnown: true);
    }
}
