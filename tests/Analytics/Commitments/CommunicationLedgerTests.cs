using Followthrough.Analytics.Commitments;
using Followthrough.Analytics.Facts;
using Followthrough.Analytics.Metrics;
using Followthrough.Tests.Support;

namespace Followthrough.Tests.Analytics.Commitments;

/// <summary>All kinds about being kept informed and in touch, over half a year in which everything about them changes.</summary>
public sealed class CommunicationLedgerTests
{
    private static readonly string[] People = ["crm:Pat", "crm:Quinn"];
    private static readonly string[] Projects = ["P1", "P2", "P3"];

    public static TheoryData<int> Seeds => FullSets.Seeds(1, 2, 3, 4);

    [Theory]
    [MemberData(nameof(Seeds))]
    public async Task Refreshing_after_random_changes_and_days_equals_rebuilding_row_for_row(int seed)
    {
        await using var world = await World.CreateAsync();
        var random = new Random(seed);
        await world.LoadAsync([.. Given.WorkingWeek("cal:1", "Europe/Berlin"), Given.Account("crm:A", calendar: "cal:1"),
            Given.Staff("hr:Ann"), Given.Team("t:North") with { LeadKey = "hr:Ann" }]);
        var kinds = new HashSet<string>();
        for (var round = 1; round <= 15; round++)
        {
            world.Clock.Advance(TimeSpan.FromHours(random.Next(60)));
            await world.LoadAsync([.. Enumerable.Range(0, random.Next(8, 30)).Select(_ => Any(random, round)).DistinctBy(f => f.SourceKey)]);
            await world.RefreshAsync();
            var refreshed = await world.LedgerAsync();
            var rebuilt = await world.RebuildAsync();
            Assert.Equal(refreshed, await world.LedgerAsync());
            Assert.Equal((0, 0), (rebuilt.Written, rebuilt.Removed));
            kinds.UnionWith(await world.TextsAsync("select distinct kind from commitment"));
        }
        Assert.InRange(kinds.Count, 9, CommitmentRule.All.Count);
    }

    [Fact]
    public async Task The_ledger_as_known_now_is_the_ledger()
    {
        await using var world = await World.CreateAsync();
        var random = new Random(7);
        await world.LoadAsync([.. Given.WorkingWeek("cal:1", "Europe/Berlin"), Given.Account("crm:A", calendar: "cal:1"),
            .. Enumerable.Range(0, 120).Select(_ => Any(random, 1)).DistinctBy(f => f.SourceKey)]);
        await world.RefreshAsync();
        var reader = new MetricReader(world.Database.DataSource, world.Clock);
        foreach (var metric in MetricCatalogue.Commitments)
        {
            var query = new MetricQuery { Metric = metric.Id, Viewer = Viewer.Everything("test") };
            var now = await reader.CommitmentsAsync(query, TestContext.Current.CancellationToken);
            var known = await reader.CommitmentsAsync(query with { AsOf = world.Clock.Now }, TestContext.Current.CancellationToken);
            Assert.Equal((now.Kept, now.Missed, now.Pending), (known.Kept, known.Missed, known.Pending));
        }
    }

    // Few keys over half a year, so that new records, corrections, deletions and late arrivals meet all the time.
    private static Fact Any(Random random, int round) => AnyKind(random) with
    {
        Deleted = random.Next(12) == 0,
        SourceModifiedAt = Given.At("2026-05-01T00:00Z").AddHours(round),
    };

