using Followthrough.Analytics.Facts;
using Followthrough.Tests.Support;

namespace Followthrough.Tests.Analytics.Commitments;

/// <summary>A milestone agreed for Friday 20 March 2026; on the 10th it is expected on Monday the 30th, six working days late.</summary>
public sealed class PhoneFirstTests : IAsyncLifetime
{
    private const string Owed = "n | 03-11 09:00 | 03-11 13:00 | ";
    private KindWorld _kind = null!;

    public async ValueTask InitializeAsync() => _kind = await KindWorld.CreateAsync("phone_first");

    public ValueTask DisposeAsync() => _kind.DisposeAsync();

    [Fact]
    public Task Without_a_written_notice_nothing_is_owed() => Expect([], Late("2026-03-30"), Talk("c", "2026-03-11T09:00Z"));

    [Theory]
    [InlineData("2026-03-27", false)]
    [InlineData("2026-03-29", false)]
    [InlineData("2026-03-30", true)]
    public Task A_delay_of_more_than_five_working_days_asks_for_a_call(string expected, bool owed) => Expect(
        owed ? [Owed + "-"] : [], Late(expected), Write("n", "2026-03-11T09:00Z"));

    [Fact]
    public Task Holidays_of_the_promised_calendar_are_no_working_days() => _kind.ExpectAsync(
        [], [.. Given.WorkingWeek("cal:B", "Europe/Berlin"), Given.SpecialDay("cal:B", "2026-03-25"), Given.Account("crm:A", calendar: "cal:B"), .. Agreed(),
            Late("2026-03-30"), Write("n", "2026-03-11T09:00Z")]);

    [Theory]
    [InlineData("2026-03-11T13:00Z")]
    [InlineData("2026-03-11T13:01Z")]
    public Task The_first_talk_after_the_notice_counts_when_it_took_place(string at) => Expect(
        [Owed + $"{at[5..10]} {at[11..16]} by c"], Late("2026-03-30"), Write("n", "2026-03-11T09:00Z"), Talk("c", at));

    [Fact]
    public Task A_talk_between_the_forecast_and_the_notice_keeps_it_at_the_notice() => Expect(
        [Owed + "03-11 09:00 by c"], Late("2026-03-30"), Talk("c", "2026-03-10T15:00Z"), Write("n", "2026-03-11T09:00Z"), Talk("again", "2026-03-11T10:00Z"));

    [Fact]
    public Task A_talk_before_we_knew_a_short_call_and_one_about_something_else_do_not_count() => Expect(
        [Owed + "-"], Late("2026-03-30"), Write("n", "2026-03-11T09:00Z"), Talk("before", "2026-03-10T08:00Z"), Talk("short", "2026-03-11T10:00Z") with { DurationSeconds = 29 },
        Talk("other", "2026-03-11T10:00Z") with { ProjectKey = "Q" }, Talk("quinn", "2026-03-11T10:00Z") with { ProjectKey = null, ContactKey = "crm:Quinn" });

    [Fact]
    public Task A_call_to_the_person_written_to_and_a_meeting_about_the_project_count() => Expect(
        [Owed + "03-11 10:00 by c"], Late("2026-03-30"), Write("n", "2026-03-11T09:00Z"), Talk("c", "2026-03-11T10:00Z") with { ProjectKey = null },
        Talk("m", "2026-03-11T11:00Z") with { Kind = InteractionKind.Meeting, ContactKey = null });

    [Fact]
    public Task Only_the_first_message_is_the_notice_and_several_delays_in_it_are_one() => Expect(
        [Owed + "-"], [.. GivenProject.Milestone("crm:A", "P", "M2", "2026-02-01T08:00Z", "2026-03-20"), GivenProject.Forecast("crm:A", "M2", "2026-03-10T10:00Z", "2026-04-30"),
            Late("2026-03-30"), Write("n", "2026-03-11T09:00Z"), Write("n2", "2026-03-12T09:00Z")]);

    [Fact]
    public Task A_message_after_the_acceptance_is_no_notice() => _kind.ExpectAsync(
        [], [Given.Account("crm:A"), .. Agreed(accepted: "2026-03-11T08:00Z"), Late("2026-03-30"), Write("n", "2026-03-11T09:00Z")]);

    [Fact]
    public async Task An_earlier_message_that_arrives_late_and_a_deleted_one_are_followed()
    {
        await Expect([Owed + "03-11 10:00 by c"], Late("2026-03-30"), Write("n", "2026-03-11T09:00Z"), Talk("c", "2026-03-11T10:00Z"));
        var earlier = Write("n0", "2026-03-11T05:00Z") with { SourceModifiedAt = Given.At("2026-03-11T05:00Z") };
        await _kind.ExpectAsync(["n0 | 03-11 05:00 | 03-11 09:00 | 03-11 10:00 by c"], earlier);
        await _kind.ExpectAsync([Owed + "03-11 10:00 by c"], earlier with { Bulk = true, SourceModifiedAt = Given.At("2026-03-11T06:00Z") });
        await _kind.ExpectAsync([Owed + "03-11 10:00 by c"], Talk("c", "2026-03-11T10:00Z") with { Deleted = true, SourceModifiedAt = Given.At("2026-06-02T10:00Z") });
    }

    private Task Expect(string[] obligations, params Fact[] facts) => _kind.ExpectAsync(obligations, [Given.Account("crm:A"), .. Agreed(), .. facts]);

    private static Fact[] Agreed(string? accepted = null) =>
        [GivenProject.Project("crm:A", "P", "2026-02-01T08:00Z"), .. GivenProject.Milestone("crm:A", "P", "M", "2026-02-01T08:00Z", "2026-03-20", accepted)];

    private static MilestoneForecast Late(string expected) => GivenProject.Forecast("crm:A", "M", "2026-03-10T09:00Z", expected);

    private static Interaction Write(string key, string at) => Given.Outbound("crm:A", at, "crm:Pat", staff: "hr:Ann", key: key) with { ProjectKey = "P" };

    private static Interaction Talk(string key, string at) =>
        Write(key, at) with { Kind = InteractionKind.Call, Channel = Channel.Phone, Connected = true, DurationSeconds = 30 };
}
