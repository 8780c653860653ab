namespace Followthrough.Analytics.Metrics;

/// <summary>Metrics about how late deliveries are, how often their dates are moved, and what comes back after them.</summary>
internal static class CatalogueSlip
{
    private const string OnTheDay = "Client relations: deliver what was promised on the day it was promised";
    private const string SlipExample = "Accepted 1 day early, on the day and 10 days late, one 20 days overdue and still open: the median is 0 days, nine of ten were never reached";

    private static readonly MeasureMetric SlipP50 = Slip("slip_p50", "Slip p50 against the first date", "deliver", Aggregation.Median, "the date first agreed");
    private static readonly MeasureMetric SlipP90 = Slip("slip_p90", "Slip p90 against the first date", "deliver", Aggregation.NinetiethPercentile, "the date first agreed");
    private static readonly MeasureMetric SlipCurrentP50 =
        Slip("slip_current_p50", "Slip p50 against the current date", "deliver_current", Aggregation.Median, "the date that stands");
    private static readonly MeasureMetric SlipCurrentP90 =
        Slip("slip_current_p90", "Slip p90 against the current date", "deliver_current", Aggregation.NinetiethPercentile, "the date that stands");

    private static readonly MeasureMetric SlipWorkingP50 =
        Working(Slip("slip_working_p50", "Slip p50 against the first date, working days", "deliver", Aggregation.Median, "the date first agreed"));
    private static readonly MeasureMetric SlipWorkingP90 =
        Working(Slip("slip_working_p90", "Slip p90 against the first date, working days", "deliver", Aggregation.NinetiethPercentile, "the date first agreed"));
    private static readonly MeasureMetric SlipCurrentWorkingP50 =
        Working(Slip("slip_current_working_p50", "Slip p50 against the current date, working days", "deliver_current", Aggregation.Median, "the date that stands"));
    private static readonly MeasureMetric SlipCurrentWorkingP90 =
        Working(Slip("slip_current_working_p90", "Slip p90 against the current date, working days", "deliver_current", Aggregation.NinetiethPercentile, "the date that stands"));

    private static readonly MeasureMetric RebaselineRate = Share(
        "rebaseline_rate", "Rebaseline rate", "Slip", "rebaselined",
        "Of the deliveries due in the period by the date first agreed, how many have another date by now, to which the customer agreed in time.",
        "milestones whose standing date differs from their first / milestones whose first date lies in the period and has passed; a date is moved only "
            + "with a reason, an approver and the customer's acknowledgement, all before it has passed",
        "Good communications: tell the customer about a change before the date, not after it", "no delivery fell due in this period and selection") with
    { Kinds = ["deliver", "deliver_current"], Example = "Ten deliveries due, three moved in time: 30 %" };

    private static readonly MeasureMetric LateShareOurs = Share(
        "late_share_ours", "Late through us", "Slip", "late_ours",
        "How many deliveries missed the date first agreed through our doing. A delay is the customer's or a third party's only where that is on record.",
        "milestones accepted after their first date, or overdue, whose cause is not recorded with evidence as the customer's or a third party's / "
            + "milestones whose first date lies in the period and has passed",
        OnTheDay, "no delivery fell due in this period and selection") with
    { Kinds = ["deliver"], Example = "Ten deliveries due, three late, one of them proven to be the customer's doing: 20 %" };

    private static readonly MeasureMetric ExecutionIndex = new()
    {
        Id = "bei",
        Name = "BEI, baseline execution index",
        File = "ExecutionIndex",
        Kinds = ["deliver"],
        Unit = Unit.Index,
        Better = Better.Higher,
        Aggregation = Aggregation.Ratio,
        Bounds = Bounds.NotNegative,
        DependsOnPeriod = true,
        InWords = "Everything delivered so far against everything that by the dates first agreed should have been. Above 1 there was more delivered than "
            + "planned; early deliveries then hide late ones, so read it beside the rate delivered by the first date.",
        Formula = "milestones accepted by the status date / milestones whose first date is not after it; cumulative, the status date is the end of the "
            + "period or the time of asking, whichever comes first; called off by the customer before the date: excluded",
        Example = "Ten were due by now, eight of them are accepted and one that is due later: 0.9",
        Source = OnTheDay,
        Nothing = "nothing was to be delivered by then in this selection",
        NoBase = "nothing was to be delivered by then, whatever was delivered early",
        Target = 0.95,
        MinimumN = 10,
        Version = 1,
    };

