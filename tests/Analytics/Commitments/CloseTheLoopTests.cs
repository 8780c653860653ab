using Followthrough.Analytics.Facts;
using Followthrough.Tests.Support;

namespace Followthrough.Tests.Analytics.Commitments;

/// <summary>Pat gave us a 4 on 2 March 2026 at 10:00.</summary>
public sealed class CloseTheLoopTests : IAsyncLifetime
{
    private const string Owed = "R | 03-02 10:00 | 03-04 10:00 | ";
    private KindWorld _kind = null!;

    public async ValueTask InitializeAsync() => _kind = await KindWorld.CreateAsync("close_the_loop");

    public ValueTask DisposeAsync() => _kind.DisposeAsync();

    [Theory]
    [InlineData(0, true)]
    [InlineData(6, true)]
    [InlineData(7, false)]
    [InlineData(10, false)]
    public Task Zero_to_six_is_a_detractor(int score, bool owed) => Expect(owed ? [Owed + "-"] : [], Response(score));

    [Fact]
    public Task Other_measures_scales_and_sources_open_nothing() => Expect(
        [], Response(1) with { SourceKey = "csat", Measure = SurveyMeasure.Csat, ScaleMin = 1, ScaleMax = 5 },
        Response(1) with { SourceKey = "scale", ScaleMin = 1 }, Response(1) with { SourceKey = "shop", Source = SurveySource.MysteryShop },
        Response(1) with { SourceKey = "anonymous", ContactKey = null });

    [Fact]
    public Task Who_answered_may_be_known_from_the_invitation() => Expect(
        [Owed + "03-03 09:00 by a"], Response(4) with { ContactKey = null, InvitationKey = "I" }, Reach("a", "2026-03-03T09:00Z"),
        new SurveyInvitation
        {
            SourceKey = "I",
            Account = "crm:A",
            OccurredAt = Given.At("2026-03-01T09:00Z"),
            ContactKey = "crm:Pat",
            Instrument = "year v1",
            Occasion = SurveyOccasion.Relational,
        });

    [Fact]
    public Task The_first_of_us_who_reaches_that_person_closes_it() => Expect(
        [Owed + "03-04 10:00 by a"], Response(4), Reach("before", "2026-03-02T09:59Z"),
        Reach("quinn", "2026-03-02T11:00Z") with { ContactKey = "crm:Quinn" }, Reach("auto", "2026-03-02T11:00Z") with { Automatic = true },
        Reach("a", "2026-03-04T10:00Z"), Reach("b", "2026-03-04T11:00Z"));

    [Fact]
    public Task A_contact_after_two_days_is_late() => Expect([Owed + "03-05 10:00 by a"], Response(4), Reach("a", "2026-03-05T10:00Z"));

    [Fact]
    public async Task A_contact_that_arrives_late_and_a_corrected_or_deleted_answer_are_followed()
    {
        var response = Response(4) with { SourceModifiedAt = Given.At("2026-03-02T10:00Z") };
        await Expect([Owed + "-"], response);
        await _kind.ExpectAsync([Owed + "03-03 09:00 by a"], Reach("a", "2026-03-03T09:00Z"));
        await _kind.ExpectAsync([], response with { Score = 9, SourceModifiedAt = Given.At("2026-03-03T10:00Z") });
        await _kind.ExpectAsync([Owed + "03-03 09:00 by a | deleted"], response with { Deleted = true, SourceModifiedAt = Given.At("2026-03-04T10:00Z") });
    }

    [Fact]
    public Task Two_days_are_48_hours_also_when_the_clock_changes() => _kind.ExpectAsync(
        ["R | 03-07 12:00 | 03-09 13:00 | -"],
        [.. Given.WorkingWeek("cal:NY", "America/New_York"), Given.Account("crm:A", calendar: "cal:NY"), Response(4) with { OccurredAt = Given.At("2026-03-07T17:00Z") }]);

    private Task Expect(string[] obligations, params Fact[] facts) => _kind.ExpectAsync(obligations, [Given.Account("crm:A"), .. facts]);

    private static SurveyResponse Response(int score) => new()
    {
        SourceKey = "R",
        Account = "crm:A",
        OccurredAt = Given.At("2026-03-02T10:00Z"),
        ContactKey = "crm:Pat",
        Source = SurveySource.Own,
        Measure = SurveyMeasure.Nps,
        Score = score,
        ScaleMin = 0,
        ScaleMax = 10,
        StaffKey = "hr:Ann",
    };

    private static Interaction Reach(string key, string at) => Given.Outbound("crm:A", at, "crm:Pat", staff: "hr:Ann", key: key);
}
