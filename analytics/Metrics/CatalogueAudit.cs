namespace Followthrough.Analytics.Metrics;

/// <summary>Metrics about looking at our own work: communications spot-checked, projects audited.</summary>
internal static class CatalogueAudit
{
    private static readonly CommitmentMetric SpotCheck = new()
    {
        Id = "spot_check",
        Name = "Communications spot-checked",
        Kind = "spot_check",
        Opens = "communication was drawn for a spot check",
        Fulfilled = "reviewed",
        OnlyMatured = true,
        InWords = "One in a hundred of the messages, calls and meetings our people have with customers is drawn by its key and looked at by "
            + "somebody else before the quarter is over: was it an answer, or only a sign of life? Nobody checks himself. The draw can be repeated at any time.",
        Formula = "kept / (kept + missed), for sampled outbound communications of the period whose quarter is over; kept when somebody else than the "
            + "person reviewed it by the end of the quarter in the company's zone",
        Source = "Holding staff accountable: read a sample of what is sent to clients",
        Target = 0.9,
        MinimumN = 10,
        Version = 1,
    };

    private static readonly CommitmentMetric ProjectAudit = new()
    {
        Id = "project_audit",
        Name = "Projects audited by another unit",
        Kind = "project_audit",
        Opens = "audit of a project fell to another unit",
        Fulfilled = "audited",
        OnlyMatured = true,
        InWords = "When a quarter is over, every project that ran in it is audited within 30 days by somebody of another unit than the one "
            + "that does the work. A sign-off by the own unit does not count. An audit of the first quarter counts in the second, where its work falls.",
        Formula = "kept / (kept + missed), for projects and quarters over in the period, counted once due; kept when an audit of that project and quarter "
            + "was signed off by a person of another unit by the end of the 30th day after the quarter in the company's zone",
        Source = "Holding staff accountable: projects are audited quarterly by people who do not work on them",
        Target = 0.9,
        MinimumN = 10,
        Version = 1,
    };

    public static IReadOnlyList<CommitmentMetric> All { get; } = [SpotCheck, ProjectAudit];
}
