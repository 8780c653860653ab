using Followthrough.Analytics.Facts;
using Followthrough.Tests.Support;

namespace Followthrough.Tests.Analytics.Commitments;

/// <summary>What comes after a project accepted on 2 March 2026 at 10:00; the 30th day is 1 April.</summary>
public sealed class NextOfferTests : IAsyncLifetime
{
    private const string Owed = "P | 03-02 10:00 | 04-02 00:00 | ";
    private KindWorld _kind = null!;

    public async ValueTask InitializeAsync() => _kind = await KindWorld.CreateAsync("next_offer");

    public ValueTask DisposeAsync() => _kind.DisposeAsync();

    [Fact]
    public Task A_project_that_runs_or_was_called_off_asks_for_no_offer() => Expect(
        [], GivenProject.Project("crm:A", "runs", "2026-01-05T08:00Z"), GivenProject.Project("crm:A", "off", "2026-01-05T08:00Z", cancelled: "2026-02-05T08:00Z"));

    [Fact]
    public Task Nothing_offered_is_owed() => Expect([Owed + "-"], Accepted());

    [Theory]
    [InlineData("2026-03-20T09:00Z")]
    [InlineData("2026-04-05T09:00Z")]
    public Task The_first_complete_offer_after_the_acceptance_counts_when_it_was_sent(string sent) => Expect(
        [Owed + $"{sent[5..10]} {sent[11..16]} by O | offer"], Accepted(), Offer("O", sent), Offer("later", "2026-05-01T09:00Z"));

    [Fact]
    public Task An_earlier_offer_an_incomplete_one_and_a_revision_are_no_next_offer() => Expect(
        [Owed + "-"], Accepted(), Offer("earlier", "2026-03-01T09:00Z"), Offer("draft", "2026-03-10T09:00Z") with { Complete = false },
        Offer("revised", "2026-03-11T09:00Z") with { Revision = 1 });

    [Fact]
    public async Task A_recorded_decision_that_there_is_nothing_to_offer_keeps_it_and_excuses_nothing()
    {
        await Expect([Owed + "03-10 09:00 by P/disposition/2026-03-10T09:00Z | nothing_to_offer"], Accepted(), Nothing());
        Assert.Equal(["hr:Ann, excused: never"], await _kind.ColumnAsync("fulfilled_by_staff || ', excused: ' || coalesce(excused_at::text, 'never')"));
    }

    [Fact]
    public Task An_offer_before_the_decision_is_what_kept_it() => Expect([Owed + "03-05 09:00 by O | offer"], Accepted(), Nothing(), Offer("O", "2026-03-05T09:00Z"));

    [Fact]
    public Task A_decision_taken_before_the_acceptance_keeps_it_at_once() => Expect(
        [Owed + "03-02 10:00 by P/disposition/2026-02-20T09:00Z | nothing_to_offer"],
        Accepted(), Given.Disposition("crm:A", "P", "2026-02-20T09:00Z", "hr:Ann", kind: "next_offer"));

    [Fact]
    public async Task An_offer_that_arrives_late_is_corrected_and_a_decision_withdrawn()
    {
        await Expect([Owed + "-"], Accepted());
        await _kind.ExpectAsync([Owed + "03-20 09:00 by O | offer"], Offer("O", "2026-03-20T09:00Z") with { SourceModifiedAt = Given.At("2026-03-20T09:00Z") });
        await _kind.ExpectAsync([Owed + "-"], Offer("O", "2026-03-20T09:00Z") with { Complete = false, SourceModifiedAt = Given.At("2026-03-21T09:00Z") });
        var decision = Nothing() with { SourceModifiedAt = Given.At("2026-03-22T09:00Z") };
        await _kind.ExpectAsync([Owed + "03-10 09:00 by P/disposition/2026-03-10T09:00Z | nothing_to_offer"], decision);
        await _kind.ExpectAsync([Owed + "-"], decision with { Deleted = true, SourceModifiedAt = Given.At("2026-03-23T09:00Z") });
    }

    [Fact]
    public async Task A_project_deleted_in_the_source_stays_owed_and_is_marked()
    {
        var project = Accepted() with { SourceModifiedAt = Given.At("2026-03-02T10:00Z") };
        await Expect([Owed + "-"], project);
        await _kind.ExpectAsync([Owed + "- | deleted"], project with { Deleted = true, SourceModifiedAt = Given.At("2026-03-09T10:00Z") });
    }

    [Fact]
    public Task The_thirtieth_day_is_the_customers_also_when_the_clock_changes() => _kind.ExpectAsync(
        ["P | 03-02 05:00 | 04-02 00:00 | 04-01 23:59 by O | offer"],
        [.. Given.WorkingWeek("cal:NY", "America/New_York"), Given.Account("crm:A", calendar: "cal:NY"), Accepted(), Offer("O", "2026-04-02T03:59Z")]);

    private Task Expect(string[] obligations, params Fact[] facts) => _kind.ExpectAsync(obligations, [Given.Account("crm:A"), .. facts]);

    private static Project Accepted() => GivenProject.Project("crm:A", "P", "2026-01-05T08:00Z", accepted: "2026-03-02T10:00Z");

    private static Proposal Offer(string key, string sent) => new() { SourceKey = key, Account = "crm:A", OccurredAt = Given.At(sent), Complete = true, SentByKey = "hr:Ann" };

    private static Disposition Nothing() => Given.Disposition("crm:A", "P", "2026-03-10T09:00Z", "hr:Ann", "plant closes next year", "next_offer");
}
