using Followthrough.Analytics.Metrics;

namespace Followthrough.Dashboard.Commitments;

/// <summary>How a commitment stands, in words and in the class its mark is drawn with.</summary>
internal static class StatusNames
{
    internal static string Name(CommitmentStatus status) => status switch
    {
        CommitmentStatus.Kept => "Kept",
        CommitmentStatus.Missed => "Missed",
        CommitmentStatus.Pending => "Pending",
        CommitmentStatus.Excused => "Excused",
        _ => throw new ArgumentOutOfRangeException(nameof(status)),
    };

    internal static string Class(CommitmentStatus status) => Name(status).ToLowerInvariant();
}
