using Followthrough.Analytics.Facts;
using Followthrough.Analytics.Metrics;
using Followthrough.Analytics.Rollups;
using Followthrough.Tests.Support;

namespace Followthrough.Tests.Analytics.Rollups;

/// <summary>Roll-ups against the ledger they are made of. The clock starts at noon of 1 June 2026.</summary>
public sealed class RollupTests
{
    private static readonly string[] Keys = ["crm:A1", "crm:A2", "crm:A3"];

    // Whole months with some days before and after.
    private static readonly Period Ragged = Period.TryParse("2026-04-17..2026-06-05", out var days) ? days : throw new FormatException();

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    public static TheoryData<int> Seeds => FullSets.Seeds(1, 2, 3);

    [Theory]
    [MemberData(nameof(Seeds))]
    public async Task Whatever_changes_and_however_time_passes_cells_and_figures_are_those_of_the_ledger(int seed)
    {
        await using var world = await ManyAsync();
        var random = new Random(seed);
        for (var round = 1; round <= 8; round++)
        {
            world.Clock.Advance(TimeSpan.FromMinutes(random.Next(1, 60 * 40)));
            await world.LoadAsync([.. Enumerable.Range(0, random.Next(0, 30)).Select(_ => Any(random, world.Clock.Now, round)).DistinctBy(f => f.SourceKey)]);
            await world.RefreshAsync();
            // Between two refreshes only the clock moves.
            world.Clock.Advance(TimeSpan.FromMinutes(random.Next(60 * 30)));
            await EveryFigureAgreesAsync(world, random);
            var audit = await AuditAsync(world);
            Assert.True(audit.Mismatches == 0, $"seed {seed}, round {round}: {audit}");
            var refreshed = await world.LedgerAsync();
            await world.RebuildAsync();
            // The rebuild has taken in what settled meanwhile; a refresh would have too.
            Assert.Equal(refreshed.Where(IsCommitment), (await world.LedgerAsync()).Where(IsCommitment));
            Assert.Equal(0, (await AuditAsync(world)).Mismatches);
        }
        Assert.True((await world.CountAsync("select count(*) from rollup")) > 10);
    }

    [Fact]
    public async Task What_waits_is_pending_in_the_cells_and_missed_with_the_first_refresh_after_its_due_time_until_it_is_excused()
    {
        await using var world = await World.CreateAsync();
        await world.LoadAsync(Given.Account("crm:A"), Given.Inbound("crm:A", "2026-06-01T11:00Z", key: "q"));
        await world.RefreshAsync();
        Assert.Equal(["2026-06-01 kept 0 missed 0 pending 1 never 0 answered 0"], await CellsAsync(world));
        world.Clock.Now = Given.At("2026-06-02T11:00Z");
        await world.RefreshAsync();
        Assert.Equal(["2026-06-01 kept 0 missed 0 pending 1 never 0 answered 0"], await CellsAsync(world));
        world.Clock.Now = Given.At("2026-06-02T11:01Z");
        await world.RefreshAsync();
        Assert.Equal(["2026-06-01 kept 0 missed 1 pending 0 never 1 answered 0"], await CellsAsync(world));
        await world.LoadAsync(Given.Disposition("crm:A", "q", "2026-06-02T11:00Z", "hr:Ann"));
        await world.RefreshAsync();
        Assert.Empty(await CellsAsync(world));
        Assert.Equal(["no response needed 1"], await world.TextsAsync("select reason || ' ' || n from rollup_excused where kind = 'respond'"));
    }

    [Fact]
    public async Task A_new_reporting_zone_moves_what_lies_at_the_edge_of_a_month()
    {
        await using var world = await World.CreateAsync();
        await world.LoadAsync(Given.Account("crm:A"), Given.Inbound("crm:A", "2026-04-30T23:00Z"), Given.Outbound("crm:A", "2026-04-30T23:30Z"));
        await world.RefreshAsync();
        Assert.Equal(["2026-04-01 kept 1 missed 0 pending 0 never 0 answered 1"], await CellsAsync(world));
        await Company.WriteAsync(world.Database.DataSource, "Acme", TimeZoneInfo.FindSystemTimeZoneById("Europe/Berlin"), Ct);
        await world.RefreshAsync();
        Assert.Equal(["2026-05-01 kept 1 missed 0 pending 0 never 0 answered 1"], await CellsAsync(world));
        Assert.Equal(0, (await AuditAsync(world)).Mismatches);
    }

