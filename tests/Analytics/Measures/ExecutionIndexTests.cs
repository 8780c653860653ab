using Followthrough.Analytics.Facts;
using Followthrough.Analytics.Metrics;
using Followthrough.Tests.Support;

namespace Followthrough.Tests.Analytics.Measures;

public sealed class ExecutionIndexTests : MeasureTests
{
    private const string A = "crm:A";

    [Fact]
    public async Task The_execution_index_holds_all_that_is_done_against_all_that_was_due_so_far()
    {
        World.Clock.Now = Given.At("2026-06-01T12:00Z");
        await LoadAsync(
            [Given.Account(A), .. Due("1", "2026-01-10", "2026-01-09T09:00Z"), .. Due("2", "2026-02-10", "2026-04-02T09:00Z"), .. Due("3", "2026-03-31"),
                .. Due("4", "2026-05-10", "2026-03-31T20:00Z"), .. Due("5", "2026-05-11", "2026-05-01T09:00Z")]);
        var march = await FigureAsync("bei", "2026-03");
        // Due by the end of March: 1, 2, 3; accepted by then: 1 and 4.
        Assert.Equal(2 / 3.0, march.Value!.Value, 12);
        Assert.Equal((2m, 3m), (march.Amount, march.Base));
        Assert.Equal(["milestone 1 | 1 / 1", "milestone 2 | 0 / 1", "milestone 3 | 0 / 1", "milestone 4 | 1 / 0"], await RowsAsync("bei", "2026-03"));
        Assert.Equal(0.8, (await FigureAsync("bei")).Value!.Value, 12);
        Assert.Equal("nothing was to be delivered by then in this selection", (await FigureAsync("bei", "2025-12")).Reason);
        Assert.Equal(["2026-01 1", "2026-02 0.5", "2026-03 0.6667"], (await GroupsAsync("bei", Dimension.Month, "2026-Q1")).Select(g => FormattableString.Invariant($"{g.Key} {g.Value.Value:0.####}")));
    }

    [Fact]
    public async Task Nothing_planned_is_no_index_whatever_was_delivered()
    {
        await LoadAsync([Given.Account(A), .. Due("4", "2026-05-10", "2026-03-31T20:00Z")]);
        Assert.Equal("nothing was to be delivered by then, whatever was delivered early", (await FigureAsync("bei", "2026-03")).Reason);
        Assert.Equal("nothing was to be delivered by then in this selection", (await FigureAsync("bei", "2026-02")).Reason);
    }

    [Fact]
    public async Task A_status_date_is_a_day_of_the_company_and_a_due_date_one_of_the_customer()
    {
        await World.TextsAsync("update company set reporting_zone = 'Europe/Berlin' returning 'x'");
        await LoadAsync([Given.Account(A), .. Due("1", "2026-03-29"), .. Due("2", "2026-03-29", "2026-03-29T21:59Z"), .. Due("3", "2026-03-29", "2026-03-29T22:00Z")]);
        Assert.Equal(1 / 3.0, (await FigureAsync("bei", "2026-03-29..2026-03-29")).Value!.Value, 12);
        Assert.Empty((await FigureAsync("bei", "2026-03-28..2026-03-28")).Excluded);
    }

    [Fact]
    public async Task Acceptances_count_from_when_they_are_known_and_deleted_milestones_not_at_all()
    {
        World.Clock.Now = Given.At("2026-02-10T00:00Z");
        await LoadAsync([Given.Account(A), .. Due("1", "2026-01-10"), .. Due("2", "2026-01-10")]);
        World.Clock.Now = Given.At("2026-02-11T00:00Z");
        Fact[] later = [Due("1", "2026-01-10", "2026-01-09T08:00Z")[0], (Milestone)Due("2", "2026-01-10")[0] with { Deleted = true }];
        await LoadAsync(later);
        await LoadAsync(later);
        var value = await FigureAsync("bei", "2026-01");
        Assert.Equal((1.0, 1L), (value.Value!.Value, value.Excluded["deleted in the source"]));
        Assert.Equal(0, (await FigureAsync("bei", "2026-01", "2026-02-10T00:00Z")).Value);
    }

    private static Fact[] Due(string key, string due, string? accepted = null) =>
        [GivenWork.Milestone(A, key, accepted), GivenWork.Baseline(A, key, 0, "2026-01-01T08:00Z", due)];
}
