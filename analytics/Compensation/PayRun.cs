using Followthrough.Analytics.Metrics;

namespace Followthrough.Analytics.Compensation;

/// <summary>Where a run stands.</summary>
public enum PayRunState { Draft, Review, Locked, Abandoned }

/// <summary>What can be done to a run.</summary>
public enum PayStepKind { Prepared, Recalculated, Released, Sent, SentBack, Reviewed, Withdrawn, Approved, Abandoned }

/// <summary>What a plan pays for one period.</summary>
public sealed record PayRun
{
    public required long Id { get; init; }

    public required string Plan { get; init; }

    public required Period Period { get; init; }

    public required PayRunState State { get; init; }

    /// <summary>The moment whose knowledge it states.</summary>
    public required DateTimeOffset AsOf { get; init; }

    /// <summary>Versions of the plan in force in it.</summary>
    public required IReadOnlyList<int> Versions { get; init; }

    /// <summary>Of all that is paid; null before it is locked.</summary>
    public required decimal? ControlTotal { get; init; }

    /// <summary>How many statements; null before it is locked.</summary>
    public required int? ControlRows { get; init; }

    /// <summary>SHA-256 over its statements; null before it is locked.</summary>
    public required string? Hash { get; init; }

    public bool IsOpen => State is PayRunState.Draft or PayRunState.Review;
}

/// <summary>Something that was done to a run.</summary>
/// <param name="Kind">What.</param>
/// <param name="At">When.</param>
/// <param name="By">Who.</param>
/// <param name="Staff">To whose statement; null to all.</param>
/// <param name="Words">Why, where somebody said.</param>
public sealed record PayStep(PayStepKind Kind, DateTimeOffset At, PayActor By, string? Staff, string? Words)
{
    /// <summary>Whether who did it had a hand in the figures, and so cannot be the second pair of eyes.</summary>
    public bool IsPreparation => Kind is PayStepKind.Prepared or PayStepKind.Recalculated or PayStepKind.Released or PayStepKind.Sent;
}
