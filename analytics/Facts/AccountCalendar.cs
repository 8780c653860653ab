namespace Followthrough.Analytics.Facts;

/// <summary>
/// The calendar promised to the account during [<c>occurred_at</c>, <c>ended_at</c>); a later promise also ends an earlier one. What is owed is
/// held to the promise in force when it opened. Outside of all of them <see cref="Account.CalendarKey"/> counts.
/// </summary>
[StoredAs("account_calendar", Reach.FromOccurrence)]
public sealed record AccountCalendar : AccountFact
{
    public required string CalendarKey { get; init; }

    /// <summary>Exclusive end; null while it lasts.</summary>
    public DateTimeOffset? EndedAt { get; init; }
}
