using Followthrough.Analytics.Facts;

namespace Followthrough.Analytics.Demo;

/// <summary>What becomes billable, by contract type, and the invoices that follow.</summary>
internal sealed class Billing(Customer customer, Invoicing invoicing)
{
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
            case ContractType.TimeAndMaterial: BillHalfMonths(job); break;
            case ContractType.Retainer: BillAgreement(job); break;
            case ContractType.Completion: BecomeAtEnd(job, BillingTrigger.Completion, job.Value); break;
            default: throw new ArgumentOutOfRangeException(nameof(job), job.Type, "No billing for this contract type.");
        }
    }

    private void BecomeAtEnd(Job job, BillingTrigger trigger, decimal amount)
    {
        if (!job.Cancelled) Become(job, job.End, trigger, amount);
    }

    /// <summary>An agreement is billed at the first of each month; its value is a year's.</summary>
    private void BillAgreement(Job job)
    {
        for (var day = FirstOfMonth(job.Start).AddMonths(1); ; day = day.AddMonths(1))
        {
            var at = customer.Hours.At(day, 0);
            if (at > job.End) return;
            Become(job, at, BillingTrigger.PeriodStart, job.Value / 12);
        }
    }

    /// <summary>Time and material is billed for each half of a month in which work was done.</summary>
    private void BillHalfMonths(Job job)
    {
        var halves = Math.Max(1, (int)Math.Ceiling((job.PlannedEnd - job.Start).TotalDays / 15.2));
        for (var day = FirstOfMonth(job.Start); ; day = day.AddMonths(1))
        {
            foreach (var end in (DateOnly[])[day.AddDays(15), day.AddMonths(1)])
            {
                var at = customer.Hours.At(end, 0);
                if (at > job.Start) Become(job, at, BillingTrigger.PeriodEnd, job.Value / halves);
                if (at > job.End) return;
            }
        }
    }

    private static DateOnly FirstOfMonth(DateTimeOffset at) => new(at.Year, at.Month, 1);

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
