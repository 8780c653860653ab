namespace Followthrough.Analytics.Churn;

/// <summary>Something that staff can act on, to which features belong.</summary>
/// <param name="Id">Stable id.</param>
/// <param name="Name">In plain words.</param>
/// <param name="Action">What one can do about it, in a sentence; null where nobody can.</param>
public sealed record FeatureGroup(string Id, string Name, string? Action);

/// <summary>What is known of a customer at a cut.</summary>
/// <param name="Id">Column of the feature statement.</param>
/// <param name="Name">In plain words.</param>
/// <param name="Unit">"days", "hours", "%" for shares, empty for counts and ratios.</param>
/// <param name="Group">Id of its group.</param>
/// <param name="Monotone">1 where more can only mean more risk, -1 where it can only mean less, 0 where the data decides.</param>
/// <param name="Meaning">What exactly is counted, and when it is unknown.</param>
public sealed record Feature(string Id, string Name, string Unit, string Group, int Monotone, string Meaning)
{
    /// <summary>What it says of a customer that the value is unknown, in a clause; null where it is always known.</summary>
    public string? Unknown { get; init; }
}

/// <summary>Every feature of the company's own customers. A changed meaning is a new <see cref="Version"/>, and models of the old one are trained again.</summary>
public static class FeatureCatalogue
{
    /// <summary>Version of the feature statement.</summary>
    public const int Version = 1;

    /// <summary>The column that the recency list is ranked by.</summary>
    public const string Recency = "days_since_order";

    /// <summary>The groups, in the order they are listed.</summary>
    public static IReadOnlyList<FeatureGroup> Groups { get; } =
    [
        new("answers", "Answers", "Answer what is open today, and say when the rest will come."),
        new("promises", "Promises and dates", "Say what became of the missed dates, and agree new ones."),
        new("contact", "Silence", "Call: nobody has spoken with them for long, or not the way they asked for."),
        new("orders", "Orders", "Ask what they plan next."),
        new("requests", "Requests", "Follow up what they asked for last."),
        new("issues", "Issues", "Settle the open issues before anything else."),
        new("surveys", "Survey answers", "Speak with who answered, about the answer."),
        new("people", "People", "Get to know who came after those who left."),
        new("money", "Invoices", "Clear up what is unpaid or was credited."),
        new("profile", "Kind of customer", null),
    ];

    /// <summary>The features, in the order of the statement.</summary>
    public static IReadOnlyList<Feature> All { get; } =
    [
        new(Recency, "Days since the last order", "days", "orders", 0, "From the newest order that was neither cancelled nor rework; unknown without orders.") { Unknown = "no order so far" },
        new("order_gap_ratio", "Time since the last order against the usual gap", "", "orders", 1, "Days since the last order by the mean days between orders so far; unknown before the second order.") { Unknown = "fewer than two orders so far" },
        new("order_gap_days", "Usual time between orders", "days", "orders", 0, "Mean days between orders so far; unknown before the second.") { Unknown = "fewer than two orders so far" },
        new("orders_365d", "Orders of the last 365 days", "", "orders", 0, "Orders that were neither cancelled nor rework."),
        new("order_trend", "Share of the last two years' orders that fell into the last year", "%", "orders", -1, "By amount in the order's own currency; unknown without orders in two years.") { Unknown = "no orders in two years" },
        new("tenure_days", "Time as a customer", "days", "profile", 0, "Since the account or, if earlier, its first order."),
        new("requests_180d", "Requests for proposals of the last 180 days", "", "requests", -1, "Requests received."),
        new("days_since_request", "Days since the last request", "days", "requests", 0, "Unknown without one in two years.") { Unknown = "no request in two years" },
        new("days_since_inbound", "Days since they last turned to us", "days", "contact", 0, "Messages, calls and meetings of people; unknown after a year of silence.") { Unknown = "nothing from them for a year" },
        new("days_since_outbound", "Days since we last turned to them", "days", "contact", 1, "Messages, calls and meetings of people; unknown after a year of silence.") { Unknown = "nothing from us for a year" },
        new("inbound_90d", "Contacts from them in the last 90 days", "", "contact", 0, "Messages, calls and meetings of people."),
        new("outbound_90d", "Contacts from us in the last 90 days", "", "contact", 0, "Messages, calls and meetings of people."),
        new("inbound_trend", "Share of the last half-year's contacts from them in its second half", "%", "contact", -1, "Unknown without contacts in 180 days.") { Unknown = "nothing from them in 180 days" },
        new("preferred_channel_share", "Contacts on the channel they prefer", "%", "contact", -1, "Of contacts from us in 365 days to people who named a channel; unknown without any.") { Unknown = "nothing from us in a year to people who named a channel" },
        new("answer_hours", "Mean time to our answer", "hours", "answers", 1, "Of obligations to respond in 180 days; each at most ten days, one that is still open as long as it has waited; unknown without any.") { Unknown = "no question from them in 180 days" },
        new("late_answer_share", "Answers later than due", "%", "answers", 1, "Of obligations to respond in 180 days that are answered or overdue; unknown without any.") { Unknown = "no question from them in 180 days" },
        new("late_answer_share_60d", "Answers later than due, last 60 days", "%", "answers", 1, "The same of 60 days.") { Unknown = "no question from them in 60 days" },
        new("unanswered_180d", "Questions without an answer", "", "answers", 1, "Overdue obligations to respond that were opened in 180 days."),
        new("calls_not_returned_365d", "Missed calls not returned in time", "", "answers", 1, "Of commitments to call back that fell due in 365 days."),
        new("promises_broken_365d", "Promises not kept in time", "", "promises", 1, "Of confirmed promises that fell due in 365 days."),
        new("deliveries_late_365d", "Deliveries after the first agreed date", "", "promises", 1, "Of milestones that fell due in 365 days, those still open among them."),
        new("issues_180d", "Issues of the last 180 days", "", "issues", 0, "Issues raised."),
        new("serious_issues_180d", "Serious issues of the last 180 days", "", "issues", 1, "Issues raised as high or urgent."),
        new("issues_open", "Issues open now", "", "issues", 1, "Issues without a resolution."),
        new("issues_late_365d", "Issues resolved late or not at all", "", "issues", 1, "Of those due in 365 days."),
        new("last_score", "Last survey answer", "%", "surveys", -1, "Place on the survey's scale, of own and third-party surveys of two years; unknown without any.") { Unknown = "no survey answer in two years" },
        new("lowest_score_365d", "Lowest survey answer of the last 365 days", "%", "surveys", -1, "Place on the survey's scale; unknown without any.") { Unknown = "no survey answer in a year" },
        new("contacts_lost_365d", "Contacts who left in the last 365 days", "", "people", 1, "Contacts recorded as having left."),
        new("paid_late_share", "Invoices paid after they were due", "%", "money", 0, "Of invoices due in 365 days; one without a payment is late; unknown without any.") { Unknown = "no invoice fell due in a year" },
        new("invoices_overdue", "Invoices overdue now", "", "money", 0, "Sent invoices past their date without a payment."),
        new("credit_notes_365d", "Credit notes of the last 365 days", "", "money", 0, "Credit notes issued."),
    ];

    /// <summary>Categories beside the numbers: they are of the profile.</summary>
    internal static IReadOnlyList<Feature> Categories { get; } =
    [
        new("segment", "Segment", "", "profile", 0, "As the account states it."),
        new("region", "Region", "", "profile", 0, "As the account states it."),
    ];

    /// <summary>The feature of that id, or null: a labelled table has columns of its own.</summary>
    public static Feature? Find(string id) => All.Concat(Categories).FirstOrDefault(f => f.Id == id);
}
