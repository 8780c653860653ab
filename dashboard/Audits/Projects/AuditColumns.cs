using System.Globalization;
using Followthrough.Analytics.ProjectAudits;
using Followthrough.Dashboard.Exports;
using Followthrough.Dashboard.Filters;

namespace Followthrough.Dashboard.Audits.Projects;

/// <summary>What is said of audits and findings in files.</summary>
internal static class AuditColumns
{
    internal static IReadOnlyList<Column<AuditedProject>> Projects { get; } =
    [
        Column<AuditedProject>.Text("account", p => p.Account),
        Column<AuditedProject>.Text("account_name", p => p.AccountName),
        Column<AuditedProject>.Text("project", p => p.Project),
        Column<AuditedProject>.Text("project_name", p => p.ProjectName),
        Column<AuditedProject>.Text("commitment", p => p.CommitmentKey),
        Column<AuditedProject>.Text("manager", p => p.Manager),
        Column<AuditedProject>.Text("unit", p => p.Unit),
        Column<AuditedProject>.Text("state", p => PageQuery.Word(p.State)),
        Column<AuditedProject>.YesNo("elsewhere", p => p.Case is null && p.Elsewhere is not null),
        Column<AuditedProject>.Text("auditor", p => p.Auditor),
        Column<AuditedProject>.Text("auditor_name", p => p.AuditorName),
        Column<AuditedProject>.Text("seed", p => p.Case?.Seed),
        Column<AuditedProject>.Whole("drawn", p => (int?)p.Case?.Items),
        Column<AuditedProject>.Whole("looked_at", p => (int?)p.Case?.Judged),
        Column<AuditedProject>.Whole("exceptions", p => (int?)p.Case?.Exceptions),
        Column<AuditedProject>.Whole("findings", p => (int?)p.Case?.Findings),
        Column<AuditedProject>.Whole("open_findings", p => (int?)p.Case?.OpenFindings),
        Column<AuditedProject>.Instant("due_at_utc", p => p.DueAt),
        Column<AuditedProject>.Instant("signed_off_at_utc", p => p.SignedOffAt),
        Column<AuditedProject>.Text("rating", p => p.Rating),
        Column<AuditedProject>.Text("summary", p => p.Summary),
    ];

    internal static IReadOnlyList<Column<Drawable>> Population { get; } =
    [
        Column<Drawable>.Text("sort", d => PageQuery.Word(d.Sort)),
        Column<Drawable>.Text("key", d => d.Key),
        Column<Drawable>.Text("sha256", d => d.Hash),
        Column<Drawable>.Whole("place", d => d.Place),
    ];

    internal static IReadOnlyList<Column<AuditFinding>> Findings(DateTimeOffset now) =>
    [
        Column<AuditFinding>.Whole("finding", f => (int)f.Id),
        Column<AuditFinding>.Text("severity", f => PageQuery.Word(f.Severity)),
        Column<AuditFinding>.Text("state", f => PageQuery.Word(f.State)),
        Column<AuditFinding>.YesNo("overdue", f => f.IsOverdue(now)),
        Column<AuditFinding>.Text("words", f => f.Words),
        Column<AuditFinding>.Text("account", f => f.Account),
        Column<AuditFinding>.Text("account_name", f => f.AccountName),
        Column<AuditFinding>.Text("project", f => f.Project),
        Column<AuditFinding>.Text("project_name", f => f.ProjectName),
        Column<AuditFinding>.Text("quarter_ends_on", f => f.Quarter.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture)),
        Column<AuditFinding>.Text("owner", f => f.Owner),
        Column<AuditFinding>.Text("owner_name", f => f.OwnerName),
        Column<AuditFinding>.Text("auditor", f => f.Auditor),
        Column<AuditFinding>.Instant("raised_at_utc", f => f.RaisedAt),
        Column<AuditFinding>.Instant("due_at_utc", f => f.DueAt),
        Column<AuditFinding>.Instant("answered_at_utc", f => f.Answer?.At),
        Column<AuditFinding>.Text("answer", f => f.Answer?.Text),
        Column<AuditFinding>.Instant("closed_at_utc", f => f.Closing?.At),
        Column<AuditFinding>.Text("closing", f => f.Closing?.Text),
    ];
}
