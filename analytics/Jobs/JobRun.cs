namespace Followthrough.Analytics.Jobs;

/// <summary>Why a job ran.</summary>
public enum RunCause
{
    /// <summary>Its time had come.</summary>
    Schedule,

    /// <summary>Facts had changed.</summary>
    Facts,
}

/// <summary>How a run stands.</summary>
public enum RunOutcome
{
    Running,
    Succeeded,

    /// <summary>An error ended it; what it had done so far is kept or undone as the job says.</summary>
    Failed,

    /// <summary>The program was stopped in an orderly way; the next run goes on.</summary>
    Interrupted,

    /// <summary>Nothing was heard of it for long: its process was killed or lost its database.</summary>
    Lost,
}

/// <summary>What a run did to the data.</summary>
/// <param name="Written">Rows added or changed.</param>
/// <param name="Removed">Rows removed.</param>
/// <param name="Note">What it found, in a sentence; null when there is nothing to say.</param>
public sealed record RunResult(long Written, long Removed, string? Note);
