using Followthrough.Analytics.Facts;
using Followthrough.Ingest.Mappings;

namespace Followthrough.Ingest.Sources.CloudEvents;

/// <summary>Facts as CloudEvents 1.0: the type names the fact, the data has its columns.</summary>
internal static class CloudEventMapping
{
    /// <summary>What stands before a fact's name in an event's type.</summary>
    public const string TypePrefix = "followthrough.fact.";

    /// <summary>The mapping for events of these facts.</summary>
    public static Mapping For(IReadOnlyList<FactTable> tables) => new()
    {
        Name = $"cloudevents:{string.Join('+', tables)}",
        Hash = "1",
        Rules = [.. tables.Select((table, i) => new FactRule(i, table, [.. table.Columns.Select(c => ColumnSource.ForField($"data.{c.Name}"))])
        {
            When = new Condition([FieldTest.Matches("type", [TypePrefix + table])]),
        })],
    };
}
