namespace Followthrough.Analytics.Metrics;

/// <summary>Metrics of how the customer is kept informed and in touch.</summary>
internal static class CatalogueCommunication
{
    private const string OfThoseDue = "kept / (kept + missed), {0}; pending ones and those excused by a person are shown apart";

    /// <summary>In the order they are listed.</summary>
    public static IReadOnlyList<CommitmentMetric> All { get; } =
    [
        Define("status_report", "status_report", "Weekly status on time", "week of a running project began", "reported", 0.95,
            "While work is under way, the customer has a written status every week by Friday at 17:00 local time. It says whether the work is on "
            + "time, what is delayed, what is a concern and to which schedule it refers; one that leaves any of these out does not count. "
            + "A late one is missed, but told apart from none at all. Service agreements have no schedule and owe no weekly status.",
            "for the weeks of running projects that began in the period; kept when the complete report was sent by the cut-off",
            "Good communications: every week in writing, whether on time, delayed, or of concern"),
        Define("cadence", "cadence", "Heard from us as often as agreed", "slot of a communication plan began", "contacted", 0.9,
            "The communication plan says how often executives, managers, operations and technicians of a customer hear from us. Each interval is a "
            + "slot; it is kept when a person of ours reached somebody of that tier in it, on any channel. While the customer asked for silence "
            + "nothing is owed.",
            "for slots of the plan that began in the period; kept when our first outreach to the tier fell into the slot",
            "Good communications: agree how often each contact wants to hear from us; too much is when the client says so"),
        Define("next_offer_30d", "next_offer", "Next offer within 30 days", "project was accepted", "offered", 0.8,
            "A customer whose project was accepted has a dated offer for what comes next within 30 days, or we have decided and recorded that there is "
            + "nothing to offer. A new revision of an old offer does not count.",
            "for projects accepted in the period; kept when a complete proposal was sent, or the decision recorded, by the end of the 30th day",
            "Twelve win-falls for prompt follow-up: the next order is asked for while the last one is remembered"),
        Define("follow_up_30d", "follow_up", "Silence ended by us within 30 days", "conversation ended", "followed up", 0.8,
            "After the last contact with a person at the customer we are in touch again within 30 days, or a dated next step is promised. "
            + "Contacts less than a week apart are one conversation; when the customer comes back first, nothing is owed for that silence.",
            "for silences that began in the period; kept when our next outreach to the person, or a promise to them, came by the end of the 30th day",
            "Follow up or lose them: list everyone spoken with in the last 30 days and not contacted since"),
        Define("survey_7d", "survey", "Asked within 7 days", "survey was owed", "asked", 0.9,
            "A customer whose project was accepted is asked within a week how it went, and so is one whose survey calendar says that it is time again. "
            + "Invitations that could not reach anybody do not count.",
            "for projects accepted and slots of the survey calendar begun in the period; kept when the first eligible invitation, about the project or of the "
            + "slot, was sent by the end of the 7th day",
            "Client relations: ask the customer after every job"),
        Define("close_the_loop_48h", "close_the_loop", "Unhappy customers contacted within 48 h", "customer was unhappy", "contacted", 0.95,
            "A customer who would not recommend us (0 to 6 of 10) hears from a person of ours within 48 hours, on any channel.",
            "for such answers given in the period; kept when our first outreach to that person came at most 48 hours of elapsed time after the answer",
            "Client relations: an unhappy customer who is called at once often stays"),
        Define("delay_notice", "delay_notice", "Told of a delay before the date", "forecast passed an agreed date", "told", 0.9,
            "As soon as we ourselves expect to miss a date agreed with the customer, the customer hears from us about the project, at the latest on that "
            + "date. What was delivered on time after all was not a delay.",
            "for agreed dates that a forecast first passed in the period; kept when our first outreach about the project since came by the end of the agreed "
            + "date; the lead is the due time less the notice",
            "Good communications: the client hears of a delay from us, before it happens"),
        Define("phone_first", "phone_first", "Long delays told in person", "long delay was put in writing", "told in person", 0.9,
            "A customer who reads of a delay of more than 5 working days has been called or met before, or is within 4 hours. "
            + "Our first message about the project after the forecast counts as the notice.",
            "for written notices of long delays sent in the period; kept when a call of 30 seconds or more, or a meeting, took place between the forecast and "
            + "4 hours of elapsed time after the notice",
            "Good communications: bad news by telephone, then in writing"),
        Define("check_in", "check_in", "Management asked how it is going", "quarter of an active customer began", "asked", 0.8,
            "Once a quarter somebody of our management speaks with every active customer, by telephone or face to face. Active is a customer with a "
            + "running project, or an order in the 24 months before the quarter.",
            "for quarters of active accounts that began in the period; kept when a manager's call was taken, or a manager's meeting held, in the quarter",
            "Client relations: management asks every client how it is going"),
    ];

    private static CommitmentMetric Define(
        string id, string kind, string name, string opens, string fulfilled, double target, string inWords, string counted, string source) => new()
        {
            Id = id,
            Name = name,
            Kind = kind,
            Opens = opens,
            Fulfilled = fulfilled,
            OnlyMatured = true,
            InWords = inWords,
            Formula = OfThoseDue.Replace("{0}", counted, StringComparison.Ordinal),
            Source = source,
            Target = target,
            MinimumN = 10,
            Version = 1,
        };
}