    [Theory]
    [InlineData("update rollup set kept = kept + 1", 1)]
    [InlineData("delete from rollup", 1)]
    [InlineData("delete from rollup_hours", 1)]
    [InlineData("insert into rollup_excused (kind, month, reason, n) values ('respond', '2026-04-01', 'none', 2)", 1)]
    public async Task An_audit_finds_a_cell_that_is_wrong_and_a_rebuild_mends_it(string damage, long mismatches)
    {
        await using var world = await World.CreateAsync();
        await world.LoadAsync(Given.Account("crm:A"), Given.Inbound("crm:A", "2026-04-10T09:00Z"), Given.Outbound("crm:A", "2026-04-10T09:30Z"));
        await world.RefreshAsync();
        Assert.Equal(new RollupAudit(2, 0), await AuditAsync(world));
        await using (var command = world.Database.DataSource.CreateCommand(damage)) await command.ExecuteNonQueryAsync(Ct);
        Assert.Equal(mismatches, (await AuditAsync(world)).Mismatches);
        await world.RebuildAsync();
        Assert.Equal(new RollupAudit(2, 0), await AuditAsync(world));
        Assert.Equal(["0", mismatches.ToString(System.Globalization.CultureInfo.InvariantCulture), "0"],
            await world.TextsAsync("select mismatches from rollup_audit order by rollup_audit_id"));
    }

    [Theory]
    [InlineData("1 second")]
    [InlineData("17 minutes")]
    [InlineData("23:59:59")]
    [InlineData("400 days")]
    public async Task The_middle_of_a_bucket_is_within_one_percent_of_the_time_it_stands_for(string took)
    {
        await using var world = await World.CreateAsync();
        await world.LoadAsync(Given.Account("crm:A"), Given.Inbound("crm:A", "2024-04-10T09:00Z", key: "q"), Given.Outbound("crm:A", "2024-04-10T10:00Z", key: "a"));
        await using (var move = world.Database.DataSource.CreateCommand($"update interaction set occurred_at = '2024-04-10T09:00Z'::timestamptz + interval '{took}' where source_key = 'a'"))
            await move.ExecuteNonQueryAsync(Ct);
        await world.RebuildAsync();
        var error = Assert.Single(await world.TextsAsync($"""
            select abs(2 * (1.01 / 0.99) ^ bucket / (1.01 / 0.99 + 1) / extract(epoch from interval '{took}') - 1)::text from rollup_hours where kind = 'respond'
            """));
        Assert.InRange(double.Parse(error, System.Globalization.CultureInfo.InvariantCulture), 0, 0.0101);
    }

    private static async Task EveryFigureAgreesAsync(World world, Random random)
    {
        await using var ledger = new MetricReader(world.Database.DataSource, world.Clock);
        foreach (var metric in MetricCatalogue.Commitments)
        {
            var query = new MetricQuery
            {
                Metric = metric.Id,
                Viewer = Viewer.Everything("test"),
                Period = random.Next(4) switch { 0 => Period.Always, 1 => Period.MonthOf(new DateOnly(2026, 5, 1)), 2 => Ragged, _ => Period.QuarterOf(new DateOnly(2026, 6, 1)) },
                Team = random.Next(3) == 0 ? "t:North" : null,
                Staff = random.Next(4) == 0 ? "hr:Ann" : null,
                Segment = random.Next(4) == 0 ? "large" : null,
            };
            Assert.True(RollupReader.CanAnswer(query with { WithDurations = false }, null));
            var counted = await ledger.CommitmentsAsync(query, Ct);
            var rolledUp = await ledger.CommitmentsAsync(query with { WithDurations = false }, Ct);
            Assert.Equal(counted.Excluded.OrderBy(e => e.Key, StringComparer.Ordinal), rolledUp.Excluded.OrderBy(e => e.Key, StringComparer.Ordinal));
            Assert.Equal(
                counted with { MedianHours = null, P90Hours = null, AnsweredOnlyMedianHours = null },
                rolledUp with { Excluded = counted.Excluded });
            foreach (var by in new[] { Dimension.Team, Dimension.Staff, Dimension.Region, Dimension.Segment, Dimension.Month })
                Assert.Equal(Shown(await ledger.CommitmentGroupsAsync(query, by, Ct)), Shown(await ledger.CommitmentGroupsAsync(query with { WithDurations = false }, by, Ct)));
            var page = await ledger.RowsAsync(query, CommitmentSort.OpenedAt, descending: true, 0, 10_000, Ct);
            Assert.Equal(page.Rows.Count, page.Total);
        }
        await WaitingIsFoundAsync(ledger);
    }

