using Followthrough.Analytics.Churn;

namespace Followthrough.Analytics.CallLists;

/// <summary>What a call list is made for.</summary>
public sealed record CallListRequest
{
    /// <summary>How many calls fit into a week when nobody says otherwise.</summary>
    public const int UsualCapacity = 25;

    /// <summary>For how long a customer is left in peace when nobody says otherwise.</summary>
    public const int UsualQuietDays = 14;

    /// <summary>The longest list there is: more than a team calls in a month.</summary>
    public const int MostCalls = 1000;

    /// <summary>The longest a customer can be left in peace, in days.</summary>
    public const int MostQuietDays = 365;

    /// <summary>Whose customers: the team's; null for any.</summary>
    public string? Team { get; init; }

    /// <summary>Whose customers: the person's; null for any. Not together with a team.</summary>
    public string? Staff { get; init; }

    /// <summary>How many calls there is room for, from 1.</summary>
    public int Capacity { get; init; } = UsualCapacity;

    /// <summary>Who heard from us within so many days is not called.</summary>
    public int QuietDays { get; init; } = UsualQuietDays;

    /// <summary>Whether the schedule makes the next one, and closes this, each week.</summary>
    public bool Weekly { get; init; }

    /// <summary>Sign-in name of who makes it, or the name of the job.</summary>
    public required string MadeBy { get; init; }
}

/// <summary>A list of customers to call: a snapshot that never changes.</summary>
public sealed record CallList
{
    public required long Id { get; init; }
    public required DateTimeOffset MadeAt { get; init; }
    public required CallListRequest Request { get; init; }
    public required long ScoringId { get; init; }

    /// <summary>The scoring saw what was known then.</summary>
    public required DateTimeOffset ScoredAt { get; init; }

    /// <summary>The model of the scoring, and the SHA-256 of its bytes in lower-case hexadecimal.</summary>
    public required (long Id, string Sha256) Model { get; init; }

    /// <summary>By what it is ranked, and why.</summary>
    public required ListBasis Basis { get; init; }

    public required string BasisReason { get; init; }

    /// <summary>Name of the team or person whose customers it has; null for everybody's.</summary>
    public required string? Whose { get; init; }

    /// <summary>Whether the viewer it was found for sees all of it; otherwise all counts are of his own customers.</summary>
    public required bool IsWhole { get; init; }

    /// <summary>Null while it is worked on.</summary>
    public required DateTimeOffset? ClosedAt { get; init; }

    /// <summary>Customers to be called.</summary>
    public required long Calls { get; init; }

    /// <summary>Of them, those who have heard from us since it was made.</summary>
    public required long Done { get; init; }

    /// <summary>Customers who would have been called and are not, to measure what calling does.</summary>
    public required long HeldOut { get; init; }

    /// <summary>Customers for whom there was no room.</summary>
    public required long NotReached { get; init; }

    /// <summary>Customers left out, by reason.</summary>
    public required IReadOnlyDictionary<string, long> Suppressed { get; init; }

    /// <summary>Everybody who was considered.</summary>
    public long Considered => Calls + HeldOut + NotReached + Suppressed.Values.Sum();
}
