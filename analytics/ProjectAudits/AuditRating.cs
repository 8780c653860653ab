namespace Followthrough.Analytics.ProjectAudits;

/// <summary>What an audit comes to, by its findings alone.</summary>
internal static class AuditRating
{
    public const string Sound = "sound";
    public const string Minor = "minor findings";
    public const string Major = "major findings";

    /// <summary>Major with one of high severity, closed or not; minor with any other; else sound.</summary>
    public static string Of(IReadOnlyCollection<AuditFinding> findings) =>
        findings.Count == 0 ? Sound : findings.Any(f => f.Severity == Severity.High) ? Major : Minor;
}
