namespace Followthrough.Ingest.Mappings;

/// <summary>A column that may be empty and without which the rules say little.</summary>
/// <param name="Fact">The fact.</param>
/// <param name="Column">The column.</param>
/// <param name="OnlyKind">The kind of the fact for which it matters; null for all.</param>
/// <param name="For">What it is for, in a clause.</param>
/// <param name="Missing">What follows when no record has it, in sentences; null where that goes without saying.</param>
public sealed record RuleNeed(string Fact, string Column, string? OnlyKind, string For, string? Missing = null);

/// <summary>What the rules need beside what must be there, the weightiest first.</summary>
public static class RuleNeeds
{
    /// <summary>All of them.</summary>
    public static IReadOnlyList<RuleNeed> All { get; } =
    [
        new("interaction", "connected", "call", "tells a call that reached somebody from a missed one",
            "No call says whether somebody was reached (connected). Every inbound call will count as missed, and no outbound one as an answer."),
        new("interaction", "contact_key", null, "who of the customer it was: each person waits for an answer of his own",
            "No interaction names a contact (contact_key). Whoever of a customer gets in touch counts as the same person."),
        new("interaction", "staff_key", null, "who of us did it",
            "No interaction names one of our people (staff_key). What was done will be the work of the account's owner."),
        new("interaction", "thread_key", null, "ties an answer to what it answers when another contact is written to"),
        new("interaction", "duration_seconds", "call", "calls of less than 30 seconds are no answer"),
        new("interaction", "owner_key", null, "who has to answer it"),
        new("issue", "owner_key", null, "who has to acknowledge and resolve it"),
        new("issue", "contact_key", null, "who waits for it"),
        new("issue", "thread_key", null, "ties the messages about it to it: the first answer acknowledges it"),
        new("invoice", "sent_at", null, "what was not sent is no revenue, and invoices no work",
            "No invoice says when it was sent. What was not sent is in no revenue, and no work counts as invoiced by it; where the source has one date only, give it to sent_at as well."),
        new("invoice", "project_key", null, "tells which project it bills"),
        new("invoice", "voided_at", null, "a voided invoice counts nowhere"),
        new("milestone", "accepted_at", null, "what is accepted is delivered", "No milestone says when it was accepted (accepted_at). None will count as delivered."),
        new("contact", "email", null, "by which he is reached, and known again in another system"),
        new("contact", "phone", null, "by which he is reached"),
        new("contact", "preferred_channel", null, "a message on it answers a missed call"),
        new("account", "time_zone", null, "where the customer's days end"),
        new("account", "calendar_key", null, "the hours promised to the customer, for figures in business time"),
        new("account", "segment", null, "by which figures are split and people compared fairly"),
        new("account", "region", null, "by which figures are split"),
        new("account", "tax_id", null, "by which the customer is known again in another system"),
        new("account", "website", null, "by which the customer is known again in another system"),
        new("deal", "won_at", null, "what is won is an order to come"),
        new("deal", "lost_at", null, "what is lost is out of the forecast"),
        new("deal", "expected_close_on", null, "what a forecast is held against"),
        new("survey_response", "contact_key", null, "with whom to speak when he is not content"),
        new("survey_response", "invitation_key", null, "who was asked and did not answer"),
        new("staff", "ended_at", null, "nobody owes anything after he has left"),
        new("staff", "email", null, "who signs in as whom"),
    ];

    /// <summary>What a column is for; null for one that the rules can do without.</summary>
    public static string? For(string fact, string column) => All.FirstOrDefault(n => n.Fact == fact && n.Column == column)?.For;

    /// <summary>How weighty a column is among those of its fact, 0 for the weightiest; null for one that the rules can do without.</summary>
    public static int? Place(string fact, string column) =>
        All.Where(n => n.Fact == fact).Select((need, place) => (need, place)).Where(x => x.need.Column == column).Select(x => (int?)x.place).FirstOrDefault();
}