    private static readonly MeasureMetric Issues30D = Returned("post_delivery_issues_30d", "Post-delivery issue rate, 30 days", "30d", 30);
    private static readonly MeasureMetric Issues90D = Returned("post_delivery_issues_90d", "Post-delivery issue rate, 90 days", "90d", 90);

    private static readonly MeasureMetric IssuesPerProject = Returned("issues_per_project", "Post-delivery issues per project", "issues", 90) with
    {
        Unit = Unit.Count,
        Aggregation = Aggregation.Ratio,
        Bounds = Bounds.NotNegative,
        InWords = "How many issues of our doing customers raised about a project within 90 days of accepting it.",
        Formula = "issues chargeable to us raised from acceptance to the end of the 90th day after it / projects accepted in the period whose 90 days are over",
        Example = "Two projects, one of them with three issues: 1.5",
    };

    public static IReadOnlyList<MeasureMetric> All { get; } =
    [
        SlipP50, SlipP90, SlipCurrentP50, SlipCurrentP90, SlipWorkingP50, SlipWorkingP90, SlipCurrentWorkingP50, SlipCurrentWorkingP90,
        RebaselineRate, LateShareOurs, ExecutionIndex, Issues30D, Issues90D, IssuesPerProject,
    ];

    private static MeasureMetric Slip(string id, string name, string kind, Aggregation aggregation, string date) => new()
    {
        Id = id,
        Name = name,
        File = "Slip",
        Variant = kind,
        Kinds = [kind],
        Unit = Unit.Days,
        Better = Better.Lower,
        Aggregation = aggregation,
        InWords = $"How many days after {date} deliveries are accepted, early ones counting as negative. What is overdue goes on counting; what is not "
            + "due yet is left out, since only early ones of it could be known.",
        Formula = $"Kaplan-Meier {(aggregation == Aggregation.Median ? "median" : "90th percentile")} of acceptance less {date}, in calendar days in the customer's promised "
            + "calendar, for milestones due in the period; overdue open ones are censored at the time of asking",
        Example = SlipExample,
        Source = OnTheDay,
        Nothing = "no delivery fell due in this period and selection",
        MinimumN = 10,
        Version = 1,
    };

    private static MeasureMetric Working(MeasureMetric slip) => slip with
    {
        Variant = slip.Variant + "_working",
        InWords = slip.InWords.Replace("How many days", "How many working days", StringComparison.Ordinal),
        Formula = slip.Formula.Replace("in calendar days in the customer's promised calendar", "in working days, those after the date up to the day of acceptance, by the "
            + "calendar promised to the customer when the first date was agreed, Monday to Friday without one", StringComparison.Ordinal),
        Example = "Due on a Friday and accepted on the Monday after: 1 working day late, 3 calendar days",
    };

    private static MeasureMetric Returned(string id, string name, string variant, int days) => Share(
        id, name, "PostDelivery", variant,
        $"Of the projects customers accepted, how many had a problem of our doing within {days} days. Problems count as ours unless somebody decided otherwise.",
        $"projects with an issue chargeable to us raised from acceptance to the end of the {days}th day after it / projects accepted in the period whose {days} days are over",
        "Follow up or lose them: ask after the delivery whether everything works", "no project was accepted in this period and selection") with
    { Example = "Four projects accepted, one of them with three issues: 25 %" };

    private static MeasureMetric Share(string id, string name, string file, string variant, string inWords, string formula, string source, string nothing) => new()
    {
        Id = id,
        Name = name,
        File = file,
        Variant = variant,
        Unit = Unit.Share,
        Better = Better.Lower,
        Aggregation = Aggregation.Share,
        InWords = inWords,
        Formula = formula,
        Source = source,
        Nothing = nothing,
        MinimumN = 10,
        Version = 1,
    };
}
