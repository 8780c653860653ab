using Followthrough.Analytics.ProjectAudits;
using Followthrough.Dashboard.Wording;

namespace Followthrough.Dashboard.Audits.Report;

/// <summary>How a quarter's project audits stand and what they found, in sentences.</summary>
internal static class ProjectWords
{
    internal static string Of(IReadOnlyList<AuditedProject> projects, IReadOnlyList<AuditFinding> findings)
    {
        if (projects.Count == 0) return "No project is owed an audit of this quarter yet: they are, once it is over, if any ran in it.";
        var signed = projects.Count(p => p.State == AuditState.SignedOff);
        var owed = projects.Count(p => p.State != AuditState.SignedOff && p.Excused is null);
        var audits = owed == 0 ? $"{(signed == 2 ? "Both" : $"All {Words.Number(signed)}")} projects that were owed an audit have one, signed off by another unit than the one that does the work."
            : $"Of {Words.Number(signed + owed)} projects, {Words.Number(signed)} {(signed == 1 ? "is" : "are")} signed off by another unit than the one that does the work; {Words.Number(owed)} {(owed == 1 ? "is" : "are")} not, {Figures.Rate((double)owed / (signed + owed))} of them.";
        return $"{audits} {Found(findings)}";
    }

    /// <summary>What the quarter's own rate is about, which is not these projects; null where nothing fell due.</summary>
    internal static string? Rate(ReportFigures figures) =>
        figures.All.FirstOrDefault(f => f.Metric.Id == "project_audit") is { Now: { Value: not null } now } figure
            ? $"“{figure.Metric.Name}” is {Words.Value(figure, now)} of {Figures.Count(now.N)}: it counts the audits whose work fell in this quarter, which are those of the projects of the quarter before."
            : null;

    private static string Found(IReadOnlyList<AuditFinding> findings)
    {
        if (findings.Count == 0) return "Nothing was found that has to be put right.";
        var (high, closed) = (findings.Count(f => f.Severity == Severity.High), findings.Count(f => f.State == FindingState.Closed));
        var what = findings.Count == 1 ? "One thing was found that has to be put right" : $"{Words.Capital(Words.Number(findings.Count))} things were found that have to be put right";
        var grave = high == 0 ? "" : findings.Count == 1 ? ", and it is grave" : $", {Words.Number(high)} of them grave";
        return $"{what}{grave}; {(closed == findings.Count ? (closed == 1 ? "it is closed" : "all are closed") : $"{Words.Number(closed)} {(closed <= 1 ? "is" : "are")} closed")}.";
    }
}
