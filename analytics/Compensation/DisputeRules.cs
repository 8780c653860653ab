using System.Globalization;

namespace Followthrough.Analytics.Compensation;

/// <summary>Who may object, answer and decide: one place for pages, programs and the writing itself, so that nobody learns it only afterwards.</summary>
internal static class DisputeRules
{
    private const string Ours = "Somebody else decides it: neither who raised it nor whom it is about.";

    /// <summary>Why an objection cannot be raised, in a sentence; null when it can.</summary>
    /// <param name="statement">To what.</param>
    /// <param name="isHis">Whether it is the person's own, or that of somebody in a team he answers for.</param>
    /// <param name="now">When.</param>
    public static string? WhyNotRaise(LockedStatement statement, bool isHis, DateTimeOffset now) => statement switch
    {
        { LockedAt: null } => "It can be disputed once it is approved.",
        _ when !isHis => $"Only {statement.Statement.StaffName}, or a manager who answers for the team, can dispute it: who merely sees pay does not.",
        _ when now > statement.DisputableUntil => Say($"The window of {statement.Statement.DisputeDays} business days is over: its last day was {statement.LastDisputeDay:d MMM yyyy}."),
        _ => null,
    };

    /// <summary>Why somebody cannot answer it, in a sentence; null when he can.</summary>
    public static string? WhyNotAnswer(PayDispute dispute, PayActor by) => IsParty(dispute, by) ? "Somebody else answers it." : null;

    /// <summary>Why somebody cannot decide it, in a sentence; null when he can.</summary>
    /// <param name="dispute">What.</param>
    /// <param name="steps">What was done to the run it is about.</param>
    /// <param name="by">Who.</param>
    public static string? WhyNotDecide(PayDispute dispute, IEnumerable<PayStep> steps, PayActor by) =>
        IsParty(dispute, by) ? Ours
        : steps.Any(s => s.IsPreparation && s.By.Is(by)) ? "You had a hand in preparing this run: somebody else decides what is wrong with it."
        : null;

    private static bool IsParty(PayDispute dispute, PayActor by) => dispute.RaisedBy.Is(by) || (by.Staff is not null && dispute.Staff == by.Staff);

    private static string Say(FormattableString sentence) => sentence.ToString(CultureInfo.InvariantCulture);
}
