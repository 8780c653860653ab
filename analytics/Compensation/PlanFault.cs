namespace Followthrough.Analytics.Compensation;

/// <summary>What is wrong with a plan's text.</summary>
/// <param name="Line">Where, from 1.</param>
/// <param name="Words">What was found and what was expected, in a sentence.</param>
public sealed record PlanFault(int Line, string Words)
{
    public override string ToString() => FormattableString.Invariant($"line {Line}: {Words}");
}

/// <summary>A plan's text as it was understood.</summary>
/// <param name="Plan">Null when there are faults.</param>
/// <param name="Faults">By line; all there are, so that nobody has to try again and again.</param>
public sealed record PlanReading(PayPlan? Plan, IReadOnlyList<PlanFault> Faults);
