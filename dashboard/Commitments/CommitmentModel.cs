using Followthrough.Analytics.Metrics;
using Followthrough.Dashboard.Layout;
using Followthrough.Dashboard.Wording;

namespace Followthrough.Dashboard.Commitments;

/// <summary>What the page of one commitment draws.</summary>
public sealed record CommitmentModel
{
    public required PageFrame Frame { get; init; }
    public required CommitmentRow Row { get; init; }

    /// <summary>The contacts around it, in order of time.</summary>
    public required IReadOnlyList<Evidence> Evidence { get; init; }

    /// <summary>True when there is more evidence than is shown.</summary>
    public required bool IsCut { get; init; }

    /// <summary>Due by the next business day; null without a calendar promised to the customer.</summary>
    public required DateTimeOffset? DueNextBusinessDay { get; init; }

    /// <summary>The outcome in a sentence.</summary>
    public string Verdict
    {
        get
        {
            var took = Row.FulfilledAt is { } at ? Figures.Hours((at - Row.OpenedAt).TotalHours) : null;
            return Row.Status switch
            {
                CommitmentStatus.Kept => $"We answered after {took}, in time.",
                CommitmentStatus.Missed when took is not null => $"We answered after {took}, {Moments.Span(Row.FulfilledAt!.Value - Row.DueAt)} too late.",
                CommitmentStatus.Missed => $"We never answered. The customer has been waiting for {Moments.Span(Frame.KnownAt - Row.OpenedAt)}.",
                CommitmentStatus.Pending => $"The customer is waiting: {Moments.Countdown(Row.DueAt, Frame.KnownAt)}.",
                CommitmentStatus.Excused => $"Excused by a person: {Row.ExcusedReason ?? "no reason given"}. Not counted in any rate.",
                _ => throw new InvalidOperationException($"Unknown status {Row.Status}."),
            };
        }
    }

    /// <summary>How it stands against a due time.</summary>
    public string Against(DateTimeOffset due) => (Row.FulfilledAt, Row.Status) switch
    {
        (_, CommitmentStatus.Excused) => "excused",
        ({ } at, _) when at <= due => $"kept, {Moments.Span(due - at)} to spare",
        ({ } at, _) => $"missed by {Moments.Span(at - due)}",
        _ => Moments.Countdown(due, Frame.KnownAt),
    };
}
