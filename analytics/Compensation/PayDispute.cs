namespace Followthrough.Analytics.Compensation;

/// <summary>An objection to a line of a locked statement.</summary>
public sealed record PayDispute
{
    public required long Id { get; init; }

    public required long Run { get; init; }

    public required string Plan { get; init; }

    public required string Period { get; init; }

    public required string Currency { get; init; }

    public required string Staff { get; init; }

    public required string StaffName { get; init; }

    /// <summary>The line; null for the statement as a whole.</summary>
    public required string? Component { get; init; }

    /// <summary>The metric of the line; null for the statement as a whole.</summary>
    public required string? Metric { get; init; }

    /// <summary>What should be there, in the raiser's words.</summary>
    public required string Expected { get; init; }

    public required string Evidence { get; init; }

    public required DateTimeOffset RaisedAt { get; init; }

    public required PayActor RaisedBy { get; init; }

    /// <summary>Until when an answer was promised.</summary>
    public required DateTimeOffset AnswerDueAt { get; init; }

    public required string? Answer { get; init; }

    public required DateTimeOffset? AnsweredAt { get; init; }

    public required string? AnsweredBy { get; init; }

    /// <summary>Null until it is decided.</summary>
    public required bool? Accepted { get; init; }

    /// <summary>What is paid for it, signed; null unless accepted.</summary>
    public required decimal? Amount { get; init; }

    public required string? Decision { get; init; }

    public required DateTimeOffset? DecidedAt { get; init; }

    public required string? DecidedBy { get; init; }

    /// <summary>The run that paid it, or will; null while none does.</summary>
    public required long? PaidIn { get; init; }

    /// <summary>The period of that run; null while there is none.</summary>
    public required string? PaidPeriod { get; init; }

    /// <summary>Whether that run is locked, so that it was paid.</summary>
    public required bool IsPaid { get; init; }

    /// <summary>First day of the plan's next period that is not paid yet.</summary>
    public required DateOnly NextFrom { get; init; }

    /// <summary>Whether the answer came in time; null while there is still time.</summary>
    public bool? IsKept(DateTimeOffset now) => AnsweredAt is { } at ? at <= AnswerDueAt : now > AnswerDueAt ? false : null;
}
