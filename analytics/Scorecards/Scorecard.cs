namespace Followthrough.Analytics.Scorecards;

/// <summary>A metric of a scorecard.</summary>
/// <param name="Metric">Id of the catalogue.</param>
/// <param name="Weight">In percent; those of a scorecard add up to 100.</param>
public sealed record WeightedMetric(string Metric, decimal Weight);

/// <summary>One version of a scorecard: what people and teams are judged by together. What is aimed at stands in the targets, not here.</summary>
public sealed record Scorecard
{
    /// <summary>The same in all its versions.</summary>
    public required string Id { get; init; }

    /// <summary>From 1.</summary>
    public required int Version { get; init; }

    /// <summary>What people call it.</summary>
    public required string Name { get; init; }

    /// <summary>The team it is for; null when for more than one.</summary>
    public required string? Team { get; init; }

    /// <summary>The position it is for, as the staff facts have it; null when for all.</summary>
    public required string? Title { get; init; }

    /// <summary>First day it is in force.</summary>
    public required DateOnly From { get; init; }

    /// <summary>Whether it ends with this version: from that day on there is none.</summary>
    public bool Ended { get; init; }

    /// <summary>In the order shown.</summary>
    public required IReadOnlyList<WeightedMetric> Lines { get; init; }

    /// <summary>Why it was made or changed.</summary>
    public required string Reason { get; init; }

    /// <summary>When it was made.</summary>
    public required DateTimeOffset MadeAt { get; init; }

    /// <summary>Who made it.</summary>
    public required string MadeBy { get; init; }
}
