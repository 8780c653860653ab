using Followthrough.Analytics.Facts;
using Followthrough.Tests.Support;

namespace Followthrough.Tests.Analytics.Commitments;

/// <summary>A milestone agreed for 20 March 2026 that is first expected late on the 10th.</summary>
public sealed class DelayNoticeTests : IAsyncLifetime
{
    private const string Owed = "M/0 | 03-10 09:00 | 03-21 00:00 | ";
    private KindWorld _kind = null!;

    public async ValueTask InitializeAsync() => _kind = await KindWorld.CreateAsync("delay_notice");

    public ValueTask DisposeAsync() => _kind.DisposeAsync();

    [Fact]
    public Task A_forecast_for_the_agreed_date_or_earlier_is_no_delay() => Expect([], Agreed(), [Forecast("2026-03-10T09:00Z", "2026-03-20")]);

    [Fact]
    public Task The_first_forecast_past_the_date_opens_it_and_later_ones_do_not() => Expect(
        [Owed + "-"], Agreed(), [Forecast("2026-03-05T09:00Z", "2026-03-19"), Forecast("2026-03-10T09:00Z", "2026-03-21"), Forecast("2026-03-12T09:00Z", "2026-04-21")]);

    [Theory]
    [InlineData("2026-03-20T23:59Z")]
    [InlineData("2026-03-25T09:00Z")]
    public Task Our_first_contact_about_the_project_since_is_the_notice(string told) => Expect(
        [Owed + $"{told[5..10]} {told[11..16]} by a"], Agreed(),
        [Late(), Tell("before", "2026-03-09T09:00Z"), Tell("other", "2026-03-11T09:00Z") with { ProjectKey = "Q" },
            Tell("auto", "2026-03-11T09:00Z") with { Automatic = true }, Tell("a", told)]);

    [Fact]
    public async Task The_lead_is_the_due_time_less_the_notice()
    {
        await Expect([Owed + "03-18 00:00 by a"], Agreed(), [Late(), Tell("a", "2026-03-18T00:00Z")]);
        Assert.Equal(["3 days"], await _kind.ColumnAsync("(due_at - fulfilled_at)::text"));
    }

    [Fact]
    public Task What_was_delivered_on_time_after_all_was_no_delay() => Expect([], Agreed(accepted: "2026-03-20T23:00Z"), [Late()]);

    [Fact]
    public Task What_was_delivered_late_was() => Expect([Owed + "-"], Agreed(accepted: "2026-03-21T09:00Z"), [Late()]);

    [Fact]
    public Task A_new_date_that_the_customer_acknowledged_is_a_new_date() => Expect(
        [Owed + "-", "M/1 | 03-25 09:00 | 04-01 00:00 | -"], Agreed(),
        [Late(), GivenProject.Baseline("crm:A", "M", 1, "2026-03-12T09:00Z", "2026-03-31", acknowledged: "2026-03-14T09:00Z"),
            Forecast("2026-03-13T09:00Z", "2026-04-10"), Forecast("2026-03-15T09:00Z", "2026-03-31"), Forecast("2026-03-25T09:00Z", "2026-04-02")]);

    [Fact]
    public Task A_date_moved_without_the_customer_is_still_the_old_date() => Expect(
        [Owed + "-"], Agreed(), [GivenProject.Baseline("crm:A", "M", 1, "2026-03-06T09:00Z", "2026-04-30"), Late()]);

    [Fact]
    public Task A_version_recorded_twice_counts_once() => Expect(
        [Owed + "-"], Agreed(),
        [Late(), GivenProject.Baseline("crm:A", "M", 0, "2026-03-01T09:00Z", "2026-04-30") with { SourceKey = "again", Deleted = true }]);

    [Fact]
    public async Task An_earlier_forecast_that_arrives_late_a_corrected_one_and_a_deleted_milestone_are_followed()
    {
        await Expect([Owed + "03-12 09:00 by a"], Agreed(), [Late(), Tell("a", "2026-03-12T09:00Z")]);
        var earlier = Forecast("2026-03-08T09:00Z", "2026-03-23") with { SourceModifiedAt = Given.At("2026-03-08T09:00Z") };
        await _kind.ExpectAsync(["M/0 | 03-08 09:00 | 03-21 00:00 | 03-12 09:00 by a"], earlier);
        await _kind.ExpectAsync([Owed + "03-12 09:00 by a"], earlier with { ForecastOn = GivenProject.Day("2026-03-18"), SourceModifiedAt = Given.At("2026-03-09T09:00Z") });
        await _kind.ExpectAsync(
            [Owed + "03-12 09:00 by a | deleted"], Agreed().OfType<Milestone>().Single() with { Deleted = true, SourceModifiedAt = Given.At("2026-06-02T09:00Z") });
    }

    [Fact]
    public Task The_date_ends_with_the_customers_day_also_when_the_clock_changes() => _kind.ExpectAsync(
        ["M/0 | 03-10 05:00 | 03-21 00:00 | 03-20 23:59 by a"],
        [.. Given.WorkingWeek("cal:NY", "America/New_York"), Given.Account("crm:A", calendar: "cal:NY"), GivenProject.Project("crm:A", "P", "2026-02-01T08:00Z"),
            .. Agreed(), Late(), Tell("a", "2026-03-21T03:59Z")]);

    private Task Expect(string[] obligations, Fact[] milestone, Fact[] facts) =>
        _kind.ExpectAsync(obligations, [Given.Account("crm:A"), GivenProject.Project("crm:A", "P", "2026-02-01T08:00Z", manager: "hr:Ann"), .. milestone, .. facts]);

    private static Fact[] Agreed(string? accepted = null) => GivenProject.Milestone("crm:A", "P", "M", "2026-02-01T08:00Z", "2026-03-20", accepted);

    private static MilestoneForecast Late() => Forecast("2026-03-10T09:00Z", "2026-03-24");

    private static MilestoneForecast Forecast(string at, string expected) => GivenProject.Forecast("crm:A", "M", at, expected);

    private static Interaction Tell(string key, string at) => Given.Outbound("crm:A", at, "crm:Pat", staff: "hr:Ann", key: key) with { ProjectKey = "P" };
}
