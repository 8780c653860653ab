using System.Text.Json;
using Followthrough.Analytics.Metrics;
using Followthrough.Tests.Support;

namespace Followthrough.Tests.Analytics.Editions;

/// <summary>Whatever is learned after a quarter was closed, its figures, groups and rows are those of its edition.</summary>
public sealed class ClosedFiguresTests
{
    private static readonly Viewer Everything = Viewer.Everything("test");
    private static readonly Viewer Manager = new("manager", ["t:South"], null);

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(7)]
    public async Task Closed_figures_groups_and_rows_are_those_known_at_the_cut_off_for_ever(int seed)
    {
        await using var world = await World.CreateAsync();
        var facts = new RandomFacts(seed);
        await world.LoadAsync(RandomFacts.Beginning);
        for (var i = 0; i < 5; i++) await world.LoadAsync(facts.Next(100));
        world.Clock.Now = Given.At("2026-07-05T12:00Z");
        await world.RefreshAsync();
        var first = await Closed.CloseAsync(world, "2026-Q1", Ct);
        var second = await Closed.CloseAsync(world, "2026-Q2", Ct);
        Assert.Equal(first.Hash, second.PreviousHash);
        var said = await SayAsync(world, null);
        AssertSame(await SayAsync(world, second.CutOff), said);

        world.Clock.Advance(TimeSpan.FromDays(30));
        for (var i = 0; i < 5; i++) await world.LoadAsync(facts.Next(100));
        await world.RefreshAsync();

        AssertSame(said, await SayAsync(world, null));
        Assert.NotEqual(said, await SayAsync(world, null, asNowKnown: true));
    }

    private static void AssertSame(IReadOnlyList<string> expected, IReadOnlyList<string> actual) => Assert.True(
        expected.SequenceEqual(actual), $"expected {string.Join('\n', expected.Except(actual).Take(4))}\nbut it was {string.Join('\n', actual.Except(expected).Take(4))}");

    private static async Task<IReadOnlyList<string>> SayAsync(World world, DateTimeOffset? asOf, bool asNowKnown = false)
    {
        await using var reader = new MetricReader(world.Database.DataSource, world.Clock);
        var said = new List<string>();
        foreach (var metric in MetricCatalogue.All)
            foreach (var period in new[] { "2026-Q1", "2026-05" })
            {
                Assert.True(Period.TryParse(period, out var asked));
                var query = new MetricQuery { Metric = metric.Id, Period = asked, AsOf = asOf, AsNowKnown = asNowKnown, Viewer = Everything };
                foreach (var question in new[] { query, query with { Viewer = Manager }, query with { Region = "North" }, query with { Team = "t:North", Segment = MetricQuery.None } })
                    said.Add(Text($"{metric.Id} {period} {question.Viewer.Name} {question.Region} {question.Team}", await reader.ValueAsync(question, Ct)));
                foreach (var by in new[] { Dimension.Staff, Dimension.Account, Dimension.Month })
                    foreach (var group in await reader.GroupsAsync(query, by, Ct)) said.Add(Text($"{metric.Id} {period} of {by} {group.Key} {group.Name}", group.Value));
                said.AddRange(metric is MeasureMetric
                    ? (await reader.MeasureRowsAsync(query, MeasureSort.At, false, 0, null, Ct)).Rows.Select(r => $"{metric.Id} {period} {r}")
                    : (await reader.RowsAsync(query, CommitmentSort.OpenedAt, false, 0, 1000, Ct)).Rows.Select(r => $"{metric.Id} {period} {r}"));
                if (await reader.SpreadAsync(query, Ct) is { } spread) said.Add($"{metric.Id} {period} {JsonSerializer.Serialize(spread)}");
            }
        return said;
    }

    private static string Text(string what, MetricValue value) =>
        $"{what}: {JsonSerializer.Serialize(value with { Reason = null, Edition = null, AsOf = default }, value.GetType())}";
}
