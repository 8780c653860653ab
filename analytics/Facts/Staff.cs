namespace Followthrough.Analytics.Facts;

/// <summary>A person of ours: who can owe a customer something. <c>occurred_at</c> is the first day of work.</summary>
[StoredAs("staff", Reach.EveryAccount)]
public sealed record Staff : Fact
{
    public required string Name { get; init; }
    public string? Email { get; init; }
    public string? Title { get; init; }

    /// <summary>Staff key of the person's manager; null at the top or when unknown.</summary>
    public string? ManagerKey { get; init; }

    /// <summary>End of employment (exclusive); null while employed.</summary>
    public DateTimeOffset? EndedAt { get; init; }
}
