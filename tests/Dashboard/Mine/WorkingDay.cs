using Followthrough.Analytics.Facts;
using Followthrough.Tests.Support;

namespace Followthrough.Tests.Dashboard.Mine;

/// <summary>
/// What two people owe at noon of 15 September 2026. Ada (S1, team T1, led by Mona, S9) has: a question of yesterday evening (due today), one of
/// last week (overdue), a missed call from a number, a promise for Friday, an accepted project, and an issue. Bob (S2, team T2)
/// has one unanswered question of another customer.
/// </summary>
internal static class WorkingDay
{
    internal const string Acme = "crm:acme";
    internal const string Other = "crm:other";
    internal const string DueToday = "mail:today";
    internal const string Overdue = "mail:overdue";

    internal static IReadOnlyList<Fact> Facts { get; } =
    [
        Given.Team("hr:T1", "North") with { LeadKey = "hr:S9" },
        Given.Team("hr:T2", "South"),
        Given.Staff("hr:S1") with { Name = "Ada Byron", ManagerKey = "hr:S9" },
        Given.Staff("hr:S2") with { Name = "Bob Stone" },
        Given.Staff("hr:S9") with { Name = "Mona Lead" },
        Given.Membership("hr:S1", "hr:T1"),
        Given.Membership("hr:S2", "hr:T2"),
        Given.Membership("hr:S9", "hr:T1"),
        Given.Account(Acme, name: "Acme Heating", region: "North", segment: "key") with { Phone = "+4930555000" },
        Given.Account(Other, name: "Other & Sons", region: "South", segment: "small"),
        Given.Assignment(Acme, "hr:S1"),
        Given.Assignment(Other, "hr:S2"),
        Given.Contact(Acme, "crm:c1") with { Name = "Grace Hopper", Email = "grace@acme.example", Phone = "+4930555001", PreferredChannel = Channel.Email, Tier = Tier.Executive },
        Given.Contact(Acme, "crm:c2") with { Name = "Silent Sam", DoNotContact = true },
        Given.Inbound(Acme, "2026-09-14T20:00Z", contact: "crm:c1", thread: "t1", key: DueToday) with { Subject = "Where is the valve?" },
        Given.Inbound(Acme, "2026-09-10T08:00Z", thread: "t2", key: Overdue) with { Subject = "Second question" },
        Given.Interaction(Acme, "2026-09-15T08:00Z", kind: InteractionKind.Call, channel: Channel.Phone, key: "call:missed") with
        {
            Connected = false, MissedReason = MissedReason.NoAgentAnswered, PhoneNumber = "+4930777",
        },
        GivenWork.Promise(Acme, "prom:1", "2026-09-14T09:00Z", "2026-09-18T15:00Z") with { OwnerKey = "hr:S1", Content = "Quote by Friday", ConfirmedByKey = "hr:S1" },
        GivenWork.Issue(Acme, "iss:1", "2026-09-15T10:00Z") with { Title = "Boiler cold", ContactKey = "crm:c1", OwnerKey = "hr:S1" },
        GivenProject.Project(Acme, "prj:1", "2026-08-31T08:00Z") with { Name = "Retrofit", AcceptedAt = Given.At("2026-09-01T08:00Z"), ManagerKey = "hr:S1" },
        Given.Inbound(Other, "2026-09-14T18:00Z", key: "mail:other") with { Subject = "Secret matter" },
    ];
}
