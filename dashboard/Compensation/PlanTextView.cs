using Followthrough.Analytics.Compensation;

namespace Followthrough.Dashboard.Compensation;

/// <summary>The text of a plan as a form changes it.</summary>
/// <param name="Yaml">The text.</param>
/// <param name="Reading">What was understood.</param>
/// <param name="Fields">What the form can change.</param>
public sealed record PlanTextView(string Yaml, PlanReading Reading, IReadOnlyList<PlanField> Fields);
