using Followthrough.Analytics.Metrics;
using Followthrough.Analytics.Scorecards;
using Followthrough.Analytics.Targets;

namespace Followthrough.Tests.Analytics.Scorecards;

/// <summary>Small tables: figures and targets in, points and a total out.</summary>
public sealed class ScoreCalculationTests
{
    private static readonly MetricDefinition Answer = MetricCatalogue.Respond24H;
    private static readonly MetricDefinition Promise = MetricCatalogue.Find("promise_kept")!;
    private static readonly MetricDefinition Reopened = MetricCatalogue.Find("reopen_rate")!;

    [Theory]
    [InlineData("79.9999999", "0")]
    [InlineData("80", "50")]
    [InlineData("87.5", "75")]
    [InlineData("95", "100")]
    [InlineData("97", "125")]
    [InlineData("99", "150")]
    [InlineData("100", "150")]
    public void Points_begin_at_the_threshold_itself_and_end_at_the_stretch(string value, string points) =>
        Assert.Equal(Number(points), Of(Line(Answer, 100, Figure(value), 80, 95, 99)).Lines[0].Points);

    [Theory]
    [InlineData("10.01", "0")]
    [InlineData("10", "50")]
    [InlineData("5", "75")]
    [InlineData("0", "100")]
    public void Where_less_is_better_a_target_of_zero_can_be_reached(string value, string points) =>
        Assert.Equal(Number(points), Of(Line(Reopened, 100, Figure(value), 10, 0, null)).Lines[0].Points);

    [Theory]
    [InlineData("94.99", "0")]
    [InlineData("95", "100")]
    [InlineData("99", "100")]
    public void With_a_target_alone_it_is_met_or_not(string value, string points) => Assert.Equal(Number(points), Of(Line(Answer, 100, Figure(value), null, 95, null)).Lines[0].Points);

    [Fact]
    public void The_total_is_the_sum_of_points_times_weights()
    {
        var result = Of(Line(Answer, 60, Figure("95"), 80, 95, 99), Line(Promise, 40, Figure("87.5"), 80, 95, 99));
        Assert.Equal((90m, 100m, 0m), (result.Total!.Value, result.Judged, result.ByTeam));
        Assert.Equal([60m, 30m], result.Lines.Select(line => line.Contribution!.Value));
    }

    [Fact]
    public void Too_few_cases_take_the_teams_figure_and_say_so()
    {
        var result = Of(Line(Answer, 50, Figure("100", n: 9), 80, 95, 99, team: Figure("80", n: 30)), Line(Promise, 50, Figure("95"), 80, 95, 99));
        Assert.Equal((JudgedBy.Team, 50m, "n = 9, fewer than 10: the team's figure stands in"), (result.Lines[0].By, result.Lines[0].Points!.Value, result.Lines[0].Why));
        Assert.Equal((75m, 100m, 50m), (result.Total!.Value, result.Judged, result.ByTeam));
        Assert.Equal(JudgedBy.Own, Of(Line(Answer, 100, Figure("100", n: 10), 80, 95, 99, team: Figure("80", n: 30))).Lines[0].By);
    }

    [Fact]
    public void Where_the_team_has_too_few_either_the_weight_goes_to_the_others_in_proportion()
    {
        var result = Of(
            Line(Answer, 40, Figure("95"), 80, 95, 99), Line(Promise, 20, Figure("87.5"), 80, 95, 99), Line(Reopened, 40, Figure("0", n: 3), 10, 5, null, team: Figure("0", n: 9)));
        Assert.Equal((JudgedBy.Nothing, null, 0m, "n = 3, fewer than 10"), (result.Lines[2].By, result.Lines[2].Points, result.Lines[2].Counted, result.Lines[2].Why));
        // 60 of the weight is left: 40 / 60 and 20 / 60.
        Assert.Equal([66.67m, 33.33m, 0m], result.Lines.Select(line => Math.Round(line.Counted, 2)));
        Assert.Equal((Math.Round((100m * 40 + 75m * 20) / 60, 10), 60m), (Math.Round(result.Total!.Value, 10), result.Judged));
    }

