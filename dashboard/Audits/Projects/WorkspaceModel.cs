using Followthrough.Analytics.ProjectAudits;
using Followthrough.Dashboard.Access;
using Followthrough.Dashboard.Commitments;
using Followthrough.Dashboard.Layout;

namespace Followthrough.Dashboard.Audits.Projects;

/// <summary>What the workspace of one project's audit draws.</summary>
public sealed record WorkspaceModel
{
    public required PageFrame Frame { get; init; }
    public required AuditedProject Project { get; init; }

    /// <summary>Who could audit it, with what stands against each; the independent ones first.</summary>
    public required IReadOnlyList<AuditorChoice> Choices { get; init; }

    /// <summary>What was drawn; none before somebody is assigned.</summary>
    public required IReadOnlyList<SampledItem> Sample { get; init; }

    /// <summary>Margin, earned value, unbilled work.</summary>
    public required IReadOnlyList<ProjectFigure> Figures { get; init; }

    /// <summary>Who worked on it in the quarter.</summary>
    public required IReadOnlyList<ProjectPerson> People { get; init; }

    public required IReadOnlyList<AuditFinding> Findings { get; init; }

    /// <summary>Who did what, in order.</summary>
    public required IReadOnlyList<AuditStep> Steps { get; init; }

    /// <summary>Everybody a finding can be given to.</summary>
    public required IReadOnlyList<FilterChoice> Owners { get; init; }

    /// <summary>Why what was tried was refused; null when nothing was.</summary>
    public string? Problem { get; init; }

    /// <summary>Whether the viewer audits it and it is not signed off.</summary>
    public bool MayWork => IsMine && Project.State != AuditState.SignedOff;

    /// <summary>Whether the viewer is the auditor.</summary>
    public bool IsMine => Project.IsAuditedBy(Frame.Who.StaffKey);

    /// <summary>Whether the auditor gave it to himself, as whoever is independent may.</summary>
    public bool IsSelfAssigned => Steps.LastOrDefault(s => s.Kind == AuditStepKind.Assigned) is { IsToHimself: true };

    /// <summary>Whether the viewer may take the sign-off back: the auditor, and who closes quarters.</summary>
    public bool MayReopen => Project.Case is { SignedAt: not null } && (IsMine || Frame.Who.May(Right.Close));

    /// <summary>Whether somebody can still be assigned.</summary>
    public bool MayAssign => Project is { State: not AuditState.SignedOff, Excused: null };

    internal string Address => AuditPath.Project(Project);
}
