namespace Followthrough.Analytics.Compensation;

/// <summary>A version of a plan, as it was written.</summary>
public sealed record PayPlanVersion
{
    public required string PlanId { get; init; }

    /// <summary>From 1.</summary>
    public required int Version { get; init; }

    /// <summary>The YAML.</summary>
    public required string Document { get; init; }

    /// <summary>SHA-256 of the document, in lower-case hexadecimal.</summary>
    public required string Hash { get; init; }

    /// <summary>First day on which it can be in force.</summary>
    public required DateOnly FromDay { get; init; }

    public required DateTimeOffset MadeAt { get; init; }

    public required string MadeBy { get; init; }

    public required string Reason { get; init; }

    /// <summary>Null while it stands; what was withdrawn is never in force.</summary>
    public PlanWithdrawal? Withdrawn { get; init; }

    /// <summary>What was understood when it was appended.</summary>
    /// <exception cref="InvalidDataException">It is refused by now, for example because a metric is gone.</exception>
    public PayPlan Plan => PlanDocument.Read(Document).Plan
        ?? throw new InvalidDataException($"Version {Version} of {PlanId} cannot be read any more: {string.Join(' ', PlanDocument.Read(Document).Faults)}");

    /// <summary>Those that were not withdrawn, in their order.</summary>
    public static IReadOnlyList<PayPlanVersion> Standing(IEnumerable<PayPlanVersion> versions) => [.. versions.Where(v => v.Withdrawn is null)];

    /// <summary>Of a plan's versions, the newest first, the first that stands; where all were withdrawn, the newest.</summary>
    public static PayPlanVersion Newest(IReadOnlyList<PayPlanVersion> versions) => Standing(versions) is [var newest, ..] ? newest : versions[0];

    /// <summary>The one that a version follows: in force the day before its first day, else the one written before it; null for the first.</summary>
    public static PayPlanVersion? Replaced(IReadOnlyCollection<PayPlanVersion> versions, PayPlanVersion version) =>
        InForce(versions.Where(v => v.Version != version.Version), version.FromDay.AddDays(-1))
        ?? Standing(versions).Where(v => v.Version < version.Version).MaxBy(v => v.Version);

    /// <summary>The one in force on a day: of those from that day or before the latest, and of these the newest; null when there is none.</summary>
    public static PayPlanVersion? InForce(IEnumerable<PayPlanVersion> versions, DateOnly day) =>
        Standing(versions).Where(v => v.FromDay <= day).OrderBy(v => v.FromDay).ThenBy(v => v.Version).LastOrDefault();
}

/// <summary>That a version was taken back before its first day.</summary>
/// <param name="At">When.</param>
/// <param name="By">Sign-in name of who did.</param>
/// <param name="Reason">Why.</param>
public sealed record PlanWithdrawal(DateTimeOffset At, string By, string Reason);

/// <summary>Somebody who is paid by a plan.</summary>
public sealed record PayMember
{
    public required long Id { get; init; }

    public required string PlanId { get; init; }

    public required string StaffKey { get; init; }

    /// <summary>The key where no name is known.</summary>
    public required string Name { get; init; }

    public required DateOnly FromDay { get; init; }

    /// <summary>First day he is not in it any more; null while nobody has said.</summary>
    public required DateOnly? ToDay { get; init; }

    /// <summary>Target incentive of a whole period; null for the plan's.</summary>
    public required decimal? Incentive { get; init; }

    public required DateTimeOffset RecordedAt { get; init; }

    public required string RecordedBy { get; init; }

    public bool IsIn(DateOnly day) => FromDay <= day && (ToDay is null || day < ToDay);
}

/// <summary>A share of an account's volumes.</summary>
/// <param name="StaffKey">Whose.</param>
/// <param name="Share">As a fraction.</param>
/// <param name="Overlay">On top of the shares that add up to 1.</param>
public sealed record CreditShare(string StaffKey, decimal Share, bool Overlay);

/// <summary>Who shares an account's volumes over some days.</summary>
public sealed record CreditSplit
{
    public required string AccountKey { get; init; }

    /// <summary>The key where no name is known.</summary>
    public required string AccountName { get; init; }

    public required DateOnly FromDay { get; init; }

    /// <summary>First day on which it does not hold any more; null while nobody has said.</summary>
    public required DateOnly? ToDay { get; init; }

    /// <summary>With the names of those who share.</summary>
    public required IReadOnlyList<(CreditShare Share, string Name)> Shares { get; init; }
}

/// <summary>A change that was made, for the log.</summary>
/// <param name="Subject">What was changed.</param>
/// <param name="Before">As it was; null where there was nothing.</param>
/// <param name="After">As it is; null where there is nothing any more.</param>
public sealed record PlanChange(string Subject, string? Before, string? After);

/// <summary>Why a plan, a membership or a split is not taken, in a sentence.</summary>
internal sealed class PlanRefusedException(string message) : Exception(message);
