namespace Followthrough.Dashboard.Data;

/// <summary>Which rejected records a page lists.</summary>
/// <param name="All">The settled too.</param>
/// <param name="Reason">Only of this reason; null for any.</param>
/// <param name="Batch">Only of this batch; null for any.</param>
public sealed record RejectedScope(bool All, string? Reason, long? Batch);
