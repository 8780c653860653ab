namespace Followthrough.Analytics.Facts;

/// <summary>A team of ours. It carries an obligation when the owner was absent.</summary>
[StoredAs("team", Reach.EveryAccount)]
public sealed record Team : Fact
{
    public required string Name { get; init; }

    /// <summary>Sales or service region, for grouping only.</summary>
    public string? Region { get; init; }

    /// <summary>Business unit; an auditor must come from another one.</summary>
    public string? Unit { get; init; }

    public string? LeadKey { get; init; }
}
