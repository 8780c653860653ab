using Followthrough.Analytics.Compensation;

namespace Followthrough.Dashboard.Compensation;

/// <summary>What the blocks of a plan are called, by where they stand in its text.</summary>
internal static class PlanNames
{
    /// <summary>By paths such as <c>components.0</c>; an id only where two blocks would be called the same. Nothing for no plan.</summary>
    internal static Dictionary<string, string> Of(PayPlan? plan)
    {
        if (plan is null) return [];
        (string Path, string Id, string Name)[] blocks =
        [
            .. plan.Components.Select((c, at) => (Path("components", at), c.Id, PlanWords.Title(c))),
            .. plan.Gates.Select((g, at) => (Path("gates", at), g.Id, $"Gate: {PlanWords.Named(g.Metric)}, {PlanWords.Whose(g.For)}")),
            .. plan.Modifiers.Select((m, at) => (Path("modifiers", at), m.Id, $"Modifier: {PlanWords.Named(m.Metric)}, {PlanWords.Whose(m.For)}")),
        ];
        return blocks.ToDictionary(b => b.Path, b => blocks.Count(other => other.Name == b.Name) == 1 ? b.Name : $"{b.Name} ({b.Id})");
    }

    private static string Path(string list, int at) => FormattableString.Invariant($"{list}.{at}");
}
