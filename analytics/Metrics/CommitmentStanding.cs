namespace Followthrough.Analytics.Metrics;

/// <summary>Where a commitment stands, and whose it is: what is compared between two moments.</summary>
/// <param name="Account">Source key of the account.</param>
/// <param name="CommitmentKey">Source key of the fact that opened it.</param>
/// <param name="Staff">Who owes it; null for nobody in particular.</param>
/// <param name="Team">His team; null for none.</param>
/// <param name="Status">kept, missed, pending or excused.</param>
public readonly record struct CommitmentStanding(string Account, string CommitmentKey, string? Staff, string? Team, string Status);
