namespace Followthrough.Analytics.Facts;

/// <summary>A promise recorded by a person ("quote by Thursday"), given at <c>occurred_at</c>.</summary>
[StoredAs("promise", Reach.WholeAccount)]
public sealed record Promise : AccountFact
{
    public required string Content { get; init; }

    /// <summary>Staff key of who gave it.</summary>
    public required string OwnerKey { get; init; }

    public string? ContactKey { get; init; }
    public string? ProjectKey { get; init; }
    public required DateTimeOffset DueAt { get; init; }
    public DateTimeOffset? DoneAt { get; init; }

    /// <summary>When a new date was agreed; it counts as moved only before the due date and with <see cref="AcknowledgedAt"/>.</summary>
    public DateTimeOffset? RenegotiatedAt { get; init; }

    public DateTimeOffset? AcknowledgedAt { get; init; }

    /// <summary>The promise that took its place.</summary>
    public string? ReplacedByKey { get; init; }

    /// <summary>Staff key of the person who confirmed the record; machine-found promises count only once confirmed.</summary>
    public string? ConfirmedByKey { get; init; }
}
