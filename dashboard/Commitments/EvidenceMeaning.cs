using Followthrough.Analytics.Metrics;

namespace Followthrough.Dashboard.Commitments;

/// <summary>What a contact meant for the commitment: it opened it, closed it, reminded us, or did not count, and then why.</summary>
/// <param name="Mark">Class it is drawn with: opens, closes, reminder, out, other.</param>
/// <param name="Words">In words; null when there is nothing to say.</param>
internal sealed record EvidenceMeaning(string Mark, string? Words)
{
    // The length from which a call is taken for a conversation (definitions 2.1).
    private const int ShortestCall = 30;

    internal static EvidenceMeaning Of(Evidence evidence, CommitmentRow commitment)
    {
        if (evidence.Opens) return new("opens", commitment.Reminders == 0 ? "The clock starts" : "The clock starts; later contacts do not restart it");
        if (evidence.Closes) return new("closes", evidence.Kind == "voicemail" ? "Answers it: a voicemail left counts as an interim answer" : "Answers it: the clock stops");
        var waiting = evidence.At >= commitment.OpenedAt && (commitment.FulfilledAt is null || evidence.At < commitment.FulfilledAt);
        if (!waiting) return new("other", null);
        if (evidence.Direction == "inbound" && evidence.Kind != "meeting")
            return WhyNoReminder(evidence) is { } reason ? new("other", reason) : new("reminder", "The customer reminds us; the clock goes on");
        return new("out", $"Does not count: {WhyNot(evidence)}");
    }

    // As Respond.sql tells contacts that ask for an answer from those that do not; null when it asks.
    private static string? WhyNoReminder(Evidence evidence) => evidence switch
    {
        { Automatic: true } or { Bulk: true } => "Sent by a machine: nobody waits for an answer to it",
        { ToBot: true } => "Said to a bot",
        { Kind: "hand_off" } => "Handed on from a bot to a person",
        { Kind: "reopened" } => "The thread was reopened",
        { Kind: "call", Connected: true } => "The customer got through",
        { MissedReason: "short_abandoned" } => "Hung up within seconds",
        { MissedReason: "blocked" or "number_withheld" } => "From a number that nobody can call back",
        { Kind: "message" or "voicemail" or "call" } => evidence.SameParty ? null : "From somebody else in the thread",
        _ => "Asks for no answer",
    };

    private static string WhyNot(Evidence evidence) => evidence switch
    {
        { Direction: "internal" } => "the customer did not see it (internal)",
        { Automatic: true } => "sent automatically, not by a person",
        { Bulk: true } => "sent to many at once",
        { Kind: "reaction" } => "a reaction is no answer",
        { Kind: "note" } => "a note is no answer",
        { Kind: "hand_off" or "reopened" } => "a change of the thread, not an answer",
        { Kind: "call", Connected: not true } => "the call did not reach anybody",
        { Kind: "call", DurationSeconds: < ShortestCall } => $"the call was shorter than {ShortestCall} seconds",
        _ => "it went to another contact or thread",
    };
}
