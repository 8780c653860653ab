using Followthrough.Analytics.Compensation;
using Followthrough.Analytics.Targets;
using static Followthrough.Tests.Analytics.Compensation.GivenPlan;

namespace Followthrough.Tests.Analytics.Compensation;

public sealed class PlanTargetDifferencesTests
{
    private static readonly DateOnly Day = new(2026, 7, 1);
    private static readonly string[] Both = ["hr:S1", "hr:S2"];

    private static readonly TeamSpell[] Teams = [new("hr:S1", "hr:T1", new DateOnly(2026, 1, 1), null), new("hr:S2", "hr:T2", new DateOnly(2026, 1, 1), null)];

    [Fact]
    public void The_company_s_target_is_held_against_the_plan_s_and_an_equal_one_is_no_difference()
    {
        var book = Book(Target(TargetScope.Company, 95));
        Assert.Equal([("a", 92m, 95m, TargetScope.Company)], Found(book, MeasuredFor.Person, 92));
        Assert.Empty(Found(book, MeasuredFor.Person, 95));
        Assert.Equal([("a", 92m, 95m, TargetScope.Company)], Found(book, MeasuredFor.Team, 92));
    }

    [Fact]
    public void Each_team_s_and_each_person_s_own_target_is_said_once_and_the_company_s_first()
    {
        var book = Book(Target(TargetScope.Company, 95), Target(new TargetScope("hr:T2", null), 97));
        Assert.Equal([("a", 92m, 95m, TargetScope.Company), ("a", 92m, 97m, new TargetScope("hr:T2", null))], Found(book, MeasuredFor.Team, 92));
        Assert.Equal([("a", 95m, 97m, new TargetScope("hr:T2", null))], Found(book, MeasuredFor.Person, 95));
        Assert.Equal([("a", 92m, 95m, TargetScope.Company)], Found(book, MeasuredFor.Company, 92));
    }

    [Fact]
    public void What_nobody_set_and_what_is_not_in_force_that_day_is_not_compared()
    {
        Assert.Empty(Found(Book(), MeasuredFor.Person, 1));
        Assert.Empty(Found(Book(Target(TargetScope.Company, 95) with { To = Day }), MeasuredFor.Person, 92));
    }

    private static IEnumerable<(string, decimal, decimal, TargetScope)> Found(TargetBook book, MeasuredFor whom, decimal target)
    {
        var component = Component("a", 100, new PayoutPoint(target, 100)) with { For = whom };
        return PlanTargetDifferences.Of(Plan(component), book, Both, Day).Select(d => (d.Component, d.Paid, d.Aimed, d.Scope));
    }

    private static TargetBook Book(params MetricTarget[] targets) => new(targets, Teams);

    private static MetricTarget Target(TargetScope scope, decimal target) =>
        new() { Metric = Rate, Scope = scope, From = new DateOnly(2026, 1, 1), To = null, Points = new TargetPoints(null, target, null) };
}
