using Followthrough.Analytics.Metrics;
using Followthrough.Analytics.Targets;

namespace Followthrough.Tests.Analytics.Targets;

/// <summary>Which target is in force for whom on which day.</summary>
public sealed class TargetBookTests
{
    private static readonly CommitmentMetric Answer = MetricCatalogue.Respond24H;
    private static readonly Viewer Everything = Viewer.Everything("test");

    // The company 90, from March 92; the team 93 in February; Ada 97 from the tenth of February until the end of the month. She is in T1 until mid-March.
    private static readonly TargetBook Book = new(
        [
            Target(TargetScope.Company, "2026-01-01", "2026-03-01", 90), Target(TargetScope.Company, "2026-03-01", null, 92),
            Target(new("T1", null), "2026-02-01", "2026-03-01", 93), Target(new(null, "ada"), "2026-02-10", "2026-03-01", 97),
        ],
        [new("ada", "T2", Day("2026-03-15"), null), new("ada", "T1", Day("2020-01-01"), Day("2026-03-15")), new("bob", "T1", Day("2020-01-01"), null)]);

    [Theory]
    [InlineData("2025-12-31", null, null, 95)]
    [InlineData("2026-01-01", null, null, 90)]
    [InlineData("2026-02-28", null, null, 90)]
    [InlineData("2026-03-01", null, null, 92)]
    [InlineData("2026-01-31", "T1", null, 90)]
    [InlineData("2026-02-01", "T1", null, 93)]
    [InlineData("2026-02-28", "T1", null, 93)]
    [InlineData("2026-03-01", "T1", null, 92)]
    [InlineData("2026-02-28", "T2", null, 90)]
    [InlineData("2026-02-09", null, "ada", 93)]
    [InlineData("2026-02-10", null, "ada", 97)]
    [InlineData("2026-02-28", null, "ada", 97)]
    [InlineData("2026-03-01", null, "ada", 92)]
    [InlineData("2026-02-28", null, "bob", 93)]
    [InlineData("2026-02-28", null, "eve", 90)]
    public void A_person_comes_before_the_team_the_team_before_the_company_and_the_company_before_the_catalogue(string day, string? team, string? staff, decimal target) =>
        Assert.Equal(target, Book.On(Answer, new TargetScope(team, staff), Day(day))!.Points.Target);

    [Theory]
    [InlineData("2026-Q1", 0.92)]
    [InlineData("2026-02", 0.90)]
    [InlineData("2025-Q4", 0.95)]
    [InlineData("2026-02-15..2026-03-01", 0.92)]
    public void A_target_that_changes_within_a_period_counts_as_it_is_on_the_last_day(string period, double target) =>
        Assert.Equal(target, Book.Goal(Answer, Query(period)), 10);

    [Fact]
    public void Groups_and_months_have_their_own()
    {
        var february = Query("2026-02");
        Assert.Equal([0.93, 0.90, 0.90], new[] { "T1", "T2", null }.Select(team => Book.Goal(Answer, february, Dimension.Team, team)));
        Assert.Equal([0.97, 0.93], new[] { "ada", "bob" }.Select(staff => Book.Goal(Answer, february, Dimension.Staff, staff)));
        Assert.Equal([0.90, 0.90, 0.92], new[] { "2026-01", "2026-02", "2026-03" }.Select(month => Book.Goal(Answer, Query("2026-Q1"), Dimension.Month, month)));
    }

    [Fact]
    public void Whoever_sees_but_one_team_or_himself_is_held_against_theirs_without_asking()
    {
        Assert.Equal(0.93, Book.Goal(Answer, Query("2026-02") with { Viewer = new Viewer("m", ["T1"], null) }), 10);
        Assert.Equal(0.90, Book.Goal(Answer, Query("2026-02") with { Viewer = new Viewer("m", ["T1", "T2"], null) }), 10);
        Assert.Equal(0.97, Book.Goal(Answer, Query("2026-02") with { Viewer = new Viewer("a", null, "ada") }), 10);
    }

    [Fact]
    public void A_sums_target_is_a_quarters_and_no_months()
    {
        var revenue = MetricCatalogue.Find("net_revenue")!;
        var book = new TargetBook([Target(TargetScope.Company, "2026-01-01", null, 500_000) with { Metric = revenue.Id }], []);
        Assert.Equal(500_000, book.Goal(revenue, Query("2026-Q2")));
        Assert.Null(book.Goal(revenue, Query("2026-05")));
        Assert.Null(TargetBook.Empty.Goal(revenue, Query("2026-Q2")));
    }

    [Fact]
    public void No_target_changes_a_definition()
    {
        var changed = Answer with { Target = 0.5 };
        Assert.Equal((Answer.Hash, Answer.Version), (changed.Hash, changed.Version));
    }

    internal static DateOnly Day(string day) => DateOnly.ParseExact(day, "yyyy-MM-dd");

    private static MetricQuery Query(string period) =>
        new() { Metric = Answer.Id, Period = Period.TryParse(period, out var read) ? read : throw new ArgumentException(period), Viewer = Everything };

    private static MetricTarget Target(TargetScope scope, string from, string? to, decimal target) =>
        new() { Metric = Answer.Id, Scope = scope, From = Day(from), To = to is null ? null : Day(to), Points = new TargetPoints(null, target, null) };
}
