using Followthrough.Analytics.Metrics;
using Followthrough.Analytics.ProjectAudits;
using Followthrough.Dashboard.Access;
using Followthrough.Dashboard.Filters;
using Followthrough.Dashboard.Layout;

namespace Followthrough.Dashboard.Audits.Projects;

/// <summary>What the board of findings draws.</summary>
/// <param name="Frame">The page it stands on.</param>
/// <param name="Filter">What it is narrowed to.</param>
/// <param name="All">All that the viewer may see, open ones first, by their date.</param>
public sealed record FindingsModel(PageFrame Frame, FindingFilter Filter, IReadOnlyList<AuditFinding> All)
{
    /// <summary>Those that fit the filter.</summary>
    public IReadOnlyList<AuditFinding> Shown => [.. All.Where(finding => Filter.Fits(finding, Frame.Now))];

    internal string To(params (string Name, string? Value)[] changes) => Frame.Query.Same(AuditPath.Findings, changes);
}

/// <summary>What the board is narrowed to.</summary>
/// <param name="Severity">Null for all.</param>
/// <param name="Quarter">Label of the audited calendar quarter; null for all.</param>
/// <param name="Owner">Staff key; null for all.</param>
/// <param name="Overdue">Only what is or was overdue.</param>
public sealed record FindingFilter(Severity? Severity, string? Quarter, string? Owner, bool Overdue)
{
    private const string Yes = "yes";

    /// <summary>Whether it narrows anything.</summary>
    public bool IsNarrow => Severity is not null || Quarter is not null || Owner is not null || Overdue;

    /// <summary>Whether a finding fits.</summary>
    public bool Fits(AuditFinding finding, DateTimeOffset now) =>
        (Severity is null || finding.Severity == Severity) && (Quarter is null || Period.QuarterOf(finding.Quarter).Label == Quarter)
        && (Owner is null || finding.Owner == Owner) && (!Overdue || finding.IsOverdue(now));

    internal static (FindingFilter Filter, PageFrame Frame) Read(PageFrame asked, IQueryCollection address)
    {
        var problems = new List<string>(asked.Problems);
        var filter = new FindingFilter(
            OwnWords.Choice<Severity>(address, "severity", problems), OwnWords.Text(address, "quarter", problems), OwnWords.Text(address, "owner", problems),
            OwnWords.Text(address, "overdue", problems) == Yes);
        (string, string?)[] own =
            [("severity", filter.Severity is { } severity ? PageQuery.Word(severity) : null), ("quarter", filter.Quarter), ("owner", filter.Owner), ("overdue", filter.Overdue ? Yes : null)];
        return (filter, asked with { Problems = problems, Query = asked.Query with { Own = own } });
    }
}

/// <summary>What one finding's page draws.</summary>
/// <param name="Frame">The page it stands on.</param>
/// <param name="Finding">It.</param>
/// <param name="Steps">Who did what to it, in order.</param>
/// <param name="Problem">Why what was tried was refused; null when nothing was.</param>
public sealed record FindingModel(PageFrame Frame, AuditFinding Finding, IReadOnlyList<AuditStep> Steps, string? Problem)
{
    /// <summary>Whether the viewer can say what was done.</summary>
    public bool MayAnswer => Finding.State == FindingState.Open && Finding.Owner == Frame.Who.StaffKey;

    /// <summary>Whether the viewer can close it or ask again: the auditor, and never the owner.</summary>
    public bool MayClose => Finding.State != FindingState.Closed && Frame.Who.May(Right.Audit) && Finding.Auditor == Frame.Who.StaffKey && Finding.Owner != Frame.Who.StaffKey;
}
