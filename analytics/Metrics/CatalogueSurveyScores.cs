namespace Followthrough.Analytics.Metrics;

/// <summary>Scores that customers, third parties and observers gave; what kind of evidence they are is never mixed.</summary>
internal static class CatalogueSurveyScores
{
    private const string Counting =
        "mean within each account, then over accounts; each respondent once is stated beside it. Scores on another scale are excluded, and of several answers to "
        + "one invitation the first counts. The interval draws whole accounts, narrowed where more than 5 % of the active ones answered";

    private const string Promoters = "share of 9 and 10 less share of 0 to 6, on the scale from 0 to 10";
    private const string TopTwo = "share of 4 and 5 on the scale from 1 to 5";
    private const string NpsExample = "One account with a 9 and a 5, another with a 10: (0 + 100) / 2 = 50 points; each respondent once: 33.3";
    private const string CsatExample = "One account with a 5 and a 3, another with a 4: (50 % + 100 %) / 2 = 75 %";

    private static readonly MeasureMetric NpsRelational = Score(
        "nps_relational", "NPS, relational", Unit.Points, "nps/own/relational",
        "Would the customer recommend us, asked by the calendar, whatever happened lately.", $"answers of the period to our own surveys by the calendar: {Promoters}", NpsExample);

    private static readonly MeasureMetric NpsTransactional = Score(
        "nps_transactional", "NPS, transactional", Unit.Points, "nps/own/transactional",
        "Would the customer recommend us, asked after a certain event such as a finished project.", $"answers of the period to our own surveys after an event: {Promoters}", NpsExample);

    private static readonly MeasureMetric NpsThirdParty = Score(
        "nps_third_party", "NPS, third party", Unit.Points, "nps/third_party/",
        "Would the customer recommend us, asked by somebody who does not work for us.", $"answers of the period to surveys of third parties: {Promoters}", NpsExample);

    private static readonly MeasureMetric Csat = Score(
        "csat", "CSAT", Unit.Share, "csat/own/event",
        "How many of the customers we asked after an event were satisfied or very satisfied.",
        $"answers of the period to our own surveys, those by the calendar left out: {TopTwo}", CsatExample);

    private static readonly MeasureMetric CsatRelational = Score(
        "csat_relational", "CSAT, relational", Unit.Share, "csat/own/relational",
        "How many of the customers we asked by the calendar were satisfied or very satisfied.", $"answers of the period to our own surveys by the calendar: {TopTwo}", CsatExample);

    private static readonly MeasureMetric CsatThirdParty = Score(
        "csat_third_party", "CSAT, third party", Unit.Share, "csat/third_party/",
        "How many of the customers whom somebody else asked were satisfied or very satisfied.", $"answers of the period to surveys of third parties: {TopTwo}", CsatExample);

    private static readonly MeasureMetric Ces = Score(
        "ces", "CES", Unit.Score, "ces/own/",
        "How easy it was for the customer, from 1, very hard, to 7, very easy.", "answers of the period to our own surveys on the scale from 1 to 7: their mark",
        "One account with a 7 and a 5, another with a 4: (6 + 4) / 2 = 5");

    private static readonly MeasureMetric CesTopBox = Score(
        "ces_top_box", "CES, top three boxes", Unit.Share, "ces/own//top",
        "For how many customers it was easy: marks 5, 6 and 7 of 7.", "answers of the period to our own surveys: share of 5, 6 and 7 on the scale from 1 to 7",
        "One account with a 7 and a 4, another with a 5: (50 % + 100 %) / 2 = 75 %");

    private static readonly MeasureMetric MysteryShop = Score(
        "mystery_shop", "Mystery shopping CSAT", Unit.Share, "csat/mystery_shop/",
        "How many visits of shoppers who did not say so were satisfying. It speaks of the company and its teams, never of one person, who did not know.",
        $"mystery shops of the period: {TopTwo}; not split by person and in nobody's own figures", CsatExample) with
    { JudgesPeople = false };

    private static readonly MeasureMetric Observation = Score(
        "observation", "Observation CSAT", Unit.Share, "csat/observation/",
        "How many of the contacts that somebody sat in on were satisfying.", $"observations of the period: {TopTwo}", CsatExample);

    public static IReadOnlyList<MeasureMetric> All { get; } =
        [NpsRelational, NpsTransactional, NpsThirdParty, Csat, CsatRelational, CsatThirdParty, Ces, CesTopBox, MysteryShop, Observation];

    private static MeasureMetric Score(string id, string name, Unit unit, string variant, string inWords, string formula, string example) => new()
    {
        Id = id,
        Name = name,
        File = "SurveyScores",
        Variant = variant,
        Uses = ["active_account"],
        DependsOnPeriod = true,
        Unit = unit,
        Better = Better.Higher,
        Aggregation = Aggregation.AccountMean,
        Bounds = unit switch { Unit.Points => Bounds.NetPromoter, Unit.Score => Bounds.Effort, _ => Bounds.Part },
        InWords = inWords,
        Formula = $"{formula}; {Counting}",
        Example = example,
        Source = "Client relations: ask customers how they are served, and have others ask them too",
        Nothing = "nobody answered in this period and selection",
        MinimumN = 10,
        Version = 1,
    };
}
