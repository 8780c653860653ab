using Followthrough.Analytics.Facts;
using Followthrough.Analytics.Metrics;
using Followthrough.Tests.Support;

namespace Followthrough.Tests.Analytics.Commitments;

/// <summary>A project of the unit Projects that ran in February 2026. Ann works in it, Sam in Service; the clock stands on 1 June.</summary>
public sealed class ProjectAuditTests : IAsyncLifetime
{
    private const string Owed = "P/2026-Q1 | 04-01 00:00 | 04-30 23:59 | ";
    private KindWorld _kind = null!;

    public async ValueTask InitializeAsync() => _kind = await KindWorld.CreateAsync("project_audit");

    public ValueTask DisposeAsync() => _kind.DisposeAsync();

    [Fact]
    public Task Without_projects_nothing_is_owed() => _kind.ExpectAsync([], Given.Account("crm:A"));

    [Fact]
    public Task Every_quarter_that_is_over_and_in_which_it_ran_is_owed() => _kind.ExpectAsync(
        ["P/2025-Q3 | 10-01 00:00 | 10-30 23:59 | -", "P/2025-Q4 | 01-01 00:00 | 01-30 23:59 | -", Owed + "-"],
        Given.Account("crm:A"), GivenProject.Project("crm:A", "P", "2025-09-30T23:59Z"));

    [Theory]
    [InlineData("2026-01-01T00:00Z", false)]
    [InlineData("2026-01-01T00:01Z", true)]
    public Task A_project_over_when_the_quarter_begins_did_not_run_in_it(string accepted, bool ran) => _kind.ExpectAsync(
        ["P/2025-Q4 | 01-01 00:00 | 01-30 23:59 | -", .. ran ? (string[])[Owed + "-"] : []],
        Given.Account("crm:A"), GivenProject.Project("crm:A", "P", "2025-12-01T10:00Z", accepted: accepted));

    [Fact]
    public Task A_project_called_off_and_a_service_agreement_are_audited_too() => _kind.ExpectAsync(
        [Owed + "-", "R/2026-Q1 | 04-01 00:00 | 04-30 23:59 | -"], Given.Account("crm:A"),
        GivenProject.Project("crm:A", "P", "2026-02-02T10:00Z", cancelled: "2026-02-03T10:00Z"),
        GivenProject.Project("crm:A", "R", "2026-02-02T10:00Z") with { ContractType = ContractType.Retainer });

    [Theory]
    [InlineData("2026-04-30T23:59Z")]
    [InlineData("2026-05-04T09:00Z")]
    public Task The_first_audit_signed_off_by_another_unit_counts_when_it_was_signed(string at) => Expect(
        [Owed + $"{at[5..10]} {at[11..16]} by X"], Audit("X", at), Audit("second", "2026-05-20T09:00Z"));

    [Fact]
    public Task A_sign_off_by_the_own_unit_does_not_count() => Expect(
        [Owed + "- | own_unit"], Audit("X", "2026-04-10T09:00Z") with { AuditorKey = "hr:Ann", AuditorUnit = "Service" });

    [Fact]
    public Task Nor_does_one_by_somebody_of_no_known_unit() => Expect(
        [Owed + "- | own_unit"], Audit("X", "2026-04-10T09:00Z") with { AuditorKey = "hr:Who" });

    [Fact]
    public Task Somebody_from_outside_is_of_the_unit_that_the_audit_says() => Expect(
        [Owed + "04-10 09:00 by X"], Audit("X", "2026-04-10T09:00Z") with { AuditorKey = "ext:Kay", AuditorUnit = "Kay & Partners" });

    [Fact]
    public Task One_of_another_unit_counts_also_after_the_own() => Expect(
        [Owed + "04-20 09:00 by Y"], Audit("X", "2026-04-10T09:00Z") with { AuditorKey = "hr:Ann" }, Audit("Y", "2026-04-20T09:00Z"));

    [Fact]
    public Task The_unit_is_that_of_the_day_of_the_sign_off() => Expect(
        [Owed + "- | own_unit"], Given.Membership("hr:Sam", "t:Service", until: "2026-04-01T00:00Z"), Given.Membership("hr:Sam", "t:Projects", "2026-04-01T00:00Z"),
        Audit("X", "2026-04-10T09:00Z"));

    [Fact]
    public Task Without_a_team_the_project_belongs_to_its_managers_unit() => Expect(
        [Owed + "- | own_unit"], Project() with { TeamKey = null }, Audit("X", "2026-04-10T09:00Z") with { AuditorKey = "hr:Ann" });

