using Followthrough.Analytics.Facts;
using Followthrough.Tests.Support;

namespace Followthrough.Tests.Analytics.Measures;

public sealed class SidesTests : MeasureTests
{
    private const string A = "crm:A", Pat = "crm:Pat";

    [Fact]
    public async Task Who_needs_no_answer_is_a_rate_of_all_who_wrote()
    {
        await LoadAsync(
            Given.Account(A), Asked("thanks", "1"), Asked("answered", "2"), Given.Outbound(A, "2026-03-02T12:00Z", thread: "2"), Asked("waiting", "3"),
            Given.Disposition(A, "thanks", "2026-03-02T11:00Z", "hr:Ann"));
        Assert.Equal(["interaction answered | 0 / 1", "interaction thanks | 1 / 1", "interaction waiting | 0 / 1"], await RowsAsync("no_response_needed", "2026-03"));
        Assert.Equal("no customer turned to us in this period and selection", (await FigureAsync("no_response_needed", "2026-04")).Reason);
    }

    [Fact]
    public async Task Promises_are_beaten_or_moved_once_their_moment_has_passed()
    {
        World.Clock.Now = Given.At("2026-03-20T00:00Z");
        await LoadAsync(
            Given.Account(A), Promise("beaten", "2026-03-06T15:00Z", "2026-03-05T15:00Z"), Promise("kept", "2026-03-06T15:00Z", "2026-03-06T15:00Z"),
            Promise("broken", "2026-03-06T15:00Z", null), Promise("early", "2026-03-27T15:00Z", "2026-03-05T15:00Z"),
            Promise("moved", "2026-03-06T15:00Z", null) with { RenegotiatedAt = Given.At("2026-03-04T10:00Z"), AcknowledgedAt = Given.At("2026-03-04T10:00Z"), ReplacedByKey = "next" },
            Promise("next", "2026-03-10T15:00Z", "2026-03-10T14:00Z") with { OccurredAt = Given.At("2026-03-04T10:00Z") });
        Assert.Equal(
            ["promise beaten | 1 / 1", "promise broken | 0 / 1", "promise early | 1 / 1 | not due yet", "promise kept | 0 / 1",
                "promise moved | 0 / 1 | moved with the customer's agreement", "promise next | 0 / 1"],
            await RowsAsync("promise_beaten", "2026-03"));
        Assert.Equal((1m, 4m, 0.25), await SumsAsync("promise_beaten"));
        Assert.Equal((1m, 5m, 0.2), await SumsAsync("promise_moved"));
        Assert.Equal("no promise was given in this period and selection", (await FigureAsync("promise_moved", "2026-04")).Reason);
    }

    [Fact]
    public async Task A_notice_has_its_day_and_its_lag_and_who_was_not_told_is_censored()
    {
        World.Clock.Now = Given.At("2026-03-24T00:00Z");
        await LoadAsync(
            [Given.Account(A), .. Delayed("P1", "before", "2026-03-18T00:00Z"), .. Delayed("P2", "after", "2026-03-22T12:00Z"), .. Delayed("P3", "never", null)]);
        Assert.Equal(["milestone after | 1.5", "milestone before | -3", "milestone never | 3 unfinished"], await RowsAsync("delay_notice_day_p50"));
        Assert.Equal(["milestone after | 291", "milestone before | 183", "milestone never | 327 unfinished"], await RowsAsync("delay_knowledge_lag_p50"));
        Assert.Equal((1.5, 291.0), ((await FigureAsync("delay_notice_day_p50")).Value, (await FigureAsync("delay_knowledge_lag_p50")).Value));
        World.Clock.Now = Given.At("2026-03-20T23:00Z");
        Assert.Equal("3 not due yet", (await FigureAsync("delay_notice_day_p50")).Reason);
        Assert.Equal("no delay was foreseen in this period and selection", (await FigureAsync("delay_notice_day_p50", "2026-04")).Reason);
    }

    [Fact]
    public async Task One_large_invoice_that_is_late_weighs_by_its_amount()
    {
        World.Clock.Now = Given.At("2026-04-01T00:00Z");
        await LoadAsync(
            [Given.Account(A), Event("in time", "2026-03-02T10:00Z", 1000), .. Sent("in time", "2026-03-10T10:00Z", 1000), Event("late", "2026-03-02T10:00Z", 9000),
                .. Sent("late", "2026-03-20T10:00Z", 9000), Event("not due", "2026-03-25T10:00Z", 500), Event("deposit", "2026-03-02T10:00Z", 70) with { Trigger = BillingTrigger.Deposit }]);
        Assert.Equal(
            ["billing_event deposit | 0 / 70 | deposit", "billing_event in time | 1000 / 1000", "billing_event late | 0 / 9000", "billing_event not due | 0 / 500 | not due yet"],
            await RowsAsync("invoice_14d_by_amount", "2026-03"));
        var value = await FigureAsync("invoice_14d_by_amount", "2026-03");
        Assert.Equal((0.1, "USD"), (value.Value!.Value, value.Currency));
        Assert.Equal("nothing became billable in this period and selection", (await FigureAsync("invoice_14d_by_amount", "2026-04")).Reason);
        await LoadAsync(Event("in time", "2026-03-02T10:00Z", 0) with { SourceModifiedAt = World.Clock.Now }, Event("late", "2026-03-02T10:00Z", 0) with { SourceModifiedAt = World.Clock.Now });
        Assert.Equal("what became billable adds up to nothing", (await FigureAsync("invoice_14d_by_amount", "2026-03")).Reason);
    }

