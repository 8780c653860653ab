using Followthrough.Dashboard.Wording;

namespace Followthrough.Dashboard.Mine;

/// <summary>Outcomes and urgencies as people say them.</summary>
internal static class OutcomeWords
{
    internal static string Name(Outcome outcome) => outcome switch
    {
        Outcome.Called => "Called",
        Outcome.Mailed => "Mailed",
        Outcome.Excused => "Excused",
        Outcome.NothingToOffer => "Nothing to offer",
        Outcome.NoAnswer => "No answer",
        Outcome.LeftMessage => "Left a message",
        _ => throw new ArgumentOutOfRangeException(nameof(outcome)),
    };

    /// <summary>What pressing it states.</summary>
    internal static string States(Outcome outcome) => outcome switch
    {
        Outcome.Called => "I spoke with them for at least half a minute, just now (c)",
        Outcome.Mailed => "I wrote to them in person, just now (m)",
        Outcome.NothingToOffer => "There is nothing to offer after this project",
        Outcome.NoAnswer => "I called just now, and nobody answered",
        Outcome.LeftMessage => "I left a message on their voicemail just now",
        _ => "Taken out of the rates, counted and shown (e)",
    };

    internal static string Done(Outcome outcome, string? reason) => reason is null ? Name(outcome) : $"{Name(outcome)}: {reason}";

    internal static string Name(Urgency urgency) => urgency switch
    {
        Urgency.Overdue => "Overdue",
        Urgency.Today => "Due today",
        Urgency.Week => "Next seven days",
        Urgency.Later => "Later",
        Urgency.Lapsed => "Overdue for more than 30 days",
        _ => throw new ArgumentOutOfRangeException(nameof(urgency)),
    };

    /// <summary>What is owed, as the sentence of a list says it: “Answer”, “Promise”.</summary>
    internal static string Owes(string kind) => kind switch
    {
        "respond" => "Answer",
        "call_back" => "Call back",
        "acknowledge_issue" => "Acknowledge the issue",
        "resolve_issue" => "Resolve the issue",
        "proposal" => "Send the proposal",
        "deliver" or "deliver_current" => "Deliver",
        "promise" => "Keep the promise",
        "delay_notice" => "Tell them of the delay",
        "phone_first" => "Speak about the delay",
        "status_report" => "Send the weekly status",
        "cadence" => "Keep in touch as planned",
        "invoice" => "Send the invoice",
        "next_offer" => "Make the next offer",
        "follow_up" => "Follow up",
        "survey" => "Send the survey",
        "close_the_loop" => "Speak with who was dissatisfied",
        "check_in" => "Ask how it is going",
        "spot_check" => "Review the sampled message",
        "project_audit" => "Audit the project",
        Addressed.Call => "Call from a list",
        _ => MetricWords.OfKind(kind).Name,
    };
}
