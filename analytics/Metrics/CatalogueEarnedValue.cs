using Followthrough.Analytics.Measures;

namespace Followthrough.Analytics.Metrics;

/// <summary>Metrics that hold what projects under way have earned against what was planned and what was spent.</summary>
internal static class CatalogueEarnedValue
{
    private const string Terms = "Over projects under way at the end of the period or the time of asking, whichever comes first. EV: planned cost of accepted milestones, nothing "
        + "before acceptance; PV: planned cost of milestones whose first date has passed; BAC: planned cost of all milestones; AC: costs recorded by then";

    // One project for all examples, so that they can be followed from one to the next.
    private static readonly EarnedValue Sample = new(120, 65, 52, 68);

    private static readonly MeasureMetric CostPerformance = Index(
        "cpi", "CPI, cost performance index", "sum of EV / sum of AC", Better.Higher, Sample.CostPerformance,
        "How much planned work each amount spent has brought: below 1 the work costs more than planned.");

    private static readonly MeasureMetric SchedulePerformance = Index(
        "spi", "SPI, schedule performance index", "sum of EV / sum of PV", Better.Higher, Sample.SchedulePerformance,
        "How much of the work that should be accepted by now is: below 1 it is late. It goes to 1 as a project ends, however late, so read it beside the days late.");

    private static readonly MeasureMetric ToComplete = Index(
        "tcpi", "TCPI, to-complete performance index", "sum of (BAC - EV) / sum of (BAC - AC), of projects whose budget is not spent", Better.Lower, Sample.ToComplete,
        "How much each amount still in the budget has to earn for it to suffice: well above 1 it will not.");

    private static readonly MeasureMetric Estimate = Amount(
        "eac", "EAC, estimate at completion", "sum of BAC / (EV / AC)", Better.Lower, Sample.EstimateAtCompletion,
        "What the projects will cost in the end if the rest goes on as it went so far.");

    private static readonly MeasureMetric EstimateIfAtypical = Amount(
        "eac_atypical", "EAC, rest as planned", "sum of AC + (BAC - EV)", Better.Lower, Sample.EstimateIfAtypical,
        "What the projects will cost in the end if what happened so far does not happen again.");

    private static readonly MeasureMetric EstimateIfLateToo = Amount(
        "eac_combined", "EAC, by cost and schedule", "sum of AC + (BAC - EV) / (EV / AC · EV / PV)", Better.Lower, Sample.EstimateIfLateToo,
        "What the projects will cost in the end if both their costs and their delay go on as so far.");

    private static readonly MeasureMetric CostVariance = Amount(
        "cost_variance", "CV, cost variance", "sum of EV - AC", Better.Higher, Sample.CostVariance, "What the accepted work was planned to cost less what was spent: negative is too dear.");

    private static readonly MeasureMetric ScheduleVariance = Amount(
        "schedule_variance", "SV, schedule variance", "sum of EV - PV", Better.Higher, Sample.ScheduleVariance,
        "What the accepted work was planned to cost less the plan of what should be accepted by now: negative is late.");

    private static readonly MeasureMetric VarianceAtCompletion = Amount(
        "variance_at_completion", "VAC, variance at completion", "sum of BAC - BAC / (EV / AC)", Better.Higher, Sample.VarianceAtCompletion,
        "How much of the budgets will be left if the rest goes on as it went so far: negative is an overrun.");

    public static IReadOnlyList<MeasureMetric> All { get; } =
    [
        CostPerformance, SchedulePerformance, ToComplete, Estimate, EstimateIfAtypical, EstimateIfLateToo, CostVariance, ScheduleVariance,
        VarianceAtCompletion,
    ];

    private static MeasureMetric Index(string id, string name, string formula, Better better, decimal? sample, string inWords) => Create(
        id, name, Unit.Index, Aggregation.Ratio, better, formula, FormattableString.Invariant($"{sample:0.000}"), inWords);

    private static MeasureMetric Amount(string id, string name, string formula, Better better, decimal? sample, string inWords) => Create(
        id, name, Unit.Money, Aggregation.Sum, better, formula, FormattableString.Invariant($"{sample:0.0}"), inWords);

    private static MeasureMetric Create(
        string id, string name, Unit unit, Aggregation aggregation, Better better, string formula, string result, string inWords) => new()
        {
            Id = id,
            Name = name,
            File = "EarnedValue",
            Variant = id,
            Uses = ["project_cost"],
            DependsOnPeriod = true,
            Unit = unit,
            Better = better,
            Aggregation = aggregation,
            InWords = inWords,
            Formula = $"{formula}. {Terms}; projects for which it is undefined, or whose milestones have no planned cost, are excluded",
            Example = FormattableString.Invariant($"BAC {Sample.Budget}, PV {Sample.Planned}, EV {Sample.Earned}, AC {Sample.Actual}: {result}"),
            Source = "Client relations: keep to the budget and tell the customer early when it will not hold",
            Nothing = "no project was under way by then in this selection",
            NoBase = "there is nothing to hold it against",
            MinimumN = 1,
            Version = 1,
        };
}
