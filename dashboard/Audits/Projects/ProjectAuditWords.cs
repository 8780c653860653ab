using Followthrough.Analytics.ProjectAudits;
using Followthrough.Dashboard.Layout;
using Followthrough.Dashboard.Wording;

namespace Followthrough.Dashboard.Audits.Projects;

/// <summary>Audits of projects in words.</summary>
internal static class ProjectAuditWords
{
    internal static string Of(AuditState state) => state switch
    {
        AuditState.Open => "Open",
        AuditState.Assigned => "Assigned",
        AuditState.Reviewed => "Reviewed",
        AuditState.SignedOff => "Signed off",
        _ => throw new ArgumentOutOfRangeException(nameof(state)),
    };

    internal static string Of(Severity severity) => severity switch
    {
        Severity.Low => "Low",
        Severity.Medium => "Medium",
        Severity.High => "High",
        _ => throw new ArgumentOutOfRangeException(nameof(severity)),
    };

    internal static string Of(FindingState state) => state switch
    {
        FindingState.Open => "Open",
        FindingState.Answered => "Answered",
        FindingState.Closed => "Closed",
        _ => throw new ArgumentOutOfRangeException(nameof(state)),
    };

    internal static string Of(AuditItemSort sort) => sort == AuditItemSort.Communication ? "Communication" : "Commitment";

    /// <summary>The drawn item a finding came from: “communication 3”.</summary>
    internal static string Of(FoundIn found) => $"{Of(found.Sort).ToLowerInvariant()} {Figures.Count(found.Place)}";

    internal static string Of(AuditStep step) => step.Kind switch
    {
        AuditStepKind.Assigned => "assigned it to",
        AuditStepKind.SignedOff => "signed it off:",
        AuditStepKind.Reopened => "reopened it:",
        AuditStepKind.Raised => $"raised finding {step.Finding}:",
        AuditStepKind.Answered => $"answered finding {step.Finding}:",
        AuditStepKind.SentBack => $"sent finding {step.Finding} back:",
        AuditStepKind.Closed => $"closed finding {step.Finding}:",
        _ => throw new ArgumentOutOfRangeException(nameof(step)),
    };

    /// <summary>How far a quarter's audits are, in a sentence.</summary>
    internal static string Finding(ProjectAuditsModel model)
    {
        var all = model.All;
        if (all.Count == 0) return model.Frame.Today < model.Quarter.End ? "They are owed once the quarter is over." : "No project ran in the quarter.";
        var signed = all.Count(p => p.State == AuditState.SignedOff);
        var late = all.Count(p => p.State != AuditState.SignedOff && p.DueAt < model.Frame.Now);
        return $"{Figures.Count(signed)} of {Figures.Count(all.Count, "project", "projects")} signed off by another unit"
            + (signed == all.Count ? "." : $"; {Figures.Count(all.Count - signed)} to go{(late == 0 ? "" : late == all.Count - signed ? ", overdue" : $", {Figures.Count(late)} of them overdue")}.");
    }

    /// <summary>How far one is, in a sentence.</summary>
    internal static string Finding(AuditedProject project, PageFrame frame) => project switch
    {
        { IsSignedElsewhere: true, Elsewhere: { SignedOffAt: { } at } elsewhere } => $"Signed off in another system by {elsewhere.AuditorName} on {Moments.Short(at, frame.Zone)}, which told us so.",
        { Case: { SignedAt: { } at, Rating: { } rating } here } => $"Signed off by {here.AuditorName} of {here.AuditorUnit} on {Moments.Short(at, frame.Zone)}: {rating}.",
        { Case: { } here } => $"{here.AuditorName} of {here.AuditorUnit} audits it: {Figures.Count(here.Judged)} of {Figures.Count(here.Items, "drawn item", "drawn items")} looked at, {Figures.Count(here.Findings, "finding", "findings")}.",
        { Excused: { } reason } => $"It need not be audited: {reason}.",
        { Elsewhere: { SignedOffAt: not null } elsewhere } => $"{elsewhere.AuditorName} signed it off in another system, but is not known to be of another unit, so it is still owed.",
        { Elsewhere: { } elsewhere } => $"{elsewhere.AuditorName} began it in another system and has not signed it off.",
        _ => "Nobody audits it yet.",
    };
}
