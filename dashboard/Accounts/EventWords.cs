using Followthrough.Analytics.Metrics;
using Followthrough.Dashboard.Commitments;
using Followthrough.Dashboard.Mine;
using Followthrough.Dashboard.Wording;

namespace Followthrough.Dashboard.Accounts;

/// <summary>Events of a timeline as a sentence says them.</summary>
internal static class EventWords
{
    internal static string Plural(EventSort sort) => sort switch
    {
        EventSort.Contact => "Contacts",
        EventSort.Commitment => "Commitments",
        EventSort.Promise => "Promises",
        EventSort.Issue => "Issues",
        EventSort.Survey => "Surveys",
        EventSort.Order => "Orders",
        EventSort.Invoice => "Invoices",
        EventSort.Delivery => "Deliveries",
        _ => throw new ArgumentOutOfRangeException(nameof(sort)),
    };

    internal static string Icon(TimelineEvent e) => e.Sort switch
    {
        EventSort.Contact => e.Direction switch { "inbound" => "in", "outbound" => "out", _ => "inside" },
        EventSort.Commitment or EventSort.Promise => "clock",
        EventSort.Issue => "alert",
        EventSort.Survey => "metrics",
        EventSort.Delivery => "check",
        _ => "table",
    };

    /// <summary>“Grace Hopper called in vain”, “Issue, urgent”: what happened, by whom.</summary>
    internal static string What(TimelineEvent e) => e.Sort switch
    {
        EventSort.Contact => $"{Who(e)} {Did(e)}",
        EventSort.Commitment => $"Owed: {OutcomeWords.Owes(e.Kind!)}",
        EventSort.Promise => $"{e.Staff ?? "Somebody of ours"} promised",
        EventSort.Issue => $"Issue, {e.Kind}",
        EventSort.Survey when e.Fact == "survey_invitation" => $"{e.Contact ?? "The customer"} was asked{(e.State is null ? "" : ", and could not be reached")}",
        EventSort.Survey => $"{e.Contact ?? "The customer"} answered {e.Kind?.ToUpperInvariant()} {e.State}",
        EventSort.Order => $"Order{(e.State is null ? "" : $", {e.State}")}",
        EventSort.Invoice => $"Invoice{(e.State is null ? "" : $", {e.State}")}",
        EventSort.Delivery => e.State is "kept" or "missed" && e.At != e.DueAt ? "Delivery accepted" : "Delivery was due",
        _ => throw new ArgumentOutOfRangeException(nameof(e)),
    };

    /// <summary>How something owed stands; null for what is not.</summary>
    internal static CommitmentStatus? Standing(TimelineEvent e) =>
        e.Sort is EventSort.Commitment or EventSort.Delivery or EventSort.Promise && Enum.TryParse<CommitmentStatus>(e.State, ignoreCase: true, out var status) ? status : null;

    /// <summary>What it is about, or how it ended; null where neither is to be said.</summary>
    internal static string? About(TimelineEvent e) => e is { Sort: EventSort.Commitment, Subject: { } ending } ? EndingWords.Of(ending) : e.Subject;

    /// <summary>What stands beside it in small type; null for nothing.</summary>
    internal static string? Beside(TimelineEvent e) => e.Sort switch
    {
        EventSort.Order => Join(e.Kind?.Replace('_', ' '), MeasureWords.Exact(e.Amount, e.Of)),
        EventSort.Invoice => MeasureWords.Exact(e.Amount, e.Of),
        EventSort.Issue => Join(e.State?.Replace('_', ' '), e.Contact, e.Staff),
        EventSort.Survey => e.Fact == "survey_response" ? e.Of?.Replace('_', ' ') : null,
        EventSort.Commitment or EventSort.Delivery => e.Staff,
        EventSort.Promise => e.Contact is null ? null : $"to {e.Contact}",
        _ => null,
    };

    private static string Who(TimelineEvent e) => e.Direction == "inbound" ? e.Contact ?? "The customer" : e.Staff ?? "Somebody of ours";

    private static string Did(TimelineEvent e) => e.Kind switch
    {
        "call" when e.State == "not connected" => e.Direction == "inbound" ? "called in vain" : $"called{With(e)}, nobody answered",
        "call" => $"called{With(e)}{(e.Amount is { } seconds ? $", {Length((int)seconds)}" : "")}",
        "voicemail" => "left a voicemail",
        "meeting" => $"met{With(e)}",
        "reaction" => "reacted",
        "note" => "wrote an internal note",
        "hand_off" => "was handed on from a bot",
        "reopened" => "reopened the thread",
        _ => $"wrote{(e.Direction == "outbound" && e.Contact is not null ? $" to {e.Contact}" : "")} by {ChannelNames.Name(e.Of)}",
    };

    private static string With(TimelineEvent e) => e.Direction == "outbound" && e.Contact is not null ? $" {e.Contact}" : "";

    private static string Length(int seconds) => seconds < 60 ? $"{seconds}\u00a0s" : $"{seconds / 60}\u00a0min";

    private static string? Join(params string?[] parts) => string.Join(" · ", parts.Where(part => part is not null)) is { Length: > 0 } text ? text : null;
}
