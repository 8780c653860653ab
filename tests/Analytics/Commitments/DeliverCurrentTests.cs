using Followthrough.Analytics.Facts;
using Followthrough.Tests.Support;

namespace Followthrough.Tests.Analytics.Commitments;

/// <summary>A delivery is held to the date that stands; moving it has its conditions.</summary>
public sealed class DeliverCurrentTests() : RuleTests("deliver_current")
{
    private const string Moved = "M1 01-10 09:00 – 04-15 23:59: open";
    private const string Stands = "M1 01-10 09:00 – 03-16 23:59: open";

    [Fact]
    public Task Without_another_version_the_first_date_stands() => Expect([Stands], First);

    [Fact]
    public Task A_version_alone_without_the_first_agreement_owes_nothing() => Expect([], First[0], Second);

    [Fact]
    public Task A_reason_an_approver_and_an_acknowledgement_before_the_date_move_it() => Expect([Moved], [.. First, Second]);

    [Fact]
    public Task On_the_day_itself_the_date_can_still_be_moved() => Expect(
        [Moved], [.. First, Second with { OccurredAt = Given.At("2026-03-16T20:00Z"), AcknowledgedAt = Given.At("2026-03-16T23:00Z") }]);

    [Fact]
    public Task Without_a_reason_nothing_moves() => Expect([Stands], [.. First, Second with { Reason = " " }]);

    [Fact]
    public Task Without_an_approver_nothing_moves() => Expect([Stands], [.. First, Second with { ApprovedByKey = null }]);

    [Fact]
    public Task Without_the_customer_s_acknowledgement_nothing_moves() => Expect([Stands], [.. First, Second with { AcknowledgedAt = null }]);

    [Fact]
    public Task Agreed_after_the_date_cures_nothing() => Expect(
        [Stands], [.. First, Second with { OccurredAt = Given.At("2026-03-17T00:00Z"), AcknowledgedAt = Given.At("2026-03-17T08:00Z") }]);

    [Fact]
    public Task Acknowledged_after_the_date_cures_nothing() => Expect([Stands], [.. First, Second with { AcknowledgedAt = Given.At("2026-03-17T00:00Z") }]);

    [Fact]
    public Task A_third_date_must_come_before_the_second_where_that_stands() => Expect(
        ["M1 01-10 09:00 – 05-20 23:59: open"], [.. First, Second, Third("2026-04-14T10:00Z")]);

    [Fact]
    public Task A_third_date_that_builds_on_one_that_did_not_count_cures_nothing() => Expect(
        [Stands], [.. First, Second with { AcknowledgedAt = null }, Third("2026-04-14T10:00Z")]);

    [Fact]
    public Task A_third_date_in_time_for_the_first_counts_though_the_second_did_not() => Expect(
        ["M1 01-10 09:00 – 05-20 23:59: open"], [.. First, Second with { AcknowledgedAt = null }, Third("2026-03-10T10:00Z")]);

    [Fact]
    public Task Called_off_by_the_customer_is_measured_by_the_date_that_stands() => Expect(
        ["M1 01-10 09:00 – 04-15 23:59: open cancelled excused: cancelled by the customer"],
        [.. First[1..], GivenWork.Milestone(A, "M1", cancelled: "2026-04-01T10:00Z", by: Party.Customer), Second]);

    [Fact]
    public async Task An_acknowledgement_that_arrives_late_counts_when_it_was_given_in_time_and_can_be_taken_back()
    {
        await Expect([Stands], [.. First, Second with { AcknowledgedAt = null }]);
        World.Clock.Advance(TimeSpan.FromHours(1));
        await Expect([Moved], Second);
        World.Clock.Advance(TimeSpan.FromHours(1));
        await Expect([Stands], Second with { AcknowledgedAt = Given.At("2026-03-20T10:00Z") });
    }

    private static Fact[] First => [GivenWork.Milestone(A, "M1"), GivenWork.Baseline(A, "M1", 0, "2026-01-10T09:00Z", "2026-03-16")];

    private static MilestoneBaseline Second =>
        GivenWork.Baseline(A, "M1", 1, "2026-03-01T10:00Z", "2026-04-15", "scope grew", "hr:Ann", "2026-03-02T10:00Z");

    private static MilestoneBaseline Third(string at) => GivenWork.Baseline(A, "M1", 2, at, "2026-05-20", "site closed", "hr:Ann", at);
}
