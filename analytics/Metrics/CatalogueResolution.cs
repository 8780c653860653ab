namespace Followthrough.Analytics.Metrics;

/// <summary>Metrics about issues: how many there are, how long they take, on whom they wait and whether their resolution holds.</summary>
internal static class CatalogueResolution
{
    private const string Solved = "Follow up or lose them: a problem solved quickly and for good keeps the customer";

    private static readonly MeasureMetric FirstResolution = Duration(
        "time_to_first_resolution", "Time to first resolution", "first",
        "How long a customer who raised an issue waits until it is resolved for the first time. What is unresolved goes on counting, and closing "
            + "a ticket without a resolution resolves nothing.",
        "Kaplan-Meier median of hours from raising to the first entry into the resolved state, elapsed time, for issues raised in the period; "
            + "unresolved ones are censored at the time of asking; the median of the resolved alone is stated beside it",
        "Resolved after 2, 4 and 30 hours and one open for 50: the median is 4 hours");

    private static readonly MeasureMetric FullResolution = Duration(
        "time_to_full_resolution", "Time to full resolution", "full",
        "How long it takes until an issue is resolved and stays so. An issue that came back counts until it was resolved again. A resolution is "
            + "final after seven quiet days; until then it counts, marked as provisional.",
        "Kaplan-Meier median of hours from raising to the last entry into the resolved state, elapsed time, for issues raised in the period; issues "
            + "reopened since, or never resolved, are censored at the time of asking; resolutions of the last 168 hours are provisional",
        "Resolved after 2 hours, back after 5, resolved again after 9: 9 hours");

    private static readonly MeasureMetric OurWait = Duration(
        "our_wait", "Time an issue waits on us", "ours",
        "How much of an issue's time it lay with us: all of it but the time it was resolved and the time we waited for the customer, and that "
            + "only where a question of ours is on record.",
        "Kaplan-Meier median over issues raised in the period of the hours in states other than resolved and evidenced pending_customer; "
            + "the hours of unresolved issues are censored",
        "Raised at 8:00, question sent 10:00, answered 15:00, resolved 16:00: 3 hours on us");

    private static readonly MeasureMetric CustomerWait = Duration(
        "customer_wait", "Time an issue waits on the customer", "customers",
        "How much of an issue's time we waited for the customer. A wait that names no question of ours on record is our own.",
        "Kaplan-Meier median over issues raised in the period of the hours in the state pending_customer that name an outbound contact as the "
            + "question; the hours of unresolved issues are censored",
        "Raised at 8:00, question sent 10:00, answered 15:00, resolved 16:00: 5 hours on the customer") with
    { Better = Better.Neither };

    private static readonly MeasureMetric ReopenRate = new()
    {
        Id = "reopen_rate",
        Name = "Reopen rate",
        File = "Reopening",
        Variant = "rate",
        Unit = Unit.Share,
        Better = Better.Lower,
        Aggregation = Aggregation.Share,
        DependsOnPeriod = true,
        InWords = "Of the issues we called resolved, how many were open again within seven days.",
        Formula = "issues reopened at most 168 hours after their first resolution in the period / issues with a resolution in the period whose 168 hours "
            + "are over; any state but closed reopens",
        Example = "Four issues resolved, one of them open again two days later: 25 %",
        Source = Solved,
        Nothing = "no issue was resolved in this period and selection",
        MinimumN = 10,
        Version = 1,
    };

    private static readonly MeasureMetric IssuesRaised = Number(
        "issues_raised", "Issues raised", "Resolution", "raised", Better.Lower, "How many issues customers raised.", "issues raised in the period",
        "no issue was raised in this period and selection");

    private static readonly MeasureMetric IssuesResolved = Number(
        "issues_resolved", "Issues resolved", "Reopening", "issues", Better.Neither,
        "How many issues were resolved at least once; an issue resolved twice counts once.", "issues with a resolution in the period",
        "no issue was resolved in this period and selection") with
    { DependsOnPeriod = true };

    private static readonly MeasureMetric Resolutions = Number(
        "resolutions", "Resolutions", "Reopening", "events", Better.Neither,
        "How often an issue was resolved; an issue resolved twice counts twice.", "entries into the resolved state in the period",
        "no issue was resolved in this period and selection");

    public static IReadOnlyList<MeasureMetric> All { get; } =
        [FirstResolution, FullResolution, OurWait, CustomerWait, ReopenRate, IssuesRaised, IssuesResolved, Resolutions];

    private static MeasureMetric Duration(string id, string name, string variant, string inWords, string formula, string example) => new()
    {
        Id = id,
        Name = name,
        File = "Resolution",
        Variant = variant,
        Unit = Unit.Hours,
        Better = Better.Lower,
        Aggregation = Aggregation.Median,
        InWords = inWords,
        Formula = formula,
        Example = example,
        Source = Solved,
        Nothing = "no issue was raised in this period and selection",
        MinimumN = 10,
        Version = 1,
    };

    private static MeasureMetric Number(
        string id, string name, string file, string variant, Better better, string inWords, string formula, string nothing) => new()
        {
            Id = id,
            Name = name,
            File = file,
            Variant = variant,
            Unit = Unit.Count,
            Better = better,
            Aggregation = Aggregation.Sum,
            InWords = inWords,
            Formula = formula,
            Source = Solved,
            Nothing = nothing,
            MinimumN = 1,
            Version = 1,
        };
}
