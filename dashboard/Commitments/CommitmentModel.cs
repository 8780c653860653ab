using Followthrough.Analytics.Metrics;
using Followthrough.Dashboard.Layout;
using Followthrough.Dashboard.Wording;

namespace Followthrough.Dashboard.Commitments;

/// <summary>What the page of one commitment draws.</summary>
public sealed record CommitmentModel
{
    public required PageFrame Frame { get; init; }
    public required CommitmentRow Row { get; init; }

    /// <summary>The metric it counts in.</summary>
    public CommitmentMetric Metric => MetricWords.OfKind(Row.Kind);

    /// <summary>The contacts around an answer owed, in order of time; empty for other kinds.</summary>
    public required IReadOnlyList<Evidence> Evidence { get; init; }

    /// <summary>The facts behind a commitment of another kind; empty for answers.</summary>
    public required IReadOnlyList<FactEvidence> Facts { get; init; }

    /// <summary>True when there is more evidence than is shown.</summary>
    public required bool IsCut { get; init; }

    /// <summary>Due by the next business day; null without a calendar promised to the customer.</summary>
    public required DateTimeOffset? DueNextBusinessDay { get; init; }

    /// <summary>The outcome in a sentence.</summary>
    public string Verdict => Row.Status switch
    {
        CommitmentStatus.Kept => $"{Did} after {Took}, in time.",
        CommitmentStatus.Missed when Took is not null => $"{Did} after {Took}, {Moments.Span(Row.FulfilledAt!.Value - Row.DueAt)} too late.",
        CommitmentStatus.Missed when Row is { EndedAs: { } ending, EndedAt: { } ended } => $"Never {Metric.Fulfilled}. {EndingWords.Of(ending)} on {Moments.Zoned(ended, Frame.Zone)}, after {Moments.Span(ended - Row.OpenedAt)}.",
        CommitmentStatus.Missed when Metric.IsAnswer && SpokenSince is { } spoken => $"We never answered. The customer spoke with us again on {Moments.Zoned(spoken, Frame.Zone)}, and no longer waits.",
        CommitmentStatus.Missed when Metric.IsAnswer => $"We never answered. The customer has been waiting for {Moments.Span(Frame.KnownAt - Row.OpenedAt)}.",
        CommitmentStatus.Missed => $"Never {Metric.Fulfilled}: {Moments.Countdown(Row.DueAt, Frame.KnownAt)}.",
        CommitmentStatus.Pending when Metric.IsAnswer => $"The customer is waiting: {Moments.Countdown(Row.DueAt, Frame.KnownAt)}.",
        CommitmentStatus.Pending => $"Not yet {Metric.Fulfilled}: {Moments.Countdown(Row.DueAt, Frame.KnownAt)}.",
        CommitmentStatus.Excused => $"{ExcusedHow}: {Row.ExcusedReason ?? "no reason given"}. Not counted in any rate.",
        _ => throw new InvalidOperationException($"Unknown status {Row.Status}."),
    };

    private string Did => Metric.IsAnswer ? "We answered" : Metric.Done;

    private string? Took => Row.FulfilledAt is { } at ? Figures.Hours((at - Row.OpenedAt).TotalHours) : null;

    private string ExcusedHow => Metric.IsAnswer || Row.ExcusedBy is not null ? "Excused by a person" : "Excluded by the definition";

    // Calling us is no answer of ours, but who has spoken with us does not wait.
    private DateTimeOffset? SpokenSince => Evidence.Where(e => e is { Direction: "inbound", Kind: "call" or "meeting", Connected: not false } && e.At > Row.OpenedAt)
        .Select(e => (DateTimeOffset?)e.At).LastOrDefault();

    /// <summary>How it stands against a due time.</summary>
    public string Against(DateTimeOffset due) => (Row.FulfilledAt, Row.Status) switch
    {
        (_, CommitmentStatus.Excused) => "excused",
        ({ } at, _) when at <= due => $"kept, {Moments.Span(due - at)} to spare",
        ({ } at, _) => $"missed by {Moments.Span(at - due)}",
        _ when Row.EndedAs is not null || SpokenSince is not null => $"never {Metric.Fulfilled}",
        _ => Moments.Countdown(due, Frame.KnownAt),
    };
}