    private static Fact AnyKind(Random random)
    {
        var (at, project, person, n) = (Time(random), Projects[random.Next(3)], People[random.Next(2)], random.Next(4));
        return random.Next(17) switch
        {
            0 => GivenProject.Project("crm:A", project, "2025-12-20T09:00Z", manager: "hr:Ann") with
            {
                OccurredAt = at,
                AcceptedAt = random.Next(2) == 0 ? Time(random) : null,
                CancelledAt = random.Next(6) == 0 ? Time(random) : null,
            },
            1 => new StatusReport
            {
                SourceKey = $"R{random.Next(12)}",
                Account = "crm:A",
                OccurredAt = at,
                ProjectKey = project,
                WeekEnding = DateOnly.FromDateTime(at.UtcDateTime.AddDays(random.Next(-3, 4))),
                OnTime = "yes",
                Delay = "none",
                Concern = random.Next(5) == 0 ? null : "none",
                ScheduleVersion = "S1",
            },
            2 => new CommunicationPlan
            {
                SourceKey = $"K{n}",
                Account = "crm:A",
                OccurredAt = at,
                Tier = (Tier)random.Next(2),
                IntervalDays = random.Next(5, 40),
                EndedAt = random.Next(3) == 0 ? at.AddDays(random.Next(100)) : null,
            },
            3 => new CommunicationPause
            {
                SourceKey = $"Z{n}",
                Account = "crm:A",
                OccurredAt = at,
                PlanKey = $"K{random.Next(4)}",
                ContactKey = person,
                EndedAt = random.Next(4) == 0 ? null : at.AddDays(random.Next(40)),
            },
            4 => Given.Contact("crm:A", person, tier: (Tier)random.Next(2)) with { LeftAt = random.Next(4) == 0 ? at : null, DoNotContact = random.Next(8) == 0 },
            5 => new Proposal { SourceKey = $"O{n}", Account = "crm:A", OccurredAt = at, Complete = random.Next(4) > 0, Revision = random.Next(4) / 3 },
            6 => Given.Disposition("crm:A", project, "2026-03-05T10:00Z", "hr:Ann", kind: "next_offer") with { SourceKey = $"D{n}", OccurredAt = at },
            7 => new SurveyInvitation
            {
                SourceKey = $"I{n}",
                Account = "crm:A",
                OccurredAt = at,
                ProjectKey = project,
                Instrument = "close v1",
                Occasion = SurveyOccasion.Transactional,
                Ineligible = random.Next(5) == 0,
            },
            8 => new SurveyResponse
            {
                SourceKey = $"A{n}",
                Account = "crm:A",
                OccurredAt = at,
                ContactKey = person,
                Source = SurveySource.Own,
                Measure = SurveyMeasure.Nps,
                Score = random.Next(11),
                ScaleMin = 0,
                ScaleMax = 10,
            },
            9 => new Milestone { SourceKey = $"M{n}", Account = "crm:A", OccurredAt = at, ProjectKey = project, Name = "M", AcceptedAt = random.Next(3) == 0 ? Time(random) : null },
            10 => GivenProject.Baseline("crm:A", $"M{n}", random.Next(3), "2026-01-01T00:00Z", "2026-03-20") with
            {
                OccurredAt = at,
                DueOn = DateOnly.FromDateTime(at.UtcDateTime.AddDays(40)),
                AcknowledgedAt = random.Next(3) == 0 ? null : at.AddDays(2),
            },
            11 => GivenProject.Forecast("crm:A", $"M{n}", "2026-01-01T00:00Z", "2026-03-20") with
            {
                SourceKey = $"F{random.Next(12)}",
                OccurredAt = at,
                ForecastOn = DateOnly.FromDateTime(at.UtcDateTime.AddDays(random.Next(80))),
            },
            12 => new Promise { SourceKey = $"V{n}", Account = "crm:A", OccurredAt = at, Content = "figures", OwnerKey = "hr:Ann", ContactKey = person, DueAt = at.AddDays(5) },
            _ => AnyInteraction(random, at, project, person),
        };
    }

    private static Interaction AnyInteraction(Random random, DateTimeOffset at, string project, string person)
    {
        var kind = (InteractionKind)random.Next(4);
        return Given.Interaction("crm:A", "2026-01-01T00:00Z", key: $"i{random.Next(40)}", direction: (Direction)random.Next(3), kind: kind,
            contact: random.Next(5) == 0 ? null : person, staff: random.Next(2) == 0 ? "hr:Ann" : "hr:Bob") with
        {
            OccurredAt = at,
            ProjectKey = random.Next(3) == 0 ? null : project,
            Automatic = random.Next(10) == 0,
            Connected = random.Next(3) > 0,
            DurationSeconds = random.Next(20, 90),
        };
    }

    private static DateTimeOffset Time(Random random) => Given.At("2025-12-20T00:00Z").AddMinutes(random.Next(180 * 24 * 4) * 15);
}
