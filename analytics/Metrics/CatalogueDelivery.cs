namespace Followthrough.Analytics.Metrics;

/// <summary>Metrics about work delivered and billed.</summary>
internal static class CatalogueDelivery
{
    private static readonly CommitmentMetric DeliverB0 = new()
    {
        Id = "deliver_b0",
        Name = "Delivered by the first date",
        Kind = "deliver",
        Opens = "delivery fell due",
        Fulfilled = "delivered",
        CountsWhenDue = true,
        InWords = "Each delivery is held to the date first agreed with the customer, whatever was agreed later. It is done when the customer has "
            + "accepted it. What is still open after its date counts as missed; what the customer called off before its date is excluded.",
        Formula = "kept / (kept + missed), for milestones whose first date lies in the period, open ones included; kept when accepted by the end "
            + "of that day in the customer's promised calendar",
        Source = "Client relations: deliver what was promised on the day it was promised",
        Target = 0.85,
        MinimumN = 10,
        Version = 1,
    };

    private static readonly CommitmentMetric DeliverCurrent = new()
    {
        Id = "deliver_current",
        Name = "Delivered by the date that stands",
        Kind = "deliver_current",
        Opens = "delivery fell due",
        Fulfilled = "delivered",
        CountsWhenDue = true,
        InWords = "Each delivery is held to the date that stands between the customer and us. A date is moved only with a reason, an approver and the "
            + "customer's acknowledgement, all before it has passed; a new date after the fact moves nothing.",
        Formula = "kept / (kept + missed), for milestones whose standing date lies in the period, open ones included; kept when accepted by the end "
            + "of that day in the customer's promised calendar",
        Source = "Good communications: tell the customer about a change before the date, not after it",
        Target = 0.9,
        MinimumN = 10,
        Version = 1,
    };

    private static readonly CommitmentMetric Invoice14D = new()
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

    public static IReadOnlyList<CommitmentMetric> All { get; } = [DeliverB0, DeliverCurrent, Invoice14D];
}
