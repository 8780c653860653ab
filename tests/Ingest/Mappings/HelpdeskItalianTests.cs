using Followthrough.Analytics.Metrics;
using Followthrough.Tests.Support;

namespace Followthrough.Tests.Ingest.Mappings;

/// <summary>A public event log of a real help desk, with figures worked out from it independently.</summary>
public sealed class HelpdeskItalianTests
{
    [Fact]
    public async Task The_log_gives_the_published_figures_and_the_truth_behind_them()
    {
        var folder = SharedData.Path("helpdesk_italian");
        await using var world = await World.CreateAsync();

        var file = Assert.Single((await world.LoadPathAsync(folder, "helpdesk_italian")).Files);
        await world.RefreshAsync();

        Assert.Equal([], file.Problems);
        Assert.Equal(4580, await world.CountAsync("select count(*) from commitment where kind = 'respond'"));
        var figure = await new MetricReader(world.Database.DataSource, world.Clock).CommitmentsAsync(
            new MetricQuery { Metric = "respond_24h", Viewer = Viewer.Everything("test") }, TestContext.Current.CancellationToken);
        Assert.Equal((2455, 4580), (figure.Kept, figure.N));
        Assert.Equal(0.536026, figure.Value!.Value, 6);
        Assert.Equal(4285, figure.AnsweredOnly.N);
        Assert.Equal(0.572929, figure.AnsweredOnly.Value!.Value, 6);
        Assert.Equal(16.389722, figure.AnsweredOnlyMedianHours!.Value, 6);
        Assert.Equal(295, figure.NeverAnswered);
        await ResolutionsAsync(world);
    }

    private static async Task ResolutionsAsync(World world)
    {
        await using var reader = new MetricReader(world.Database.DataSource, world.Clock);
        var query = new MetricQuery { Metric = "time_to_first_resolution", Viewer = Viewer.Everything("test") };
        var first = await reader.MeasureAsync(query, TestContext.Current.CancellationToken);
        // The published median leaves out the 11 tickets that were never resolved; with them half are resolved half an hour later.
        Assert.Equal((4580, 11), (first.N, first.Unfinished));
        Assert.Equal(143.534444, first.FinishedOnlyMedian!.Value, 6);
        Assert.Equal(144.030278, first.Median!.Value, 6);
        Assert.Equal(719.2625, first.P90!.Value, 6);
        var reopened = await reader.MeasureAsync(query with { Metric = "reopen_rate" }, TestContext.Current.CancellationToken);
        Assert.Equal((114, 4569), (reopened.Amount, reopened.N));
        Assert.Equal(4895, (await reader.MeasureAsync(query with { Metric = "resolutions" }, TestContext.Current.CancellationToken)).Value);
    }
}
