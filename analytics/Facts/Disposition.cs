namespace Followthrough.Analytics.Facts;

/// <summary>A person excused a commitment for a stated reason ("no response needed"). Excluded from rates, counted, shown.</summary>
[StoredAs("disposition", Reach.WholeAccount)]
public sealed record Disposition : AccountFact
{
    /// <summary>Commitment kind, for example <c>respond</c>.</summary>
    public required string CommitmentKind { get; init; }

    /// <summary>Source key of the fact that opened the commitment.</summary>
    public required string SubjectKey { get; init; }

    public required string Reason { get; init; }

    /// <summary>Staff key of who decided.</summary>
    public required string StaffKey { get; init; }
}
