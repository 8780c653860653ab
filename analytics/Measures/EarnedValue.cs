namespace Followthrough.Analytics.Measures;

/// <summary>
/// The formulas of earned value for one project, all amounts in one currency. Undefined is null: what needs costs before any were spent,
/// what needs a plan before anything was due.
/// </summary>
/// <param name="Budget">What the whole is to cost (BAC).</param>
/// <param name="Planned">Planned cost of what should have been accepted by now (PV).</param>
/// <param name="Earned">Planned cost of what was accepted (EV).</param>
/// <param name="Actual">What was spent (AC).</param>
public sealed record EarnedValue(decimal Budget, decimal Planned, decimal Earned, decimal Actual)
{
    /// <summary>Earned per amount spent (CPI).</summary>
    public decimal? CostPerformance => Actual == 0 ? null : Earned / Actual;

    /// <summary>Earned per amount planned by now (SPI).</summary>
    public decimal? SchedulePerformance => Planned == 0 ? null : Earned / Planned;

    /// <summary>Earned less spent (CV); negative is too dear.</summary>
    public decimal? CostVariance => Actual == 0 ? null : Earned - Actual;

    /// <summary>Earned less planned by now (SV); negative is late.</summary>
    public decimal? ScheduleVariance => Planned == 0 ? null : Earned - Planned;

    /// <summary>What the whole will cost if the rest goes on as so far (EAC); null before anything is earned.</summary>
    public decimal? EstimateAtCompletion => Actual == 0 || Earned == 0 ? null : Budget * Actual / Earned;

    /// <summary>The same if the rest goes as planned.</summary>
    public decimal? EstimateIfAtypical => Actual == 0 ? null : Actual + (Budget - Earned);

    /// <summary>The same if both the costs and the delay so far go on.</summary>
    public decimal? EstimateIfLateToo => Earned == 0 ? null : Actual + (Budget - Earned) / (CostPerformance * SchedulePerformance);

    /// <summary>How much each amount still in the budget has to earn (TCPI); null once the budget is spent.</summary>
    public decimal? ToComplete => Actual == 0 || Actual >= Budget ? null : (Budget - Earned) / (Budget - Actual);

    /// <summary>Budget less estimate (VAC); negative is an overrun.</summary>
    public decimal? VarianceAtCompletion => Budget - EstimateAtCompletion;
}