    [Fact]
    public async Task Amounts_are_stated_by_the_rate_of_the_day_they_became_billable()
    {
        await World.TextsAsync("update company set currency = 'USD' returning 'x'");
        await LoadAsync([Given.Account(A), Event("e", "2026-03-02T10:00Z", 100) with { Currency = "EUR" }, Event("d", "2026-03-02T10:00Z", 100)]);
        Assert.Equal(["billing_event d | 0 / 100", "billing_event e | ? | without an exchange rate to USD"], await RowsAsync("invoice_14d_by_amount"));
        await LoadAsync(new FxRate { SourceKey = "r", OccurredAt = Given.At("2025-01-01T00:00Z"), Currency = "EUR", QuoteCurrency = "USD", Rate = 1.5m, Day = new DateOnly(2026, 3, 2) });
        Assert.Equal(["billing_event d | 0 / 100", "billing_event e | 0 / 150"], await RowsAsync("invoice_14d_by_amount"));
    }

    [Fact]
    public async Task An_invoice_is_right_when_it_was_not_corrected_within_sixty_days()
    {
        World.Clock.Now = Given.At("2026-05-10T00:00Z");
        await LoadAsync(
            [Given.Account(A), Event("right", "2026-03-02T10:00Z", 1000), .. Sent("right", "2026-03-10T10:00Z", 1000),
                Event("credited", "2026-03-02T10:00Z", 1000), .. Sent("credited", "2026-03-10T10:00Z", 1000), GivenMoney.Credit(A, "credited", "2026-03-29T02:30Z"),
                Event("young", "2026-03-02T10:00Z", 1000), .. Sent("young", "2026-03-12T10:00Z", 1000), Event("open", "2026-03-02T10:00Z", 1000)]);
        string[] rows =
            ["billing_event credited | 0 / 1", "billing_event open | 1 / 1 | not invoiced yet", "billing_event right | 1 / 1", "billing_event young | 1 / 1 | sent less than 60 days ago"];
        Assert.Equal(rows, await RowsAsync("invoice_first_time_right", "2026-03"));
        Assert.Equal((1m, 2m, 0.5), await SumsAsync("invoice_first_time_right"));
        // A credit note that arrives late takes it back from when it is known.
        World.Clock.Now = Given.At("2026-05-11T09:00Z");
        var credit = GivenMoney.Credit(A, "right", "2026-04-20T08:00Z");
        await LoadAsync(credit);
        await LoadAsync(credit);
        Assert.Equal((0m, 2m, 0.0), await SumsAsync("invoice_first_time_right"));
        Assert.Equal(rows, await RowsAsync("invoice_first_time_right", "2026-03", "2026-05-10T00:00Z"));
    }

    private async Task<(decimal?, decimal?, double)> SumsAsync(string metric)
    {
        var value = await FigureAsync(metric);
        return (value.Amount, value.Base, value.Value!.Value);
    }

    private static Interaction Asked(string key, string thread) => Given.Inbound(A, "2026-03-02T10:00Z", Pat, thread, key: key) with { ContactKey = null };

    private static Promise Promise(string key, string due, string? done) => GivenWork.Promise(A, key, "2026-03-02T10:00Z", due, done);

    // Agreed for 20 March, on the 10th first expected late.
    private static Fact[] Delayed(string project, string key, string? told) =>
    [
        GivenProject.Project(A, project, "2026-02-01T08:00Z"), .. GivenProject.Milestone(A, project, key, "2026-02-01T08:00Z", "2026-03-20"),
        GivenProject.Forecast(A, key, "2026-03-10T09:00Z", "2026-03-24"),
        .. told is null ? [] : new Fact[] { Given.Outbound(A, told, Pat, staff: "hr:Ann", key: key + "/told") with { ProjectKey = project } },
    ];

    private static BillingEvent Event(string key, string at, decimal amount) => GivenMoney.BillingEvent(A, key, at, amount);

    private static Fact[] Sent(string billingEvent, string at, decimal amount) => GivenMoney.Invoice(A, billingEvent, at, billingEvent, amount);
}
