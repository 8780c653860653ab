namespace Followthrough.Analytics.ProjectAudits;

/// <summary>What an audit comes to, by its findings alone.</summary>
internal static class AuditRating
{
    public const string Sound = "sound";
    public const string Minor = "minor findings";
    public const string Major = "major findings";

    /// <summary>Major with one of high severity, closed or not; minor with any other; else sound.</summary>
    public static string Of(long findings, long high) => high > 0 ? Major : findings > 0 ? Minor : Sound;
}
