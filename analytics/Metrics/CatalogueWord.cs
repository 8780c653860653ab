namespace Followthrough.Analytics.Metrics;

/// <summary>Metrics about keeping our word: promises and proposals.</summary>
internal static class CatalogueWord
{
    private static readonly CommitmentMetric PromiseKept = new()
    {
        Id = "promise_kept",
        Name = "Promises kept",
        Kind = "promise",
        Opens = "promise was given",
        Fulfilled = "done",
        InWords = "What one of us promised a customer by a moment (\"quote by Thursday\") is done by then. A promise may be moved only with the "
            + "customer's acknowledgement before it falls due, and the one that takes its place then counts. Done at least a working day early it is beaten.",
        Formula = "kept / (kept + missed), for confirmed promises given in the period; kept when done by the moment promised; moved ones are excluded and shown",
        Source = "Follow up or lose them: do what you say you will do, by when you say it",
        Target = 0.95,
        MinimumN = 10,
        Version = 1,
    };

    private static readonly CommitmentMetric Proposal14D = new()
    {
        Id = "proposal_14d",
        Name = "Proposal within 14 days and by the date named",
        Kind = "proposal",
        Opens = "proposal was asked for",
        Fulfilled = "sent",
        InWords = "A customer who asks for a proposal has a complete one within 14 calendar days, and by the date we named where we named an earlier one. "
            + "Never sent counts as missed once that has passed. Where we said in time that we do not bid, or the customer withdrew in time, nothing was owed.",
        Formula = "kept / (kept + missed), for requests received in the period; kept when the first complete proposal was sent by the end of the 14th day "
            + "and of the day promised; not bid or withdrawn before that is excluded and shown",
        Source = "Twelve win-falls for prompt follow-up: proposals within two weeks",
        Target = 0.9,
        MinimumN = 10,
        Version = 1,
    };

    public static IReadOnlyList<CommitmentMetric> All { get; } = [PromiseKept, Proposal14D];
}
