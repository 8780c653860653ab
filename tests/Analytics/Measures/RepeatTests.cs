using Followthrough.Analytics.Facts;
using Followthrough.Analytics.Metrics;
using Followthrough.Tests.Support;
using static Followthrough.Tests.Support.GivenSales;

namespace Followthrough.Tests.Analytics.Measures;

public sealed class RepeatTests : MeasureTests
{
    private const string A = "crm:A", B = "crm:B", C = "crm:C";

    [Fact]
    public async Task Two_orders_in_the_period_repeat_and_one_before_it_returns()
    {
        await LoadAsync(
            Given.Account(A), Given.Account(B), Given.Account(C),
            Order(A, "1", "2026-01-05T08:00Z"), Order(A, "2", "2026-03-05T08:00Z"),
            Order(B, "3", "2024-02-05T08:00Z"), Order(B, "4", "2026-02-05T08:00Z"),
            Order(C, "5", "2026-03-06T08:00Z"));
        var (repeated, returned) = (await FigureAsync("repeat_rate", "2026-Q1"), await FigureAsync("returning_share", "2026-Q1"));
        Assert.Equal((1m, 2m, 3L, 3L), (repeated.Amount, returned.Amount, repeated.N, returned.N));
        Assert.Equal(["sales_order 2 | 1 / 1", "sales_order 4 | 0 / 1", "sales_order 5 | 0 / 1"], await RowsAsync("repeat_rate", "2026-Q1"));
        Assert.Equal(["2026-01 0", "2026-02 1", "2026-03 0.5"], (await GroupsAsync("returning_share", Dimension.Month, "2026-Q1")).Select(Text));
    }

    [Fact]
    public async Task What_a_customer_orders_later_does_not_change_the_history()
    {
        await LoadAsync(Given.Account(A), Order(A, "1", "2026-01-05T08:00Z"));
        var before = (await ShareAsync("repeat_rate", "2026-01"), await ShareAsync("returning_share", "2026-01"));
        await LoadAsync(Order(A, "2", "2026-02-05T08:00Z"), Order(A, "3", "2026-02-06T08:00Z"));
        Assert.Equal(before, (await ShareAsync("repeat_rate", "2026-01"), await ShareAsync("returning_share", "2026-01")));
        Assert.Equal((0.0, 1L), before.Item2);
    }

    [Fact]
    public async Task Cancelled_orders_rework_and_deleted_ones_are_no_orders()
    {
        await LoadAsync(
            Given.Account(A), Order(A, "1", "2026-01-05T08:00Z"), Order(A, "2", "2026-01-06T08:00Z", cancelled: "2026-01-31T23:59Z"),
            Order(A, "3", "2026-01-07T08:00Z") with { RevenueClass = RevenueClass.Rework }, Order(A, "4", "2026-01-08T08:00Z") with { Deleted = true });
        Assert.Equal((0.0, 1L), await ShareAsync("repeat_rate", "2026-01"));
        Assert.Equal((0.0, 1L), await ShareAsync("returning_share", "2026-01"));
    }

    [Fact]
    public async Task An_order_cancelled_after_the_period_was_one_when_the_period_was_judged()
    {
        await LoadAsync(Given.Account(A), Order(A, "1", "2026-01-05T08:00Z"), Order(A, "2", "2026-01-06T08:00Z", cancelled: "2026-02-01T00:00Z"));
        Assert.Equal((1.0, 1L), await ShareAsync("repeat_rate", "2026-01"));
        Assert.Equal((0.0, 1L), await ShareAsync("repeat_rate", "2026-Q1"));
    }

    [Fact]
    public async Task Buyers_nobody_named_are_no_customers()
    {
        await LoadAsync(
            Given.Account(A) with { Anonymous = true }, Given.Account(B), Order(A, "1", "2026-01-05T08:00Z"), Order(A, "2", "2026-01-06T08:00Z"),
            Order(B, "3", "2026-01-07T08:00Z"));
        var value = await FigureAsync("repeat_rate", "2026-01");
        Assert.Equal((0.0, 1L, 1L), (value.Value!.Value, value.N, value.Excluded["of unnamed buyers"]));
    }

    [Fact]
    public async Task Nobody_who_ordered_is_no_figure_and_says_why()
    {
        await LoadAsync(Given.Account(A), Order(A, "1", "2026-02-05T08:00Z"));
        var nothing = await FigureAsync("repeat_rate", "2026-01");
        Assert.Equal((null, "nobody ordered in this period and selection", 0L), (nothing.Value, nothing.Reason, nothing.N));
    }

    [Fact]
    public async Task A_day_that_is_an_hour_short_still_ends_at_midnight_of_the_reporting_zone()
    {
        await World.TextsAsync("update company set reporting_zone = 'America/New_York' returning 'x'");
        // 8 March 2026 has 23 hours there: it begins at 05:00Z and ends at 04:00Z.
        await LoadAsync(Given.Account(A), Order(A, "1", "2026-03-08T05:00Z"), Order(A, "2", "2026-03-09T03:59:59Z"), Order(A, "3", "2026-03-09T04:00Z"));
        Assert.Equal(["sales_order 2 | 1 / 1"], await RowsAsync("repeat_rate", "2026-03-08..2026-03-08"));
        Assert.Equal(["sales_order 3 | 0 / 1"], await RowsAsync("repeat_rate", "2026-03-09..2026-03-09"));
    }

    [Fact]
    public async Task Late_arrivals_count_from_when_they_are_known_and_loading_twice_changes_nothing()
    {
        World.Clock.Now = Given.At("2026-02-01T00:00Z");
        await LoadAsync(Given.Account(A), Order(A, "1", "2026-01-05T08:00Z"));
        World.Clock.Now = Given.At("2026-02-05T00:00Z");
        await LoadAsync(Order(A, "0", "2026-01-04T08:00Z"));
        await LoadAsync(Order(A, "0", "2026-01-04T08:00Z"));
        Assert.Equal((0.0, 1.0), ((await FigureAsync("repeat_rate", "2026-01", "2026-02-02T00:00Z")).Value, (await FigureAsync("repeat_rate", "2026-01")).Value));
    }

    [Fact]
    public async Task The_owner_at_the_last_order_answers_and_a_viewer_sees_the_own_customers()
    {
        await LoadAsync(
            Given.Account(A), Given.Account(B), Given.Staff("hr:Ann"), Given.Staff("hr:Bob"), Given.Assignment(A, "hr:Ann"), Given.Assignment(B, "hr:Bob"),
            Order(A, "1", "2026-01-05T08:00Z"), Order(A, "2", "2026-01-06T08:00Z"), Order(B, "3", "2026-01-07T08:00Z"));
        Assert.Equal(["hr:Ann 1", "hr:Bob 0"], (await GroupsAsync("repeat_rate", Dimension.Staff, "2026-01")).Select(Text).Order(StringComparer.Ordinal));
        Assert.Equal(1, (await FigureAsync("repeat_rate", "2026-01", with: q => q with { Viewer = new Viewer("ann", null, "hr:Ann") })).Value);
    }

    private async Task<(double?, long)> ShareAsync(string metric, string period)
    {
        var value = await FigureAsync(metric, period);
        return (value.Value, value.N);
    }

    private static string Text(MeasureGroup group) => FormattableString.Invariant($"{group.Key} {group.Value.Value}");
}
