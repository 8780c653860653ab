using Followthrough.Analytics.Facts;
using Followthrough.Analytics.Metrics;
using Followthrough.Tests.Support;

namespace Followthrough.Tests.Analytics.Measures;

public sealed class SurveyScoresTests : MeasureTests
{
    [Fact]
    public async Task The_headline_counts_accounts_and_respondents_stand_beside_it()
    {
        await LoadAsync(Given.Account("A"), Given.Account("B"), Given.Account("silent"), GivenSurvey.Nps("A", 9), GivenSurvey.Nps("A", 5), GivenSurvey.Nps("B", 10));
        var value = await FigureAsync("nps_relational", "2026-03");
        Assert.Equal((50.0, 3L, 1L), (value.Value!.Value, value.N, value.Excluded["without an answer"]));
        Assert.Equal((100 / 3.0, 3L, 2L), (value.Respondents!.Value, value.Respondents.N, value.Respondents.Accounts));
        // Two of three answered: the interval is narrowed by √((3-2)/(3-1)).
        Assert.Equal(50 - 50 * Math.Sqrt(0.5), value.Interval!.Low, 9);
    }

    [Theory]
    [InlineData(12, 5, 3, 45, 8, 70)]
    [InlineData(120, 50, 30, 45, 34, 55)]
    [InlineData(5, 0, 0, 100, 17, 100)]
    public async Task Points_have_their_published_intervals(int promoters, int passives, int detractors, double points, double low, double high)
    {
        int[] scores = [.. Enumerable.Repeat(9, promoters), .. Enumerable.Repeat(8, passives), .. Enumerable.Repeat(6, detractors)];
        await LoadAsync([Given.Account("A"), .. scores.Select(s => GivenSurvey.Nps("A", s))]);
        var respondents = (await FigureAsync("nps_relational")).Respondents!;
        Assert.Equal((points, low, high), (respondents.Value, Math.Round(respondents.Interval!.Low), Math.Round(respondents.Interval.High)));
    }

    [Fact]
    public async Task Satisfied_is_four_and_five_of_five_with_wilsons_interval()
    {
        await LoadAsync([Given.Account("A"), .. Enumerable.Range(0, 20).Select(i => GivenSurvey.Answer("A", SurveyMeasure.Csat, i < 9 ? 4 : i < 18 ? 5 : 3))]);
        var value = await FigureAsync("csat");
        Assert.Equal((0.9, 0.90), (value.Value!.Value, value.Respondents!.Value));
        Assert.Equal((0.6990, 0.9721), (Math.Round(value.Respondents.Interval!.Low, 4), Math.Round(value.Respondents.Interval.High, 4)));
        // One account has nothing to be drawn from.
        Assert.Null(value.Interval);
    }

    [Fact]
    public async Task Ease_is_a_mean_mark_and_a_top_box()
    {
        await LoadAsync(
            Given.Account("A"), Given.Account("B"), GivenSurvey.Answer("A", SurveyMeasure.Ces, 7), GivenSurvey.Answer("A", SurveyMeasure.Ces, 5), GivenSurvey.Answer("B", SurveyMeasure.Ces, 4));
        Assert.Equal((5.0, 16 / 3.0), ((await FigureAsync("ces")).Value!.Value, (await FigureAsync("ces")).Respondents!.Value));
        Assert.Equal((0.5, 2 / 3.0), ((await FigureAsync("ces_top_box")).Value!.Value, (await FigureAsync("ces_top_box")).Respondents!.Value));
    }

