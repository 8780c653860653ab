namespace Followthrough.Analytics.Metrics;

/// <summary>Metrics about customers who order again.</summary>
internal static class CatalogueLoyalty
{
    private const string Orders = "an order is a signed order, contract or job, however it is invoiced; cancelled ones, our-fault rework and unnamed buyers count as none";
    private const string Nobody = "nobody ordered in this period and selection";

    private static readonly MeasureMetric RepeatRate = new()
    {
        Id = "repeat_rate",
        Name = "Repeat rate",
        File = "Repeat",
        Variant = "repeat",
        Uses = ["customer_order"],
        Unit = Unit.Share,
        Better = Better.Higher,
        Aggregation = Aggregation.Share,
        InWords = "Of the customers who ordered in the period, how many ordered at least twice in it.",
        Formula = $"customers with two or more orders in the period / customers with one or more; {Orders}",
        Example = "Ann orders in January and March, Bob in February: one of two in the first quarter, 50 %",
        Source = "Client relations: loyalty shows in what customers go on to buy",
        Nothing = Nobody,
        DependsOnPeriod = true,
        MinimumN = 10,
        Version = 1,
    };

    private static readonly MeasureMetric ReturningShare = new()
    {
        Id = "returning_share",
        Name = "Returning share",
        File = "Repeat",
        Variant = "returning",
        Uses = ["customer_order"],
        Unit = Unit.Share,
        Better = Better.Higher,
        Aggregation = Aggregation.Share,
        InWords = "Of the customers who ordered in the period, how many had ordered before, whenever that was. What they order after the period changes nothing.",
        Formula = $"customers with an order in the period and another before that one / customers with an order in the period; {Orders}",
        Example = "In March Ann orders for the first time and Bob, who came two years ago, orders again: 50 %",
        Source = "Follow up or lose them: most business comes from those who came before",
        Nothing = Nobody,
        DependsOnPeriod = true,
        MinimumN = 10,
        Version = 1,
    };

    private static readonly MeasureMetric RepeatRevenueShare = new()
    {
        Id = "repeat_revenue_share",
        Name = "Repeat share of order value",
        File = "RepeatRevenue",
        Uses = ["customer_order"],
        Unit = Unit.Share,
        Better = Better.Higher,
        Aggregation = Aggregation.Ratio,
        Bounds = Bounds.Part,
        InWords = "How much of what was ordered came from customers who had ordered before.",
        Formula = $"value of orders that are not the customer's first, by time and then number / value of all orders; {Orders}; in the reporting currency by the rate of the day",
        Example = "First orders of 300 and later ones of 700: 70 %",
        Source = "Follow up or lose them: most business comes from those who came before",
        Nothing = Nobody,
        NoBase = "the orders add up to nothing, so there is nothing to take a share of",
        DependsOnPeriod = true,
        MinimumN = 10,
        Version = 1,
    };

    private static readonly MeasureMetric PeriodRetention = new()
    {
        Id = "period_retention",
        Name = "Customer retention from the prior period",
        File = "PeriodRetention",
        Uses = ["customer_order"],
        Unit = Unit.Share,
        Better = Better.Higher,
        Aggregation = Aggregation.Share,
        InWords = "Of the customers who ordered in the period before, how many ordered in this one too. Judged once the period is over.",
        Formula = $"customers with an order in both periods / customers with an order in the one of the same kind before; {Orders}; undefined while the period runs",
        Example = "Four customers ordered in the first quarter, three of them and two others in the second: 75 %",
        Source = "Follow up or lose them: customers nobody follows up drift away",
        Nothing = "nobody ordered in the period before, or there is none",
        DependsOnPeriod = true,
        MinimumN = 10,
        Version = 1,
    };

    public static IReadOnlyList<MeasureMetric> All { get; } = [RepeatRate, ReturningShare, RepeatRevenueShare, PeriodRetention];
}
