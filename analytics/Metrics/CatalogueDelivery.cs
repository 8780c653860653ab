namespace Followthrough.Analytics.Metrics;

/// <summary>Metrics about work delivered and billed.</summary>
internal static class CatalogueDelivery
{
    private static readonly MetricDefinition Invoice14D = new()
    {
        Id = "invoice_14d",
        Name = "Invoiced within 14 days",
        Kind = "invoice",
        Opens = "work became billable",
        Fulfilled = "invoiced",
        InWords = "Once work can be billed (accepted, completed, a period over), the customer has the invoice within 14 calendar days. "
            + "It counts as sent when invoices covering at least 99.5 % of the amount have gone out; a voided invoice covers nothing. "
            + "Work that was never billed counts as missed once the 14 days have passed.",
        Formula = "kept / (kept + missed), for billing events of the period; kept when invoices for at least 99.5 % of the event's amount were sent "
            + "by the end of the 14th calendar day after it, in the customer's promised calendar; deposits and what was billed in advance are excluded and shown",
        Source = "Client relations: a prompt and accurate invoice is the last piece of the work",
        Target = 0.9,
        MinimumN = 10,
        Version = 1,
    };

    public static IReadOnlyList<MetricDefinition> All { get; } = [Invoice14D];
}