    [Fact]
    public async Task Sources_and_occasions_are_never_pooled()
    {
        await LoadAsync(
            Given.Account("A"), GivenSurvey.Nps("A", 10), GivenSurvey.Nps("A", 0) with { Occasion = SurveyOccasion.Transactional }, GivenSurvey.Nps("A", 7) with { Source = SurveySource.ThirdParty, Occasion = null },
            GivenSurvey.Nps("A", 3) with { Occasion = null, SourceKey = "unsaid" },
            GivenSurvey.Answer("A", SurveyMeasure.Csat, 5), GivenSurvey.Answer("A", SurveyMeasure.Csat, 1) with { Occasion = SurveyOccasion.Relational },
            GivenSurvey.Answer("A", SurveyMeasure.Csat, 1) with { Source = SurveySource.ThirdParty }, GivenSurvey.Answer("A", SurveyMeasure.Csat, 5) with { Source = SurveySource.Observation },
            GivenSurvey.Answer("A", SurveyMeasure.Csat, 2) with { Source = SurveySource.MysteryShop });
        string[] metrics = ["nps_relational", "nps_transactional", "nps_third_party", "csat", "csat_relational", "csat_third_party", "observation", "mystery_shop"];
        var values = new List<double?>();
        foreach (var metric in metrics) values.Add((await FigureAsync(metric)).Value);
        Assert.Equal([100, -100, 0, 1, 0, 0, 1, 0], values);
        Assert.Equal(1, (await FigureAsync("nps_relational")).Excluded["without an occasion"]);
    }

    [Fact]
    public async Task Of_a_person_nobody_knows_who_could_have_answered_so_nothing_is_narrowed()
    {
        await LoadAsync(
            Given.Staff("hr:Ann"), Given.Account("A"), Given.Account("B"), Given.Account("C"), By("hr:Ann", "A", 5), By("hr:Ann", "B", 5), By("hr:Ann", "C", 3));
        var whole = await FigureAsync("csat");
        Assert.Equal(whole.Value, whole.Interval!.Low);
        Assert.Equal((0, 1), ((await GroupsAsync("csat", Dimension.Staff)).Single(g => g.Key == "hr:Ann").Value.Interval!.Low, (await FigureAsync("csat", with: q => q with { Staff = "hr:Ann" })).Interval!.High));
    }

    [Fact]
    public async Task Where_all_answer_alike_the_interval_is_that_of_how_many_they_are()
    {
        await LoadAsync(
            Given.Account("A"), Given.Account("B"), Given.Account("C"), GivenSurvey.Answer("A", SurveyMeasure.Csat, 5), GivenSurvey.Answer("B", SurveyMeasure.Csat, 5), GivenSurvey.Answer("C", SurveyMeasure.Csat, 4),
            GivenSurvey.Answer("A", SurveyMeasure.Ces, 6), GivenSurvey.Answer("B", SurveyMeasure.Ces, 6));
        Assert.Equal(Wilson.Of(3, 3), (await FigureAsync("csat")).Interval);
        Assert.Null((await FigureAsync("ces")).Interval);
    }

    [Fact]
    public async Task Another_scale_is_excluded_with_the_scale_and_an_invitation_answered_again_counts_once()
    {
        await LoadAsync(
            Given.Account("A"), Given.Account("B"),
            GivenSurvey.Answer("A", SurveyMeasure.Ces, 4, "I1") with { SourceKey = "five", ScaleMax = 5 }, GivenSurvey.Answer("A", SurveyMeasure.Ces, 6, "I1") with { SourceKey = "first", OccurredAt = Given.At("2026-03-11T08:00Z") },
            GivenSurvey.Answer("A", SurveyMeasure.Ces, 1, "I1") with { SourceKey = "again", OccurredAt = Given.At("2026-04-11T08:00Z") }, GivenSurvey.Answer("B", SurveyMeasure.Ces, 8) with { SourceKey = "off" },
            GivenSurvey.Answer("B", SurveyMeasure.Ces, 2, "I2") with { SourceKey = "other" });
        Assert.Equal(
            ["survey_response again | 1 | answered the invitation again", "survey_response first | 6", "survey_response five | 4 | on a scale from 1 to 5",
                "survey_response off | 8 | off its own scale", "survey_response other | 2"],
            await RowsAsync("ces"));
        // The first answer counts for ever, also for a period in which only the second was given.
        Assert.Equal("1 without an answer, 1 answered the invitation again", (await FigureAsync("ces", "2026-04")).Reason);
    }

