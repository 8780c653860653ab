using Followthrough.Analytics.Compensation;
using Followthrough.Analytics.Metrics;
using Followthrough.Dashboard.Layout;

namespace Followthrough.Dashboard.Compensation;

/// <summary>What a statement's page draws.</summary>
public sealed record StatementModel
{
    /// <inheritdoc cref="PageFrame"/>
    public required PageFrame Frame { get; init; }

    /// <summary>The statement.</summary>
    public required LockedStatement Found { get; init; }

    /// <summary>What the plan says, by version.</summary>
    public required IReadOnlyDictionary<int, StatementPlan> Plans { get; init; }

    /// <summary>What was said against it.</summary>
    public required IReadOnlyList<PayDispute> Disputes { get; init; }

    /// <summary>Why what was asked was not done.</summary>
    public required IReadOnlyList<string> Problems { get; init; }

    /// <summary>The draft of the plan in which a held line of this locked statement can be decided; null where there is none, or the viewer prepares no pay.</summary>
    public PayRun? Draft { get; init; }

    /// <summary>Components with held lines.</summary>
    public IReadOnlyList<string> Held => [.. Found.Statement.Lines.Where(l => l.State == LineState.Held).Select(l => l.Component).Distinct()];

    /// <summary>Whether it is the viewer's own.</summary>
    public bool IsOwn => Found.Statement.Staff == Frame.Who.StaffKey;

    /// <summary>Names of the teams whose figures it rests on, by key.</summary>
    public required IReadOnlyDictionary<string, string> Teams { get; init; }

    /// <summary>Why the viewer cannot object to it, in a sentence; null when he can.</summary>
    public required string? WhyNotDispute { get; init; }

    /// <summary>What was typed into an objection that was refused.</summary>
    public DisputeWords Typed { get; init; } = new(null, null, null);

    /// <summary>As rows name the statement they lead back to.</summary>
    internal string Way => StatementWay.Of(Found.Run.Id, Found.Statement.Staff);

    /// <summary>Disputes of a line.</summary>
    internal IEnumerable<PayDispute> DisputesOf(string component) => Disputes.Where(d => d.Component == component);

    /// <summary>Whether the viewer can object to a line now: not while an objection to it waits for its decision.</summary>
    internal bool MayDispute(string? component) => WhyNotDispute is null && Disputes.All(d => d.Component != component || d.DecidedAt is not null);
}

/// <summary>A plan's words and curves as a statement shows them.</summary>
public sealed record StatementPlan
{
    private readonly Dictionary<string, (PlanComponent Component, IReadOnlyList<string> Words)> _components = [];

    /// <summary>How often it pays.</summary>
    public required PayFrequency Every { get; init; }

    /// <summary>What holds for all of the plan, in sentences under their titles.</summary>
    public required IReadOnlyList<(string Title, IReadOnlyList<string> Sentences)> Words { get; init; }

    /// <summary>What the plan says of a component.</summary>
    public IReadOnlyList<string> Of(string component) => _components.TryGetValue(component, out var found) ? found.Words : [];

    /// <summary>A measured value of a component, never rounded across one of its bounds.</summary>
    public string Value(StatementLine line) => PayWording.Value(line.Input, Curve(line.Component));

    /// <summary>The arithmetic of a line, a step a line, as it is done on paper.</summary>
    internal IReadOnlyList<string> Steps(StatementLine line, string currency, string days)
    {
        if (line.Percent is not { } percent || line.Incentive is not { } incentive) return [];
        var steps = new List<string>();
        if (line.IsCommission) steps.Add($"The rates give {PayWording.Money(incentive, currency)} for {PayWording.Money(line.Input.Value ?? 0, currency)}.");
        else
        {
            if (Component(line.Component) is { } curve && line.Input.Value is { } x)
                steps.AddRange(CurveSteps.Of(PayCalculation.CurveOf(curve, line.Proration), x, Value(line), value => PlanMetric.InWords(value, MetricCatalogue.Find(line.Input.Metric)!, currency)));
            steps.Add($"{CurveSteps.Number(percent)} % × weight {CurveSteps.Number(line.Weight * 100)} %{Given(line)} × target incentive {PayWording.Money(incentive, currency)}");
        }
        if (line.Modifier != 1) steps.Add(line.Modifier == 0 ? "× 0: a gate was failed" : $"× {CurveSteps.Number(line.Modifier * 100)} % by gates and modifiers");
        if (line.Proration != 1) steps.Add($"× {CurveSteps.Number(line.Proration * 100)} %: in the plan for {days}");
        steps.Add($"= {PayWording.Money(line.Amount ?? 0, currency)}");
        return steps;
    }

    internal static StatementPlan Of(PlanVersion version)
    {
        var parts = PlanWords.Of(version.Plan);
        var plan = new StatementPlan { Every = version.Plan.Every, Words = [.. parts.Where(p => p.Id is null).Select(p => (p.Title, p.Sentences))] };
        foreach (var component in version.Plan.Components)
            plan._components[component.Id] = (component, parts.FirstOrDefault(p => p.Id == component.Id)?.Sentences ?? []);
        return plan;
    }

    private PayoutCurve? Curve(string component) => Component(component)?.Curve;

    private CurveComponent? Component(string component) => _components.TryGetValue(component, out var found) ? found.Component as CurveComponent : null;

    private string Given(StatementLine line) => Component(line.Component) is { } curve && line.Weight * 100 > curve.Weight ? " (with what lines that are not judged gave up)" : "";
}
