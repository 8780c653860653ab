using Followthrough.Analytics.Metrics;
using Followthrough.Analytics.ProjectAudits;
using Followthrough.Dashboard.Filters;
using Followthrough.Dashboard.Layout;

namespace Followthrough.Dashboard.Audits.Projects;

/// <summary>What the list of a quarter's project audits draws.</summary>
public sealed record ProjectAuditsModel
{
    public required PageFrame Frame { get; init; }

    /// <summary>The quarter as the address has it.</summary>
    public required Period Asked { get; init; }

    /// <summary>The calendar quarter that is audited; of a fiscal one the last that was over with it.</summary>
    public required Period Quarter { get; init; }

    public required AuditFilter Filter { get; init; }

    /// <summary>Every project of the quarter.</summary>
    public required IReadOnlyList<AuditedProject> All { get; init; }

    /// <summary>How many people could audit at all.</summary>
    public required int Auditors { get; init; }

    /// <summary>Why what was tried was refused; null when nothing was.</summary>
    public string? Problem { get; init; }

    /// <summary>Those that fit the filter: what nobody is at first, what is signed off last.</summary>
    public IReadOnlyList<AuditedProject> Shown => field ??= [.. All.Where(Filter.Fits).OrderBy(p => p.State)];

    /// <summary>Those of them on the page that is asked for; of a page past the end the last.</summary>
    public IReadOnlyList<AuditedProject> OnPage => [.. Shown.Skip((Page - 1) * Frame.Query.Size).Take(Frame.Query.Size)];

    /// <summary>How many pages there are, at least one.</summary>
    public int Pages => Math.Max(1, (Shown.Count + Frame.Query.Size - 1) / Frame.Query.Size);

    /// <summary>Which of them it is, from 1.</summary>
    public int Page => Math.Min(Frame.Query.Page, Pages);

    internal string To(params (string Name, string? Value)[] changes) => Frame.Query.Same(AuditPath.Quarter(Asked.Label), changes);
}

/// <summary>What the list is narrowed to.</summary>
/// <param name="State">How far they are; null for all.</param>
/// <param name="Unit">The unit that does the work; null for all.</param>
/// <param name="Auditor">Staff key; null for all.</param>
public sealed record AuditFilter(AuditState? State, string? Unit, string? Auditor)
{
    /// <summary>Whether it narrows anything.</summary>
    public bool IsNarrow => State is not null || Unit is not null || Auditor is not null;

    /// <summary>Whether a project fits.</summary>
    public bool Fits(AuditedProject project) =>
        (State is null || project.State == State) && (Unit is null || (project.Unit ?? PageQuery.None) == Unit) && (Auditor is null || (project.Auditor ?? PageQuery.None) == Auditor);

    internal static (AuditFilter Filter, PageFrame Frame) Read(PageFrame asked, IQueryCollection address)
    {
        var problems = new List<string>(asked.Problems);
        var filter = new AuditFilter(OwnWords.Choice<AuditState>(address, "state", problems), OwnWords.Text(address, "unit", problems), OwnWords.Text(address, "auditor", problems));
        (string, string?)[] own = [("state", filter.State is { } state ? PageQuery.Word(state) : null), ("unit", filter.Unit), ("auditor", filter.Auditor)];
        return (filter, asked with { Problems = problems, Query = asked.Query with { Own = own } });
    }
}
