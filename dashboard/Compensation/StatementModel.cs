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

    /// <summary>Its held lines with what became of them since it was locked; none before.</summary>
    public required IReadOnlyList<HeldLine> Held { get; init; }

    /// <summary>Names of those who may decide held lines of it.</summary>
    public required IReadOnlyList<string> Deciders { get; init; }

    /// <summary>Those that nothing has paid.</summary>
    public IReadOnlyList<HeldLine> Waiting => [.. Held.Where(l => l.PaidBy is null)];

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

    /// <summary>What a segment measured, by its name where it is the whole period.</summary>
    internal Period SpanOf(StatementSegment segment) =>
        Found.Run.Period is var whole && (segment.From, segment.To) == (whole.Start, whole.End) ? whole : Period.Days(segment.From, segment.To);

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

    /// <inheritdoc cref="LineSteps"/>
    internal IReadOnlyList<string> Steps(StatementLine line, string currency, string days) => LineSteps.Of(line, Against(line), currency, Given(line), days);

    /// <summary>What a line pays, in percent, with the decimals its arithmetic takes.</summary>
    internal string Percent(StatementLine line, decimal percent) => CurveSteps.Number(percent, LineSteps.Decimals(line, Against(line)));

    internal static StatementPlan Of(PlanVersion version)
    {
        var parts = PlanWords.Of(version.Plan);
        var plan = new StatementPlan { Every = version.Plan.Every, Words = [.. parts.Where(p => p.Id is null).Select(p => (p.Title, p.Sentences))] };
        foreach (var component in version.Plan.Components)
            plan._components[component.Id] = (component, parts.FirstOrDefault(p => p.Id == component.Id)?.Sentences ?? []);
        return plan;
    }

    private PayoutCurve? Curve(string component) => Component(component)?.Curve;

    // As its value is held against it: of a volume, for the days in the plan.
    private PayoutCurve? Against(StatementLine line) => Component(line.Component) is { } curve ? PayCalculation.CurveOf(curve, line.Proration) : null;

    private CurveComponent? Component(string component) => _components.TryGetValue(component, out var found) ? found.Component as CurveComponent : null;

    private string Given(StatementLine line) => Component(line.Component) is { } curve && line.Weight * 100 > curve.Weight ? " (with what lines that are not judged gave up)" : "";
}
