using Followthrough.Analytics.Facts;

namespace Followthrough.Analytics.Demo;

/// <summary>What becomes billable, by contract type, and the invoices that follow.</summary>
internal sealed class Billing(Customer customer, Invoicing invoicing)
{
    private const double Month = 30.4375;

    private Timeline Timeline => customer.Timeline;

    public void Bill(Job job)
    {
        switch (job.Type)
        {
            case ContractType.FixedPrice:
                Become(job, job.Start.AddDays(3), BillingTrigger.Deposit, job.Value * 0.2m);
                BecomeAtEnd(job, BillingTrigger.Acceptance, job.Value * 0.8m);
                break;
            case ContractType.Milestone:
                foreach (var at in job.Accepted.Where(at => at <= job.End))
                    Become(job, at, BillingTrigger.Acceptance, job.Value / job.Accepted.Count);
                break;
            case ContractType.TimeAndMaterial: Monthly(job, BillingTrigger.PeriodEnd, job.Value); break;
            case ContractType.Retainer: Monthly(job, BillingTrigger.PeriodStart, job.Value); break;
            case ContractType.Completion: BecomeAtEnd(job, BillingTrigger.Completion, job.Value); break;
            default: throw new ArgumentOutOfRangeException(nameof(job), job.Type, "No billing for this contract type.");
        }
    }

    private void BecomeAtEnd(Job job, BillingTrigger trigger, decimal amount)
    {
        if (!job.Cancelled) Become(job, job.End, trigger, amount);
    }

    private void Monthly(Job job, BillingTrigger trigger, decimal value)
    {
        // An agreement's value is a year's, everything else's is the whole.
        var months = job.Type == ContractType.Retainer ? 12 : Math.Max(1, (int)Math.Ceiling((job.PlannedEnd - job.Start).TotalDays / Month));
        for (var month = 0; ; month++)
        {
            var day = new DateOnly(job.Start.Year, job.Start.Month, 1).AddMonths(month + 1);
            var at = customer.Hours.At(day, 0);
            if (at > job.End.AddDays(trigger == BillingTrigger.PeriodEnd ? Month : 0)) return;
            Become(job, at, trigger, value / months);
        }
    }

    private void Become(Job job, DateTimeOffset at, BillingTrigger trigger, decimal amount)
    {
        if (!Timeline.Has(at)) return;
        var billable = new BillingEvent
        {
            SourceKey = customer.NextKey("pm:B"),
            OccurredAt = at,
            SourceModifiedAt = customer.Stamp(at),
            Account = customer.Key,
            ProjectKey = job.Key,
            Trigger = trigger,
            Amount = Math.Round(amount, 2),
            Currency = customer.Currency,
        };
        customer.Files.Add(billable);
        invoicing.Invoice(job, billable);
    }
}
