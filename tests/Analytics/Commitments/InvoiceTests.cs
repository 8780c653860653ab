using Followthrough.Analytics.Facts;
using Followthrough.Tests.Support;

namespace Followthrough.Tests.Analytics.Commitments;

/// <summary>Work that can be billed is billed within 14 days.</summary>
public sealed class InvoiceTests() : RuleTests("invoice")
{
    [Fact]
    public Task Nothing_billable_owes_nothing() => Expect([], GivenMoney.Invoice(A, "I1", "2026-03-05T10:00Z", null));

    [Fact]
    public Task The_first_sent_invoice_that_covers_the_event_fulfils_it() => Expect(
        ["B1 03-02 10:00 – 03-16 23:59: fulfilled 03-05 10:00 by I1"],
        [Billable("B1"), .. Sent("I1", "03-05"), .. Sent("I2", "03-07")]);

    [Fact]
    public Task An_invoice_that_was_written_and_not_sent_fulfils_nothing() => Expect(
        ["B1 03-02 10:00 – 03-16 23:59: open"], [Billable("B1"), .. GivenMoney.Invoice(A, "I1", null, "B1")]);

    [Theory]
    [InlineData(994.99, false)]
    [InlineData(995, true)]
    public Task Parts_fulfil_it_once_they_make_up_all_but_half_a_percent(decimal both, bool covered) => Expect(
        [covered ? "B1 03-02 10:00 – 03-16 23:59: fulfilled 03-20 10:00 by I2" : "B1 03-02 10:00 – 03-16 23:59: open"],
        [Billable("B1"), .. Sent("I1", "03-05", 400), .. Sent("I2", "03-20", both - 400)]);

    [Fact]
    public Task Lines_in_another_currency_do_not_add_up() => Expect(
        ["B1 03-02 10:00 – 03-16 23:59: open"],
        [Billable("B1"), .. Sent("I1", "03-05").Select(f => f is InvoiceLine line ? line with { Currency = "EUR" } : f)]);

    [Fact]
    public Task A_voided_invoice_covers_nothing_and_the_next_one_corrects_it() => Expect(
        ["B1 03-02 10:00 – 03-16 23:59: fulfilled 03-12 10:00 by I2 corrected"],
        [Billable("B1"), .. Voided("I1", "03-05"), .. Sent("I2", "03-12")]);

    [Theory]
    [InlineData("2026-05-04T10:00Z", " corrected")]
    [InlineData("2026-05-04T10:00:01Z", "")]
    public Task A_credit_within_60_days_shows_that_it_was_not_right_the_first_time(string credited, string outcome) => Expect(
        ["B1 03-02 10:00 – 03-16 23:59: fulfilled 03-05 10:00 by I1" + outcome],
        [Billable("B1"), .. Sent("I1", "03-05"), GivenMoney.Credit(A, "I1", credited)]);

    [Fact]
    public Task Deposits_and_what_was_billed_in_advance_are_excluded_with_their_reason() => Expect(
        ["D1 03-02 10:00 – 03-16 23:59: open excused: deposit", "P1 03-02 10:00 – 03-16 23:59: fulfilled 02-20 10:00 by I1 excused: billed in advance"],
        [Billable("D1") with { Trigger = BillingTrigger.Deposit }, Billable("P1") with { Trigger = BillingTrigger.PeriodStart },
            .. GivenMoney.Invoice(A, "I1", "2026-02-20T10:00Z", "P1")]);

    [Fact]
    public async Task What_was_never_billed_is_missed_once_the_14th_day_is_over()
    {
        await Expect(["B1 03-02 10:00 – 03-16 23:59: open"], Billable("B1"));
        Assert.Equal(1, (await FigureAsync("invoice_14d", "2026-03-16T23:59:59Z")).Pending);
        var after = await FigureAsync("invoice_14d", "2026-03-17T00:00Z");
        Assert.Equal((0.0, 1L, 1L), (after.Value!.Value, after.Missed, after.NeverAnswered));
        Assert.Equal("its deadline has no next-business-day variant", after.NextBusinessDay.Reason);
    }

    [Fact]
    public async Task Without_work_to_bill_the_figure_says_so() =>
        Assert.Equal("no work became billable in this period and selection", (await FigureAsync("invoice_14d", "2026-03-16T00:00Z")).Reason);

    [Fact]
    public async Task The_14th_day_ends_at_midnight_where_the_customer_was_promised_it_also_when_the_clock_changes()
    {
        await World.LoadAsync([.. Given.WorkingWeek("cal:NY", "America/New_York"), Given.Account(A, calendar: "cal:NY")]);
        // New York springs forward on 8 March 2026: its days then begin at 04:00 instead of 05:00 UTC. At 03:00 UTC it is still the day before there.
        await Expect(
            ["B1 02-20 03:00 – 03-06 04:59: open", "B2 03-02 10:00 – 03-17 03:59: open"],
            GivenMoney.BillingEvent(A, "B1", "2026-02-20T03:00Z"), Billable("B2"));
    }

    [Fact]
    public async Task Responsible_is_the_manager_of_the_project_at_that_time()
    {
        await Expect(
            ["B1 03-02 10:00 – 03-16 23:59: open"],
            Billable("B1"), GivenWork.Project(A, "pm:P", manager: "hr:Ann"), Given.Staff("hr:Ann"), Given.Team("t:N"), Given.Membership("hr:Ann", "t:N"));
        Assert.Equal(["B1: hr:Ann t:N 1000 USD"], await ColumnAsync("owed_by || ' ' || team_key || ' ' || amount || ' ' || currency"));
    }

    [Fact]
    public async Task Late_arrivals_corrections_and_deletions_end_where_one_clean_load_ends()
    {
        await Expect([], Sent("I1", "03-05"));
        await Expect(["B1 03-02 10:00 – 03-16 23:59: fulfilled 03-05 10:00 by I1"], Billable("B1"));
        World.Clock.Advance(TimeSpan.FromHours(1));
        await Expect(["B1 03-02 10:00 – 03-16 23:59: open"], Billable("B1") with { Amount = 2000 });
        World.Clock.Advance(TimeSpan.FromHours(1));
        await Expect(["B1 03-03 10:00 – 03-17 23:59: fulfilled 03-05 10:00 by I1 deleted"],
            Billable("B1") with { OccurredAt = Given.At("2026-03-03T10:00Z"), Deleted = true });
    }

    [Fact]
    public async Task An_event_taken_out_by_a_person_shows_the_person_s_reason()
    {
        await Expect(
            ["B1 03-02 10:00 – 03-16 23:59: open excused: billed by the partner"],
            Billable("B1") with { Trigger = BillingTrigger.Deposit },
            Given.Disposition(A, "B1", "2026-03-10T10:00Z", "hr:Ann", "billed by the partner", kind: "invoice"));
        Assert.Equal(["B1: hr:Ann"], await ColumnAsync("excused_by"));
    }

    private static BillingEvent Billable(string key) => GivenMoney.BillingEvent(A, key, "2026-03-02T10:00Z");

    private static Fact[] Sent(string key, string day, decimal amount = 1000) => GivenMoney.Invoice(A, key, $"2026-{day}T10:00Z", "B1", amount);

    private static IEnumerable<Fact> Voided(string key, string day) =>
        Sent(key, day).Select(f => f is Invoice invoice ? invoice with { VoidedAt = invoice.OccurredAt.AddDays(2) } : f);
}
