using Followthrough.Analytics.Compensation;
using Followthrough.Analytics.Metrics;

namespace Followthrough.Dashboard.Compensation;

/// <summary>What the blocks of a plan are called, by where they stand in its text: the same while the text has faults.</summary>
internal static class PlanNames
{
    /// <summary>By paths such as <c>components.0</c>; with the id where two blocks would be called the same.</summary>
    internal static Dictionary<string, string> Of(IReadOnlyList<PlanBlock> blocks)
    {
        var names = blocks.ToDictionary(b => b.Path, Name);
        return blocks.ToDictionary(b => b.Path, b => b.Id is null || names.Values.Count(name => name == names[b.Path]) == 1 ? names[b.Path] : $"{names[b.Path]} ({b.Id})");
    }

    // By what it measures; by its id, or its place in the list, where that says nothing.
    private static string Name(PlanBlock block)
    {
        var kind = block.List switch { "gates" => "Gate", "modifiers" => "Modifier", _ => null };
        if (block.Metric is null || MetricCatalogue.Find(block.Metric) is not { } metric) return block.Id ?? FormattableString.Invariant($"{kind ?? "Component"} {block.At + 1}");
        var whose = Enum.TryParse<MeasuredFor>(block.For, ignoreCase: true, out var measured) && Enum.IsDefined(measured) ? $", {PlanWords.Whose(measured)}" : "";
        return $"{(kind is null ? "" : $"{kind}: ")}{metric.Name}{whose}";
    }
}
