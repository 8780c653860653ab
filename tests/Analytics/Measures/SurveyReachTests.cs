using Followthrough.Analytics.Facts;
using Followthrough.Analytics.Metrics;
using Followthrough.Tests.Support;

namespace Followthrough.Tests.Analytics.Measures;

public sealed class SurveyReachTests : MeasureTests
{
    [Fact]
    public async Task Who_could_not_be_asked_is_left_out_and_everybody_else_stays_in_the_base()
    {
        await LoadAsync(
            Given.Account("A"), Invited("answered", delivered: true), Invited("silent", delivered: true), Invited("lost"), Invited("left") with { Ineligible = true },
            Answer("A", "answered"), Answer("A", "answered") with { SourceKey = "again" }, Answer("A", "lost") with { Source = SurveySource.ThirdParty });
        var rate = await FigureAsync("survey_response_rate", "2026-03");
        Assert.Equal((1m, 3L, 1L), (rate.Amount, rate.N, rate.Excluded["could not be asked"]));
        Assert.Equal(2 / 3.0, (await FigureAsync("survey_delivered_rate", "2026-03")).Value!.Value, 12);
        Assert.Equal("nobody was invited in this period and selection", (await FigureAsync("survey_response_rate", "2026-04")).Reason);
    }

    [Fact]
    public async Task Answers_and_deletions_count_from_when_they_are_known()
    {
        World.Clock.Now = Given.At("2026-03-11T00:00Z");
        await LoadAsync(Given.Account("A"), Invited("1", delivered: true), Invited("2", delivered: true));
        World.Clock.Now = Given.At("2026-03-20T00:00Z");
        Fact[] later = [Answer("A", "1") with { SourceKey = "R" }, Invited("2", delivered: true) with { Deleted = true }];
        await LoadAsync(later);
        await LoadAsync(later);
        Assert.Equal((1.0, 0.0), ((await FigureAsync("survey_response_rate")).Value, (await FigureAsync("survey_response_rate", asOf: "2026-03-11T00:00Z")).Value));
        await LoadAsync(Answer("A", "1") with { SourceKey = "R", Deleted = true });
        Assert.Equal((0.0, 0.0), ((await FigureAsync("survey_response_rate")).Value, (await FigureAsync("survey_account_coverage", "2026-03")).Value));
    }

    [Fact]
    public async Task Coverage_is_of_customers_and_of_what_they_brought_in_twelve_months()
    {
        await LoadAsync(
            [Given.Account("A"), Given.Account("B"), Given.Account("C"), Given.Account("gone") with { ClosedAt = Given.At("2026-02-01T00:00Z") }, Given.Account("nobody") with { Anonymous = true },
                Answer("A", null), Answer("A", null), Answer("gone", null), Answer("B", null) with { Source = SurveySource.ThirdParty },
                .. Sent("A", "1", "2025-04-01T00:00Z", 900), .. Sent("A", "2", "2025-03-31T23:59Z", 5000), .. Sent("B", "3", "2026-03-31T23:59Z", 100), .. Sent("B", "4", "2026-04-01T00:00Z", 7000),
                .. Sent("gone", "5", "2026-01-01T00:00Z", 3000)]);
        var accounts = await FigureAsync("survey_account_coverage", "2026-03");
        Assert.Equal((1m, 3L), (accounts.Amount, accounts.N));
        var revenue = await FigureAsync("survey_revenue_coverage", "2026-03");
        Assert.Equal((0.9, 900m, 1000m, "USD"), (revenue.Value!.Value, revenue.Amount, revenue.Base, revenue.Currency));
        Assert.Equal(["account A | 900 / 900", "account B | 0 / 100", "account C | 0 | without revenue in the twelve months"], await RowsAsync("survey_revenue_coverage", "2026-03"));
    }

    [Fact]
    public async Task Nobody_there_and_nothing_earned_are_no_coverage()
    {
        await LoadAsync([Given.Account("A", "2026-04-01T00:00Z"), .. Sent("A", "1", "2026-04-02T00:00Z", 10), .. Sent("A", "2", "2026-04-03T00:00Z", -10)]);
        Assert.Equal("there was no customer by then in this selection", (await FigureAsync("survey_account_coverage", "2026-03")).Reason);
        Assert.Equal("there was no customer by then in this selection", (await FigureAsync("survey_revenue_coverage", "2026-03")).Reason);
        Assert.Equal("invoices and credits cancel out, so there is nothing to take a share of", (await FigureAsync("survey_revenue_coverage", "2026-04")).Reason);
        Assert.Equal(["2026-03 ", "2026-04 0"], (await GroupsAsync("survey_account_coverage", Dimension.Month, "2026-03-01..2026-04-30")).Select(g => $"{g.Key} {g.Value.Value}"));
    }

    private static SurveyInvitation Invited(string key, bool delivered = false) => new()
    {
        SourceKey = key,
        Account = "A",
        OccurredAt = Given.At("2026-03-10T08:00Z"),
        Instrument = "service v1",
        Occasion = SurveyOccasion.Transactional,
        DeliveredAt = delivered ? Given.At("2026-03-10T08:01Z") : null,
    };

    private static SurveyResponse Answer(string account, string? invitation) => new()
    {
        SourceKey = Guid.NewGuid().ToString(),
        Account = account,
        OccurredAt = Given.At("2026-03-12T08:00Z"),
        Source = SurveySource.Own,
        Measure = SurveyMeasure.Csat,
        Score = 5,
        ScaleMin = 1,
        ScaleMax = 5,
        InvitationKey = invitation,
    };

    private static Fact[] Sent(string account, string key, string at, decimal amount) => GivenMoney.Invoice(account, key, at, null, amount);
}
