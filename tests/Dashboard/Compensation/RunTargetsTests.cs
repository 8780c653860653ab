using Followthrough.Analytics.Compensation;
using Followthrough.Analytics.Metrics;
using Followthrough.Analytics.Targets;
using Followthrough.Dashboard.Compensation;
using Followthrough.Tests.Analytics.Compensation;

namespace Followthrough.Tests.Dashboard.Compensation;

/// <summary>A plan that aims elsewhere than everybody's targets says so, with both figures.</summary>
public sealed class RunTargetsTests
{
    private static readonly Period May = Period.MonthOf(new DateOnly(2026, 5, 1));

    [Fact]
    public void Every_other_target_is_named_with_whose_it_is_and_an_equal_one_is_not() => Assert.Equal(
        ["Answered within 24 h: the plan pays 100 % at 100\u00a0%, and the target of the company under Admin, Targets is 95\u00a0%.",
            "Answered within 24 h: the plan pays 100 % at 100\u00a0%, and the target of 1\u00a0person under Admin, Targets is 80\u00a0%."],
        Words([Target(TargetScope.Company, 95), Target(new TargetScope(null, "hr:S1"), 80), Target(new TargetScope(null, "hr:S4"), 100)], "hr:S1", "hr:S2", "hr:S3", "hr:S4"));

    [Fact]
    public void A_target_that_is_the_same_or_that_nobody_set_says_nothing()
    {
        Assert.Empty(Words([], "hr:S1"));
        Assert.Empty(Words([Target(TargetScope.Company, 100)], "hr:S1"));
    }

    private static IReadOnlyList<string> Words(MetricTarget[] targets, params string[] staff) =>
        RunTargets.InWords([PlanDocument.Read(PaidCompany.Answering).Plan!], new TargetBook(targets, []), May, staff);

    private static MetricTarget Target(TargetScope scope, decimal target) =>
        new() { Metric = MetricCatalogue.Respond24H.Id, Scope = scope, From = new DateOnly(2026, 1, 1), To = null, Points = new TargetPoints(null, target, null) };
}
