using Followthrough.Analytics.Metrics;
using Followthrough.Tests.Analytics.Measures;
using Followthrough.Tests.Support;

namespace Followthrough.Tests.Analytics.Metrics;

/// <summary>Whatever is asked about whatever facts, the rows make up the figure, its groups make up their whole, and a viewer sees a part.</summary>
public sealed class EveryFigureTests
{
    private const int Changes = 700;
    private static readonly int Questions = FullSets.AreAsked ? 8 : 4;

    private static readonly Viewer Everything = Viewer.Everything("test");
    private static readonly Period[] Periods =
    [
        Period.Always, Period.QuarterOf(new DateOnly(2026, 1, 1)), Period.QuarterOf(new DateOnly(2026, 4, 1)), Period.MonthOf(new DateOnly(2026, 3, 1)),
        Period.YearOf(new DateOnly(2026, 1, 1)), new("2026-02-10..2026-04-20", new DateOnly(2026, 2, 10), new DateOnly(2026, 4, 21)),
    ];

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(11)]
    [InlineData(2026)]
    public async Task Rows_resum_to_the_figure_of_every_metric_under_random_filters(int seed)
    {
        await using var world = await World.CreateAsync();
        var (random, facts) = (new Random(seed), new RandomFacts(seed));
        await world.LoadAsync(RandomFacts.Beginning);
        for (var made = 0; made < Changes; made += 100) await world.LoadAsync(facts.Next(100));
        world.Clock.Now = Given.At("2026-06-20T12:00Z");
        await world.RefreshAsync();
        await using var reader = new MetricReader(world.Database.DataSource, world.Clock);
        foreach (var metric in MetricCatalogue.All)
            for (var i = 0; i < Questions; i++)
            {
                var query = i == 0 ? new MetricQuery { Metric = metric.Id, Viewer = Everything } : Any(metric.Id, random);
                if (metric is MeasureMetric measure) await ResumsAsync(reader, measure, query);
                else await ResumsAsync(reader, query);
            }
    }

    private static async Task ResumsAsync(MetricReader reader, MeasureMetric metric, MetricQuery query)
    {
        var value = await reader.MeasureAsync(query, Ct);
        var page = await reader.MeasureRowsAsync(query, MeasureSort.At, descending: true, 0, null, Ct);
        Resummed.AssertSame(value, metric, page.Rows);
        Assert.Equal(page.Rows.Count, page.Total);
        var teams = await reader.MeasureGroupsAsync(query, Dimension.Team, Ct);
        Assert.Equal(page.Total, teams.Sum(t => t.Value.N + t.Value.Excluded.Values.Sum()));
        if (value.Currency is null || value.Amount is null) return;
        Assert.Equal(value.Amount, teams.Sum(t => t.Value.Amount ?? 0));
    }

    private static async Task ResumsAsync(MetricReader reader, MetricQuery query)
    {
        var value = await reader.CommitmentsAsync(query, Ct);
        var page = await reader.RowsAsync(query, CommitmentSort.OpenedAt, descending: true, 0, 10_000, Ct);
        long Of(CommitmentStatus status) => page.Rows.Count(r => r.Status == status);
        Assert.Equal(page.Total, page.Rows.Count);
        Assert.Equal((Of(CommitmentStatus.Kept), Of(CommitmentStatus.Missed), Of(CommitmentStatus.Pending)), (value.Kept, value.Missed, value.Pending));
        Assert.Equal(Of(CommitmentStatus.Excused), value.Excluded.Values.Sum());
        Assert.Equal(value.N == 0 ? null : (double)Of(CommitmentStatus.Kept) / value.N, value.Value);
        var staff = await reader.CommitmentGroupsAsync(query, Dimension.Staff, Ct);
        Assert.Equal(value.N, staff.Sum(s => s.Value.N));
    }

    private static MetricQuery Any(string metric, Random random) => new()
    {
        Metric = metric,
        Period = Periods[random.Next(Periods.Length)],
        Account = random.Next(4) == 0 ? "crm:A" : null,
        Team = random.Next(4) == 0 ? "t:North" : null,
        Staff = random.Next(4) == 0 ? "hr:Ann" : null,
        Region = random.Next(4) == 0 ? "North" : null,
        AsOf = random.Next(10) == 0 ? Given.At("2026-06-01T12:00Z") : null,
        Viewer = random.Next(5) switch { 0 => new Viewer("manager", ["t:South"], null), 1 => new Viewer("bob", null, "hr:Bob"), _ => Everything },
    };
}
