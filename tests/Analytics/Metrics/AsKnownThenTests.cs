using System.Text.Json;
using Followthrough.Analytics.Metrics;
using Followthrough.Tests.Support;

namespace Followthrough.Tests.Analytics.Metrics;

/// <summary>What was computed at a moment can be asked for ever after, whatever has been learned, corrected, deleted or moved since.</summary>
public sealed class AsKnownThenTests
{
    // Each costs a derivation of everything; with FOLLOWTHROUGH_FULL_SETS=true there are twenty.
    private static readonly int Moments = FullSets.AreAsked ? 20 : 5;
    private static readonly int ChangesBetween = 900 / Moments;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(20260602)]
    public async Task Figures_as_known_at_past_moments_equal_what_was_computed_then(int seed)
    {
        await using var world = await World.CreateAsync();
        var (random, facts) = (new Random(seed), new RandomFacts(seed));
        await world.LoadAsync(RandomFacts.Beginning);
        var computed = new List<(DateTimeOffset At, IReadOnlyList<string> Figures)>();
        for (var moment = 0; moment < Moments; moment++)
        {
            world.Clock.Advance(TimeSpan.FromMinutes(random.Next(1, 5 * 24 * 60)));
            await world.LoadAsync(facts.Next(ChangesBetween));
            await world.RefreshAsync();
            computed.Add((world.Clock.Now, await FiguresAsync(world, null)));
        }
        Assert.Equal(Moments, computed.Select(c => string.Join('|', c.Figures)).Distinct().Count());
        // The last state of knowledge must differ from the earlier ones in more than the clock.
        Assert.All(await world.TextsAsync("select count(*) from interaction_history union all select count(*) from account_assignment_history union all select count(*) from calendar_history union all select count(*) from interaction where deleted"), count => Assert.NotEqual("0", count));
        foreach (var (at, figures) in computed)
        {
            var known = await FiguresAsync(world, at);
            Assert.True(figures.SequenceEqual(known), $"seed {seed}, as of {at:O}: then {Shown(figures.Except(known))}; now said to be {Shown(known.Except(figures))}");
        }
    }

    private static async Task<IReadOnlyList<string>> FiguresAsync(World world, DateTimeOffset? asOf)
    {
        await using var reader = new MetricReader(world.Database.DataSource, world.Clock);
        var figures = new List<string>();
        foreach (var metric in MetricCatalogue.All)
        {
            var query = new MetricQuery { Metric = metric.Id, AsOf = asOf, Viewer = Viewer.Everything("test") };
            figures.Add(Text(metric.Id, await reader.ValueAsync(query, Cancellation)));
            foreach (var team in await reader.GroupsAsync(query, Dimension.Team, Cancellation)) figures.Add(Text($"{metric.Id} of {team.Key}", team.Value));
        }
        return figures;
    }

    // All of it but the words for why there is none, which say that the question was about the past.
    private static string Text(string what, MetricValue value) => $"{what}: {JsonSerializer.Serialize(value with { Reason = null }, value.GetType())}";

    private static string Shown(IEnumerable<string> lines) => string.Join('\n', lines.Take(5));
}
