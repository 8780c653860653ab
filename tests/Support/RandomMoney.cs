using Followthrough.Analytics.Facts;

namespace Followthrough.Tests.Support;

/// <summary>Random records of what was billed and paid.</summary>
internal static class RandomMoney
{
    internal static Func<Fact>[] Kinds(RandomDraw draw) =>
    [
        () => draw.Of("be", 9, key => GivenMoney.BillingEvent(key.Account, key.Source, "2026-01-01T00:00Z", (1 + draw.Number(2)) * 500, draw.One<BillingTrigger>(5), draw.Project(key.Account)) with { OccurredAt = draw.Time() }),
        () => draw.Of("iv", 9, key => new Invoice { SourceKey = key.Source, Account = key.Account, OccurredAt = draw.Time(), Number = key.Source, SentAt = draw.One(5) ? null : draw.Time(), Amount = 1000, Currency = "USD", VoidedAt = draw.One(8) ? draw.Time() : null }),
        () => draw.Of("il", 18, key => new InvoiceLine { SourceKey = key.Source, Account = key.Account, OccurredAt = draw.Time(), InvoiceKey = draw.Keyed("iv", key.Account), BillingEventKey = draw.One(5) ? null : draw.Keyed("be", key.Account), Amount = (1 + draw.Number(2)) * 500, Currency = "USD", PassThrough = draw.One(8) }),
        () => draw.Of("cn", 6, key => GivenMoney.Credit(key.Account, draw.Keyed("iv", key.Account), "2026-01-01T00:00Z") with { SourceKey = key.Source, OccurredAt = draw.Time() }),
        () => draw.Of("py", 6, key => new Payment { SourceKey = key.Source, Account = key.Account, OccurredAt = draw.Time(), InvoiceKey = draw.Keyed("iv", key.Account), Amount = 500, Currency = "USD" }),
        () => draw.Of("so", 6, key => new SalesOrder { SourceKey = key.Source, Account = key.Account, OccurredAt = draw.Time(), ProjectKey = draw.Project(key.Account), RevenueClass = draw.One<RevenueClass>(5), Amount = 1000, Currency = "USD", CancelledAt = draw.One(8) ? draw.Time() : null }),
    ];
}
