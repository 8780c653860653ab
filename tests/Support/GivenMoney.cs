using Followthrough.Analytics.Facts;

namespace Followthrough.Tests.Support;

/// <summary>Facts about billing, with only what a test is about; 1,000 USD unless said otherwise.</summary>
internal static class GivenMoney
{
    internal static BillingEvent BillingEvent(
        string account, string key, string at, decimal amount = 1000, BillingTrigger trigger = BillingTrigger.Completion, string project = "pm:P") => new()
        {
            SourceKey = key,
            Account = account,
            OccurredAt = Given.At(at),
            ProjectKey = project,
            Trigger = trigger,
            Amount = amount,
            Currency = "USD",
        };

    /// <summary>An invoice over one billing event, with its only line.</summary>
    internal static Fact[] Invoice(string account, string key, string? sent, string? billingEvent, decimal amount = 1000) =>
    [
        new Invoice
        {
            SourceKey = key, Account = account, OccurredAt = Given.At(sent ?? "2026-03-02T10:00Z"), Number = key,
            SentAt = sent is null ? null : Given.At(sent), Amount = amount, Currency = "USD",
        },
        new InvoiceLine
        {
            SourceKey = $"{key}/1", Account = account, OccurredAt = Given.At(sent ?? "2026-03-02T10:00Z"), InvoiceKey = key, BillingEventKey = billingEvent,
            Amount = amount, Currency = "USD",
        },
    ];

    internal static CreditNote Credit(string account, string invoice, string at) => new()
    {
        SourceKey = $"{invoice}/credit",
        Account = account,
        OccurredAt = Given.At(at),
        InvoiceKey = invoice,
        Amount = 100,
        Currency = "USD",
    };
}
