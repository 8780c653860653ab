namespace Followthrough.Analytics.Editions;

/// <summary>What has to be in order before a quarter is closed.</summary>
public enum Check
{
    /// <summary>The quarter is over; nothing overrides it.</summary>
    QuarterIsOver,

    /// <summary>Every source that sent data of the quarter has sent some since it was over.</summary>
    SourcesAreFresh,

    /// <summary>The ledger has all facts.</summary>
    LedgerIsCurrent,

    /// <summary>What is stored of the quarter is what its sources say they have.</summary>
    TieOutsAgree,

    /// <summary>No record waits for a correction or an account.</summary>
    QuarantineIsEmpty,

    /// <summary>The communications drawn in the quarter were looked at.</summary>
    SpotChecksAreDone,

    /// <summary>The projects that ran in the quarter were audited by another unit.</summary>
    ProjectsAreAudited,
}

/// <summary>One line of the checklist.</summary>
/// <param name="Check">What is checked.</param>
/// <param name="IsOk">Whether it is in order.</param>
/// <param name="Words">What was found, in a sentence.</param>
/// <param name="Override">Why the quarter is closed nevertheless; null where it is in order or nobody has said.</param>
public sealed record CheckItem(Check Check, bool IsOk, string Words, string? Override = null)
{
    /// <summary>Whether it stands in the way of closing.</summary>
    public bool Blocks => !IsOk && Override is null;
}
