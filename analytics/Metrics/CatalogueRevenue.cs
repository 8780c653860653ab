namespace Followthrough.Analytics.Metrics;

/// <summary>Metrics about net invoiced revenue and where it comes from.</summary>
internal static class CatalogueRevenue
{
    private const string NetInvoiced = "net invoiced: lines of sent invoices less credit notes, without tax, pass-through, voided invoices and our-fault rework";

    private static readonly MeasureMetric NetRevenue = new()
    {
        Id = "net_revenue",
        Name = "Net revenue",
        File = "Revenue",
        Variant = "net_revenue",
        Uses = ["revenue_line"],
        Unit = Unit.Money,
        Better = Better.Higher,
        Aggregation = Aggregation.Sum,
        InWords = "What was invoiced in the period and stayed ours: credit notes count against the period in which they are issued, taxes and costs passed "
            + "on count nowhere, and neither does work that repairs our own faults.",
        Formula = $"sum of {NetInvoiced}; in the reporting currency by the rate of the day",
        Example = "Invoices of 1,000 and 400, of which 100 is passed-on freight, and a credit note of 50: 1,250",
        Source = "Client relations: loyalty shows in what customers go on to buy",
        Nothing = "nothing was invoiced in this period and selection",
        MinimumN = 1,
        Version = 1,
    };

    private static readonly MeasureMetric AddOnShare = new()
    {
        Id = "add_on_share",
        Name = "Add-on share of revenue",
        File = "Revenue",
        Variant = "add_on",
        Uses = ["revenue_line"],
        Unit = Unit.Share,
        Better = Better.Higher,
        Aggregation = Aggregation.Ratio,
        Bounds = Bounds.Part,
        InWords = "How much of the revenue came from customers who, while we worked for them, asked for more: add-ons and change orders they requested.",
        Formula = $"add-on lines / all lines, both {NetInvoiced}",
        Example = "Add-ons of 200 in 1,000 invoiced: 20 %",
        Source = "Client relations: satisfied customers add to the work in hand",
        Nothing = "nothing was invoiced in this period and selection",
        NoBase = "invoices and credits cancel out, so there is nothing to take a share of",
        MinimumN = 10,
        Version = 1,
    };

    private static readonly MeasureMetric ExistingCustomerShare = new()
    {
        Id = "existing_customer_share",
        Name = "Revenue from existing customers",
        File = "Revenue",
        Variant = "existing_customer",
        Uses = ["revenue_line"],
        Unit = Unit.Share,
        Better = Better.Higher,
        Aggregation = Aggregation.Ratio,
        Bounds = Bounds.Part,
        InWords = "How much of the revenue came from customers we already had: repeat jobs, add-ons and renewals.",
        Formula = $"(repeat + add-on + renewal lines) / all lines, both {NetInvoiced}; a class the source does not state is new customer on the first invoice, else repeat",
        Example = "Of 1,000 invoiced, 300 to new customers: 70 %",
        Source = "Follow up or lose them: most business comes from those who came before",
        Nothing = "nothing was invoiced in this period and selection",
        NoBase = "invoices and credits cancel out, so there is nothing to take a share of",
        MinimumN = 10,
        Version = 1,
    };

    private static readonly MeasureMetric WonAmount = new()
    {
        Id = "won_amount",
        Name = "Sales won",
        File = "Won",
        Unit = Unit.Money,
        Better = Better.Higher,
        Aggregation = Aggregation.Sum,
        InWords = "The value of the deals that were won in the period, each by whoever owns the deal.",
        Formula = "sum of the amounts of deals won in the period; in the reporting currency by the rate of the day; deals without an amount are excluded and counted",
        Example = "Deals of 500 and 300 won in March and one of 900 lost: 800",
        Source = "Client relations: loyalty shows in what customers go on to buy",
        Nothing = "nothing was won in this period and selection",
        MinimumN = 1,
        Version = 1,
    };

    public static IReadOnlyList<MeasureMetric> All { get; } = [NetRevenue, AddOnShare, ExistingCustomerShare, WonAmount];
}
