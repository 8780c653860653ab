namespace Followthrough.Analytics.Facts;

/// <summary>Something became billable at <c>occurred_at</c>; the invoice is owed from then on.</summary>
[StoredAs("billing_event", Reach.WholeAccount)]
public sealed record BillingEvent : AccountFact
{
    public required string ProjectKey { get; init; }
    public required BillingTrigger Trigger { get; init; }

    /// <summary>Net of tax, in <see cref="Currency"/>.</summary>
    public required decimal Amount { get; init; }

    public required string Currency { get; init; }
}

/// <summary>What made it billable. Deposits are excluded from turnaround, and counted.</summary>
public enum BillingTrigger { Acceptance, Completion, PeriodEnd, PeriodStart, Deposit }
