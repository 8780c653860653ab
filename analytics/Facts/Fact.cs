namespace Followthrough.Analytics.Facts;

/// <summary>
/// Something a source system told us. Its property names in snake case are the columns of the canonical file and of its table.
/// <c>required</c> means a row without it is rejected; nullable means unknown, never zero.
/// </summary>
public abstract record Fact
{
    /// <summary>Origin and identity, <c>source:external id</c>, unique within the fact and account.</summary>
    public required string SourceKey { get; init; }

    /// <summary>When it happened in the world; for a state that lasts, when it began (inclusive).</summary>
    public required DateTimeOffset OccurredAt { get; init; }

    /// <summary>When the source last changed the record; null where the source does not say. The newer version wins.</summary>
    public DateTimeOffset? SourceModifiedAt { get; init; }

    /// <summary>True when the source deleted the record. It stays, marked: a deletion undoes no obligation.</summary>
    public bool Deleted { get; init; }
}

/// <summary>A fact about one customer. Its row is stored under that account's id.</summary>
public abstract record AccountFact : Fact
{
    /// <summary>Source key of the account it belongs to.</summary>
    public required string Account { get; init; }
}
