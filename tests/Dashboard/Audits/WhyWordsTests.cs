using Followthrough.Analytics.Metrics;
using Followthrough.Dashboard.Audits.Report;
using static Followthrough.Tests.Dashboard.Audits.GivenReport;

namespace Followthrough.Tests.Dashboard.Audits;

/// <summary>Why a figure moved is read from its parts, and left open where they don't say.</summary>
public sealed class WhyWordsTests
{
    private const string Metric = "respond_24h";

    [Fact]
    public void A_team_that_did_most_of_it_is_named_with_its_figures() => Assert.Equal(
        "Most of it, 15.0 of the 15.0 points, is North: 80.0 % before, 50.0 % now.",
        Why((650, 1000), (800, 1000), [Group("North", 250, 500), Group("South", 400, 500)], [Group("North", 400, 500), Group("South", 400, 500)]));

    [Fact]
    public void Two_teams_that_did_most_of_it_together_are_both_named() => Assert.Equal(
        "Most of it comes from two: North, 50.0 % after 80.0 %, and West, 55.0 % after 80.0 %.",
        Why((530, 800), (640, 800),
            [Group("North", 100, 200), Group("West", 110, 200), Group("South", 160, 200), Group("East", 160, 200)],
            [Group("North", 160, 200), Group("West", 160, 200), Group("South", 160, 200), Group("East", 160, 200)]));

    [Fact]
    public void A_change_that_all_teams_share_is_no_matter_of_one() => Assert.Equal(
        "All three teams with enough cases moved that way.",
        Why((450, 600), (540, 600), [Group("A", 150, 200), Group("B", 150, 200), Group("C", 150, 200)], [Group("A", 180, 200), Group("B", 180, 200), Group("C", 180, 200)]));

    [Fact]
    public void A_change_of_mix_is_called_one() => Assert.Equal(
        "Most of it is mix, not what anybody did: South is a larger part of it now (80.0 %, after 20.0 %), where the figure is 50.0 %. With the parts as they were it would not have moved.",
        Why((580, 1000), (820, 1000), [Group("North", 180, 200), Group("South", 400, 800)], [Group("North", 720, 800), Group("South", 100, 200)]));

    [Fact]
    public void Halves_of_every_split_add_up_to_the_change()
    {
        var random = new Random(11);
        for (var i = 0; i < 200; i++)
        {
            var (now, prior) = (Groups(random), Groups(random));
            var split = MixSplit.Of(MetricCatalogue.Find(Metric)!, Dimension.Team, now, prior)!;
            Assert.Equal(Whole(now) - Whole(prior), split.Difference, 1e-12);
            Assert.Equal(split.Difference, split.Groups.Sum(g => g.Own) + split.Groups.Sum(g => g.Mix), 1e-12);
        }
    }

    private static List<MetricGroup> Groups(Random random) =>
        [.. Enumerable.Range(0, 5).Where(_ => random.Next(4) > 0).Select(i => (i, N: random.Next(1, 300))).Select(g => Group($"T{g.i}", random.Next(g.N + 1), g.N)), Group("T9", 3, 7)];

    private static double Whole(List<MetricGroup> groups) => (double)groups.Sum(g => ((CommitmentValue)g.Value).Kept) / groups.Sum(g => g.Value.N);

    private static MetricGroup Group(string name, long kept, long n) => GivenReport.Group(Metric, name, kept, n);

    private static string Why((long, long) now, (long, long) prior, MetricGroup[] after, MetricGroup[] before) =>
        WhyWords.Of(Mover(Figure(Metric, now, prior), MixSplit.Of(MetricCatalogue.Find(Metric)!, Dimension.Team, after, before)!)).Replace('\u00a0', ' ');
}
