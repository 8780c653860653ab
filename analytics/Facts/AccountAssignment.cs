namespace Followthrough.Analytics.Facts;

/// <summary>Who was responsible for the account during [<c>occurred_at</c>, <c>ended_at</c>).</summary>
[StoredAs("account_assignment", Reach.FromOccurrence)]
public sealed record AccountAssignment : AccountFact
{
    public required string StaffKey { get; init; }
    public required AssignmentRole Role { get; init; }

    /// <summary>Exclusive end; null while it lasts.</summary>
    public DateTimeOffset? EndedAt { get; init; }
}

/// <summary>What the person is to the account. Obligations without an owner of their own fall to <see cref="Owner"/>.</summary>
public enum AssignmentRole { Owner, Sponsor, Service }
