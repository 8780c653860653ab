using Followthrough.Analytics.Facts;
using Followthrough.Tests.Support;

namespace Followthrough.Tests.Analytics.Measures;

public sealed class SurveyInvitationsTests : MeasureTests
{
    [Fact]
    public async Task Who_could_not_be_asked_is_left_out_and_everybody_else_stays_in_the_base()
    {
        await LoadAsync(
            Given.Account("A"), GivenSurvey.Invitation("A", "answered", delivered: true), GivenSurvey.Invitation("A", "silent", delivered: true), GivenSurvey.Invitation("A", "lost"), GivenSurvey.Invitation("A", "left") with { Ineligible = true },
            GivenSurvey.Answer("A", SurveyMeasure.Csat, 5, "answered"), GivenSurvey.Answer("A", SurveyMeasure.Csat, 5, "answered") with { SourceKey = "again" }, GivenSurvey.Answer("A", SurveyMeasure.Csat, 5, "lost") with { Source = SurveySource.ThirdParty });
        var rate = await FigureAsync("survey_response_rate", "2026-03");
        Assert.Equal((1m, 3L, 1L), (rate.Amount, rate.N, rate.Excluded["could not be asked"]));
        Assert.Equal(2 / 3.0, (await FigureAsync("survey_delivered_rate", "2026-03")).Value!.Value, 12);
        Assert.Equal("nobody was invited in this period and selection", (await FigureAsync("survey_response_rate", "2026-04")).Reason);
    }

    [Fact]
    public async Task Answers_and_deletions_count_from_when_they_are_known()
    {
        World.Clock.Now = Given.At("2026-03-11T00:00Z");
        await LoadAsync(Given.Account("A"), GivenSurvey.Invitation("A", "1", delivered: true), GivenSurvey.Invitation("A", "2", delivered: true));
        World.Clock.Now = Given.At("2026-03-20T00:00Z");
        Fact[] later = [GivenSurvey.Answer("A", SurveyMeasure.Csat, 5, "1") with { SourceKey = "R" }, GivenSurvey.Invitation("A", "2", delivered: true) with { Deleted = true }];
        await LoadAsync(later);
        await LoadAsync(later);
        Assert.Equal((1.0, 0.0), ((await FigureAsync("survey_response_rate")).Value, (await FigureAsync("survey_response_rate", asOf: "2026-03-11T00:00Z")).Value));
        await LoadAsync(GivenSurvey.Answer("A", SurveyMeasure.Csat, 5, "1") with { SourceKey = "R", Deleted = true });
        Assert.Equal(0, (await FigureAsync("survey_response_rate")).Value);
    }

    [Fact]
    public async Task An_invitation_belongs_to_the_day_of_the_company_on_which_it_was_sent()
    {
        await World.TextsAsync("update company set reporting_zone = 'Europe/Berlin' returning 'x'");
        await LoadAsync(
            Given.Account("A"), GivenSurvey.Invitation("A", "march") with { OccurredAt = Given.At("2026-03-31T21:59Z") },
            GivenSurvey.Invitation("A", "april") with { OccurredAt = Given.At("2026-03-31T22:00Z") }, GivenSurvey.Answer("A", SurveyMeasure.Csat, 5, "april") with { OccurredAt = Given.At("2026-04-02T08:00Z") });
        Assert.Equal((0.0, 1.0), ((await FigureAsync("survey_response_rate", "2026-03")).Value, (await FigureAsync("survey_response_rate", "2026-04")).Value));
    }
}
