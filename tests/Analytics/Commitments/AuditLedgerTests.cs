using Followthrough.Analytics.Facts;
using Followthrough.Analytics.Metrics;
using Followthrough.Tests.Support;

namespace Followthrough.Tests.Analytics.Commitments;

/// <summary>Reviews, audits, survey calendars and changed promises under random facts: late, corrected, moved and deleted.</summary>
public sealed class AuditLedgerTests
{
    private static readonly string[] Projects = ["P1", "P2"];
    // Most of these are in the sample of a quarter between the end of 2025 and the middle of 2026.
    private static readonly string[] Communications = ["mail:22", "mail:20", "mail:337", "mail:138", "mail:38", "mail:1"];
    private static readonly string[] Kinds = ["call_back", "project_audit", "spot_check", "survey"];

    [Theory]
    [InlineData(3)]
    [InlineData(2117)]
    public async Task Refreshing_what_changed_is_rebuilding_and_the_ledger_as_known_now(int seed)
    {
        await using var world = await World.CreateAsync();
        var random = new Random(seed);
        await world.LoadAsync(
            [.. Given.WorkingWeek("cal:1", "Europe/Berlin"), .. Given.WorkingWeek("cal:2", "America/New_York", 12, 20), Given.Account("crm:A", calendar: "cal:1"),
                Given.Team("t:1") with { Unit = "Projects" }, Given.Team("t:2") with { Unit = "Service" }, Given.Staff("hr:Ann"), Given.Staff("hr:Bob") with { ManagerKey = "hr:Ann" },
                Given.Staff("hr:Sam"), Given.Membership("hr:Ann", "t:1"), Given.Membership("hr:Sam", "t:2"), Given.Membership("hr:Bob", "t:2", until: "2026-04-15T00:00Z"), Given.Membership("hr:Bob", "t:1", "2026-04-15T00:00Z")]);
        var seen = new HashSet<string>();
        for (var round = 0; round < 12; round++)
        {
            await world.LoadAsync([.. Enumerable.Range(0, 25).Select(_ => Any(random, round)).DistinctBy(f => f.SourceKey)]);
            await world.RefreshAsync();
            var refreshed = await world.LedgerAsync();
            var rebuilt = await world.RebuildAsync();
            Assert.Equal(refreshed, await world.LedgerAsync());
            Assert.Equal((0, 0), (rebuilt.Written, rebuilt.Removed));
            seen.UnionWith(await world.TextsAsync("select distinct kind from commitment where fulfilled_at is not null"));
        }
        Assert.Superset(Kinds.ToHashSet(), seen);
        await IsKnownAsync(world);
    }

    private static async Task IsKnownAsync(World world)
    {
        await using var reader = new MetricReader(world.Database.DataSource, world.Clock);
        foreach (var metric in MetricCatalogue.Commitments.Where(m => Kinds.Contains(m.Kind)))
        {
            var query = new MetricQuery { Metric = metric.Id, Viewer = Viewer.Everything("test") };
            var now = await reader.CommitmentsAsync(query, TestContext.Current.CancellationToken);
            var known = await reader.CommitmentsAsync(query with { AsOf = world.Clock.Now }, TestContext.Current.CancellationToken);
            Assert.Equal((now.Kept, now.Missed, now.Pending), (known.Kept, known.Missed, known.Pending));
        }
    }

    private static Fact Any(Random random, int round) => AnyKind(random) with
    {
        Deleted = random.Next(12) == 0,
        SourceModifiedAt = Given.At("2026-05-01T00:00Z").AddHours(round),
    };

    private static Fact AnyKind(Random random)
    {
        var (at, project, n) = (Time(random), Projects[random.Next(2)], random.Next(5));
        return random.Next(8) switch
        {
            0 => GivenWork.Project("crm:A", project, manager: "hr:Ann") with
            {
                OccurredAt = at,
                TeamKey = random.Next(2) == 0 ? "t:1" : null,
                AcceptedAt = random.Next(2) == 0 ? Time(random) : null,
            },
            1 => new ProjectAudit
            {
                SourceKey = $"X{random.Next(20)}",
                Account = "crm:A",
                OccurredAt = at,
                ProjectKey = project,
                Quarter = random.Next(2) == 0 ? GivenProject.Day("2026-03-31") : GivenProject.Day("2025-12-31"),
                AuditorKey = random.Next(4) == 0 ? "hr:Ann" : random.Next(2) == 0 ? "hr:Bob" : "hr:Sam",
                SignedOffAt = at.AddDays(random.Next(60)),
            },
            2 => new CommunicationReview
            {
                SourceKey = $"V{n}",
                Account = "crm:A",
                OccurredAt = at,
                InteractionKey = Communications[random.Next(6)],
                StaffKey = "hr:Bob",
                ReviewerKey = random.Next(4) == 0 ? "hr:Bob" : "hr:Ann",
            },
            3 => new SurveySchedule
            {
                SourceKey = $"S{random.Next(2)}",
                Account = "crm:A",
                OccurredAt = at,
                Instrument = "relationship v5",
                IntervalDays = random.Next(5, 60),
                EndedAt = random.Next(2) == 0 ? null : at.AddDays(random.Next(100)),
            },
            4 => new SurveyInvitation
            {
                SourceKey = $"I{n}",
                Account = "crm:A",
                OccurredAt = at,
                Instrument = "relationship v5",
                Occasion = SurveyOccasion.Relational,
            },
            5 => new AccountCalendar
            {
                SourceKey = $"H{random.Next(3)}",
                Account = "crm:A",
                OccurredAt = at,
                CalendarKey = random.Next(3) == 0 ? "cal:1" : "cal:2",
                EndedAt = random.Next(2) == 0 ? null : at.AddDays(random.Next(100)),
            },
            6 => Given.Outbound("crm:A", "2026-01-01T00:00Z", "crm:Pat", staff: "hr:Bob", key: Communications[random.Next(6)]) with { OccurredAt = at },
            _ => Given.Interaction(
                "crm:A", "2026-01-01T00:00Z", random.Next(2) == 0 ? Direction.Inbound : Direction.Outbound, InteractionKind.Voicemail, Channel.Phone, "crm:Pat", key: $"c{n}") with
            { OccurredAt = at },
        };
    }

    private static DateTimeOffset Time(Random random) => Given.At("2025-12-20T00:00Z").AddMinutes(random.Next(160 * 24 * 4) * 15);
}
