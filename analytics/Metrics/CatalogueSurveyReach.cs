namespace Followthrough.Analytics.Metrics;

/// <summary>How many customers the surveys reach, without which their scores say little.</summary>
internal static class CatalogueSurveyReach
{
    private const string Active = "accounts opened before the end of the period, or the time of asking if that comes first, and not closed by then";

    private static readonly MeasureMetric ResponseRate = Reach(
        "survey_response_rate", "Survey response rate", "SurveyInvitations", "answered",
        "Of the people we asked, how many answered. Only who could not be asked at all, because the address was wrong or the person had left, is left out.",
        "invitations of the period with an answer by now / (invitations of the period less those that could not be asked)",
        "Twelve invitations, two to people who had left, four answers: 40 %", "nobody was invited in this period and selection");

    private static readonly MeasureMetric DeliveredRate = Reach(
        "survey_delivered_rate", "Survey delivered rate", "SurveyInvitations", "delivered",
        "Of the people we asked, how many got the question.", "invitations of the period known to be delivered / (invitations of the period less those that could not be asked)",
        "Ten invitations, nine delivered: 90 %", "nobody was invited in this period and selection");

    private static readonly MeasureMetric AccountCoverage = Reach(
        "survey_account_coverage", "Survey account coverage", "SurveyCoverage", "",
        "How many of our customers answered at least one survey of ours.", $"active accounts with an answer to our own surveys in the period / active accounts: {Active}; unnamed buyers are none",
        "Forty customers, ten answered, some of them twice: 25 %", "there was no customer by then in this selection") with
    { Uses = ["active_account"], DependsOnPeriod = true };

    private static readonly MeasureMetric RevenueCoverage = Reach(
        "survey_revenue_coverage", "Survey revenue coverage", "SurveyRevenueCoverage", "",
        "How much of our revenue comes from customers who answered at least one survey of ours.",
        $"net revenue of the twelve months before from active accounts with an answer to our own surveys in the period / the same from all active accounts: {Active}",
        "Customers of 900 and 100 a year, only the first answered: 90 %", "there was no customer by then in this selection") with
    { Uses = ["active_account", "revenue_line"], DependsOnPeriod = true, Aggregation = Aggregation.Ratio, Bounds = Bounds.Part, NoBase = "invoices and credits cancel out, so there is nothing to take a share of" };

    public static IReadOnlyList<MeasureMetric> All { get; } = [ResponseRate, DeliveredRate, AccountCoverage, RevenueCoverage];

    private static MeasureMetric Reach(string id, string name, string file, string variant, string inWords, string formula, string example, string nothing) => new()
    {
        Id = id,
        Name = name,
        File = file,
        Variant = variant,
        Unit = Unit.Share,
        Better = Better.Higher,
        Aggregation = Aggregation.Share,
        InWords = inWords,
        Formula = formula,
        Example = example,
        Source = "Client relations: ask customers how they are served, and have others ask them too",
        Nothing = nothing,
        MinimumN = 10,
        Version = 1,
    };
}
