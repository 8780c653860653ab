using Followthrough.Analytics.Facts;

namespace Followthrough.Tests.Support;

/// <summary>
/// Changes of facts of every table, over half a year, of three customers: new records, corrections, late and outdated versions, deletions,
/// other owners and other calendars. Few keys, so that they meet all the time. The same seed gives the same changes.
/// </summary>
internal sealed class RandomFacts
{
    private static readonly DateTimeOffset Modified = Given.At("2026-05-01T00:00Z");

    private readonly RandomDraw _draw;
    private readonly Func<Fact>[] _kinds;

    internal RandomFacts(int seed)
    {
        _draw = new RandomDraw(seed);
        // Interactions, of which there are most in life, as often as all the rest of what happens in a day.
        _kinds = [.. Enumerable.Repeat(() => Interaction(_draw), 10), .. Reference(_draw), .. Customer(_draw), .. RandomWork.Kinds(_draw), .. RandomMoney.Kinds(_draw)];
    }

    /// <summary>What is there before anything else: the customers, and a delivery that is known to be months late.</summary>
    internal static Fact[] Beginning =>
    [
        .. RandomDraw.Customers.Select(key => Given.Account(key)),
        GivenProject.Project("crm:A", "p0", "2025-12-01T09:00Z"),
        .. GivenProject.Milestone("crm:A", "p0", "m0", "2025-12-01T09:00Z", "2025-12-05"),
        GivenProject.Forecast("crm:A", "m0", "2025-12-02T09:00Z", "2026-03-01"),
    ];

    /// <summary>So many changes that arrive together; of one record the last version only.</summary>
    internal Fact[] Next(int count) => [.. Enumerable.Range(0, count).Select(_ => Change()).DistinctBy(fact => (fact.GetType(), fact.SourceKey))];

    // Some versions are older than what is known already: they arrive too late to count.
    private Fact Change() => _kinds[_draw.Number(_kinds.Length)]() with
    {
        Deleted = _draw.One(12),
        SourceModifiedAt = Modified.AddMinutes(_draw.Number(30 * 24 * 60)),
    };

    private static Func<Fact>[] Reference(RandomDraw draw) =>
    [
        () => Given.Staff(draw.Person) with { EndedAt = draw.One(6) ? draw.Time() : null },
        () => Given.Team(draw.Team) with { LeadKey = draw.One(3) ? null : draw.Person },
        () => Given.Membership(draw.Person, draw.Team) with { SourceKey = draw.Key("tm", 5), OccurredAt = draw.Time(), EndedAt = draw.One(3) ? draw.Time() : null },
        () => Given.Calendar(draw.Calendar, draw.Zone),
        () => Given.Hours(draw.Calendar, (1 + draw.Number(7)), (6 + draw.Number(5)), (14 + draw.Number(6))) with { SourceKey = draw.Key("ch", 14) },
        () => Given.SpecialDay(draw.Calendar, "2026-01-01", draw.One(2) ? 10 : null, 14) with { SourceKey = draw.Key("sd", 8), Day = draw.Day() },
        () => new FxRate { SourceKey = draw.Key("fx", 4), OccurredAt = draw.Time(), Currency = "EUR", QuoteCurrency = "USD", Rate = 1 + draw.Number(30) / 100m, Day = draw.Day() },
    ];

    private static Func<Fact>[] Customer(RandomDraw draw) =>
    [
        () => Given.Account(draw.Customer, calendar: draw.One(4) ? null : draw.Calendar, region: draw.One(2) ? "North" : "South") with { ClosedAt = draw.One(8) ? draw.Time() : null },
        () => draw.Of("as", 6, key => Given.Assignment(key.Account, draw.Person, role: draw.One<AssignmentRole>(3)) with { SourceKey = key.Source, OccurredAt = draw.Time(), EndedAt = draw.One(3) ? draw.Time() : null }),
        () => draw.Of("c", 6, key => Given.Contact(key.Account, key.Source, tier: draw.One<Tier>(4)) with { LeftAt = draw.One(6) ? draw.Time() : null, DoNotContact = draw.One(9), PreferredChannel = draw.One(2) ? Channel.Phone : null }),
        () => draw.Of("d", 9, key => Given.Disposition(key.Account, draw.Subject(key.Account), "2026-03-05T10:00Z", draw.Person, kind: draw.One(2) ? "respond" : "next_offer") with { SourceKey = key.Source, OccurredAt = draw.Time() }),
        () => draw.Of("cp", 6, key => new CommunicationPlan { SourceKey = key.Source, Account = key.Account, OccurredAt = draw.Time(), Tier = draw.One<Tier>(2), IntervalDays = (5 + draw.Number(35)), EndedAt = draw.One(3) ? draw.Time() : null }),
        () => draw.Of("pa", 6, key => new CommunicationPause { SourceKey = key.Source, Account = key.Account, OccurredAt = draw.Time(), PlanKey = draw.Key("cp", 6), ContactKey = draw.Contact(key.Account), EndedAt = draw.One(4) ? null : draw.Time() }),
        () => draw.Of("si", 9, key => new SurveyInvitation { SourceKey = key.Source, Account = key.Account, OccurredAt = draw.Time(), ProjectKey = draw.Project(key.Account), ContactKey = draw.Contact(key.Account), Instrument = "close v1", Occasion = draw.One<SurveyOccasion>(2), Ineligible = draw.One(5) }),
        () => draw.Of("sr", 9, key => new SurveyResponse { SourceKey = key.Source, Account = key.Account, OccurredAt = draw.Time(), ContactKey = draw.Contact(key.Account), Source = draw.One<SurveySource>(2), Measure = SurveyMeasure.Nps, Score = draw.Number(11), ScaleMin = 0, ScaleMax = 10 }),
        () => draw.Of("is", 9, key => GivenWork.Issue(key.Account, key.Source, "2026-01-01T00:00Z", draw.One<Priority>(4), draw.Contact(key.Account)) with { OccurredAt = draw.Time(), OwnerKey = draw.Person }),
        () => draw.Of("st", 18, key => GivenWork.State(key.Account, draw.Keyed("is", key.Account), draw.One<State>(7), "2026-01-01T00:00Z") with { SourceKey = key.Source, OccurredAt = draw.Time(), StaffKey = draw.Person }),
    ];

    private static Interaction Interaction(RandomDraw draw) => draw.Of("i", 90, key => Given.Interaction(
        key.Account, "2026-01-01T00:00Z", draw.One<Direction>(3), draw.One(2) ? InteractionKind.Message : draw.One<InteractionKind>(8), draw.One<Channel>(5),
        draw.One(4) ? null : draw.Contact(key.Account), draw.One(2) ? null : draw.Key("th", 4), draw.Person, draw.One(4) ? draw.Person : null, key.Source) with
    {
        OccurredAt = draw.Time(),
        ProjectKey = draw.One(3) ? null : draw.Project(key.Account),
        Automatic = draw.One(8),
        Bulk = draw.One(12),
        ToBot = draw.One(6),
        Connected = draw.One(2),
        DurationSeconds = draw.Number(90),
        PhoneNumber = draw.One(3) ? "+4930123456" : null,
    });
}