    [Fact]
    public Task An_audit_of_another_quarter_or_project_unsigned_or_signed_before_the_quarter_was_over_does_not_count() => Expect(
        [Owed + "-"], Audit("quarter", "2026-04-10T09:00Z") with { Quarter = GivenProject.Day("2025-12-31") },
        Audit("project", "2026-04-10T09:00Z") with { ProjectKey = "Q" }, Audit("unsigned", "2026-04-10T09:00Z") with { SignedOffAt = null },
        Audit("early", "2026-03-31T23:59Z"));

    [Fact]
    public Task A_relationship_that_ends_within_the_quarter_is_owed_nothing_for_it() => _kind.ExpectAsync(
        [], Given.Account("crm:A") with { ClosedAt = Given.At("2026-03-31T10:00Z") }, Project());

    [Fact]
    public async Task An_audit_that_arrives_late_is_corrected_and_a_deleted_project_are_followed()
    {
        var project = Project() with { SourceModifiedAt = Given.At("2026-02-10T09:00Z") };
        await Expect([Owed + "-"], project);
        var audit = Audit("X", "2026-04-10T09:00Z") with { SourceModifiedAt = Given.At("2026-04-10T09:00Z") };
        await _kind.ExpectAsync([Owed + "04-10 09:00 by X"], audit);
        await _kind.ExpectAsync([Owed + "-"], audit with { SignedOffAt = null, SourceModifiedAt = Given.At("2026-04-11T09:00Z") });
        await _kind.ExpectAsync([Owed + "- | deleted"], project with { Deleted = true, SourceModifiedAt = Given.At("2026-04-20T09:00Z") });
        await _kind.ExpectAsync([], project with { Deleted = true, SourceModifiedAt = Given.At("2026-04-20T09:00Z"), OccurredAt = Given.At("2026-04-02T09:00Z") });
    }

    [Fact]
    public async Task Quarters_are_the_companys_also_when_the_clock_changes()
    {
        await Company.WriteAsync(_kind.World.Database.DataSource, "Test", TimeZoneInfo.FindSystemTimeZoneById("America/New_York"), TestContext.Current.CancellationToken);
        await Expect([Owed + "04-30 23:59 by X"], Audit("X", "2026-05-01T03:59Z"));
    }

    [Fact]
    public async Task A_quarter_that_ends_without_new_facts_is_owed_from_then_on()
    {
        _kind.World.Clock.Now = Given.At("2026-03-31T12:00Z");
        await _kind.World.LoadAsync(Given.Account("crm:A"), Project());
        await _kind.World.RefreshAsync();
        _kind.World.Clock.Now = Given.At("2026-04-01T00:00Z");
        await _kind.ExpectAsync([Owed + "-"]);
    }

    [Fact]
    public async Task It_is_owed_by_the_project_manager_and_can_be_excused()
    {
        await Expect([Owed + "-"], Given.Disposition("crm:A", "P/2026-Q1", "2026-04-10T10:00Z", "hr:Sam", "two days of work", "project_audit"));
        Assert.Equal(["hr:Ann: two days of work"], await _kind.ColumnAsync("owed_by || ': ' || excused_reason"));
    }

    private Task Expect(string[] obligations, params Fact[] facts) => _kind.ExpectAsync(
        obligations,
        [
            Given.Account("crm:A"), Given.Team("t:Projects") with { Unit = "Projects" }, Given.Team("t:Service") with { Unit = "Service" },
            Given.Staff("hr:Ann"), Given.Staff("hr:Sam"), Given.Membership("hr:Ann", "t:Projects"),
            .. facts.OfType<TeamMembership>().Any() ? (Fact[])[] : [Given.Membership("hr:Sam", "t:Service")],
            .. facts.OfType<Project>().Any() ? (Fact[])[] : [Project()], .. facts,
        ]);

    private static Project Project() =>
        GivenProject.Project("crm:A", "P", "2026-02-02T10:00Z", accepted: "2026-02-27T10:00Z", manager: "hr:Ann") with { TeamKey = "t:Projects" };

    private static ProjectAudit Audit(string key, string signedOff) => new()
    {
        SourceKey = key,
        Account = "crm:A",
        OccurredAt = Given.At("2026-03-30T09:00Z"),
        ProjectKey = "P",
        Quarter = GivenProject.Day("2026-03-31"),
        AuditorKey = "hr:Sam",
        SignedOffAt = Given.At(signedOff),
    };
}
