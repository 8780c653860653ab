using System.Globalization;
using Followthrough.Analytics.Facts;
using Followthrough.Analytics.Measures;
using Followthrough.Analytics.Metrics;
using Followthrough.Tests.Support;
using static Followthrough.Tests.Support.GivenSales;

namespace Followthrough.Tests.Analytics.Measures;

public sealed class CohortsTests : MeasureTests
{
    private const string A = "crm:A", B = "crm:B", C = "crm:C", D = "crm:D";

    [Fact]
    public async Task Each_cohort_says_how_many_ordered_again_within_so_many_months_and_is_blank_where_it_is_too_young()
    {
        await LoadAsync(
            Given.Account(A), Given.Account(B), Given.Account(C), Given.Account(D),
            Order(A, "1", "2026-01-10T08:00Z"), Order(A, "2", "2026-02-10T08:00Z"), Order(A, "3", "2026-02-11T08:00Z"),
            Order(B, "4", "2026-01-10T08:00Z"), Order(B, "5", "2026-04-10T08:00:01Z"),
            Order(C, "6", "2026-01-20T08:00Z"), Order(D, "7", "2026-03-31T23:59Z"));
        // It is noon of 1 June 2026.
        Assert.Equal(["2026-01 of 3: 1 1 1 2 .", "2026-03 of 1: 0 0 . . ."], await TriangleAsync(CohortUnit.Month, 5));
        Assert.Equal(["2026-Q1 of 4: . ."], await TriangleAsync(CohortUnit.Quarter, 2));
        World.Clock.Now = Given.At("2026-07-01T00:00Z");
        Assert.Equal(["2026-Q1 of 4: 1 ."], await TriangleAsync(CohortUnit.Quarter, 2));
        World.Clock.Now = Given.At("2026-10-01T00:00Z");
        Assert.Equal(["2026-Q1 of 4: 1 2"], await TriangleAsync(CohortUnit.Quarter, 2));
    }

    [Fact]
    public async Task A_month_after_the_31st_ends_with_the_next_month()
    {
        await LoadAsync(
            Given.Account(A), Given.Account(B), Order(A, "1", "2026-01-31T08:00Z"), Order(A, "2", "2026-02-28T08:00Z"),
            Order(B, "3", "2026-01-31T08:00Z"), Order(B, "4", "2026-02-28T08:00:01Z"));
        Assert.Equal(["2026-01 of 2: 1 2"], await TriangleAsync(CohortUnit.Month, 2));
    }

    [Fact]
    public async Task Months_are_those_of_the_reporting_zone_also_across_a_change_of_the_clocks()
    {
        await World.TextsAsync("update company set reporting_zone = 'America/New_York' returning 'x'");
        // The last hour of February there; a month later on the clock is an hour less in time, for summer time began.
        await LoadAsync(Given.Account(A), Order(A, "1", "2026-03-01T04:30Z"), Order(A, "2", "2026-03-29T03:30Z"), Given.Account(B), Order(B, "3", "2026-03-01T04:30Z"), Order(B, "4", "2026-03-29T03:31Z"));
        Assert.Equal(["2026-02 of 2: 1 2"], await TriangleAsync(CohortUnit.Month, 2));
    }

    [Fact]
    public async Task Orders_that_do_not_count_make_no_cohort_and_nobody_makes_an_empty_triangle()
    {
        await LoadAsync(
            Given.Account(A), Given.Account(B) with { Anonymous = true }, Order(A, "1", "2026-01-10T08:00Z", cancelled: "2026-05-01T08:00Z"),
            Order(A, "2", "2026-01-11T08:00Z") with { RevenueClass = RevenueClass.Rework }, Order(B, "3", "2026-01-10T08:00Z"),
            Order(A, "4", "2026-01-12T08:00Z") with { Deleted = true });
        Assert.Empty(await TriangleAsync(CohortUnit.Month, 5));
        await Assert.ThrowsAsync<ArgumentOutOfRangeException>(() => TriangleAsync(CohortUnit.Month, 0));
    }

    [Fact]
    public async Task A_triangle_is_as_known_then_and_the_same_when_asked_or_loaded_again()
    {
        World.Clock.Now = Given.At("2026-04-01T00:00Z");
        await LoadAsync(Given.Account(A), Order(A, "1", "2026-01-10T08:00Z"));
        World.Clock.Now = Given.At("2026-06-01T00:00Z");
        await LoadAsync(Order(A, "2", "2026-02-01T08:00Z"));
        await LoadAsync(Order(A, "2", "2026-02-01T08:00Z"));
        Assert.Equal(["2026-01 of 1: 0 0 . ."], await TriangleAsync(CohortUnit.Month, 4, q => q with { AsOf = Given.At("2026-04-02T00:00Z") }));
        Assert.Equal(["2026-01 of 1: 1 1 1 1"], await TriangleAsync(CohortUnit.Month, 4));
    }

    [Fact]
    public async Task A_viewer_sees_the_cohorts_of_the_customers_owned_at_their_first_order()
    {
        await LoadAsync(
            Given.Account(A), Given.Account(B, region: "North"), Given.Staff("hr:Ann"), Given.Staff("hr:Bob"), Given.Team("t:1"), Given.Membership("hr:Ann", "t:1"),
            Given.Assignment(A, "hr:Ann", until: "2026-01-15T00:00Z"), Given.Assignment(A, "hr:Bob", from: "2026-01-15T00:00Z"),
            Given.Assignment(B, "hr:Bob"), Order(A, "1", "2026-01-10T08:00Z"), Order(A, "2", "2026-01-20T08:00Z"), Order(B, "3", "2026-01-10T08:00Z"));
        Assert.Equal(["2026-01 of 1: 1"], await TriangleAsync(CohortUnit.Month, 1, q => q with { Viewer = new Viewer("ann", null, "hr:Ann") }));
        Assert.Equal(["2026-01 of 1: 1"], await TriangleAsync(CohortUnit.Month, 1, q => q with { Viewer = new Viewer("manager", ["t:1"], null) }));
        Assert.Equal(["2026-01 of 1: 0"], await TriangleAsync(CohortUnit.Month, 1, q => q with { Region = "North" }));
        Assert.Empty(await TriangleAsync(CohortUnit.Month, 1, q => q with { Viewer = new Viewer("other", ["t:2"], null) }));
    }

    /// <summary>The cohorts as <c>period of customers: cells</c>, a dot for a blank one.</summary>
    private async Task<IEnumerable<string>> TriangleAsync(CohortUnit by, int steps, Func<CohortQuery, CohortQuery>? with = null)
    {
        var query = new CohortQuery { By = by, Steps = steps, Viewer = Viewer.Everything("test") };
        var triangle = await new Cohorts(World.Database.DataSource, World.Clock).ReadAsync(with is null ? query : with(query), Ct);
        Assert.Equal(MetricCatalogue.Definition("cohort_repurchase")!.Hash, triangle.DefinitionHash);
        return triangle.Cohorts.Select(c => $"{c.Period.Label} of {c.Customers}: {string.Join(' ', c.Again.Select(n => n?.ToString(CultureInfo.InvariantCulture) ?? "."))}");
    }
}
