namespace Followthrough.Analytics.Compensation;

/// <summary>Who has which part in a run, and so who can still approve it: neither who prepared it, nor who reviewed it, nor whom it pays.</summary>
/// <param name="steps">What was done to the run, in its order.</param>
/// <param name="paid">Keys of the people whom the run or its plan pays.</param>
internal sealed class PayHands(IReadOnlyList<PayStep> steps, IReadOnlySet<string> paid)
{
    private readonly IReadOnlyList<PayActor> _preparers = [.. steps.Where(s => s.IsPreparation).Select(s => s.By).Distinct()];
    private readonly IReadOnlyList<PayActor> _reviews = Reviews(steps);

    /// <summary>The part that somebody has in it.</summary>
    public PayHand Of(PayActor who) => _preparers.Any(who.Is) ? PayHand.Prepared
        : _reviews.Any(who.Is) ? PayHand.Reviewed
        : who.Staff is { } staff && paid.Contains(staff) ? PayHand.Paid
        : PayHand.None;

    /// <summary>Those who can still approve.</summary>
    public IReadOnlyList<PayActor> Free(IEnumerable<PayActor> approvers) => [.. approvers.Where(a => Of(a) == PayHand.None)];

    /// <summary>Those who could still approve if somebody took a part: he himself not, by whichever of his users.</summary>
    public IReadOnlyList<PayActor> FreeWithout(PayActor who, IEnumerable<PayActor> approvers) => [.. Free(approvers).Where(a => !a.Is(who))];

    /// <summary>Whether somebody is the only one left who can approve, so that no part is his to take.</summary>
    public bool IsLast(PayActor who, IReadOnlyList<PayActor> approvers) =>
        Free(approvers).Any(a => a.Is(who)) && FreeWithout(who, approvers).Count == 0;

    /// <summary>How many statements somebody has reviewed, which he can take back.</summary>
    public int ReviewsOf(PayActor who) => _reviews.Count(who.Is);

    // Of each reviewed statement by whom. What was reviewed before it was sent back or sent again was something else, and what was taken back
    // was no review.
    private static IReadOnlyList<PayActor> Reviews(IReadOnlyList<PayStep> steps)
    {
        var reviews = new Dictionary<string, PayActor>();
        foreach (var step in steps)
        {
            if (step.Kind is PayStepKind.Sent or PayStepKind.SentBack) reviews.Clear();
            else if (step is { Kind: PayStepKind.Reviewed, Staff: { } reviewed }) reviews[reviewed] = step.By;
            else if (step is { Kind: PayStepKind.Withdrawn, Staff: { } withdrawn }) reviews.Remove(withdrawn);
        }
        return [.. reviews.Values];
    }
}

/// <summary>Why somebody is no second pair of eyes: the part he has in a run.</summary>
internal enum PayHand { None, Prepared, Reviewed, Paid }
