using Followthrough.Analytics.Metrics;

namespace Followthrough.Analytics.Compensation;

/// <summary>What a locked statement would be by what is known now, line by line, less what was paid for it since.</summary>
/// <param name="Component">The line; null for the statement as a whole.</param>
/// <param name="Kind">A restatement, or the release of what was held.</param>
/// <param name="Amount">Signed and payable.</param>
/// <param name="Words">What changed beside the figures; null when nothing did.</param>
/// <param name="Inputs">The figures that changed.</param>
internal sealed record PayDifference(string? Component, AdjustmentKind Kind, decimal Amount, string? Words, IReadOnlyList<ChangedInput> Inputs)
{
    /// <summary>The differences that are to be paid.</summary>
    /// <param name="then">As it was locked; null for who was not in it.</param>
    /// <param name="now">As it is known now; null for who is not in it any more.</param>
    /// <param name="earlier">What later runs have paid for it so far.</param>
    public static IReadOnlyList<PayDifference> Of(PayStatement? then, PayStatement? now, IReadOnlyList<StatementAdjustment> earlier)
    {
        var decimals = (then ?? now)!.Decimals;
        // A pool moves every share by everybody's figures: it has one difference, and no lines that add up to it.
        var pooled = then?.Pool is not null || now?.Pool is not null;
        string[] components = pooled ? [] : [.. Components(then).Union(Components(now)).Order(StringComparer.Ordinal)];
        var moved = components.Select(c => (Component: (string?)c, Amount: Counted(now, c, decimals) - Counted(then, c, decimals))).ToList();
        moved.Add((null, (now?.Own ?? 0) - (then?.Own ?? 0) - moved.Sum(m => m.Amount)));
        return
        [
            .. moved.Select(m => (m.Component, Due: Due(m.Amount, [.. earlier.Where(e => e.Component == m.Component)]))).Where(m => m.Due != 0)
                .Select(m => new PayDifference(m.Component, KindOf(then, now, m.Component), m.Due, Terms(then, now), Changed(then, now, m.Component))),
        ];
    }

    // What people decided and what figures brought later are not paid twice: where both point the same way the larger counts.
    private static decimal Due(decimal moved, IReadOnlyList<StatementAdjustment> earlier)
    {
        var (decided, restated) = (earlier.Where(e => e.DecidedBy is not null).Sum(e => e.Amount), earlier.Where(e => e.DecidedBy is null).Sum(e => e.Amount));
        var due = Math.Sign(moved) == Math.Sign(decided) ? (Math.Abs(moved) > Math.Abs(decided) ? moved : decided) : moved + decided;
        return due - decided - restated;
    }

    private static IEnumerable<string> Components(PayStatement? statement) => statement?.Lines.Select(l => l.Component) ?? [];

    private static decimal Counted(PayStatement? statement, string component, int decimals) =>
        PayDraft.Rounded(statement?.Lines.Where(l => l.Component == component).Sum(l => l.Counted) ?? 0, decimals);

    private static AdjustmentKind KindOf(PayStatement? then, PayStatement? now, string? component) =>
        IsHeld(then, component) && !IsHeld(now, component) ? AdjustmentKind.Release : AdjustmentKind.Restatement;

    private static bool IsHeld(PayStatement? statement, string? component) =>
        component is not null && statement?.Lines.Any(l => l.Component == component && l.State == LineState.Held) == true;

    private static string? Terms(PayStatement? then, PayStatement? now)
    {
        if (then is null) return "his days in the plan were not known then";
        if (now is null) return "he was not in the plan, as is known now";
        var (before, after) = (then.Segments.Sum(s => s.Proration), now.Segments.Sum(s => s.Proration));
        if (before != after) return "his days in the plan were changed";
        return then.Segments.Select(s => s.Incentive).SequenceEqual(now.Segments.Select(s => s.Incentive)) ? null : "his target incentive was changed";
    }

    private static List<ChangedInput> Changed(PayStatement? then, PayStatement? now, string? component)
    {
        if (then is null || now is null) return [];
        var changed = new List<ChangedInput>();
        foreach (var after in now.Segments)
        {
            if (then.Segments.FirstOrDefault(s => s.From == after.From && s.To == after.To) is not { } before) continue;
            var asked = component is null ? null : after.Lines.Concat(before.Lines).Where(l => l.Component == component).SelectMany(Asked)
                .Concat(after.Gates.Where(g => Covers(g.Before, component)).Select(g => (g.Input.Metric, g.Input.For)))
                .Concat(after.Modifiers.Where(m => Covers(m.Of, component)).Select(m => (m.Input.Metric, m.Input.For))).ToHashSet();
            foreach (var input in after.Inputs)
            {
                var old = before.Inputs.FirstOrDefault(i => i.Metric == input.Metric && i.For == input.For);
                if (old is null || old == input || asked?.Contains((input.Metric, input.For)) == false) continue;
                changed.Add(new ChangedInput(after.From, after.To, old, input));
            }
        }
        return changed;
    }

    private static IEnumerable<(string Metric, MeasuredFor For)> Asked(StatementLine line) =>
        new[] { line.Input, line.TooFew }.OfType<PayInput>().Select(i => (i.Metric, i.For));

    private static bool Covers(IReadOnlyList<string> components, string component) => components.Count == 0 || components.Contains(component);
}

/// <summary>A figure that is another one by now, over the days it was measured.</summary>
internal sealed record ChangedInput(DateOnly From, DateOnly To, PayInput Then, PayInput Now)
{
    /// <summary>What is measured.</summary>
    public MetricDefinition Metric => MetricCatalogue.Find(Now.Metric) ?? throw new InvalidOperationException($"There is no metric '{Now.Metric}'.");
}
