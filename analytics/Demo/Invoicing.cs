using Followthrough.Analytics.Facts;

namespace Followthrough.Analytics.Demo;

/// <summary>Invoices with their lines, payments and credits. One region takes two months to write them.</summary>
internal sealed class Invoicing(Customer customer)
{
    private int _numbers;

    private DemoRandom Random => customer.Random;
    private Timeline Timeline => customer.Timeline;

    public void Invoice(Job job, BillingEvent billable)
    {
        var late = customer.Region.Name == Structure.LateInvoiceRegion;
        var days = late ? Random.LogNormal(59, 0.2) : Random.Chance(0.05) ? Random.LogNormal(30, 0.5) : Random.LogNormal(5.5, 0.55);
        var at = customer.Hours.Sometime(billable.OccurredAt.AddDays(days), Random);
        if (Random.Chance(0.03))
        {
            var part = Math.Round(billable.Amount * (decimal)Random.Real(0.3, 0.7), 2);
            Issue(job, billable, at, part);
            at = customer.Hours.Sometime(at.AddDays(Random.Whole(2, 20)), Random);
            if (Issue(job, billable, at, billable.Amount - part) is { } rest) Report(billable, rest);
            return;
        }

        if (Issue(job, billable, at, billable.Amount) is { } sent) Report(billable, sent);
    }

    private void Report(BillingEvent billable, DateTimeOffset sent)
    {
        if (billable.Trigger != BillingTrigger.Deposit)
            customer.World.Truth.Planted.Invoiced(customer.Region, sent - billable.OccurredAt);
    }

    /// <summary>When it was sent; null when that is not in history.</summary>
    private DateTimeOffset? Issue(Job job, BillingEvent billable, DateTimeOffset at, decimal amount)
    {
        if (!Timeline.Has(at)) return null;
        var key = customer.NextKey("erp:I");
        var sent = Timeline.Past(at.AddMinutes(Random.Whole(1, 400)));
        var passedOn = Random.Chance(0.08) ? Math.Round((decimal)Random.LogNormal(350, 0.8), 2) : 0;
        var net = amount + passedOn;
        var voided = Random.Chance(0.004) ? Timeline.Past(at.AddDays(Random.Whole(3, 30))) : null;
        customer.Files.Add(new Invoice
        {
            SourceKey = key,
            OccurredAt = at,
            SourceModifiedAt = voided ?? sent ?? at,
            Account = customer.InvoicedAs,
            Number = $"INV-{customer.Number:D4}-{++_numbers:D3}",
            ProjectKey = job.Key,
            SentAt = sent,
            DueOn = Timeline.DayOf(at.AddDays(30)),
            Amount = net,
            Tax = Math.Round(net * 0.07m, 2),
            Currency = customer.Currency,
            VoidedAt = voided,
        });
        Line(key, at, job, billable, amount, "Controls work: " + job.Name);
        if (passedOn > 0) Line(key, at, job, null, passedOn, "Permits and freight");
        if (voided is null && sent is not null) Settle(key, sent.Value, Math.Round(net * 1.07m, 2), net);
        return sent;
    }

    private void Line(string invoice, DateTimeOffset at, Job job, BillingEvent? billable, decimal amount, string description) =>
        customer.Files.Add(new InvoiceLine
        {
            SourceKey = customer.NextKey("erp:L"),
            OccurredAt = at,
            SourceModifiedAt = customer.Stamp(at),
            Account = customer.InvoicedAs,
            InvoiceKey = invoice,
            BillingEventKey = billable?.SourceKey,
            OrderKey = job.OrderKey,
            RevenueClass = job.Class,
            Description = description,
            Amount = amount,
            Currency = customer.Currency,
            PassThrough = billable is null,
        });

    private void Settle(string invoice, DateTimeOffset sent, decimal gross, decimal net)
    {
        if (Random.Chance(0.025)) Credit(invoice, sent.AddDays(Random.Whole(4, 55)), Math.Round(net * (decimal)Random.Real(0.05, 0.4), 2));
        if (Random.Chance(0.02)) return;
        var paid = customer.Hours.Sometime(sent.AddDays(Random.LogNormal(33, 0.4)), Random);
        var first = Random.Chance(0.05) ? Math.Round(gross / 2, 2) : gross;
        Pay(invoice, paid, first);
        if (first < gross) Pay(invoice, paid.AddDays(Random.Whole(7, 40)), gross - first);
    }

    private void Pay(string invoice, DateTimeOffset at, decimal amount)
    {
        if (!Timeline.Has(at)) return;
        customer.Files.Add(new Payment
        {
            SourceKey = customer.NextKey("erp:P"),
            OccurredAt = at,
            SourceModifiedAt = customer.Stamp(at),
            Account = customer.InvoicedAs,
            InvoiceKey = invoice,
            Amount = amount,
            Currency = customer.Currency,
        });
    }

    private void Credit(string invoice, DateTimeOffset at, decimal amount)
    {
        if (!Timeline.Has(at)) return;
        customer.Files.Add(new CreditNote
        {
            SourceKey = customer.NextKey("erp:N"),
            OccurredAt = at,
            SourceModifiedAt = customer.Stamp(at),
            Account = customer.InvoicedAs,
            InvoiceKey = invoice,
            Amount = amount,
            Currency = customer.Currency,
            Reason = Random.Pick(["Wrong quantity", "Hours disputed", "Returned parts", "Goodwill"]),
        });
    }
}