    [Fact]
    public void An_undefined_figure_and_a_missing_target_are_not_zero()
    {
        var result = Of(
            Line(Answer, 60, Figure("95"), 80, 95, 99),
            new ScoreInput(Promise, 20, new ScoreFigure(null, "nothing fell due", 12, null, null), null, Target(80, 95, 99)),
            new ScoreInput(Reopened, 20, Figure("5"), null, null));
        Assert.Equal((100m, 60m), (result.Total!.Value, result.Judged));
        Assert.Equal([null, "nothing fell due", "no target is set"], result.Lines.Select(line => line.Why));
    }

    [Fact]
    public void Without_most_of_the_weight_there_is_no_total()
    {
        ScoreInput few = Line(Promise, 51, Figure("100", n: 2), 80, 95, 99), enough = Line(Answer, 49, Figure("95"), 80, 95, 99);
        var result = Of(enough, few);
        Assert.Equal((null, null, null), (result.Total, result.Low, result.High));
        Assert.Equal("too few to judge: 49 of 100 of the weight can be judged, and it takes 50", result.Why);
        Assert.Equal(100m, Of(enough with { Weight = 50 }, few with { Weight = 50 }).Total);
    }

    [Fact]
    public void Figures_of_the_team_alone_judge_nobody()
    {
        var result = Of(Line(Answer, 100, Figure("100", n: 1), 80, 95, 99, team: Figure("95", n: 50)));
        Assert.Equal((null, "too few to judge: every line rests on the team's figures, none on own ones"), (result.Total, result.Why));
        Assert.Null(Of(Line(Answer, 100, Figure("100", n: 0), 80, 95, 99)).Total);
    }

    [Fact]
    public void The_interval_goes_from_all_worse_to_all_better_ends()
    {
        var result = Of(Line(Answer, 50, Figure("95", low: "80", high: "99"), 80, 95, 99), Line(Reopened, 50, Figure("5", low: "0", high: "12"), 10, 5, null));
        // More is better: 50 to 150; less is better: 0 at 12, 100 at 0.
        Assert.Equal([50m, 0m], result.Lines.Select(line => line.LowPoints!.Value));
        Assert.Equal([150m, 100m], result.Lines.Select(line => line.HighPoints!.Value));
        Assert.Equal((25m, 100m, 125m), (result.Low!.Value, result.Total!.Value, result.High!.Value));
        var without = Of(Line(Answer, 50, Figure("95"), 80, 95, 99), Line(Promise, 50, Figure("95", low: "90", high: "97"), 80, 95, 99));
        Assert.Equal(Answer, Assert.Single(without.WithoutInterval).Input.Metric);
        Assert.True(without.Low < without.Total && without.Total < without.High);
    }

    [Fact]
    public void The_total_does_not_depend_on_the_order_of_lines()
    {
        ScoreInput[] lines = [Line(Answer, 33.3m, Figure("91.7"), 80, 95, 99), Line(Promise, 33.3m, Figure("97.31"), 80, 95, 99), Line(Reopened, 33.4m, Figure("3.333"), 10, 5, 0)];
        Assert.Equal(ScoreCalculation.Of(lines).Total, ScoreCalculation.Of([.. lines.Reverse()]).Total);
    }

    private static ScoreResult Of(params ScoreInput[] lines) => ScoreCalculation.Of(lines);

    private static ScoreInput Line(MetricDefinition metric, decimal weight, ScoreFigure own, decimal? threshold, decimal target, decimal? stretch, ScoreFigure? team = null) =>
        new(metric, weight, own, team, Target(threshold, target, stretch));

    private static TargetInForce Target(decimal? threshold, decimal target, decimal? stretch) => new(new TargetPoints(threshold, target, stretch), TargetScope.Company);

    private static ScoreFigure Figure(string value, long n = 20, string? low = null, string? high = null) =>
        new(Number(value), null, n, low is null ? null : Number(low), high is null ? null : Number(high));

    private static decimal Number(string text) => WrittenUnit.Read(text)!.Value;
}
