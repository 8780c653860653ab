using Followthrough.Analytics.Metrics;
using Followthrough.Tests.Support;
using static Followthrough.Tests.Support.GivenSales;

namespace Followthrough.Tests.Analytics.Measures;

public sealed class PeriodRetentionTests : MeasureTests
{
    private const string A = "crm:A", B = "crm:B", C = "crm:C", D = "crm:D";

    [Fact]
    public async Task Customers_of_the_period_before_are_kept_when_they_order_in_this_one()
    {
        await LoadAsync(
            Given.Account(A), Given.Account(B), Given.Account(C), Given.Account(D) with { Anonymous = true },
            Order(A, "1", "2026-01-05T08:00Z"), Order(A, "2", "2026-02-10T08:00Z"), Order(A, "3", "2026-02-11T08:00Z"),
            Order(B, "4", "2026-01-06T08:00Z"), Order(B, "5", "2026-02-12T08:00Z", cancelled: "2026-02-13T08:00Z"),
            Order(C, "6", "2026-02-14T08:00Z"), Order(D, "7", "2026-01-05T08:00Z"));
        var value = await FigureAsync("period_retention", "2026-02");
        Assert.Equal((0.5, 2L, 1L), (value.Value!.Value, value.N, value.Excluded["of unnamed buyers"]));
        Assert.Equal(["sales_order 1 | 1 / 1", "sales_order 4 | 0 / 1", "sales_order 7 | 0 / 1 | of unnamed buyers"], await RowsAsync("period_retention", "2026-02"));
        Assert.Equal(["2026-01 ", "2026-02 0.5", "2026-03 0"], (await GroupsAsync("period_retention", Dimension.Month, "2026-Q1")).Select(Text));
    }

    [Fact]
    public async Task Without_a_period_before_there_is_no_figure()
    {
        await LoadAsync(Given.Account(A), Order(A, "1", "2026-01-05T08:00Z"));
        var always = await FigureAsync("period_retention");
        Assert.Equal((null, "nobody ordered in the period before, or there is none"), (always.Value, always.Reason));
        Assert.Equal("nobody ordered in the period before, or there is none", (await FigureAsync("period_retention", "2026-01")).Reason);
    }

    [Fact]
    public async Task Nobody_is_lost_before_the_period_is_over()
    {
        World.Clock.Now = Given.At("2026-02-28T23:59Z");
        await LoadAsync(Given.Account(A), Order(A, "1", "2026-01-05T08:00Z"));
        var running = await FigureAsync("period_retention", "2026-02");
        Assert.Equal((null, "1 with the period not over yet"), (running.Value, running.Reason));
        World.Clock.Now = Given.At("2026-03-01T00:00Z");
        Assert.Equal(0, (await FigureAsync("period_retention", "2026-02")).Value);
    }

    [Fact]
    public async Task An_order_learned_of_late_or_deleted_counts_as_it_was_known()
    {
        World.Clock.Now = Given.At("2026-03-01T00:00Z");
        await LoadAsync(Given.Account(A), Order(A, "1", "2026-01-05T08:00Z"));
        World.Clock.Now = Given.At("2026-03-10T00:00Z");
        await LoadAsync(Order(A, "2", "2026-02-05T08:00Z"));
        await LoadAsync(Order(A, "2", "2026-02-05T08:00Z"));
        World.Clock.Now = Given.At("2026-03-20T00:00Z");
        await LoadAsync(Order(A, "2", "2026-02-05T08:00Z") with { Deleted = true });
        var kept = new List<double?>();
        foreach (var at in (string?[])["2026-03-02T00:00Z", "2026-03-11T00:00Z", null]) kept.Add((await FigureAsync("period_retention", "2026-02", at)).Value);
        Assert.Equal([0, 1, 0], kept);
    }

    private static string Text(MeasureGroup group) => FormattableString.Invariant($"{group.Key} {group.Value.Value}");
}