    [Fact]
    public async Task The_population_is_who_is_a_customer_at_the_end_of_the_period()
    {
        World.Clock.Now = Given.At("2026-06-01T12:00Z");
        await LoadAsync(
            Given.Account("A"), Given.Account("closed") with { ClosedAt = Given.At("2026-03-31T23:00Z") }, Given.Account("closes later") with { ClosedAt = Given.At("2026-04-01T00:00Z") },
            Given.Account("new", "2026-04-01T00:00Z"), Given.Account("nobody") with { Anonymous = true }, GivenSurvey.Nps("A", 9));
        Assert.Equal(["account closes later | ? | without an answer"], (await RowsAsync("nps_relational", "2026-03")).Where(r => r.StartsWith("account", StringComparison.Ordinal)));
        Assert.Equal(["account A", "account new"], (await RowsAsync("nps_relational", "2026-05")).Select(r => r.Split(" | ")[0]));
        Assert.Empty(await RowsAsync("nps_relational", "2026-07"));
    }

    [Fact]
    public async Task Nobody_answering_is_no_score_and_the_same_question_has_the_same_interval_twice()
    {
        await LoadAsync([.. Enumerable.Range(0, 30).SelectMany(i => new Fact[] { Given.Account($"A{i:00}"), GivenSurvey.Nps($"A{i:00}", i % 11) })]);
        var (first, second) = (await FigureAsync("nps_relational"), await FigureAsync("nps_relational"));
        Assert.Equal(first.Interval, second.Interval);
        Assert.Equal("30 without an answer", (await FigureAsync("nps_relational", "2026-02")).Reason);
        Assert.Equal("nobody answered in this period and selection", (await FigureAsync("nps_relational", "2026-12")).Reason);
    }

    [Fact]
    public async Task Late_and_deleted_answers_count_from_when_they_are_known_and_days_are_the_companys()
    {
        await World.TextsAsync("update company set reporting_zone = 'Europe/Berlin' returning 'x'");
        World.Clock.Now = Given.At("2026-04-10T00:00Z");
        var last = GivenSurvey.Nps("A", 0) with { SourceKey = "last", OccurredAt = Given.At("2026-03-31T21:59Z") };
        await LoadAsync(Given.Account("A"), last, GivenSurvey.Nps("A", 10) with { OccurredAt = Given.At("2026-03-31T22:00Z") });
        Assert.Equal((-100.0, 100.0), ((await FigureAsync("nps_relational", "2026-03")).Value, (await FigureAsync("nps_relational", "2026-04")).Value));
        World.Clock.Now = Given.At("2026-04-11T00:00Z");
        await LoadAsync(last with { Deleted = true }, GivenSurvey.Nps("A", 8) with { SourceKey = "late" });
        await LoadAsync(GivenSurvey.Nps("A", 8) with { SourceKey = "late" });
        Assert.Equal(0, (await FigureAsync("nps_relational", "2026-03")).Value);
        Assert.Equal(-100, (await FigureAsync("nps_relational", "2026-03", "2026-04-10T00:00Z")).Value);
    }

    [Fact]
    public async Task A_mystery_shop_is_told_of_the_team_and_of_no_person()
    {
        await LoadAsync(
            Given.Staff("hr:Ann"), Given.Team("t:1"), Given.Membership("hr:Ann", "t:1"), Given.Account("A"), Given.Assignment("A", "hr:Ann"),
            GivenSurvey.Answer("A", SurveyMeasure.Csat, 5) with { Source = SurveySource.MysteryShop, StaffKey = "hr:Ann" }, GivenSurvey.Answer("A", SurveyMeasure.Csat, 5) with { StaffKey = "hr:Ann" });
        Assert.Equal(["t:1 1"], (await GroupsAsync("mystery_shop", Dimension.Team)).Select(g => $"{g.Key} {g.Value.Value}"));
        Assert.Equal([" 1"], (await GroupsAsync("mystery_shop", Dimension.Staff)).Select(g => $"{g.Key} {g.Value.Value}"));
        Assert.Equal(["hr:Ann 1"], (await GroupsAsync("csat", Dimension.Staff)).Select(g => $"{g.Key} {g.Value.Value}"));
        Assert.Equal(0, (await FigureAsync("mystery_shop", with: q => q with { Viewer = new Viewer("ann", null, "hr:Ann") })).N);
        Assert.Equal(1, (await FigureAsync("mystery_shop", with: q => q with { Viewer = new Viewer("manager", ["t:1"], null) })).N);
    }

    private static SurveyResponse By(string staff, string account, decimal score) => GivenSurvey.Answer(account, SurveyMeasure.Csat, score) with { StaffKey = staff };
}
