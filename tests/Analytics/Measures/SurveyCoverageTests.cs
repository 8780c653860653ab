using Followthrough.Analytics.Facts;
using Followthrough.Analytics.Metrics;
using Followthrough.Tests.Support;

namespace Followthrough.Tests.Analytics.Measures;

public sealed class SurveyCoverageTests : MeasureTests
{
    [Fact]
    public async Task Coverage_is_of_customers_at_the_end_of_the_period_by_answers_to_our_own_surveys()
    {
        await LoadAsync(
            Given.Account("A"), Given.Account("B"), Given.Account("C"), Given.Account("gone") with { ClosedAt = Given.At("2026-02-01T00:00Z") }, Given.Account("nobody") with { Anonymous = true },
            GivenSurvey.Nps("A", 3), GivenSurvey.Nps("A", 4), GivenSurvey.Nps("gone", 5), GivenSurvey.Nps("B", 5) with { Source = SurveySource.ThirdParty },
            GivenSurvey.Nps("C", 5) with { OccurredAt = Given.At("2026-04-01T00:00Z") });
        Assert.Equal(["account A | 1 / 1", "account B | 0 / 1", "account C | 0 / 1"], await RowsAsync("survey_account_coverage", "2026-03"));
        Assert.Equal(1 / 3.0, (await FigureAsync("survey_account_coverage", "2026-03")).Value!.Value, 12);
    }

    [Fact]
    public async Task Months_are_asked_one_by_one_and_one_without_customers_has_no_figure()
    {
        await LoadAsync(Given.Account("A", "2026-04-01T00:00Z"));
        Assert.Equal("there was no customer by then in this selection", (await FigureAsync("survey_account_coverage", "2026-03")).Reason);
        Assert.Equal(["2026-03 ", "2026-04 0"], (await GroupsAsync("survey_account_coverage", Dimension.Month, "2026-03-01..2026-04-30")).Select(g => $"{g.Key} {g.Value.Value}"));
    }

    [Fact]
    public async Task Answers_count_from_when_they_are_known_until_they_are_deleted_on_days_of_the_company()
    {
        await World.TextsAsync("update company set reporting_zone = 'Europe/Berlin' returning 'x'");
        World.Clock.Now = Given.At("2026-04-10T00:00Z");
        await LoadAsync(Given.Account("A"));
        World.Clock.Now = Given.At("2026-04-11T00:00Z");
        var answer = GivenSurvey.Nps("A", 9) with { OccurredAt = Given.At("2026-03-31T21:59Z") };
        await LoadAsync(answer);
        await LoadAsync(answer);
        Assert.Equal((1.0, 0.0), ((await FigureAsync("survey_account_coverage", "2026-03")).Value, (await FigureAsync("survey_account_coverage", "2026-04")).Value));
        Assert.Equal(0, (await FigureAsync("survey_account_coverage", "2026-03", "2026-04-10T00:00Z")).Value);
        await LoadAsync(answer with { Deleted = true });
        Assert.Equal(0, (await FigureAsync("survey_account_coverage", "2026-03")).Value);
    }
}
