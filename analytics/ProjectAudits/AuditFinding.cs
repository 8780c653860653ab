namespace Followthrough.Analytics.ProjectAudits;

/// <summary>How bad it is.</summary>
public enum Severity { Low, Medium, High }

/// <summary>How a finding stands.</summary>
public enum FindingState
{
    /// <summary>The owner has not said what was done, or was asked again.</summary>
    Open,

    /// <summary>The owner has said so; the auditor has yet to look.</summary>
    Answered,

    /// <summary>The auditor has seen that it is in order.</summary>
    Closed,
}

/// <summary>Something an audit found that has to be put right.</summary>
public sealed record AuditFinding
{
    public required long Id { get; init; }

    /// <summary>The audit it belongs to.</summary>
    public required long Case { get; init; }

    /// <summary>Source key of the customer.</summary>
    public required string Account { get; init; }

    public required string AccountName { get; init; }

    /// <summary>With the account, the commitment that the audit keeps.</summary>
    public required string CommitmentKey { get; init; }

    public required string Project { get; init; }
    public required string ProjectName { get; init; }

    /// <summary>Last day of the calendar quarter that was audited.</summary>
    public required DateOnly Quarter { get; init; }

    /// <summary>Staff key of who audits the project now.</summary>
    public required string Auditor { get; init; }

    public required string AuditorName { get; init; }

    /// <summary>What showed it; null for the project as a whole.</summary>
    public required FoundIn? Source { get; init; }

    public required Severity Severity { get; init; }

    /// <summary>What is wrong.</summary>
    public required string Words { get; init; }

    /// <summary>Staff key of who has to put it right.</summary>
    public required string Owner { get; init; }

    public required string OwnerName { get; init; }
    public required DateOnly DueOn { get; init; }

    /// <summary>The last second of that day in the company's zone.</summary>
    public required DateTimeOffset DueAt { get; init; }

    public required DateTimeOffset RaisedAt { get; init; }

    /// <summary>Sign-in name.</summary>
    public required string RaisedBy { get; init; }

    /// <summary>What the owner says was done; null until then, and when he was asked again.</summary>
    public required FindingWords? Answer { get; init; }

    /// <summary>What the auditor saw when he closed it; null until then.</summary>
    public required FindingWords? Closing { get; init; }

    /// <summary>How it stands.</summary>
    public FindingState State => Closing is not null ? FindingState.Closed : Answer is not null ? FindingState.Answered : FindingState.Open;

    /// <summary>When it was put right: as answered, once the auditor agrees; null until then. The auditor's own time is not the owner's.</summary>
    public DateTimeOffset? DoneAt => Closing is null ? null : Answer?.At ?? Closing.At;

    /// <summary>Whether nothing was said by the date, or what was said came later or was not enough.</summary>
    public bool IsOverdue(DateTimeOffset now) => (DoneAt ?? Answer?.At ?? now) > DueAt;
}

/// <summary>The drawn item that showed a finding.</summary>
/// <param name="Item">Its number.</param>
/// <param name="Sort">Communication or commitment.</param>
/// <param name="Place">Its place in the draw, from 1.</param>
/// <param name="Kind">Kind of the commitment; null for a communication.</param>
/// <param name="Key">Key of the interaction or of the commitment.</param>
public sealed record FoundIn(long Item, AuditItemSort Sort, int Place, string? Kind, string Key);

/// <summary>What somebody said of a finding.</summary>
/// <param name="Text">His words.</param>
/// <param name="At">When.</param>
/// <param name="By">Sign-in name.</param>
public sealed record FindingWords(string Text, DateTimeOffset At, string By);
