using Followthrough.Analytics.ProjectAudits;
using Followthrough.Dashboard.Commitments;

namespace Followthrough.Dashboard.Audits.Projects;

/// <summary>Addresses of project audits and their findings.</summary>
internal static class AuditPath
{
    internal const string OfQuarter = AuditsEndpoint.Quarter + "/projects";
    internal const string OfProject = AuditsEndpoint.Path + "/projects/{account}/{key}";
    internal const string Findings = AuditsEndpoint.Path + "/findings";
    internal const string OfFinding = Findings + "/{id:long}";

    /// <summary>All projects of a quarter.</summary>
    internal static string Quarter(string label) => AuditsEndpoint.PathOf(label) + "/projects";

    /// <summary>The workspace of one project's audit.</summary>
    internal static string Project(AuditedProject project) => Project(project.Account, project.CommitmentKey);

    internal static string Project(string account, string commitment) =>
        $"{AuditsEndpoint.Path}/projects/{CommitmentPath.Encode(account)}/{CommitmentPath.Encode(commitment)}";

    internal static string Finding(long finding) => FormattableString.Invariant($"{Findings}/{finding}");
}
