using System.Globalization;
using Followthrough.Analytics.Compensation;
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

    /// <summary>Whether the viewer can object: the person himself or his manager, once it is locked and while the window is open.</summary>
    public bool MayDispute => Found.LockedAt is not null && Frame.Now <= Found.DisputableUntil && (IsOwn || Frame.Who.Pay.Teams.Count > 0);
}

/// <summary>A plan's words and curves as a statement shows them.</summary>
public sealed record StatementPlan
{
    private readonly Dictionary<string, (PlanComponent Component, IReadOnlyList<string> Words)> _components = [];

    /// <summary>What holds for all of the plan, in sentences under their titles.</summary>
    public required IReadOnlyList<(string Title, IReadOnlyList<string> Sentences)> Words { get; init; }

    /// <summary>What the plan says of a component.</summary>
    public IReadOnlyList<string> Of(string component) => _components.TryGetValue(component, out var found) ? found.Words : [];

    /// <summary>A measured value of a component, never rounded across one of its bounds.</summary>
    public string Value(StatementLine line) => PayWording.Value(line.Input, Curve(line.Component));

    /// <summary>The arithmetic of a line, a step a line, as it is done on paper.</summary>
    public IReadOnlyList<string> Steps(StatementLine line, string currency)
    {
        if (line.Percent is not { } percent || line.Incentive is not { } incentive) return [];
        var steps = new List<string>();
        if (line.IsCommission) steps.Add(Say($"the rates give {PayWording.Money(incentive, currency)} for {PayWording.Exact(line.Input.Value ?? 0)}"));
        else
        {
            steps.Add(Say($"{Value(line)} pays {PayWording.Exact(percent)} % of its part"));
            steps.Add(Say($"× weight {PayWording.Exact(line.Weight * 100)} % × target incentive {PayWording.Money(incentive, currency)} = {PayWording.Exact(percent * line.Weight * incentive / 100)}"));
        }
        if (line.Modifier != 1) steps.Add(Say($"× gates and modifiers {PayWording.Exact(line.Modifier)}"));
        if (line.Proration != 1) steps.Add(Say($"× days in the plan by days of the period {PayWording.Exact(line.Proration)}"));
        steps.Add(Say($"= {PayWording.Exact(line.Amount ?? 0)}"));
        return steps;
    }

    internal static StatementPlan Of(PlanVersion version)
    {
        var parts = PlanWords.Of(version.Plan);
        var plan = new StatementPlan { Words = [.. parts.Where(p => p.Id is null).Select(p => (p.Title, p.Sentences))] };
        foreach (var component in version.Plan.Components)
            plan._components[component.Id] = (component, parts.FirstOrDefault(p => p.Id == component.Id)?.Sentences ?? []);
        return plan;
    }

    private PayoutCurve? Curve(string component) => _components.TryGetValue(component, out var found) ? (found.Component as CurveComponent)?.Curve : null;

    private static string Say(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
