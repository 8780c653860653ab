using System.Globalization;
using Followthrough.Analytics.Facts;
using Followthrough.Analytics.ProjectAudits;
using Followthrough.Dashboard.Data;
using Followthrough.Dashboard.Wording;

namespace Followthrough.Dashboard.Audits.Projects;

/// <summary>The facts that audits become: a sign-off keeps the commitment, and a finding is a promise of its owner.</summary>
internal static class AuditFacts
{
    /// <summary>An audit as it stands: signed off, or reopened and going on.</summary>
    internal static StatedFact Of(AuditedProject project, DateTimeOffset now)
    {
        var audit = project.Case!;
        return StatedFact.Of(
            FactTable.Of<ProjectAudit>(), string.Create(CultureInfo.InvariantCulture, $"{ProjectAuditReader.OwnKey}{audit.Id}"), audit.AssignedAt, project.Account,
            // To the last digit: each version is another file.
            ("source_modified_at", now.UtcDateTime.ToString("O", CultureInfo.InvariantCulture)), ("project_key", project.Project),
            ("quarter", Day(project.Quarter)), ("auditor_key", audit.Auditor), ("auditor_unit", audit.AuditorUnit),
            ("signed_off_at", audit.SignedAt is { } at ? Moments.Machine(at) : null), ("rating", audit.Rating), ("summary", audit.Summary));
    }

    /// <summary>A finding as the promise of its owner: open, or done when he said so and the auditor agreed.</summary>
    internal static StatedFact Of(PromisedFix fix) => StatedFact.Of(
        FactTable.Of<Promise>(), string.Create(CultureInfo.InvariantCulture, $"{FindingDesk.OwnKey}{fix.Finding}"), fix.RaisedAt, fix.Account,
        ("content", string.Create(CultureInfo.InvariantCulture, $"Audit finding {fix.Finding}: {fix.Words}")), ("owner_key", fix.Owner), ("project_key", fix.Project),
        ("due_at", Moments.Machine(fix.DueAt)), ("done_at", fix.DoneAt is { } at ? Moments.Machine(at) : null), ("confirmed_by_key", fix.Auditor));

    private static string Day(DateOnly day) => day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
}

/// <summary>What a finding promises.</summary>
/// <param name="Finding">Its number.</param>
/// <param name="Account">Source key of the customer.</param>
/// <param name="Project">Source key of the project.</param>
/// <param name="Words">What is wrong.</param>
/// <param name="Owner">Staff key of who puts it right.</param>
/// <param name="Auditor">Staff key of who found it.</param>
/// <param name="RaisedAt">When.</param>
/// <param name="DueAt">By when.</param>
/// <param name="DoneAt">When it was put right; null until then.</param>
internal sealed record PromisedFix(
    long Finding, string Account, string Project, string Words, string Owner, string Auditor, DateTimeOffset RaisedAt, DateTimeOffset DueAt, DateTimeOffset? DoneAt);
