namespace Followthrough.Analytics.Metrics;

/// <summary>What commitments show beside the rate at which they are kept.</summary>
internal static class CatalogueSides
{
    private const string Told = "Good communications: the client hears of a delay from us, before it happens";
    private const string Word = "Follow up or lose them: do what you say you will do, by when you say it";
    private const string Billed = "Client relations: a prompt and accurate invoice is the last piece of the work";

    public static IReadOnlyList<MeasureMetric> All { get; } =
    [
        Side("no_response_needed", "No response needed", "respond", "no_response", Better.Neither,
            "How many of the waiting customers a person of ours decided to need no answer (\"thanks, bye\"). They are left out of the answered rate, so whoever "
                + "decides so far more often than others is worth a look.",
            "obligations excused by a person / obligations opened in the period", "Ten customers wrote, one of them to say thanks: 10 %",
            "Twelve win-falls for prompt follow-up: answer every customer", "no customer turned to us in this period and selection"),
        Side("promise_beaten", "Promises beaten", "promise", "beaten", Better.Higher,
            "How many promises were kept at least a working day early.",
            "promises done at least a working day before their moment / promises given in the period whose moment has passed; moved ones are excluded and counted",
            "Four promises due, one done two days early: 25 %", Word, Promised),
        Side("promise_moved", "Promises moved", "promise", "moved", Better.Lower,
            "How many promises were moved to a later moment with the customer's agreement. They are no part of the rate kept, so it is read beside this one.",
            "promises renegotiated before their moment with the customer's acknowledgement / promises given in the period whose first moment has passed",
            "Four promises due, one of them moved in time: 25 %", Word, Promised),
        Duration("delay_notice_day_p50", "Day of the notice of a delay p50", "notice_day", Unit.Days,
            "How many days from the agreed date to the moment we told the customer of the delay; negative when we told before the date, which is the lead time.",
            "Kaplan-Meier median of our first contact about the project after the forecast less the end of the agreed date, in days: the lead time with its sign "
                + "turned, so that who was not told yet is censored and not forgotten; for delays foreseen in the period whose date has passed",
            "Told 5 days and 1 day before, and one not told 3 days after: -1 day"),
        Duration("delay_knowledge_lag_p50", "Time from our forecast to the notice p50", "notice_lag", Unit.Hours,
            "How long we knew of a delay before we told the customer.",
            "Kaplan-Meier median of our first contact about the project less our first forecast past the agreed date, elapsed hours; who was not told yet is censored",
            "Told after 2 and 50 hours, and one not told for 100 hours: 50 hours"),
        Side("invoice_14d_by_amount", "Invoiced within 14 days, by amount", "invoice", "invoice_amount", Better.Higher,
            "The share of the billable amounts that was invoiced within 14 days: one large invoice that is late weighs more than ten small ones that are not.",
            "amounts of billing events of the period invoiced by the end of the 14th day / amounts of those invoiced or past it; by the rate of the day of the event; "
                + "deposits and what was billed in advance are excluded and counted",
            "1,000 invoiced in time and 9,000 late: 10 %, where the count says 50 %", Billed, Billable) with
        { Aggregation = Aggregation.Ratio, Bounds = Bounds.Part, NoBase = "what became billable adds up to nothing" },
        Side("invoice_first_time_right", "Invoices right the first time", "invoice", "invoice_right", Better.Higher,
            "How many invoices the customer did not have to have corrected: neither credited within 60 days nor withdrawn and issued anew.",
            "billing events of the period none of whose invoices was voided, or credited within 60 days of sending / billing events of the period invoiced 60 days ago or earlier",
            "Ten invoiced, one of them credited after a week: 90 %", Billed, Billable),
    ];

    private const string Promised = "no promise was given in this period and selection";
    private const string Billable = "nothing became billable in this period and selection";

    private static MeasureMetric Side(
        string id, string name, string kind, string variant, Better better, string inWords, string formula, string example, string source, string nothing) => new()
        {
            Id = id,
            Name = name,
            File = "Sides",
            Variant = variant,
            Kinds = [kind],
            Unit = Unit.Share,
            Better = better,
            Aggregation = Aggregation.Share,
            InWords = inWords,
            Formula = formula,
            Example = example,
            Source = source,
            Nothing = nothing,
            MinimumN = 10,
            Version = 1,
        };

    private static MeasureMetric Duration(string id, string name, string variant, Unit unit, string inWords, string formula, string example) =>
        Side(id, name, "delay_notice", variant, Better.Lower, inWords, formula, example, Told, "no delay was foreseen in this period and selection") with
        { Unit = unit, Aggregation = Aggregation.Median };
}
