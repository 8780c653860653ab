using Followthrough.Analytics.Facts;
using Followthrough.Tests.Support;

namespace Followthrough.Tests.Analytics.Commitments;

/// <summary>The question after a project accepted on 2 March 2026 at 10:00; the seventh day is the 9th.</summary>
public sealed class SurveyTests : IAsyncLifetime
{
    private const string Owed = "P | 03-02 10:00 | 03-10 00:00 | ";
    private KindWorld _kind = null!;

    public async ValueTask InitializeAsync() => _kind = await KindWorld.CreateAsync("survey");

    public ValueTask DisposeAsync() => _kind.DisposeAsync();

    [Fact]
    public Task A_project_that_was_not_accepted_asks_nobody() => Expect(
        [], GivenProject.Project("crm:A", "runs", "2026-01-05T08:00Z"), GivenProject.Project("crm:A", "off", "2026-01-05T08:00Z", cancelled: "2026-02-05T08:00Z"));

    [Theory]
    [InlineData("2026-03-09T23:59Z")]
    [InlineData("2026-03-12T09:00Z")]
    public Task The_first_invitation_about_the_project_counts_when_it_was_sent(string sent) => Expect(
        [Owed + $"{sent[5..10]} {sent[11..16]} by I"], Accepted(), Invitation("I", sent), Invitation("second", "2026-03-20T09:00Z"));

    [Fact]
    public Task An_invitation_may_name_the_project_as_its_event() => Expect(
        [Owed + "03-04 09:00 by I"], Accepted(), Invitation("I", "2026-03-04T09:00Z") with { ProjectKey = null, EventKey = "P" });

    [Fact]
    public Task One_during_the_project_about_another_or_to_nobody_does_not_count() => Expect(
        [Owed + "-"], Accepted(), Invitation("during", "2026-03-01T09:00Z"), Invitation("other", "2026-03-04T09:00Z") with { ProjectKey = "Q" },
        Invitation("wrong address", "2026-03-04T09:00Z") with { Ineligible = true });

    [Fact]
    public async Task An_invitation_that_arrives_late_and_is_corrected_is_followed()
    {
        await Expect([Owed + "-"], Accepted());
        var invitation = Invitation("I", "2026-03-05T09:00Z") with { SourceModifiedAt = Given.At("2026-03-05T09:00Z") };
        await _kind.ExpectAsync([Owed + "03-05 09:00 by I"], invitation);
        await _kind.ExpectAsync([Owed + "-"], invitation with { Ineligible = true, SourceModifiedAt = Given.At("2026-03-06T09:00Z") });
    }

    [Fact]
    public async Task An_acceptance_taken_back_takes_the_commitment_with_it_and_a_deletion_does_not()
    {
        var project = Accepted() with { SourceModifiedAt = Given.At("2026-03-02T10:00Z") };
        await Expect([Owed + "-"], project);
        await _kind.ExpectAsync([], project with { AcceptedAt = null, SourceModifiedAt = Given.At("2026-03-03T10:00Z") });
        await _kind.ExpectAsync([Owed + "- | deleted"], project with { Deleted = true, SourceModifiedAt = Given.At("2026-03-04T10:00Z") });
    }

    [Fact]
    public Task The_seventh_day_is_the_customers_also_when_the_clock_changes() => _kind.ExpectAsync(
        ["P | 03-02 05:00 | 03-10 00:00 | 03-09 23:59 by I"],
        [.. Given.WorkingWeek("cal:NY", "America/New_York"), Given.Account("crm:A", calendar: "cal:NY"), Accepted(), Invitation("I", "2026-03-10T03:59Z")]);

    private Task Expect(string[] obligations, params Fact[] facts) => _kind.ExpectAsync(obligations, [Given.Account("crm:A"), .. facts]);

    private static Project Accepted() => GivenProject.Project("crm:A", "P", "2026-01-05T08:00Z", accepted: "2026-03-02T10:00Z");

    private static SurveyInvitation Invitation(string key, string sent) => new()
    {
        SourceKey = key,
        Account = "crm:A",
        OccurredAt = Given.At(sent),
        ProjectKey = "P",
        Instrument = "close v1",
        Occasion = SurveyOccasion.Transactional,
    };
}
