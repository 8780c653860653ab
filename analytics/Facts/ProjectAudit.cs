namespace Followthrough.Analytics.Facts;

/// <summary>An audit of a project for one quarter, begun at <c>occurred_at</c>.</summary>
[StoredAs("project_audit", Reach.FromOccurrence)]
public sealed record ProjectAudit : AccountFact
{
    public required string ProjectKey { get; init; }

    /// <summary>Last day of the calendar quarter it is about.</summary>
    public required DateOnly Quarter { get; init; }

    /// <summary>Staff key of who signs it off.</summary>
    public required string AuditorKey { get; init; }

    /// <summary>The auditor's unit; counts only where the auditor belongs to none of our teams at the sign-off.</summary>
    public string? AuditorUnit { get; init; }

    /// <summary>When it was signed off; null while it goes on.</summary>
    public DateTimeOffset? SignedOffAt { get; init; }

    public string? Rating { get; init; }
    public string? Summary { get; init; }
}
