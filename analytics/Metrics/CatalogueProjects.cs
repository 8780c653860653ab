namespace Followthrough.Analytics.Metrics;

/// <summary>Metrics about what projects cost and leave, and what of them is not billed.</summary>
internal static class CatalogueProjects
{
    private static readonly MeasureMetric Margin = new()
    {
        Id = "project_margin",
        Name = "Project margin",
        File = "ProjectMargin",
        Uses = ["revenue_line"],
        Unit = Unit.Share,
        Better = Better.Higher,
        Aggregation = Aggregation.Ratio,
        Bounds = Bounds.AtMostWhole,
        InWords = "How much of what was invoiced for the projects accepted in the period was left after their costs, over their whole life.",
        Formula = "(net revenue - costs) / net revenue of projects accepted in the period, over their whole life as recorded by now, in the reporting currency by "
            + "the rate of the day; projects without recorded costs are excluded, work not invoiced brings nothing",
        Example = "Invoiced 1,000 with costs of 700 and 500 with costs of 500: (300 + 0) / 1,500 = 20 %",
        Source = "Client relations: satisfied customers are worth what they cost",
        Nothing = "no project was accepted in this period and selection",
        NoBase = "nothing was invoiced for the projects accepted, so there is nothing to take a share of",
        MinimumN = 10,
        Version = 1,
    };

    private static readonly MeasureMetric OverBudget = new()
    {
        Id = "over_budget_share",
        Name = "Projects over budget",
        File = "OverBudget",
        Uses = ["project_cost"],
        Unit = Unit.Share,
        Better = Better.Lower,
        Aggregation = Aggregation.Share,
        InWords = "Of the projects accepted in the period, how many cost more than was planned for them.",
        Formula = "projects whose recorded costs exceed their budget / projects accepted in the period with a budget and recorded costs, each in its own currency",
        Example = "Budgets of 100, 100 and 50, costs of 90, 120 and 50: 33.3 %",
        Source = "Client relations: keep to the budget and tell the customer early when it will not hold",
        Nothing = "no project was accepted in this period and selection",
        MinimumN = 10,
        Version = 1,
    };

    private static readonly MeasureMetric Unbilled = new()
    {
        Id = "unbilled_work",
        Name = "Unbilled work",
        File = "UnbilledWork",
        Kinds = ["invoice"],
        DependsOnPeriod = true,
        Unit = Unit.Money,
        Better = Better.Lower,
        Aggregation = Aggregation.Sum,
        InWords = "What could be billed at the end of the period and was not yet: work accepted, completed or done by the month, however long ago.",
        Formula = "sum of billing events that came about before the end of the period, or the time of asking if that comes first, and for which invoices of 99.5 % of "
            + "the amount had not been sent by then; net of tax, in the reporting currency by the rate of the event's day; deposits are excluded",
        Example = "Events of 1,000 billed, 400 not billed and 600 billed with 300 so far: 1,000",
        Source = "Client relations: a prompt and accurate invoice is the last piece of the work",
        Nothing = "nothing was finished and not invoiced by then in this selection",
        MinimumN = 1,
        Version = 1,
    };

    public static IReadOnlyList<MeasureMetric> All { get; } = [Margin, OverBudget, Unbilled, .. CatalogueEarnedValue.All];
}
