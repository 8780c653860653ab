namespace Followthrough.Analytics.Metrics;

/// <summary>
/// Trailing-12-month revenue retention. The facts hold what was invoiced, not what contracts run on, so none of these is a net revenue
/// retention of recurring contracts, and none is called so.
/// </summary>
internal static class CatalogueRetention
{
    private const string Years = "R0 = net invoiced in the 12 months before t0, R1 = in the 12 months from t0 to t1; t1 = end of the period, or the as-of time "
        + "while it runs, t0 = 12 months before t1; per parent account with its subsidiaries as they were at t0; both years in the reporting currency by the rate of t0; "
        + "customers with R0 > 0 only, new ones and those reactivated counted apart; our-fault rework is none";

    private const string Nothing = "nobody was invoiced in the 24 months before the end of this period";
    private const string Source = "Follow up or lose them: keeping a customer is worth more than winning one";
    private const string Years100 = "Year before: A 100, B 50, C 80, D 20. Year after: A 130, B 40, C 0, D 20 and E, who is new, 60";

    private static readonly MeasureMetric Net = new()
    {
        Id = "ttm_revenue_retention",
        Name = "TTM revenue retention",
        File = "RevenueRetention",
        Variant = "net",
        Uses = ["revenue_line"],
        Unit = Unit.Share,
        Better = Better.Higher,
        Aggregation = Aggregation.Ratio,
        Bounds = Bounds.NotNegative,
        InWords = "What the customers of the year before were invoiced in the year after, against what they were invoiced then. What they bought more counts in, "
            + "new customers do not. Invoiced work is what is compared, not what contracts run on.",
        Formula = $"sum of R1 / sum of R0; {Years}",
        Example = $"{Years100}: 190 of 250, 76 %",
        Source = Source,
        Nothing = Nothing,
        NoBase = "there was no revenue in the year before to keep",
        DependsOnPeriod = true,
        MinimumN = 10,
        Version = 1,
    };

    private static readonly MeasureMetric Gross = new()
    {
        Id = "ttm_gross_revenue_retention",
        Name = "TTM gross revenue retention",
        File = "RevenueRetention",
        Variant = "gross",
        Uses = ["revenue_line"],
        Unit = Unit.Share,
        Better = Better.Higher,
        Aggregation = Aggregation.Ratio,
        Bounds = Bounds.Part,
        InWords = "What was kept of the revenue of the year before, customer by customer, where buying more makes up for nobody else's leaving. Never more than 100 %.",
        Formula = $"sum of R1, at least 0 and at most R0, / sum of R0; {Years}",
        Example = $"{Years100}: 160 of 250, 64 %",
        Source = Source,
        Nothing = Nothing,
        NoBase = "there was no revenue in the year before to keep",
        DependsOnPeriod = true,
        MinimumN = 10,
        Version = 1,
    };

    private static readonly MeasureMetric Logo = new()
    {
        Id = "ttm_logo_retention",
        Name = "TTM logo retention",
        File = "RevenueRetention",
        Variant = "logo",
        Uses = ["revenue_line"],
        Unit = Unit.Share,
        Better = Better.Higher,
        Aggregation = Aggregation.Share,
        InWords = "How many of the customers of the year before are customers still: invoiced more than was credited in the year after, and not closed.",
        Formula = $"customers with R1 > 0 whose accounts are not all closed by t1 / customers with R0 > 0; {Years}",
        Example = $"{Years100}: three of four, 75 %",
        Source = Source,
        Nothing = Nothing,
        DependsOnPeriod = true,
        MinimumN = 10,
        Version = 1,
    };

    public static IReadOnlyList<MeasureMetric> All { get; } = [Net, Gross, Logo];
}
