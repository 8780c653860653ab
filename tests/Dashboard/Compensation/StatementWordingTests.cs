using Followthrough.Analytics.Compensation;
using Followthrough.Analytics.Metrics;
using Followthrough.Dashboard.Compensation;

namespace Followthrough.Tests.Dashboard.Compensation;

/// <summary>What a reader is told of rows behind a figure that he may not see all of.</summary>
public sealed class StatementWordingTests
{
    private static readonly Viewer Ada = new("ada", null, "hr:S1");
    private static readonly Viewer Manager = new("m", ["hr:T1"], null);

    [Fact]
    public void Who_may_see_every_row_is_told_nothing()
    {
        Assert.Null(StatementWording.Seen(Viewer.Everything("eve"), Input(MeasuredFor.Team, "hr:T9"), null));
        Assert.Null(StatementWording.Seen(Ada, Input(MeasuredFor.Person, "hr:S1"), null));
        Assert.Null(StatementWording.Seen(Manager, Input(MeasuredFor.Team, "hr:T1"), null));
        Assert.Null(StatementWording.Seen(Manager, Input(MeasuredFor.Person, "hr:S1"), null));
    }

    [Fact]
    public void Who_sees_his_own_rows_of_a_team_s_figure_is_told_so_and_how_many_where_that_is_known()
    {
        var team = Input(MeasuredFor.Team, "hr:T1") with { N = 486 };
        Assert.Equal("It is the figure of the team; of its rows you see your own.", StatementWording.Seen(Ada, team, null));
        Assert.Equal("It is the figure of the team; of its rows you see your own, 72 of 486.", StatementWording.Seen(Ada, team, Segment(Input(MeasuredFor.Person, "hr:S1") with { N = 72 }, team)));
        Assert.Contains("whole company", StatementWording.Seen(Ada, Input(MeasuredFor.Company, null), null), StringComparison.Ordinal);
    }

    [Fact]
    public void A_manager_is_told_of_other_teams_and_of_the_company()
    {
        Assert.Equal("It is the figure of the team; of its rows you see those of your teams.", StatementWording.Seen(Manager, Input(MeasuredFor.Team, "hr:T2"), null));
        Assert.Equal("It is the figure of the whole company; of its rows you see those of your teams.", StatementWording.Seen(Manager, Input(MeasuredFor.Company, null), null));
    }

    [Theory]
    [InlineData("2026-07-01", "2026-10-01", "all of Q3 2026")]
    [InlineData("2026-08-17", "2026-10-01", "45 of the 92 days of Q3 2026")]
    [InlineData("2026-01-01", "2026-10-01", "0.49 periods of the plan up to the end of Q3 2026")]
    public void Days_in_the_plan_are_said_in_plain_words(string from, string to, string says)
    {
        var segment = Segment() with { From = Day(from), To = Day(to), Proration = 45m / 92 };
        Assert.Equal(says, StatementWording.Days(segment, Period.QuarterOf(new DateOnly(2026, 7, 1))));
    }

    private static DateOnly Day(string day) => DateOnly.Parse(day, System.Globalization.CultureInfo.InvariantCulture);

    private static PayInput Input(MeasuredFor whom, string? key) =>
        new() { Metric = "respond_24h", For = whom, Key = key, Value = 90, Reason = null, N = 10, Low = null, High = null, DefinitionHash = "" };

    private static StatementSegment Segment(params PayInput[] inputs) => new()
    {
        From = new DateOnly(2026, 7, 1),
        To = new DateOnly(2026, 10, 1),
        Version = 1,
        PlanHash = "",
        Team = "hr:T1",
        Incentive = 1000,
        Proration = 1,
        Inputs = inputs,
        Gates = [],
        Modifiers = [],
        Lines = [],
        Earned = 0,
        Cap = null,
        Floor = null,
        Limited = 0,
    };
}
