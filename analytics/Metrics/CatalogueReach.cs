namespace Followthrough.Analytics.Metrics;

/// <summary>Metrics about how missed calls come out and how long customers hear nothing from us.</summary>
internal static class CatalogueReach
{
    private const string Asap = "Client relations: return calls as soon as possible";
    private const string OfEpisodes = "episodes of missed calls opened in the period that are at least 24 hours old; calls that cannot be returned are excluded and counted";

    public static IReadOnlyList<MeasureMetric> All { get; } =
    [
        Calls("call_back_24h", "Called back within 24 h", "24h", Better.Higher,
            "The second line beside the business hour: how many customers who called and reached nobody were called back within a day.",
            $"episodes returned (reached, a voicemail left, a message on the channel asked for) at most 24 hours of elapsed time after the first missed call / {OfEpisodes}",
            "Four missed calls, returned after 30 minutes and after 20 and 30 hours, the fourth never: 50 %"),
        Calls("call_back_never", "Never called back", "never", Better.Lower,
            "How many customers who called and reached nobody have not been called back to this day, and did not get through by calling again either.",
            $"episodes neither returned nor ended by the customer's own call / {OfEpisodes}",
            "Four missed calls, two returned, one customer called again and got through: 25 %"),
        Calls("call_back_recovered", "Customer had to call again", "recovered", Better.Lower,
            "How many customers who called and reached nobody got through by calling again before we returned the call: saved by them, not by us.",
            $"episodes ended by the customer's own call that got through / {OfEpisodes}",
            "Four missed calls, two returned, one customer called again and got through: 25 %"),
        Calls("calls_per_episode", "Customer's calls per missed-call episode", "attempts", Better.Lower,
            "How often customers call in vain before the matter is over.",
            "missed calls and voicemails / episodes of missed calls opened in the period; calls that cannot be returned are excluded and counted",
            "One customer called in vain three times, another once: 2") with
        { Unit = Unit.Count, Aggregation = Aggregation.Ratio, Bounds = Bounds.NotNegative },
        Hours("call_back_attempt_p50", "Time to the first attempt to call back", "attempt",
            "How long until we first tried to return a missed call, successfully or not.",
            "Kaplan-Meier median of our first call, voicemail or other return less the end of the first missed call, elapsed hours; where nothing was tried, "
                + "censored at the time of asking or when the customer got through",
            "Tried after 10 minutes and 2 hours, and one not at all: 2 hours"),
        Hours("call_back_reach_p50", "Time until the caller was reached", "reach",
            "How long until we spoke with a customer whose call we missed, or with somebody of the customer's who can act.",
            "Kaplan-Meier median of our first call that was taken for 20 seconds less the end of the first missed call, elapsed hours; censored at the "
                + "time of asking, when the customer got through, or when we answered on the channel the person asked for",
            "A voicemail after 10 minutes and a talk after 3 hours: 3 hours"),
        Silence("longest_silence_p50", "Longest silence p50", Aggregation.Median, "Half of the tiers of our customers with a communication plan"),
        Silence("longest_silence_p90", "Longest silence p90", Aggregation.NinetiethPercentile, "Nine in ten of the tiers of our customers with a communication plan"),
    ];

    private static MeasureMetric Calls(string id, string name, string variant, Better better, string inWords, string formula, string example) => new()
    {
        Id = id,
        Name = name,
        File = "CallBacks",
        Variant = variant,
        Kinds = ["call_back"],
        Unit = Unit.Share,
        Better = better,
        Aggregation = Aggregation.Share,
        InWords = inWords,
        Formula = formula,
        Example = example,
        Source = Asap,
        Nothing = "no call was missed in this period and selection",
        MinimumN = 10,
        Version = 1,
    };

    private static MeasureMetric Hours(string id, string name, string variant, string inWords, string formula, string example) =>
        Calls(id, name, variant, Better.Lower, inWords, formula, example) with { Unit = Unit.Hours, Aggregation = Aggregation.Median };

    private static MeasureMetric Silence(string id, string name, Aggregation aggregation, string who) => new()
    {
        Id = id,
        Name = name,
        File = "Silence",
        Unit = Unit.Days,
        Better = Better.Lower,
        Aggregation = aggregation,
        DependsOnPeriod = true,
        InWords = $"{who} (executives, managers, operations, technicians) never went longer than this without hearing from a person of ours. "
            + "Silence that the customer asked for in writing does not count.",
        Formula = $"Kaplan-Meier {(aggregation == Aggregation.Median ? "median" : "90th percentile")} over accounts and tiers with a plan in the period of the longest time "
            + "between two of our contacts with that tier, in days; it begins with the plan at the earliest and counts in full where it began before the "
            + "period; one that goes on at the end of the period or the time of asking, or that the plan's end or a pause cuts off, is censored",
        Example = "An executive heard from us on days 1, 11 and 15 and ever since 5 days ago not: 10 days",
        Source = "Good communications: agree how often each contact wants to hear from us; too much is when the client says so",
        Nothing = "no communication plan was in force in this period and selection",
        MinimumN = 10,
        Version = 1,
    };
}
