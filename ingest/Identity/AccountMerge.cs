namespace Followthrough.Ingest.Identity;

/// <summary>A merge of two accounts that is asked for.</summary>
public sealed record MergeRequest
{
    /// <summary>Key of the account that is merged.</summary>
    public required string Key { get; init; }

    /// <summary>Key of the account it is merged into: the one that stays.</summary>
    public required string Into { get; init; }

    /// <summary>Who decided it.</summary>
    public required string By { get; init; }

    /// <summary>Why they are one customer.</summary>
    public required string Reason { get; init; }

    /// <summary>How sure the match was, 0 to 1; null when a person says so without one.</summary>
    public decimal? Score { get; init; }
}

/// <summary>A merge that was made.</summary>
public sealed record AccountMerge
{
    public required long Id { get; init; }

    /// <summary>Key of the account that was merged.</summary>
    public required string Key { get; init; }

    /// <summary>Its name as its source last told it; null for a key of which no account was ever told.</summary>
    public required string? Name { get; init; }

    /// <summary>Key of the account it was merged into.</summary>
    public required string Into { get; init; }

    /// <summary>Name of the account its facts are under now.</summary>
    public required string? IntoName { get; init; }

    public required DateTimeOffset MergedAt { get; init; }

    public required string By { get; init; }

    public required string Reason { get; init; }

    /// <summary>How sure the match was, 0 to 1; null when a person said so without one.</summary>
    public required decimal? Score { get; init; }

    /// <summary>Facts that moved.</summary>
    public required long Facts { get; init; }

    /// <summary>When it was undone; null while it stands.</summary>
    public required DateTimeOffset? UndoneAt { get; init; }

    /// <summary>Who undid it; null while it stands.</summary>
    public required string? UndoneBy { get; init; }
}

/// <summary>What a merge or its undoing did.</summary>
/// <param name="Key">Key of the account that was merged.</param>
/// <param name="Into">Key of the account it was merged into.</param>
/// <param name="Facts">Facts that moved.</param>
/// <param name="Released">Rows that had waited for the account and are in now.</param>
public sealed record MergeReport(string Key, string Into, long Facts, long Released);

/// <summary>Accounts that can't be merged or parted; the message says why.</summary>
public sealed class IdentityException(string message) : Exception(message);