    // The most urgent as an index finds them are the first of the whole list, and their number is that of the list.
    private static async Task WaitingIsFoundAsync(MetricReader ledger)
    {
        foreach (var viewer in new[] { Viewer.Everything("test"), new Viewer("test", ["t:North"], null), new Viewer("test", null, "hr:Bob") })
        {
            var query = new MetricQuery { Metric = MetricCatalogue.Respond24H.Id, Viewer = viewer };
            var all = await ledger.RowsAsync(query, CommitmentSort.Urgency, descending: false, 0, 10_000, Ct);
            var waiting = all.Rows.Where(r => r.Status is CommitmentStatus.Pending or CommitmentStatus.Missed && r.FulfilledAt is null).ToList();
            var found = await ledger.WaitingAsync(query, 3, Ct);
            Assert.Equal(waiting.Count, found.Total);
            Assert.Equal(waiting.Take(3).Select(r => (r.Account, r.CommitmentKey)), found.Rows.Select(r => (r.Account, r.CommitmentKey)));
        }
    }

    private static IEnumerable<string> Shown(IReadOnlyList<CommitmentGroup> groups) => groups.Select(g =>
        $"{g.Key} {g.Name} {g.Value.Kept} {g.Value.Missed} {g.Value.Pending} {g.Value.NeverAnswered} {g.Value.AnsweredOnly.N} {g.Value.NextBusinessDay.Kept} {g.Value.NextBusinessDay.N} "
        + string.Join(',', g.Value.Excluded.OrderBy(e => e.Key, StringComparer.Ordinal)));

    private static async Task<World> ManyAsync()
    {
        var world = await World.CreateAsync();
        await world.LoadAsync([.. Given.WorkingWeek("cal:1", "Europe/Berlin"), .. Keys.Select((k, i) => Given.Account(k, calendar: "cal:1", segment: i == 0 ? "large" : null)),
            Given.Staff("hr:Ann"), Given.Staff("hr:Bob"), Given.Team("t:North") with { LeadKey = "hr:Ann" }, Given.Team("t:South"),
            Given.Membership("hr:Ann", "t:North"), Given.Membership("hr:Bob", "t:South"), Given.Assignment("crm:A1", "hr:Ann"), Given.Assignment("crm:A2", "hr:Bob")]);
        return world;
    }

    // Around now, on both sides, so that things settle, unsettle and change afterwards.
    private static Fact Any(Random random, DateTimeOffset now, int round)
    {
        var (at, number) = (now.AddMinutes(random.Next(-60 * 24 * 60, 60 * 24)), random.Next(60));
        Fact fact = random.Next(9) switch
        {
            0 => Given.Disposition(Keys[number % 3], $"i{number}", "2026-05-01T00:00Z", "hr:Ann") with { SourceKey = $"d{number}", OccurredAt = at },
            1 => Given.Assignment(Keys[1], random.Next(2) == 0 ? "hr:Ann" : "hr:Bob") with { SourceKey = "moved", OccurredAt = at },
            2 => new Promise { SourceKey = $"p{number}", Account = Keys[number % 3], OccurredAt = at, Content = "figures", OwnerKey = "hr:Ann", DueAt = at.AddDays(random.Next(6)), DoneAt = random.Next(2) == 0 ? at.AddDays(3) : null, ConfirmedByKey = "hr:Ann" },
            3 => Given.Account(Keys[0], calendar: "cal:1", segment: random.Next(2) == 0 ? "large" : "small"),
            _ => Given.Interaction(Keys[number % 3], "2026-05-01T00:00Z", (Direction)random.Next(3), (InteractionKind)random.Next(4), contact: $"c{number % 5}", staff: "hr:Ann", key: $"i{number}") with
            {
                OccurredAt = at,
                Connected = random.Next(2) == 0,
                DurationSeconds = random.Next(90),
                Deleted = random.Next(10) == 0,
            },
        };
        return fact with { SourceModifiedAt = Given.At("2026-05-01T00:00Z").AddHours(round) };
    }

    private static Task<IReadOnlyList<string>> CellsAsync(World world) =>
        world.TextsAsync("select month || ' kept ' || kept || ' missed ' || missed || ' pending ' || pending || ' never ' || never_answered || ' answered ' || answered from rollup where kind = 'respond' order by 1");

    private static Task<RollupAudit> AuditAsync(World world) => new RollupAuditor(world.Database.DataSource, world.Clock).AuditAsync(int.MaxValue, Ct);

    private static bool IsCommitment(string line) => line.StartsWith('(');
}
