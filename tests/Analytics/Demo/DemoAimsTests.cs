using Followthrough.Analytics.Demo;
using Followthrough.Analytics.Metrics;
using Followthrough.Analytics.Scorecards;
using Followthrough.Analytics.Targets;
using Followthrough.Tests.Support;

namespace Followthrough.Tests.Analytics.Demo;

/// <summary>What the demo company aims at.</summary>
public sealed class DemoAimsTests
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Every_line_of_a_scorecard_has_a_threshold_and_a_stretch_and_doing_it_again_changes_nothing()
    {
        await using var database = await TestDatabase.CreateAsync();
        var (anchor, now) = (new DateOnly(2026, 11, 22), new DateTimeOffset(2026, 11, 22, 0, 0, 0, TimeSpan.Zero));
        await DemoAims.WriteAsync(database.DataSource, anchor, now, Ct);
        var version = await DataVersion.OfNowAsync(database.DataSource, Ct);
        await DemoAims.WriteAsync(database.DataSource, anchor, now, Ct);
        Assert.Equal(version, await DataVersion.OfNowAsync(database.DataSource, Ct));

        var book = await TargetStore.BookAsync(database.DataSource, null, Ct);
        var scorecards = (await ScorecardStore.ReadAsync(database.DataSource, null, Ct)).On(anchor).ToList();
        Assert.Equal(4, scorecards.Count);
        Assert.All(scorecards.SelectMany(s => s.Lines).Select(line => book.On(MetricCatalogue.Find(line.Metric)!, TargetScope.Company, anchor)!.Points), points =>
            Assert.True(points.Threshold < points.Target && points.Target < points.Stretch));
        Assert.Equal([92m, 95m], new[] { new DateOnly(2025, 12, 31), new DateOnly(2026, 1, 1) }.Select(day => book.On(MetricCatalogue.Respond24H, TargetScope.Company, day)!.Points.Target));
    }
}
