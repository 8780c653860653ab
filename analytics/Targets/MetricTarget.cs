using Followthrough.Analytics.Compensation;
using Followthrough.Analytics.Metrics;

namespace Followthrough.Analytics.Targets;

/// <summary>For whom a target is: a team, a person, or the company when both are null.</summary>
/// <param name="Team">Team key; null for none.</param>
/// <param name="Staff">Staff key; null for none.</param>
public sealed record TargetScope(string? Team, string? Staff)
{
    /// <summary>The whole company.</summary>
    public static TargetScope Company { get; } = new(null, null);
}

/// <summary>What is aimed at, in the metric's unit as people write it: shares in percent.</summary>
/// <param name="Threshold">Short of it nothing counts, itself included; null where only the target counts.</param>
/// <param name="Target">What is aimed at.</param>
/// <param name="Stretch">Beyond it nothing more counts; null where nothing counts beyond the target.</param>
public sealed record TargetPoints(decimal? Threshold, decimal Target, decimal? Stretch)
{
    /// <summary>What is given for reaching the threshold, the target and the stretch.</summary>
    public const decimal AtThreshold = 50, AtTarget = 100, AtStretch = 150;

    /// <summary>Points for a value: straight lines between what the three are given; null for a metric of which neither way is better.</summary>
    internal PayoutCurve? Curve(MetricDefinition metric) => PayoutCurve.TryCreate(metric.Better, Corners(), out var curve, out _) ? curve : null;

    private IEnumerable<PayoutPoint> Corners()
    {
        if (Threshold is { } threshold) yield return new PayoutPoint(threshold, AtThreshold);
        yield return new PayoutPoint(Target, AtTarget);
        if (Stretch is { } stretch) yield return new PayoutPoint(stretch, AtStretch);
    }
}

/// <summary>A target as it was written down.</summary>
public sealed record MetricTarget
{
    /// <summary>Its number; 0 before it is written down.</summary>
    public long Id { get; init; }

    /// <summary>Id of the catalogue.</summary>
    public required string Metric { get; init; }

    /// <summary>For whom.</summary>
    public required TargetScope Scope { get; init; }

    /// <summary>First day it is in force.</summary>
    public required DateOnly From { get; init; }

    /// <summary>The day after the last; null while no end is known.</summary>
    public required DateOnly? To { get; init; }

    /// <summary>What is aimed at.</summary>
    public required TargetPoints Points { get; init; }

    /// <summary>Whether it is in force on a day.</summary>
    public bool Holds(DateOnly day) => From <= day && (To is null || day < To);

    /// <summary>Whether both are in force on some day.</summary>
    public bool Overlaps(MetricTarget other) => (To is null || other.From < To) && (other.To is null || From < other.To);
}

/// <summary>A target with who wrote it down and, where that is so, who replaced it.</summary>
/// <param name="Target">The target.</param>
/// <param name="Name">Of the team or person; null for the company and for keys nobody knows any more.</param>
/// <param name="RecordedAt">When it was written down.</param>
/// <param name="RecordedBy">By whom.</param>
/// <param name="ReplacedAt">When it was replaced; null while it counts.</param>
/// <param name="ReplacedBy">By whom; null while it counts.</param>
public sealed record RecordedTarget(MetricTarget Target, string? Name, DateTimeOffset RecordedAt, string RecordedBy, DateTimeOffset? ReplacedAt, string? ReplacedBy);
