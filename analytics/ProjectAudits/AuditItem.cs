namespace Followthrough.Analytics.ProjectAudits;

/// <summary>What is drawn for a closer look.</summary>
public enum AuditItemSort
{
    /// <summary>A contact between the customer and us.</summary>
    Communication,

    /// <summary>Something owed.</summary>
    Commitment,
}

/// <summary>What an auditor says of an item.</summary>
public enum AuditVerdict
{
    /// <summary>As it should be.</summary>
    Ok,

    /// <summary>Not as it should be, for a stated reason.</summary>
    Exception,
}

/// <summary>One communication or commitment that was drawn.</summary>
public sealed record AuditItem
{
    public required long Id { get; init; }
    public required AuditItemSort Sort { get; init; }

    /// <summary>In the order of the draw, from 1.</summary>
    public required int Place { get; init; }

    /// <summary>Kind of the commitment; null for a communication.</summary>
    public required string? Kind { get; init; }

    /// <summary>Key of the interaction or of the commitment.</summary>
    public required string Key { get; init; }

    /// <summary>When it took place or opened.</summary>
    public required DateTimeOffset At { get; init; }

    /// <summary>Null until somebody has looked at it.</summary>
    public required AuditVerdict? Verdict { get; init; }

    /// <summary>What was seen; always there for an exception.</summary>
    public required string? Words { get; init; }

    public required DateTimeOffset? JudgedAt { get; init; }

    /// <summary>Sign-in name.</summary>
    public required string? JudgedBy { get; init; }
}
