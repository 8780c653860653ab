using Followthrough.Analytics.Facts;

namespace Followthrough.Dashboard.Mine;

/// <summary>What somebody says he did about something owed.</summary>
public enum Outcome
{
    /// <summary>Spoke with the customer for at least half a minute.</summary>
    Called,

    /// <summary>Wrote to the customer in person.</summary>
    Mailed,

    /// <summary>It need not be done, for a stated reason: taken out of the rates, counted and shown.</summary>
    Excused,

    /// <summary>There is nothing to offer after a project, which keeps that commitment.</summary>
    NothingToOffer,

    /// <summary>Called, and nobody answered.</summary>
    NoAnswer,

    /// <summary>Left a message on their voicemail.</summary>
    LeftMessage,
}

/// <summary>Which outcomes a commitment can have: only those that its own rule takes for an answer.</summary>
internal static class Outcomes
{
    internal const int LongestReason = 120;

    /// <summary>Reasons offered for excusing; another one can be written.</summary>
    internal static IReadOnlyList<string> Reasons { get; } =
        ["no response needed", "done in another way", "withdrawn by the customer", "not ours to do", "recorded twice"];

    /// <summary>What can come of a call that a list asks for.</summary>
    internal static IReadOnlyList<Outcome> OfCall { get; } = [Outcome.Called, Outcome.NoAnswer, Outcome.LeftMessage, Outcome.Mailed, Outcome.Excused];

    // Kept by any outreach of ours to the person, in the thread or about the project.
    private static readonly string[] ByOutreach = ["respond", "acknowledge_issue", "close_the_loop", "follow_up", "cadence", "delay_notice"];

    // Those of them that need a person we know.
    private static readonly string[] ToSomebody = ["close_the_loop", "follow_up", "cadence"];

    /// <param name="row">What is owed.</param>
    /// <param name="leads">Whether who records it leads a team or people: only management keeps a check-in.</param>
    internal static IReadOnlyList<Outcome> Of(OwedRow row, bool leads) =>
        row.Kind == "next_offer" ? [Outcome.NothingToOffer] : [.. ByContact(row, leads), Outcome.Excused];

    private static IEnumerable<Outcome> ByContact(OwedRow row, bool leads)
    {
        if (row.DoNotContact || (ToSomebody.Contains(row.Kind) && row.Contact is null)) yield break;
        var outreach = ByOutreach.Contains(row.Kind);
        if (outreach || row.Kind is "call_back" or "phone_first" || (row.Kind == "check_in" && leads)) yield return Outcome.Called;
        // A missed call is answered in writing only where the caller asked for that.
        if (outreach || (row.Kind == "call_back" && row.PreferredChannel == FactTable.Snake(nameof(Channel.Email)))) yield return Outcome.Mailed;
    }
}
