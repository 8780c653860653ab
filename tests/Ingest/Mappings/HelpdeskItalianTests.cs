using Followthrough.Analytics.Metrics;
using Followthrough.Tests.Support;

namespace Followthrough.Tests.Ingest.Mappings;

/// <summary>A public event log of a real help desk, with figures worked out from it independently.</summary>
public sealed class HelpdeskItalianTests
{
    [Fact]
    public async Task The_log_gives_the_published_figures_and_the_truth_behind_them()
    {
        var folder = Path.Combine(RepositoryRoot(), "..", "shared", "data", "helpdesk_italian");
        if (!File.Exists(Path.Combine(folder, "Helpdesk.csv"))) Assert.Skip("../shared/data/helpdesk_italian/Helpdesk.csv is not beside this repository.");
        await using var world = await World.CreateAsync();

        var file = Assert.Single((await world.LoadPathAsync(folder, "helpdesk_italian")).Files);
        await world.RefreshAsync();

        Assert.Equal([], file.Problems);
        Assert.Equal(4580, await world.CountAsync("select count(*) from commitment"));
        var figure = await new MetricReader(world.Database.DataSource, world.Clock).CommitmentsAsync(
            new MetricQuery { Metric = "respond_24h", Viewer = Viewer.Everything("test") }, TestContext.Current.CancellationToken);
        Assert.Equal((2455, 4580), (figure.Kept, figure.N));
        Assert.Equal(0.536026, figure.Value!.Value, 6);
        Assert.Equal(4285, figure.AnsweredOnly.N);
        Assert.Equal(0.572929, figure.AnsweredOnly.Value!.Value, 6);
        Assert.Equal(16.389722, figure.AnsweredOnlyMedianHours!.Value, 6);
        Assert.Equal(295, figure.NeverAnswered);
    }

    private static string RepositoryRoot()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (!File.Exists(Path.Combine(folder.FullName, "Analytics.sln")))
            folder = folder.Parent ?? throw new InvalidOperationException("The tests do not run inside the repository.");
        return folder.FullName;
    }
}
