using Followthrough.Analytics.Metrics;
using Followthrough.Tests.Support;

namespace Followthrough.Tests.Analytics.Metrics;

/// <summary>How long things took, bin by bin, and the rows of each bin.</summary>
public sealed class SpreadTests
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Every_bin_has_as_many_rows_as_it_counts_and_what_is_open_is_in_none()
    {
        await using var world = await World.CreateAsync();
        double[] hours = [0.1, 1, 2, 5, 8, 20, 26, 30, 47.9, 48];
        var opened = Given.At("2026-03-02T00:00Z");
        foreach (var (took, i) in hours.Select((h, i) => (h, i)))
            await world.LoadAsync(
                Given.Account($"crm:{i}"), Given.Inbound($"crm:{i}", "2026-03-02T00:00Z", key: $"in{i}"),
                Given.Outbound($"crm:{i}", opened.AddHours(took).ToString("O"), key: $"out{i}"));
        await world.LoadAsync(Given.Account("crm:never"), Given.Inbound("crm:never", "2026-03-02T00:00Z", key: "never"));
        await world.RefreshAsync();
        await using var reader = new MetricReader(world.Database.DataSource, world.Clock);
        var query = new MetricQuery { Metric = "respond_24h", Viewer = Viewer.Everything("test") };

        var spread = (await reader.SpreadAsync(query, Ct))!;

        Assert.Equal("0..4 3, 4..8 1, 8..12 1, 12..16 0, 16..20 0, 20..24 1, 24..28 1, 28..32 1, 32..36 0, 36..40 0, 40..44 0, 44..48 1, 48.. 1",
            string.Join(", ", spread.Bins.Select(bin => $"{bin.Lasted.Label} {bin.Count}")));
        Assert.Equal((10, 1), (spread.Over, spread.Open));
        foreach (var bin in spread.Bins)
            Assert.Equal(bin.Count, (await reader.RowsAsync(query with { Lasted = bin.Lasted }, CommitmentSort.OpenedAt, true, 0, 100, Ct)).Total);
        var open = await reader.RowsAsync(query with { Lasted = Lasted.Open }, CommitmentSort.OpenedAt, true, 0, 100, Ct);
        Assert.Equal("never", Assert.Single(open.Rows).CommitmentKey);
        Assert.Equal(10, (await reader.RowsAsync(query with { Lasted = Lasted.Any }, CommitmentSort.OpenedAt, true, 0, 100, Ct)).Total);
        // A length narrows the rows, not the rate.
        Assert.Equal(11, (await reader.CommitmentsAsync(query with { Lasted = Lasted.Open }, Ct)).N);
    }

    [Fact]
    public async Task What_was_early_lies_below_nothing()
    {
        await using var world = await World.CreateAsync();
        await world.LoadAsync(Given.Account("crm:A"), GivenWork.Project("crm:A", "pm:P"));
        foreach (var (accepted, i) in new[] { "2026-03-07T08:00Z", "2026-03-10T08:00Z", "2026-03-22T08:00Z", null }.Select((a, i) => (a, i)))
            await world.LoadAsync(GivenWork.Milestone("crm:A", $"pm:M{i}", accepted: accepted), GivenWork.Baseline("crm:A", $"pm:M{i}", 0, "2026-02-01T08:00Z", "2026-03-10"));
        await world.RefreshAsync();
        await using var reader = new MetricReader(world.Database.DataSource, world.Clock);
        var query = new MetricQuery { Metric = "slip_p50", Viewer = Viewer.Everything("test") };

        var spread = (await reader.SpreadAsync(query, Ct))!;

        Assert.Equal((3, 1), (spread.Over, spread.Open));
        Assert.True(spread.Bins[0].Lasted.From < 0);
        foreach (var bin in spread.Bins)
            Assert.Equal(bin.Count, (await reader.MeasureRowsAsync(query with { Lasted = bin.Lasted }, MeasureSort.At, true, 0, 100, Ct)).Total);
        Assert.Equal("pm:M3", Assert.Single((await reader.MeasureRowsAsync(query with { Lasted = Lasted.Open }, MeasureSort.At, true, 0, 100, Ct)).Rows).Key);
    }

    [Fact]
    public async Task Nothing_over_and_a_figure_without_lengths_have_no_spread()
    {
        await using var world = await World.CreateAsync();
        await world.LoadAsync(Given.Account("crm:A"), Given.Inbound("crm:A", "2026-03-02T00:00Z"));
        await world.RefreshAsync();
        await using var reader = new MetricReader(world.Database.DataSource, world.Clock);
        foreach (var metric in new[] { "respond_24h", "slip_p90", "net_revenue" })
            Assert.Null(await reader.SpreadAsync(new MetricQuery { Metric = metric, Viewer = Viewer.Everything("test") }, Ct));
    }

    [Theory]
    [InlineData("24..48", 24d, 48d, true)]
    [InlineData("..0", null, 0d, true)]
    [InlineData("-5..", -5d, null, true)]
    [InlineData("..", null, null, true)]
    [InlineData("open", null, null, false)]
    public void A_length_is_read_as_it_is_written(string label, double? from, double? below, bool over)
    {
        Assert.True(Lasted.TryParse(label, out var lasted));
        Assert.Equal(new Lasted(from, below, over), lasted);
        Assert.Equal(label, lasted.Label);
    }

    [Theory]
    [InlineData("")]
    [InlineData("24")]
    [InlineData("48..24")]
    [InlineData("1..2..3")]
    [InlineData("a..b")]
    [InlineData("..∞")]
    public void What_is_no_length_is_refused(string text) => Assert.False(Lasted.TryParse(text, out _));
}
