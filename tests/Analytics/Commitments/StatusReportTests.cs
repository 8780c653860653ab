using Followthrough.Analytics.Facts;
using Followthrough.Tests.Support;

namespace Followthrough.Tests.Analytics.Commitments;

/// <summary>The weekly status of a running project. The first week of March 2026 ends on Friday the 6th.</summary>
public sealed class StatusReportTests : IAsyncLifetime
{
    private const string FirstWeek = "P/2026-W10 | 03-03 09:00 | 03-06 17:00 | ";
    private KindWorld _kind = null!;

    public async ValueTask InitializeAsync() => _kind = await KindWorld.CreateAsync("status_report");

    public ValueTask DisposeAsync() => _kind.DisposeAsync();

    [Fact]
    public Task Without_projects_nothing_is_owed() => _kind.ExpectAsync([], Given.Account("crm:A"));

    [Fact]
    public Task Every_week_from_the_start_to_the_acceptance_is_owed() => Expect(
        [FirstWeek + "-", "P/2026-W11 | 03-09 00:00 | 03-13 17:00 | -", "P/2026-W12 | 03-16 00:00 | 03-20 17:00 | -"],
        Project(accepted: "2026-03-20T17:00:01Z"));

    [Fact]
    public Task A_project_over_before_the_cut_off_owes_nothing_for_that_week() => Expect(
        [FirstWeek + "-"], Project(accepted: "2026-03-13T16:00Z"));

    [Fact]
    public Task A_project_called_off_or_begun_after_the_cut_off_owes_nothing() => Expect(
        [], Project(accepted: null) with { CancelledAt = Given.At("2026-03-05T10:00Z") },
        GivenProject.Project("crm:A", "late", "2026-03-06T17:30Z", accepted: "2026-03-08T10:00Z"));

    [Fact]
    public Task A_service_agreement_has_no_schedule_to_report_against() => Expect([], Project() with { ContractType = ContractType.Retainer });

    [Theory]
    [InlineData("2026-03-06", "2026-03-06T17:00Z")]
    [InlineData("2026-03-08", "2026-03-05T11:30Z")]
    public Task A_complete_report_by_the_cut_off_keeps_it_whichever_day_ends_its_week(string weekEnding, string sent) => Expect(
        [FirstWeek + $"{sent[5..10]} {sent[11..16]} by R"], Project(), Report(sent, weekEnding));

    [Fact]
    public Task A_late_report_is_missed_but_not_missing() => Expect(
        [FirstWeek + "03-09 09:00 by R | late"], Project(), Report("2026-03-09T09:00Z"));

    [Fact]
    public Task A_report_that_leaves_something_out_does_not_keep_it() => Expect(
        [FirstWeek + "- | incomplete"], Project(), Report("2026-03-05T09:00Z") with { ScheduleVersion = null });

    [Fact]
    public Task A_complete_report_after_an_incomplete_one_counts_when_it_came() => Expect(
        [FirstWeek + "03-06 12:00 by R"], Project(), Report("2026-03-05T09:00Z") with { SourceKey = "first", Concern = null }, Report("2026-03-06T12:00Z"));

    [Fact]
    public Task A_report_on_another_week_or_project_does_not_keep_it() => Expect(
        [FirstWeek + "-"], Project(), Report("2026-03-05T09:00Z", "2026-02-27"), Report("2026-03-05T10:00Z") with { SourceKey = "S", ProjectKey = "Q" });

    [Fact]
    public async Task A_report_that_arrives_late_is_corrected_and_deleted_is_followed()
    {
        await Expect([FirstWeek + "-"], Project());
        await _kind.ExpectAsync([FirstWeek + "03-05 09:00 by R"], Report("2026-03-05T09:00Z") with { SourceModifiedAt = Given.At("2026-03-05T09:00Z") });
        await _kind.ExpectAsync([FirstWeek + "- | incomplete"], Report("2026-03-05T09:00Z") with { Delay = null, SourceModifiedAt = Given.At("2026-03-06T09:00Z") });
        // What was sent was sent: taking the record out of the source changes no verdict.
        await _kind.ExpectAsync([FirstWeek + "03-05 09:00 by R"], Report("2026-03-05T09:00Z") with { Deleted = true, SourceModifiedAt = Given.At("2026-03-07T09:00Z") });
    }

    [Fact]
    public async Task A_project_deleted_in_the_source_owes_nothing_from_then_on_and_stays_owed_before()
    {
        var project = Project(accepted: "2026-03-15T10:00Z") with { SourceModifiedAt = Given.At("2026-03-03T09:00Z") };
        await Expect([FirstWeek + "-", "P/2026-W11 | 03-09 00:00 | 03-13 17:00 | -"], project);
        await _kind.ExpectAsync([FirstWeek + "- | deleted"], project with { Deleted = true, SourceModifiedAt = Given.At("2026-03-10T10:00Z") });
    }

    [Fact]
    public Task The_cut_off_is_five_in_the_promised_zone_also_when_the_clock_changes() => _kind.ExpectAsync(
        ["P/2026-W10 | 03-02 00:00 | 03-06 17:00 | 03-06 17:00 by ok", "P/2026-W11 | 03-09 00:00 | 03-13 17:00 | 03-13 17:01 by R | late"],
        [.. Given.WorkingWeek("cal:NY", "America/New_York"), Given.Account("crm:A", calendar: "cal:NY"),
            GivenProject.Project("crm:A", "P", "2026-03-02T00:00-05:00", accepted: "2026-03-14T12:00-04:00"),
            Report("2026-03-06T22:00Z") with { SourceKey = "ok" }, Report("2026-03-13T21:01Z", "2026-03-13")]);

    [Fact]
    public async Task It_is_owed_by_the_project_manager_and_can_be_excused()
    {
        await Expect([FirstWeek + "-"], Project() with { ManagerKey = "hr:Ann" }, Given.Staff("hr:Ann"),
            Given.Disposition("crm:A", "P/2026-W10", "2026-03-06T10:00Z", "hr:Ann", "customer is closed this week", "status_report"));
        Assert.Equal(["hr:Ann: customer is closed this week"], await _kind.ColumnAsync("owed_by || ': ' || excused_reason"));
    }

    private Task Expect(string[] obligations, params Fact[] facts) => _kind.ExpectAsync(obligations, [Given.Account("crm:A"), .. facts]);

    private static Project Project(string? accepted = "2026-03-12T10:00Z") => GivenProject.Project("crm:A", "P", "2026-03-03T09:00Z", accepted);

    private static StatusReport Report(string sent, string weekEnding = "2026-03-06") => new()
    {
        SourceKey = "R",
        Account = "crm:A",
        OccurredAt = Given.At(sent),
        ProjectKey = "P",
        WeekEnding = GivenProject.Day(weekEnding),
        ScheduleVersion = "S1",
        OnTime = "yes",
        Delay = "none",
        Concern = "none",
        StaffKey = "hr:Ann",
    };
}
