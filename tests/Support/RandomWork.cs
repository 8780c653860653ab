using Followthrough.Analytics.Facts;

namespace Followthrough.Tests.Support;

/// <summary>Random records of what was sold, promised and done.</summary>
internal static class RandomWork
{
    // These keys are in the sample of a quarter between the end of 2025 and the middle of 2026.
    private static readonly string[] Sampled = ["mail:22", "mail:20", "mail:337", "mail:138", "mail:38", "mail:1"];

    internal static Func<Fact>[] Kinds(RandomDraw draw) =>
    [
        () => draw.Of("p", 6, key => GivenProject.Project(key.Account, key.Source, "2025-12-20T09:00Z", manager: draw.Person) with { OccurredAt = draw.Time(), ContractType = draw.One<ContractType>(5), AcceptedAt = draw.One(2) ? draw.Time() : null, CancelledAt = draw.One(6) ? draw.Time() : null }),
        () => draw.Of("m", 12, key => GivenWork.Milestone(key.Account, key.Source, project: draw.Project(key.Account)) with { AcceptedAt = draw.One(3) ? draw.Time() : null, CancelledAt = draw.One(9) ? draw.Time() : null, CancelledBy = draw.One(2) ? Party.Customer : null }),
        () => draw.Of("mb", 18, key => GivenWork.Baseline(key.Account, draw.Keyed("m", key.Account), draw.Number(3), "2026-01-01T00:00Z", "2026-03-20", draw.One(3) ? null : "scope", draw.One(3) ? null : "hr:Ann") with { SourceKey = key.Source, OccurredAt = draw.Time(), DueOn = draw.Day(), AcknowledgedAt = draw.One(3) ? null : draw.Time() }),
        () => draw.Of("mf", 18, key => GivenProject.Forecast(key.Account, draw.Keyed("m", key.Account), "2026-01-01T00:00Z", "2026-03-20") with { SourceKey = key.Source, OccurredAt = draw.Time(), ForecastOn = draw.Day().AddDays(90) }),
        () => draw.Of("sp", 15, key => new StatusReport { SourceKey = key.Source, Account = key.Account, OccurredAt = draw.Time(), ProjectKey = draw.Project(key.Account), WeekEnding = draw.Day(), OnTime = "yes", Delay = "none", Concern = draw.One(5) ? null : "none", ScheduleVersion = draw.One(5) ? null : "S1" }),
        () => draw.Of("pr", 12, key => GivenWork.Promise(key.Account, key.Source, "2026-01-01T00:00Z", "2026-03-01T00:00Z") with { OccurredAt = draw.Time(), OwnerKey = draw.Person, DueAt = draw.Time(), DoneAt = draw.One(2) ? draw.Time() : null, RenegotiatedAt = draw.One(4) ? draw.Time() : null, AcknowledgedAt = draw.One(3) ? draw.Time() : null, ReplacedByKey = draw.One(4) ? draw.Key("pr", 12) : null, ConfirmedByKey = draw.One(8) ? null : "hr:Ann" }),
        () => draw.Of("rq", 9, key => GivenWork.Request(key.Account, key.Source, "2026-01-01T00:00Z") with { OccurredAt = draw.Time(), OwnerKey = draw.Person, PromisedOn = draw.One(2) ? draw.Day() : null, NoBidAt = draw.One(9) ? draw.Time() : null, WithdrawnAt = draw.One(9) ? draw.Time() : null }),
        () => draw.Of("po", 12, key => GivenWork.Proposal(key.Account, key.Source, "2026-01-01T00:00Z", draw.One(4) ? null : draw.Keyed("rq", key.Account)) with { OccurredAt = draw.Time(), Complete = !draw.One(4), Revision = draw.Number(4) / 3, SentByKey = draw.Person }),
        () => draw.Of("dl", 6, key => new Deal { SourceKey = key.Source, Account = key.Account, OccurredAt = draw.Time(), Name = "Deal", Amount = draw.Number(9000), Currency = "USD", WonAt = draw.One(3) ? draw.Time() : null, LostAt = draw.One(5) ? draw.Time() : null }),
        () => draw.Of("df", 9, key => new DealForecast { SourceKey = key.Source, Account = key.Account, OccurredAt = draw.Time(), DealKey = draw.Keyed("dl", key.Account), Amount = draw.Number(9000), Currency = "USD", CloseOn = draw.Day() }),
        () => draw.Of("ce", 12, key => new CostEntry { SourceKey = key.Source, Account = key.Account, OccurredAt = draw.Time(), ProjectKey = draw.Project(key.Account), MilestoneKey = draw.Keyed("m", key.Account), StaffKey = draw.Person, Hours = draw.Number(40), Amount = draw.Number(4000), Currency = "USD" }),
        () => draw.Of("ac", 6, key => new AccountCalendar { SourceKey = key.Source, Account = key.Account, OccurredAt = draw.Time(), CalendarKey = draw.Calendar, EndedAt = draw.One(3) ? draw.Time() : null }),
        () => draw.Of("ss", 6, key => new SurveySchedule { SourceKey = key.Source, Account = key.Account, OccurredAt = draw.Time(), Instrument = "close v1", ContactKey = draw.One(2) ? draw.Contact(key.Account) : null, IntervalDays = 5 + draw.Number(60), EndedAt = draw.One(3) ? draw.Time() : null }),
        () => draw.Of("au", 9, key => new ProjectAudit { SourceKey = key.Source, Account = key.Account, OccurredAt = draw.Time(), ProjectKey = draw.Project(key.Account), Quarter = new DateOnly(2026, 3, 31), AuditorKey = draw.Person, AuditorUnit = draw.One(2) ? "Service" : null, SignedOffAt = draw.One(4) ? null : draw.Time() }),
        () => Given.Outbound("crm:A", "2026-01-01T00:00Z", draw.Contact("crm:A"), staff: draw.Person, key: draw.Any(Sampled)) with { OccurredAt = draw.Time() },
        () => new CommunicationReview { SourceKey = draw.Key("cr", 6), Account = "crm:A", OccurredAt = draw.Time(), InteractionKey = draw.Any(Sampled), StaffKey = draw.Person, ReviewerKey = draw.Person, Passed = draw.One(2) },
    ];
}
